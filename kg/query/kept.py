"""What is made once of a graph and kept while it is open; a changed graph is opened anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from kg.graph.store import GraphStore

Made = TypeVar("Made")


def kept(make: Callable[[GraphStore], Made]) -> Callable[[GraphStore], Made]:
    """A function of a graph that makes its value once for each graph; of a closed one it raises StoreError, made or not."""
    known: WeakKeyDictionary[GraphStore, Made] = WeakKeyDictionary()

    @wraps(make)
    def made(graph: GraphStore) -> Made:
        _ = graph.store  # StoreError once it is closed
        if graph not in known:
            known[graph] = make(graph)
        return known[graph]

    return made
