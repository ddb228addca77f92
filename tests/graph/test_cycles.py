"""What documents together must not say: that something stands above itself."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest

from kg.gazetteer import Gazetteer
from kg.graph.assemble import assemble
from kg.graph.build import build, in_memory
from kg.graph.cycles import left_out, refused
from kg.graph.model import DocumentQuads
from kg.graph.shapes import validate
from kg.graph.store import GraphStore
from kg.graph.write import turtle
from kg.model import Extraction

PARTS = [("甘肃省生态环境厅", "甘肃省水利厅"), ("甘肃省水利厅", "平凉市人民政府"), ("平凉市人民政府", "甘肃省生态环境厅")]


@pytest.fixture
def circle(write_extraction: Callable[..., Extraction], gazetteer: Gazetteer) -> tuple[DocumentQuads, ...]:
    """Three documents that together close a circle, and one that says again what two of them say."""
    def document(*pairs: tuple[str, str]) -> DocumentQuads:
        text = "".join(f"{lower}是{upper}的一部分。" for lower, upper in pairs)
        rows = [(lower, "partOf", upper, "done", f"{lower}是") for lower, upper in pairs]
        return assemble(write_extraction(text, rows, name=f"{pairs[0][0]}.txt"), gazetteer=gazetteer)
    return (*(document(pair) for pair in PARTS), document(*PARTS[:2]))


def parts(graph: GraphStore) -> set[tuple[str, str]]:
    rows = graph.query("SELECT ?x ?y { ?x eco:partOf ?y . ?x a eco:Agency }")
    return {(row["x"].value.rpartition("/")[2], row["y"].value.rpartition("/")[2]) for row in rows}  # type: ignore[union-attr]


def test_the_part_with_the_least_support_is_not_formed_and_named(circle: tuple[DocumentQuads, ...], gazetteer: Gazetteer) -> None:
    graph = in_memory(circle, gazetteer=gazetteer)
    assert parts(graph) == set(PARTS[:2])
    assert validate(graph).conforms
    assert [(d, v.shape.rpartition("#")[2]) for d, v in left_out(graph)] == [(circle[2].iri, "Acyclic-partOf")]
    assert graph.counts().relations["partOf"] == 2


def test_its_claim_stays_and_the_part_comes_back_when_the_circle_opens(tmp_path, circle: tuple[DocumentQuads, ...],
                                                                     gazetteer: Gazetteer) -> None:
    with build(tmp_path / "store", circle[:3], gazetteer=gazetteer) as graph:
        assert len(parts(graph)) == 2
        assert graph.counts().claims == 3
        gone = next(pair for pair in PARTS if pair in parts(graph))
    taken = circle[PARTS.index(gone)]
    with build(tmp_path / "store", (), [taken.iri], gazetteer=gazetteer) as graph:
        assert parts(graph) == {*PARTS} - {gone}
        fresh = in_memory([d for d in circle[:3] if d is not taken], gazetteer=gazetteer)
        assert "".join(turtle(graph)) == "".join(turtle(fresh))


def test_the_order_of_documents_does_not_matter_for_circles(circle: tuple[DocumentQuads, ...], gazetteer: Gazetteer) -> None:
    assert len({"".join(turtle(in_memory(order, gazetteer=gazetteer))) for order in permutations(circle[:3])}) == 1


def test_what_leads_to_a_circle_stays() -> None:
    edges = {("甲", "乙"): 1, ("乙", "甲"): 3, ("丙", "甲"): 1, ("乙", "丁"): 1, ("戊", "戊"): 9}
    assert set(refused(edges)) == {("甲", "乙"), ("戊", "戊")}
