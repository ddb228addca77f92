"""The server as an ASGI application."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve import graphs, protocol
from kg.serve.answer import CUT, LIMIT, plain
from kg.serve.limits import DEFAULTS, Limits, Refused
from kg.serve.pages import routes as pages
from kg.serve.pool import Pool
from kg.serve.service import Service

Routes = Callable[[Service], Sequence[BaseRoute]]
ROUTES: Final[tuple[Routes, ...]] = (protocol.routes, graphs.routes, pages.routes)
"""Where the paths of the server are: a function of each module of routes."""
SECURE: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
                 "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
"""Headers of every answer that does not set them itself."""


def application(folder: Path, *, limits: Limits = DEFAULTS, token: str | None = None, cors: Sequence[str] = ()) -> Starlette:
    """The graph of a folder (as `kg build` wrote it) over HTTP.

    With a `token` it takes updates from those who send it. `cors` are the origins whose pages may read (`*` for all).
    """
    writer = None if token is None else Pool(folder, replace(limits, concurrent=1), writes=True)
    service = Service(folder, limits, Pool(folder, limits), writer, token)

    @asynccontextmanager
    async def life(_app: Starlette) -> AsyncIterator[None]:
        pools = [service.readers, *([writer] if writer else [])]
        try:
            for pool in pools:
                await pool.start()
            yield
        finally:
            for pool in pools:
                await pool.close()

    middleware = [Middleware(Secure), Middleware(GZipMiddleware, minimum_size=1024, compresslevel=3)]
    if cors:
        middleware.insert(0, Middleware(CORSMiddleware, allow_origins=list(cors), allow_methods=["GET", "HEAD", "POST"],
                                        allow_headers=["Accept", "Authorization", "Content-Type"], expose_headers=[LIMIT, CUT]))
    return Starlette(routes=[route for routes in ROUTES for route in routes(service)], middleware=middleware, lifespan=life,
                     exception_handlers={Refused: _refused, HTTPException: _refused, Exception: _failed})


class Secure:
    """Sets the headers of `SECURE` where an answer has none of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURE.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


async def _refused(_request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        said = {404: "There is nothing at this path.", 405: "This path does not take requests of this method."}
        error = Refused(error.status_code, said.get(error.status_code, str(error.detail)), error.headers)
    return plain(error if isinstance(error, Refused) else Refused(500, "The server failed."))


async def _failed(_request: Request, error: Exception) -> Response:
    logging.getLogger(__name__).error("The server failed.", exc_info=error)
    return plain(Refused(500, "The server failed; its log says where."))
