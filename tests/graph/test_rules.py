"""What rules derive, against closures made by hand and by owlrl's RDFS and OWL rules."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files

import owlrl
import pytest
from rdflib import OWL, RDF, Graph, URIRef

from kg.gazetteer import Gazetteer
from kg.graph.build import in_memory
from kg.graph.model import DocumentQuads
from kg.graph.store import GraphStore
from kg.graph.write import write
from kg.model import ENTITY_TYPES
from kg.vocab import DERIVED, PREFIXES, eco


def pairs(graph: GraphStore, pattern: str) -> set[tuple[str, str]]:
    return {(row["x"].value, row["y"].value) for row in graph.query(f"SELECT ?x ?y {{ {pattern} }}")}  # type: ignore[union-attr]


def closure(steps: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The transitive closure by owlrl's rule for owl:TransitiveProperty."""
    graph, step = Graph(), URIRef("x:step")
    graph.add((step, RDF.type, OWL.TransitiveProperty))
    for lower, upper in steps:
        graph.add((URIRef(lower), step, URIRef(upper)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {(str(x), str(y)) for x, y in graph.subject_objects(step)}


def names(found: set[tuple[str, str]]) -> dict[str, set[str]]:
    table: dict[str, set[str]] = defaultdict(set)
    for lower, upper in found:
        table[lower.partition("/id/")[2]].add(upper.rpartition("/")[2])
    return table


def test_within(graph: GraphStore) -> None:
    derived = pairs(graph, "?x eco:within ?y")
    places = {(x, y) for x, y in pairs(graph, "?x eco:partOf ?y . ?x a eco:Place")}
    types = ", ".join(map("eco:{}".format, ENTITY_TYPES))
    others = pairs(graph, f"?x eco:locatedIn|eco:jurisdiction ?y . ?x a ?t . FILTER(?t IN ({types}))")
    reflexive = {(x, x) for x, _ in pairs(graph, "?x a eco:Place ; a ?y")}
    assert derived == closure(places | others) | reflexive
    assert names(derived)["agency/平凉市人民政府"] == {"平凉市", "甘肃省"}
    assert names(derived)["place/甘肃省/平凉市/崆峒区"] == {"崆峒区", "平凉市", "甘肃省"}


def test_river_systems(graph: GraphStore) -> None:
    derived = pairs(graph, "?x eco:inRiverSystemOf ?y")
    steps = pairs(graph, "?x eco:tributaryOf|eco:basinOf|eco:onRiver ?y")
    assert derived == closure(steps) | {(x, x) for x, _ in pairs(graph, "?x a eco:River ; a ?y")}
    assert names(derived)["water/泾河流域"] == {"泾河", "渭河", "黄河"}
    assert names(derived)["water/黄河"] == {"黄河"}


def test_responsibility(graph: GraphStore) -> None:
    assert pairs(graph, "?x eco:isResponsibleFor ?y") == pairs(graph, "?x eco:implements|eco:supervises ?y")


def test_document_counts(graph: GraphStore) -> None:
    found = {(row["l"].value, int(row["n"].value)) for row in graph.query("SELECT ?l ?n { ?e eco:documentCount ?n ; rdfs:label ?l }")}  # type: ignore[union-attr]
    assert {("甘肃省生态环境厅", 3), ("泾河", 2), ("崆峒区", 1), ("黄河", 0)} <= found


@pytest.mark.parametrize("predicate", DERIVED)
def test_no_document_states_what_is_derived(documents: tuple[DocumentQuads, ...], predicate: str) -> None:
    assert all(eco(predicate) not in one.facts + one.own + one.values for one in documents)


def test_the_gazetteer_adds_what_stands_above_and_what_followed(graph: GraphStore, gazetteer: Gazetteer) -> None:
    replaced = pairs(graph, "?e dcterms:isReplacedBy ?f . ?e rdfs:label ?x . ?f rdfs:label ?y")
    assert replaced == {("华亭县", "华亭市")}
    codes = pairs(graph, "?e eco:divisionCode ?y ; rdfs:label ?x")
    assert ("崆峒区", "620802") in codes
    assert pairs(graph, "GRAPH graph:gazetteer { ?x a ?y } FILTER NOT EXISTS { ?x a ?y }") == set()
    assert in_memory(gazetteer=gazetteer).counts().triples == 0
    assert "graph" in PREFIXES


def test_reasoning_with_the_ontology_keeps_each_entity_of_one_broad_type(graph: GraphStore) -> None:
    facts = Graph().parse(data="".join(write(graph, "ntriples", facts_only=True)), format="nt")
    facts.parse(data=files("kg_ontology").joinpath("shanshui.ttl").read_text(encoding="utf-8"), format="turtle")
    owlrl.DeductiveClosure(owlrl.RDFS_Semantics).expand(facts)
    broad = {URIRef(eco(name)) for name in ENTITY_TYPES}
    entities = {row["e"].value for row in graph.query("SELECT ?e { ?e eco:documentCount ?n }")}  # type: ignore[union-attr]
    assert entities
    for entity in entities:
        assert len(broad & set(facts.objects(URIRef(entity), RDF.type))) == 1
    related = set(facts.subject_objects(URIRef(eco("relation"))))
    assert (URIRef("https://w3id.org/shanshui/id/water/泾河"), URIRef("https://w3id.org/shanshui/id/water/渭河")) in related
