"""Jobs whose answers are fetched whole before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.serve.pool import Pool


async def fetched(pool: Pool, job: Mapping[str, Any]) -> tuple[str, bytes]:
    """The media type and the body of an answer; raises Refused."""
    async with pool.ask(job) as answer:
        pieces = []
        while (piece := await answer.piece()) is not None:
            pieces.append(piece)
        return str(answer.head["media"]), b"".join(pieces)
