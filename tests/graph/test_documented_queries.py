"""The queries of docs/graph.md run and find something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.graph.store import GraphStore

PAGE = Path(__file__).parents[2] / "docs" / "graph.md"
QUERIES = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


@pytest.mark.parametrize("query", QUERIES)
def test_documented_query(graph: GraphStore, query: str) -> None:
    assert list(graph.query(query))  # type: ignore[arg-type]


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 6
