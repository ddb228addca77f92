"""What is made of a graph once: for each graph its own, and of a closed one nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.graph.store import GraphStore
from kg.query.kept import kept


def test_a_value_is_made_once_for_each_graph_until_it_is_closed(built: Path) -> None:
    made: list[int] = []

    @kept
    def size(graph: GraphStore) -> int:
        made.append(len(graph.store))
        return made[-1]

    with kg.open(built) as one, kg.open(built) as other:
        assert size(one.store) == size(one.store) == size(other.store) > 0
        assert len(made) == 2
        closed = one.store
        closed.close()
        with pytest.raises(StoreError, match="the graph is closed; open it again"):
            size(closed)
        assert size(other.store) == made[1]
    assert len(made) == 2


def test_what_could_not_be_made_is_tried_again(built: Path) -> None:
    tried: list[bool] = []

    @kept
    def second(graph: GraphStore) -> bool:
        tried.append(True)
        if len(tried) == 1:
            raise StoreError("not yet")
        return True

    with kg.open(built) as graph:
        with pytest.raises(StoreError, match="not yet"):
            second(graph.store)
        assert second(graph.store)
