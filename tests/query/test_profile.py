"""One entity with its evidence."""

import pytest

import kg
from kg.errors import LookupFailed
from kg.query.reading import EntityRow, claims, documents, entities, find_entities, values


def test_facts_both_ways_with_their_sentences(built):
    with kg.open(built) as graph:
        profile = graph.show("平凉市泾河综合治理方案")
    stated = {(f.predicate, f.other.name, f.outgoing) for f in profile.facts}
    assert ("issues", "平凉市人民政府", False) in stated
    assert ("implements", "崆峒区人民政府", False) in stated
    for fact in profile.facts:
        assert all(evidence.text and evidence.document in profile.documents for _, evidence in fact.statements)


def test_figures_of_a_place(built):
    with kg.open(built) as graph:
        figures = graph.show("甘肃省").figures
    assert {f.value.number for f in figures} >= {"91.5", "95"}
    assert all(f.value.evidence.text for f in figures)


def test_the_rows_of_the_whole_graph_hang_together(built):
    with kg.open(built) as graph:
        known = {e.iri for e in entities(graph.store)}
        papers = documents(graph.store)
        assert {c.subject for c in claims(graph.store)} | {c.object for c in claims(graph.store)} <= known
        assert {v.evidence.document for v in values(graph.store)} <= set(papers)
        assert {s for d in papers.values() for s in d.sources} >= {"平凉/信息.md"}


def test_several_entities_of_one_name_are_listed():
    rows = [EntityRow("urn:1", "Agency", "", "督查考核局"), EntityRow("urn:2", "Agency", "", "督查考核局")]
    assert len(find_entities(rows, "督查考核局")) == 2
    assert len(find_entities(rows, "urn:2")) == 1


def test_nothing_found_raises(built):
    with kg.open(built) as graph, pytest.raises(LookupFailed, match="No entity answers to 无此机构"):
        graph.show("无此机构")
