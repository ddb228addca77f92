"""Entities found by words in the store: the same as among all rows."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.query.reading import bearers, entities, find_entities, stated
from kg.query.search import find, search


@pytest.mark.parametrize("words", ["甘肃省生态环境厅", "平凉市 生态环境局", "省生态环境厅", "jinghe", "psst", "泾", "PLS", "治理方按", "", "  ", "qqqq", '"} }', "urn:泾"])
@pytest.mark.parametrize("types", [(), ("Agency",), ("River",)])
def test_the_store_finds_what_stands_in_the_rows(built: Path, words: str, types: tuple[str, ...]) -> None:
    with kg.open(built) as graph:
        found, total = find(graph.store, words, types)
        assert found == search(entities(graph.store), words, types)
        assert total >= len(found)


def test_the_bearers_of_a_name_are_those_among_all(built: Path) -> None:
    with kg.open(built) as graph:
        known = entities(graph.store)
        for row in known:
            assert entities(graph.store, [row.iri]) == (row,)
            for name in (row.iri, *row.names):
                assert find_entities(bearers(graph.store, name), name) == find_entities(known, name)


def test_what_a_sentence_a_claim_and_a_value_state(built: Path) -> None:
    with kg.open(built) as graph:
        claim = next(iter(graph.query("SELECT ?c ?s { ?c a rdf:Statement ; rdf:object ?o ; eco:evidence ?s . ?o a eco:Programme } LIMIT 1")))
        value = next(iter(graph.query("SELECT ?c ?v { ?c eco:states ?v } LIMIT 1")))
        by_sentence, _ = stated(graph.store, str(claim["s"]))
        assert claim["c"] in {row.iri for row in by_sentence}
        assert [row.iri for row in stated(graph.store, str(claim["c"]))[0]] == [claim["c"]]
        assert value["c"] in {row.claim for row in stated(graph.store, str(value["v"]))[1]}
