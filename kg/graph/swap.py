"""One graph takes the place of another in one step, and what was built is kept apart from what was edited since.

A graph is changed on a copy (files are linked, not copied), which takes the place of the first when all is done: readers go
on reading the graph that they opened. An edited graph bears a mark, and beside it lies the graph as the last build left it,
from which the next build goes on; of the edits it takes over the graph of edits alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.graph.store import LAYOUT, GraphStore, settle
from kg.vocab import EDITS_GRAPH

_EDITED = "shanshui-edited"
"""The file in a store that was changed since the last build."""
_LARGE = 32 << 20
"""Bytes of a store in which order is felt."""
_GROWN = 1.1
"""How many times as large as its origin a store has to be to be put in order again."""


def swap(directory: Path, work: Callable[[ox.Store], None], *, origin: Path | None, edited: bool = False) -> None:
    """Put in the place of `directory` a copy of the store `origin` (or an empty one) on which `work` was done."""
    following = directory.with_name(directory.name + ".next")
    _copy(origin, following)
    store = ox.Store(following)
    work(store)
    store.flush()
    if not edited and worth_ordering(following, origin):
        store.optimize()  # look-ups then take half the time, joins a fifth of it
    del store
    _mark(following, edited=edited)
    replaced = directory.with_name(directory.name + ".old")
    if directory.exists():
        directory.rename(replaced)
    following.rename(directory)
    shutil.rmtree(replaced, ignore_errors=True)


def worth_ordering(directory: Path, origin: Path | None) -> bool:
    """Whether a store that was made from `origin` (None: from nothing) is worth the second that each million quads take to be put in order.

    Smaller changes the database puts in order by itself: without, look-ups take as long after them.
    """
    size = GraphStore.size(directory)
    return size > _LARGE and (origin is None or size > _GROWN * GraphStore.size(origin))


def as_built(directory: Path) -> Path | None:
    """The store as the last build left it; None where there is none."""
    beside = _beside(directory)
    if (directory / _EDITED).exists() and GraphStore.exists(beside):
        return beside
    return directory if GraphStore.exists(directory) else None


def keep_as_built(directory: Path) -> None:
    """Before the first edit after a build: keep beside it what was built."""
    if (directory / _EDITED).exists():
        return
    beside = _beside(directory)
    part = beside.with_name(beside.name + ".part")
    _copy(directory, part)
    _mark(part, edited=False)
    shutil.rmtree(beside, ignore_errors=True)
    part.rename(beside)


def forget_as_built(directory: Path) -> None:
    """After a build: what lies beside is that of an earlier one."""
    shutil.rmtree(_beside(directory), ignore_errors=True)


def edits_of(directory: Path) -> bytes:
    """The graph of edits as N-Triples; nothing where there is no store that this version reads."""
    layout = directory / LAYOUT.name
    if not layout.exists() or layout.read_text(encoding="utf-8") != LAYOUT.version:
        return b""
    with GraphStore.open(directory) as graph:
        return graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(EDITS_GRAPH)) or b""


def keep_edits(store: ox.Store, edits: bytes) -> None:
    """Make the graph of edits of a store what `edits_of` another gave."""
    graph = ox.NamedNode(EDITS_GRAPH)
    store.remove_graph(graph)
    if edits:
        store.bulk_load(edits, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)


def _copy(origin: Path | None, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    if origin is not None:
        settle(origin)
        with GraphStore.open(origin) as last:
            last.store.backup(target)


def _mark(directory: Path, *, edited: bool) -> None:
    (directory / LAYOUT.name).write_text(LAYOUT.version, encoding="utf-8")
    if edited:
        (directory / _EDITED).touch()


def _beside(directory: Path) -> Path:
    return directory.with_name(directory.name + ".built")
