"""The index of names in the server process, made from what a worker reads and made again when another graph takes its place."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from kg.graph.store import GraphStore, Identity
from kg.query.index import Index
from kg.query.reading import DocumentRow, EntityRow
from kg.serve.fetching import fetched
from kg.serve.pool import Pool


class Finder:
    """The search of a folder's graph."""

    def __init__(self, folder: Path, pool: Pool) -> None:
        self._store, self._pool = folder / "store", pool
        self._making = asyncio.Lock()
        self._made: tuple[Identity | None, Index] | None = None

    async def index(self) -> Index:
        """The index of the graph as it is now; raises Refused."""
        seen = GraphStore.identity(self._store)
        if self._made is None or self._made[0] != seen:
            async with self._making:
                if self._made is None or self._made[0] != seen:
                    _, body = await fetched(self._pool, {"job": "names"})
                    self._made = seen, await asyncio.to_thread(_read, body)
        return self._made[1]


def _read(body: bytes) -> Index:
    entities, documents = json.loads(body)
    return Index.of((EntityRow(**{**row, "aliases": tuple(row["aliases"]), "hidden": tuple(row["hidden"])}) for row in entities),
                    (DocumentRow(**{**row, "sources": tuple(row["sources"])}) for row in documents))
