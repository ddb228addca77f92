"""Documents in and out of a graph: what is left is what was there before, byte for byte."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import LayoutMismatch, NoStore, QueryError, StoreError
from kg.gazetteer import Gazetteer
from kg.graph.assemble import assemble
from kg.graph.build import build, change, in_memory
from kg.graph.model import BuildActivity, DocumentQuads
from kg.graph.store import LAYOUT, GraphStore
from kg.graph.write import turtle, write
from kg.model import Extraction

Documents = tuple[DocumentQuads, ...]


def text_of(graph: GraphStore) -> str:
    return "".join(turtle(graph))


def whole(graph: GraphStore) -> list[str]:
    return sorted(graph.lines(all_graphs=True))


def test_the_order_of_documents_does_not_matter(documents: Documents, gazetteer: Gazetteer) -> None:
    texts = {text_of(in_memory(order, gazetteer=gazetteer)) for order in itertools.permutations(documents)}
    assert len(texts) == 1


@pytest.mark.parametrize("number", [0, 1, 2])
def test_adding_and_removing_a_document_gives_the_bytes_from_before(tmp_path: Path, documents: Documents, gazetteer: Gazetteer,
                                                                    number: int) -> None:
    store = tmp_path / "store"
    others = [one for i, one in enumerate(documents) if i != number]
    with build(store, others, gazetteer=gazetteer) as graph:
        before, quads = text_of(graph), whole(graph)
    with build(store, [documents[number]], gazetteer=gazetteer) as graph:
        assert text_of(graph) == text_of(in_memory(documents, gazetteer=gazetteer))
    with build(store, [], [documents[number].iri], gazetteer=gazetteer) as graph:
        assert text_of(graph) == before
        assert whole(graph) == quads


def test_removing_everything_leaves_nothing(tmp_path: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    build(tmp_path / "store", documents, gazetteer=gazetteer).close()
    with build(tmp_path / "store", (), [one.iri for one in documents], gazetteer=gazetteer) as graph:
        assert graph.counts().triples == 0


def test_a_document_that_is_there_already_is_replaced(tmp_path: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    with build(tmp_path / "store", documents, gazetteer=gazetteer) as graph:
        before = whole(graph)
    with build(tmp_path / "store", documents[:2], gazetteer=gazetteer) as graph:
        assert whole(graph) == before


def test_two_files_of_equal_text_are_one_document(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    named = [assemble(plan, gazetteer=gazetteer, files=[(path, "f" * 64)]) for path in ("b/plan.txt", "a/plan.txt")]
    untitled = replace(plan, document=replace(plan.document, title=None))
    other = assemble(untitled, gazetteer=gazetteer, files=[("c.txt", "e" * 64)])
    graphs = [in_memory(order, gazetteer=gazetteer) for order in itertools.permutations([*named, other])]
    assert len({text_of(graph) for graph in graphs}) == 1
    document, = graphs[0].documents()
    assert document.title == "泾河治理规划"
    assert [path for path, _ in document.files] == ["a/plan.txt", "b/plan.txt", "c.txt"]


def test_fingerprints_tell_what_has_to_be_built_again(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    quads = assemble(extractions[0], gazetteer=gazetteer, files=[("a.txt", "0" * 64)], fingerprint="v1")
    assert in_memory([quads], gazetteer=gazetteer).fingerprints() == {"a.txt": ("0" * 64, "v1", quads.iri)}


def test_labels_and_subclasses_are_chosen_alike_whatever_came_first(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    def renamed(extraction: Extraction, name: str, subtype: str) -> DocumentQuads:
        entities = tuple(replace(e, name=name, subtype=subtype) if e.type == "Programme" else e for e in extraction.entities)
        return assemble(replace(extraction, entities=entities), gazetteer=gazetteer)

    plan, news, notice = extractions
    named = [renamed(plan, "甲规划", "Plan"), renamed(news, "乙规划", "PolicyDocument"), renamed(notice, "乙规划", "PolicyDocument")]
    query = "SELECT ?l ?t { ?e a eco:Programme ; rdfs:label ?l ; a ?t FILTER(?t != eco:Programme) }"
    for order in itertools.permutations(named):
        found = [(row["l"].value, row["t"].value) for row in in_memory(order, gazetteer=gazetteer).query(query)]  # type: ignore[union-attr]
        assert found == [("乙规划", "https://w3id.org/shanshui/ontology#PolicyDocument")]


def test_a_label_that_lost_comes_back_when_the_other_goes(tmp_path: Path, extractions: tuple[Extraction, ...],
                                                              gazetteer: Gazetteer) -> None:
    def renamed(extraction: Extraction, name: str) -> DocumentQuads:
        entities = tuple(replace(e, name=name) if e.type == "Programme" else e for e in extraction.entities)
        return assemble(replace(extraction, entities=entities), gazetteer=gazetteer)

    plan, news = renamed(extractions[0], "甲规划"), renamed(extractions[1], "乙规划")
    build(tmp_path / "store", [plan, news], gazetteer=gazetteer).close()
    for gone, left in ((plan, news), (news, plan)):
        with build(tmp_path / "store", [left], [gone.iri], gazetteer=gazetteer) as graph:
            assert text_of(graph) == text_of(in_memory([left], gazetteer=gazetteer))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 4)), max_size=7))
def test_any_way_to_the_same_documents_gives_the_same_graph(extractions: tuple[Extraction, ...], gazetteer: Gazetteer,
                                                            steps: list[tuple[bool, int]]) -> None:
    plan, news, notice = extractions
    renamed = tuple(replace(e, name="甲规划", subtype="PolicyDocument") if e.type == "Programme" else e for e in news.entities)
    unlinked = tuple(replace(e, entry=None, name=e.name + "河道" if e.name == "泾河" else e.name) for e in notice.entities)
    known = [assemble(e, gazetteer=gazetteer) for e in (
        plan, news, notice, replace(news, entities=renamed), replace(notice, entities=unlinked))]
    store, left = ox.Store(), {}
    for added, number in steps:
        one = known[number]
        if added:
            left[one.iri] = one
        elif one.iri not in left:
            continue
        else:
            del left[one.iri]
        change(store, [one] if added else [], [] if added else [one.iri], gazetteer=gazetteer)
    fresh = in_memory(left.values(), gazetteer=gazetteer)
    if steps:
        assert whole(GraphStore(store)) == whole(fresh) or not left
    assert text_of(GraphStore(store)) == text_of(fresh)


def test_a_build_that_breaks_off_leaves_the_last_graph(tmp_path: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    def broken() -> Iterator[DocumentQuads]:
        yield documents[1]
        raise KeyboardInterrupt

    store = tmp_path / "store"
    with build(store, documents[:1], gazetteer=gazetteer) as graph:
        before = whole(graph)
    with pytest.raises(KeyboardInterrupt):
        build(store, broken(), gazetteer=gazetteer)
    with GraphStore.open(store) as graph:
        assert whole(graph) == before
    store.rename(tmp_path / "store.old")
    with GraphStore.open(store) as graph:
        assert whole(graph) == before
    with build(store, documents, gazetteer=gazetteer) as graph:
        assert graph.counts().documents == 3
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_reader_goes_on_reading_while_another_graph_takes_the_place(tmp_path: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    with build(tmp_path / "store", documents[:1], gazetteer=gazetteer) as reader:
        before = whole(reader)
        with build(tmp_path / "store", documents, gazetteer=gazetteer) as graph:
            assert graph.counts().documents == 3
        assert whole(reader) == before


def test_a_store_of_another_layout_is_refused(tmp_path: Path, documents: Documents, gazetteer: Gazetteer) -> None:
    store = tmp_path / "store"
    build(store, documents, gazetteer=gazetteer).close()
    (store / LAYOUT.name).write_text("0\n", encoding="utf-8")
    with pytest.raises(LayoutMismatch, match="build again"):
        GraphStore.open(store)
    with pytest.raises(LayoutMismatch):
        build(store, documents, gazetteer=gazetteer)
    with build(store, documents, gazetteer=gazetteer, fresh=True) as graph:
        assert graph.counts().documents == 3


def test_errors_say_what_to_do(tmp_path: Path, graph: GraphStore) -> None:
    with pytest.raises(NoStore, match="kg build"):
        GraphStore.open(tmp_path / "store")
    with pytest.raises(QueryError, match="parsed"):
        graph.query("SELECT ?x WHERE {")
    graph.close()
    with pytest.raises(StoreError, match="closed"):
        graph.query("ASK { ?s ?p ?o }")


def test_the_build_graph_names_versions_options_and_files_and_no_time(documents: Documents, gazetteer: Gazetteer) -> None:
    activity = BuildActivity({"shanshui": "0.1.0"}, {"place": "甘肃省"})
    graphs = [in_memory(order, gazetteer=gazetteer, activity=activity) for order in (documents, documents[::-1])]
    assert whole(graphs[0]) == whole(graphs[1])
    found = graphs[0].query("SELECT ?v ?o (COUNT(?f) AS ?n) { GRAPH graph:build { ?a a prov:Activity ; eco:version ?v ; eco:option ?o ; "
                            "prov:used ?f } } GROUP BY ?v ?o")
    assert [tuple(term.value for term in row) for row in found] == [("shanshui 0.1.0", "place=甘肃省", "3")]  # type: ignore[union-attr]


def test_counts(graph: GraphStore) -> None:
    counts = graph.counts()
    assert (counts.documents, counts.indicator_values, counts.claims) == (3, 4, 14)
    assert counts.entities == {"Agency": 3, "Programme": 1, "WaterFeature": 3, "Project": 1, "Place": 2}
    assert (counts.relations["issues"], counts.relations["tributaryOf"], counts.relations["partOf"]) == (1, 1, 0)
    assert counts.quads > counts.triples


def test_store_and_lines_agree(documents: Documents, gazetteer: Gazetteer, write_extraction: Callable[..., Extraction]) -> None:
    empty = in_memory([assemble(write_extraction("无关内容。", place=None, year=None), gazetteer=gazetteer)], gazetteer=gazetteer)
    assert empty.counts().documents == 1
    assert not list(in_memory(gazetteer=gazetteer).lines())
    assert "".join(write(in_memory(gazetteer=gazetteer), "ntriples")) == ""
