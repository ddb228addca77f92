"""The table of terms, the ontology, the shapes and the JSON-LD context say the same."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from rdflib import OWL, RDF, RDFS, SH, BNode, Graph, URIRef

from kg import vocab
from kg.graph.checks import offending
from kg.model import ENTITY_TYPES, MODALITIES, PREDICATES, SUBTYPES

SCHEMA_DOMAIN, SCHEMA_RANGE = URIRef(vocab.SCHEMA + "domainIncludes"), URIRef(vocab.SCHEMA + "rangeIncludes")


def parsed(name: str) -> Graph:
    return Graph().parse(data=files("kg_ontology").joinpath(name).read_text(encoding="utf-8"), format="turtle")


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return parsed("shanshui.ttl")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return parsed("shapes.ttl")


def term(name: str) -> URIRef:
    return URIRef(vocab.eco(name))


def local_names(graph: Graph, subject: URIRef, predicate: URIRef) -> set[str]:
    return {str(node).removeprefix(vocab.ECO) for node in graph.objects(subject, predicate)}


def test_every_term_of_the_ontology_stands_in_the_table_and_the_other_way_round(ontology: Graph) -> None:
    defined = {str(s).removeprefix(vocab.ECO) for s in ontology.subjects() if str(s).startswith(vocab.ECO)}
    assert defined == set(vocab.LABELS)


@pytest.mark.parametrize("name", vocab.LABELS)
def test_labels_and_comment(ontology: Graph, name: str) -> None:
    labels = {label.language: str(label) for label in ontology.objects(term(name), RDFS.label)}
    assert (labels["zh"], labels["en"]) == vocab.LABELS[name]
    assert ontology.value(term(name), RDFS.comment)


def test_no_blank_nodes(ontology: Graph, shapes: Graph) -> None:
    for graph in (ontology, shapes):
        assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


def test_classes_follow_the_model(ontology: Graph) -> None:
    for broad in ENTITY_TYPES:
        narrow = {str(s).removeprefix(vocab.ECO) for s in ontology.subjects(RDFS.subClassOf, term(broad))}
        assert narrow == set(SUBTYPES[broad])
    assert {str(s).removeprefix(vocab.ECO) for s in ontology.subjects(RDF.type, term("Modality"))} == set(MODALITIES)


@pytest.mark.parametrize("predicate", PREDICATES)
def test_domain_and_range_agree_in_table_ontology_and_shapes(ontology: Graph, shapes: Graph, predicate: str) -> None:
    assert (term(predicate), RDFS.subPropertyOf, term("relation")) in ontology
    for side, table, target, included in (("subject", vocab.DOMAIN, SH.targetSubjectsOf, SCHEMA_DOMAIN),
                                          ("object", vocab.RANGE, SH.targetObjectsOf, SCHEMA_RANGE)):
        expected = set(table[predicate])
        assert local_names(ontology, term(predicate), included) == expected
        shape = URIRef(f"{vocab.SHAPES}{predicate}-{side}")
        assert (shape, target, term(predicate)) in shapes
        listed = shapes.value(shape, SH["or"])
        members = [shape] if listed is None else list(shapes.items(listed))
        assert {name for member in members for name in local_names(shapes, member, SH["class"])} == expected


def test_derived_properties_are_marked(ontology: Graph) -> None:
    assert {str(s).removeprefix(vocab.ECO) for s in ontology.subjects(term("derived"), None)} == set(vocab.DERIVED)
    for name in vocab.DERIVED:
        assert (term(name), RDFS.subPropertyOf, term("relation")) not in ontology


def test_every_term_that_shapes_use_is_defined(ontology: Graph, shapes: Graph) -> None:
    used = {node for triple in shapes for node in triple if isinstance(node, URIRef) and node.startswith(vocab.ECO)}
    assert used
    assert not {str(node) for node in used if (node, RDF.type, None) not in ontology}


def test_no_property_has_several_domains(ontology: Graph) -> None:
    assert not list(ontology.triples((None, RDFS.domain, None)))
    assert (URIRef("https://w3id.org/shanshui/ontology"), RDF.type, OWL.Ontology) in ontology


def test_context_names_the_terms_of_the_project() -> None:
    context = json.loads(files("kg_ontology").joinpath("context.jsonld").read_text(encoding="utf-8"))["@context"]
    for name in vocab.LABELS:
        target = context[name]
        assert (target if isinstance(target, str) else target["@id"]) == f"eco:{name}"


def test_checks_name_shapes_that_exist(shapes: Graph) -> None:
    names = ["Sentence-anchorOf", "RelationClaim-subject", "IndicatorValue-value", "Range", "Period", "Share"]
    for name in [*names, *(f"{p}-{side}" for p in PREDICATES for side in ("subject", "object"))]:
        assert (URIRef(vocab.SHAPES + name), None, None) in shapes
    assert callable(offending)


def test_units_are_of_qudt_or_of_the_project() -> None:
    assert vocab.unit_iri("%") == "http://qudt.org/vocab/unit/PERCENT"
    assert vocab.unit_iri("座") == vocab.ECO_UNIT + "座"
    assert " " not in vocab.unit_iri("a b<c>")
