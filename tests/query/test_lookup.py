"""The entity or document that a name means: the same as among all rows, and what is said where there is none or several."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.api import Graph
from kg.errors import LookupFailed
from kg.query import lookup, whole
from kg.query.reading import bearers, entities_of, find_entities, stated
from kg.query.whole import documents


def test_the_bearers_of_a_name_are_those_among_all(built: Path) -> None:
    with kg.open(built) as graph:
        known = whole.entities(graph.store)
        for row in known:
            assert entities_of(graph.store, [row.iri, "<no IRI>", "urn:nothing"]) == {row.iri: row}
            for name in (row.iri, *row.names):
                found = find_entities(known, name)
                assert find_entities(bearers(graph.store, name), name) == found
                if len(found) == 1:
                    assert lookup.entity(graph.store, name) == found[0]
                    assert lookup.entity(graph.store, name, (row.type,)).type == row.type


@pytest.mark.parametrize(("name", "types", "said"), [
    ("市政府", lookup.ANY, "2 entities answer to 市政府. Give the IRI of one:\n"),
    ("环境厅", lookup.ANY, "No entity answers to 环境厅. Similar names:\n  甘肃省生态环境厅 (GovernmentBody)  https://"),
    ("甘肃生态环竟厅", ("Agency",), "No Agency answers to 甘肃生态环竟厅. Similar names:\n  甘肃省生态环境厅 (GovernmentBody)  https://"),
    ("泾河", ("Place", "Agency"), "泾河 is no Place or Agency, but a WaterFeature."),
    ("qqqq", lookup.ANY, "No entity answers to qqqq. See: kg query best-supported"),
    ("urn:泾", lookup.ANY, "No entity answers to urn:泾."),
    ("\ud800", lookup.ANY, "No entity answers to"),
    ("", lookup.ANY, "No entity answers to")])
def test_what_no_one_entity_bears_is_told(samples: Graph, name: str, types: tuple[str, ...], said: str) -> None:
    with pytest.raises(LookupFailed) as failed:
        lookup.entity(samples.store, name, types)
    assert said in str(failed.value)


def test_a_document_by_title_file_iri_or_part(samples: Graph) -> None:
    for paper in documents(samples.store).values():
        assert {lookup.document(samples.store, name) for name in (paper.iri, paper.title, *paper.sources)} == {paper}
    with pytest.raises(LookupFailed, match=r"\d documents are named 平凉. Give the IRI of one:"):
        lookup.document(samples.store, "平凉")
    with pytest.raises(LookupFailed, match="No document is named"):
        lookup.document(samples.store, "")
    with pytest.raises(LookupFailed, match="No document is named"):
        lookup.document(samples.store, lookup.entity(samples.store, "泾河").iri)


def test_a_document_that_is_named_in_full_is_found_without_reading_all(samples: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    known = tuple(documents(samples.store).values())
    monkeypatch.setattr(lookup, "documents", lambda graph: pytest.fail("all documents were read"))
    assert [lookup.document(samples.store, name) for paper in known for name in (paper.iri, paper.title)] == [
        paper for paper in known for _ in range(2)]


def test_what_a_sentence_a_claim_and_a_value_state(built: Path) -> None:
    with kg.open(built) as graph:
        claim = next(iter(graph.query("SELECT ?c ?s { ?c a rdf:Statement ; rdf:object ?o ; eco:evidence ?s . ?o a eco:Programme } LIMIT 1")))
        value = next(iter(graph.query("SELECT ?c ?v { ?c eco:states ?v } LIMIT 1")))
        by_sentence, _ = stated(graph.store, str(claim["s"]))
        assert claim["c"] in {row.iri for row in by_sentence}
        assert [row.iri for row in stated(graph.store, str(claim["c"]))[0]] == [claim["c"]]
        assert value["c"] in {row.claim for row in stated(graph.store, str(value["v"]))[1]}
