"""The answer of a worker as an HTTP response that streams."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kg.serve.formats import Offer
from kg.serve.limits import Refused
from kg.serve.pool import Answer, Pool

LIMIT, CUT = "Row-Limit", "Row-Limit-Reached"
"""Headers: the most rows that an answer has; whether it has been cut there (absent where only its end says so)."""
_AT_ONCE = 0.02
"""Seconds in which a body is waited for before what there is of it is sent."""
_SMALL = 1 << 16
"""A body of so many bytes is sent whole, with its length."""


def plain(refused: Refused) -> Response:
    """A refusal as one line of text."""
    return PlainTextResponse(refused.message + "\n", refused.status, dict(refused.headers))


class AnswerResponse(Response):
    """Gives a job to a pool and sends what comes back; the job is ended when the client goes away.

    A small answer goes out whole. A larger one streams; where it breaks off (its time is over) the connection is closed
    before its end, so that no client takes the half for the whole.
    """

    def __init__(self, pool: Pool, job: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> None:
        self._pool, self._job, self._extra = pool, job, dict(headers or {})
        self.background = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await _while_there(self._respond(scope, receive, send), receive)

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False
        try:
            async with self._pool.ask(self._job) as answer:
                if answer.head["kind"] == "update":
                    await answer.piece()
                    await Response(status_code=204)(scope, receive, send)
                    return
                first, following = await _first(answer)
                await send(self._start(answer, len(first) if following is None else None))
                started = True
                await send({"type": "http.response.body", "body": first, "more_body": following is not None})
                if following is not None and scope["method"] != "HEAD":
                    piece = await following
                    while piece is not None:
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
                        piece = await answer.piece()
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
        except Refused as refused:
            if not started:
                await plain(refused)(scope, receive, send)

    def _start(self, answer: Answer, size: int | None) -> dict[str, Any]:
        cut = answer.head["cut"] if answer.end is None else answer.end["cut"]
        media = Offer(answer.head["media"], "").content_type
        headers = MutableHeaders({"Content-Type": media, "Vary": "Accept", "Cache-Control": "no-cache"})
        if self._job.get("rows") and answer.head["kind"] != "boolean":
            headers[LIMIT] = str(self._job["rows"])
            if cut is not None:
                headers[CUT] = "true" if cut else "false"
        if size is not None:
            headers["Content-Length"] = str(size)
        headers.update(self._extra)
        return {"type": "http.response.start", "status": 200, "headers": headers.raw}


async def _first(answer: Answer) -> tuple[bytes, asyncio.Future[bytes | None] | None]:
    """What of the body comes at once, up to some size, and its next piece, which is on its way; None where that was all."""
    body = await answer.piece()
    if body is None:
        return b"", None
    until = asyncio.get_running_loop().time() + _AT_ONCE
    while True:
        following = asyncio.ensure_future(answer.piece())
        await asyncio.wait({following}, timeout=until - asyncio.get_running_loop().time())
        if not following.done():
            return body, following
        piece = following.result()
        if piece is None:
            return body, None
        body += piece
        if len(body) > _SMALL:
            return body, asyncio.ensure_future(answer.piece())


async def _while_there(work: Coroutine[Any, Any, None], receive: Receive) -> None:
    """Do the work until it is done or the client has gone away."""
    doing = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait({doing, gone}, return_when=asyncio.FIRST_COMPLETED)
        if doing.done():
            await doing
    finally:
        for task in (doing, gone):
            task.cancel()
        await asyncio.gather(doing, gone, return_exceptions=True)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
