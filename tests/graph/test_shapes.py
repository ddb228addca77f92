"""Each shape finds the fault planted for it, and nothing in a good graph."""

from __future__ import annotations

from importlib.resources import files

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph

from kg.graph.shapes import validate
from kg.graph.sparql import update
from kg.graph.store import GraphStore
from kg.graph.write import write

PLANTED = [
    ("Entity-label", "DELETE { ?e rdfs:label ?l } WHERE { ?e a eco:Project ; rdfs:label ?l }"),
    ("Entity-label", "INSERT { ?e rdfs:label '厂'@zh } WHERE { ?e a eco:Project }"),
    ("Entity-documentCount", "DELETE { ?e eco:documentCount ?n } WHERE { ?e a eco:Project ; eco:documentCount ?n }"),
    ("Division-code", "INSERT { ?e eco:divisionCode '62' } WHERE { ?e a eco:Project }"),
    ("Claim-modality", "DELETE { ?c eco:modality ?m } WHERE { ?c eco:states ?v ; eco:modality ?m }"),
    ("Claim-modality", "INSERT { ?c eco:modality eco:level } WHERE { ?c eco:states ?v }"),
    ("Claim-evidence", "DELETE { ?c eco:evidence ?s } WHERE { ?c eco:states ?v ; eco:evidence ?s }"),
    ("Claim-confidence", "INSERT { ?c eco:confidence 1.5 } WHERE { ?c eco:states ?v }"),
    ("ClaimForm", "DELETE { ?c eco:states ?v } WHERE { ?c eco:states ?v }"),
    ("ClaimForm", "INSERT { ?c eco:states ?v } WHERE { ?c rdf:predicate ?p . ?v a eco:Target }"),
    ("RelationClaim-object", "DELETE { ?c rdf:object ?o } WHERE { ?c rdf:object ?o }"),
    ("ValueClaim-asWritten", "DELETE { ?c eco:asWritten ?o } WHERE { ?c eco:asWritten ?o }"),
    ("OwnEvidence", "INSERT { ?c eco:evidence ?s } WHERE { ?c a rdf:Statement . ?s a eco:Sentence }"),
    ("Kind", "INSERT { ?v a eco:Change } WHERE { ?v a eco:Result }"),
    ("IndicatorValue-indicator", "DELETE { ?v eco:indicator ?i } WHERE { ?v eco:indicator ?i }"),
    ("IndicatorValue-unit", "DELETE { ?v eco:unit ?i } WHERE { ?v eco:unit ?i }"),
    ("IndicatorValue-measure", "DELETE { ?v eco:measure ?i } WHERE { ?v eco:measure ?i }"),
    ("StatedValue", "DELETE { ?c eco:states ?v } WHERE { ?c eco:states ?v }"),
    ("Range", "INSERT { ?v eco:upperValue 1.5 } WHERE { ?v a eco:Result }"),
    ("Period", "INSERT { ?v eco:periodEnd '1999-12-31'^^xsd:date } WHERE { ?v eco:periodStart ?d }"),
    ("Share", "DELETE { ?v eco:value ?n } INSERT { ?v eco:value 103.5 } WHERE { ?v eco:value 90.0 ; eco:value ?n }"),
    ("Span-begin", "INSERT { ?s nif:beginIndex 99999 } WHERE { ?s a eco:Sentence }"),
    ("Sentence-referenceContext", "DELETE { ?s nif:referenceContext ?d } WHERE { ?s nif:referenceContext ?d }"),
    ("Mention-inSentence", "DELETE { ?s eco:inSentence ?d } WHERE { ?s eco:inSentence ?d }"),
    ("Document-isString", "DELETE { ?s nif:isString ?d } WHERE { ?s nif:isString ?d }"),
    ("issues-subject", "INSERT { ?p eco:issues ?q } WHERE { ?p a eco:Project . ?q a eco:Programme }"),
    ("implements-object", "INSERT { ?p eco:implements ?q } WHERE { ?p a eco:Agency . ?q a eco:River }"),
    ("PartOfOwnType", "INSERT { ?p eco:partOf ?q } WHERE { ?p a eco:Project . ?q a eco:Programme }"),
    ("Claimed-funds", "INSERT { ?p eco:funds ?q } WHERE { ?p a eco:Agency . ?q a eco:Programme }"),
    ("Claimed-implements", "INSERT { ?p eco:implements ?q } WHERE { ?p rdfs:label '华亭县'@zh . ?q a eco:Programme }"),
    ("Acyclic-partOf", "INSERT { ?p eco:partOf ?q } WHERE { ?q eco:partOf ?p }"),
    ("Acyclic-tributaryOf", "INSERT { ?p eco:tributaryOf ?q } WHERE { ?q eco:tributaryOf ?p }"),
    ("Acyclic-isReplacedBy", "INSERT { ?p dcterms:isReplacedBy ?q } WHERE { ?q dcterms:isReplacedBy ?p }"),
]


def test_a_good_graph_conforms(graph: GraphStore) -> None:
    report = validate(graph)
    assert report.violations == ()
    assert report.conforms


@pytest.mark.parametrize(("shape", "fault"), PLANTED)
def test_a_planted_fault_is_found(graph: GraphStore, shape: str, fault: str) -> None:
    size = len(graph.store), sorted(graph.lines())
    update(graph.store, fault)
    assert (len(graph.store), sorted(graph.lines())) != size
    report = validate(graph)
    found = {violation.shape.partition("#")[2]: violation for violation in report.violations}
    assert shape in found
    assert found[shape].message
    assert found[shape].severity == ("warning" if shape == "Share" else "violation")
    assert report.conforms == (shape == "Share")


@pytest.mark.parametrize("fault", [fault for _, fault in PLANTED[::9]])
def test_the_shapes_file_alone_gives_the_same_verdict_in_pyshacl(graph: GraphStore, fault: str) -> None:
    update(graph.store, fault)
    shapes = Graph().parse(data=files("kg_ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"), format="turtle")
    facts = Graph().parse(data="".join(write(graph, "ntriples")), format="nt")
    _, report, _ = pyshacl.validate(facts, shacl_graph=shapes, inference=None, advanced=False)
    expected = {(str(report.value(r, SH.sourceShape)), str(report.value(r, SH.focusNode)))  # type: ignore[union-attr]
                for r in report.subjects(RDF.type, SH.ValidationResult)}  # type: ignore[union-attr]
    assert {(violation.shape, violation.focus) for violation in validate(graph).violations} == expected


def test_sentences_are_the_substrings_of_their_documents(graph: GraphStore) -> None:
    query = """ASK { ?s nif:anchorOf ?words ; nif:beginIndex ?a ; nif:endIndex ?z ; nif:referenceContext/nif:isString ?text .
                     FILTER(SUBSTR(?text, ?a + 1, ?z - ?a) != ?words) }"""
    answer = graph.query(query)
    assert isinstance(answer, ox.QueryBoolean)
    assert not answer
