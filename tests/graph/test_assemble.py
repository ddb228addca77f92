"""Extraction → quads: claims, modality, values, evidence."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg import iri
from kg.gazetteer import Gazetteer
from kg.graph.assemble import assemble
from kg.graph.build import in_memory
from kg.graph.model import DocumentQuads
from kg.graph.store import GraphStore
from kg.model import Entity, Extraction
from kg.vocab import ECO, XSD, eco

DATATYPES = {XSD + name for name in ("string", "integer", "decimal", "boolean", "date")} | {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
EVIDENCE = """
SELECT ?claim ?sentence ?words WHERE {
  ?claim a rdf:Statement ; eco:evidence ?s .
  ?s nif:anchorOf ?sentence ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext/nif:isString ?text .
  BIND(SUBSTR(?text, ?begin + 1, ?end - ?begin) AS ?words)
}"""


def rows(graph: GraphStore, query: str) -> list[tuple[str, ...]]:
    return sorted(tuple("" if term is None else term.value for term in row) for row in graph.query(query))  # type: ignore[union-attr]


def names(graph: GraphStore, predicate: str) -> list[tuple[str, ...]]:
    return rows(graph, f"SELECT ?s ?o {{ ?x eco:{predicate} ?y . ?x rdfs:label ?s . ?y rdfs:label ?o }}")


def test_every_claim_rests_on_a_sentence_that_is_the_substring_of_its_document(graph: GraphStore) -> None:
    found = rows(graph, EVIDENCE)
    assert {claim for claim, _, _ in found} == {row[0] for row in rows(graph, "SELECT ?c { ?c a rdf:Statement }")}
    assert all(sentence == words for _, sentence, words in found)


def test_the_number_of_a_value_claim_stands_where_the_claim_says(graph: GraphStore) -> None:
    found = rows(graph, """SELECT ?claim ?written ?words WHERE {
        ?claim eco:asWritten ?written ; nif:beginIndex ?begin ; nif:endIndex ?end ;
               eco:evidence/nif:referenceContext/nif:isString ?text .
        BIND(SUBSTR(?text, ?begin + 1, ?end - ?begin) AS ?words) }""")
    assert len(found) == 4
    assert all(written == words for _, written, words in found)


def test_every_plain_relation_and_every_value_has_a_claim(graph: GraphStore) -> None:
    assert not rows(graph, "SELECT ?v { ?v a eco:IndicatorValue FILTER NOT EXISTS { ?c eco:states ?v } }")
    assert names(graph, "issues") == [("甘肃省生态环境厅", "泾河治理规划")]
    assert len(rows(graph, "SELECT ?c { ?c rdf:predicate eco:issues }")) == 2


def test_what_is_negated_or_prohibited_gives_a_claim_but_no_plain_triple(graph: GraphStore) -> None:
    assert names(graph, "implements") == [("平凉市人民政府", "泾河治理规划")]
    modalities = rows(graph, "SELECT ?m ?o { ?c rdf:predicate eco:implements ; eco:modality ?m ; rdf:object/rdfs:label ?o }")
    assert modalities == [(eco("negated"), "城东污水处理厂"), (eco("ongoing"), "泾河治理规划"), (eco("prohibited"), "泾河治理规划")]


def test_collaboration_is_one_claim_and_holds_both_ways(graph: GraphStore) -> None:
    assert names(graph, "collaboratesWith") == [("甘肃省水利厅", "甘肃省生态环境厅"), ("甘肃省生态环境厅", "甘肃省水利厅")]
    assert len(rows(graph, "SELECT ?c { ?c rdf:predicate eco:collaboratesWith }")) == 1


def test_parts_of_waters_are_narrowed_and_the_claim_remembers(graph: GraphStore) -> None:
    claimed = rows(graph, "SELECT ?p ?was { ?c rdf:predicate ?p ; eco:extractedAs ?was }")
    assert claimed == [(eco("basinOf"), eco("partOf")), (eco("tributaryOf"), eco("partOf"))]
    assert ("泾河流域", "泾河") in names(graph, "basinOf")
    assert ("泾河", "渭河") in names(graph, "tributaryOf")


def test_a_value_has_scope_unit_period_and_indicator(graph: GraphStore) -> None:
    found = rows(graph, """SELECT ?about ?scope ?value ?symbol ?start ?end WHERE {
        ?v a eco:Result ; eco:value ?value ; eco:unit/qudt:symbol ?symbol ; eco:scopePlace/rdfs:label ?scope ;
           eco:periodStart ?start ; eco:periodEnd ?end . OPTIONAL { ?v eco:about/rdfs:label ?about } }""")
    assert found == [("", "平凉市", "90", "%", "2024-01-01", "2024-12-31"), ("崆峒区", "平凉市", "87.2", "%", "2024-01-01", "2024-12-31"),
                     ("泾河流域", "平凉市", "406000000", "CNY", "2024-01-01", "2024-12-31")]
    assert rows(graph, "SELECT ?d ?w { ?v a eco:Target ; eco:deadline ?d . ?c eco:states ?v ; eco:asWritten ?w }") == [
        ("2025-12-31", "88%")]


def test_the_document(graph: GraphStore) -> None:
    found = rows(graph, """SELECT ?title ?issued ?publisher ?place ?year ?text WHERE { ?d dcterms:title ?title ; dcterms:issued ?issued ;
        dcterms:publisher/rdfs:label ?publisher ; eco:jurisdiction/rdfs:label ?place ; eco:contextYear ?year ;
        eco:textOf/rdfs:label ?text }""")
    assert found == [("泾河治理规划", "2024-03-01", "甘肃省生态环境厅", "平凉市", "2024", "泾河治理规划")]
    assert rows(graph, "SELECT ?a ?z { ?d eco:period '2024-05' ; eco:periodStart ?a ; eco:periodEnd ?z }") == [("2024-05-01", "2024-05-31")]


def test_budget(graph: GraphStore) -> None:
    """A relation claim has a seventh quad, its confidence, where that is below 1."""
    sizes = {"?x rdf:predicate ?r": 6, "?x a eco:Sentence": 5, "?x a eco:Mention": 5}
    for pattern, limit in sizes.items():
        counted = rows(graph, f"SELECT ?x (COUNT(*) AS ?n) {{ {pattern} . ?x ?p ?o FILTER(?p != eco:extractedAs) }} GROUP BY ?x")
        assert counted
        assert {int(n) for _, n in counted} == {limit}


def test_only_the_listed_datatypes_no_blank_nodes_lower_case_tags(graph: GraphStore) -> None:
    for quad in graph.store:
        assert not isinstance(quad.subject, ox.BlankNode)
        assert not isinstance(quad.object, ox.BlankNode)
        if isinstance(quad.object, ox.Literal):
            assert quad.object.datatype.value in DATATYPES
            assert quad.object.language in (None, "zh", "en")


def test_every_term_of_the_project_that_is_used_is_defined(graph: GraphStore) -> None:
    used = rows(graph, f"""SELECT DISTINCT ?t WHERE {{ {{ ?x ?t ?y }} UNION {{ ?x a ?t }} UNION {{ ?x ?p ?t }}
        FILTER(STRSTARTS(STR(?t), "{ECO}") && !STRSTARTS(STR(?t), "{ECO}unit/"))
        FILTER NOT EXISTS {{ GRAPH graph:ontology {{ ?t a ?kind }} }} }}""")
    assert used == []


def test_quads_pickle_and_do_not_depend_on_the_order_within_an_extraction(extractions: tuple[Extraction, ...],
                                                                          gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    quads = assemble(plan, gazetteer=gazetteer)
    assert pickle.loads(pickle.dumps(quads)) == quads
    turned = replace(plan, relations=plan.relations[::-1], entities=plan.entities[::-1], indicator_values=plan.indicator_values[::-1])
    assert assemble(turned, gazetteer=gazetteer) == quads


def test_the_base_moves_the_resources_and_not_the_terms(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    quads = assemble(extractions[2], gazetteer=gazetteer, base="https://example.org/x/")
    assert quads.iri.startswith("https://example.org/x/document/")
    assert "<https://example.org/x/value/" in quads.values
    assert "<https://w3id.org/shanshui/ontology#" in quads.values


@pytest.mark.parametrize(("change", "shape"), [
    ({"predicate": "covers"}, "covers-subject"), ({"start": 5, "end": 5}, "Sentence-anchorOf"),
    ({"start": 0, "end": 99999}, "Sentence-anchorOf"),
    ({"object": "e99"}, "RelationClaim-subject")])
def test_a_bad_relation_is_left_out_and_named(extractions: tuple[Extraction, ...], gazetteer: Gazetteer, change: dict[str, object],
                                              shape: str) -> None:
    plan = extractions[0]
    bad = replace(plan.relations[0], **change)  # type: ignore[arg-type]
    quads = assemble(replace(plan, relations=(bad,)), gazetteer=gazetteer)
    assert shape in {violation.shape.partition("#")[2] for violation in quads.left_out}
    assert "#predicate>" not in quads.own


@pytest.mark.parametrize(("change", "shape"), [
    ({"upper": 80.0}, "Range"), ({"indicator": " "}, "IndicatorValue-indicator"), ({"value": float("nan")}, "IndicatorValue-value"),
    ({"period": "2024-02-31"}, "Period"), ({"about": "e99"}, "IndicatorValue-about")])
def test_a_bad_value_is_left_out_and_named(extractions: tuple[Extraction, ...], gazetteer: Gazetteer, change: dict[str, object],
                                           shape: str) -> None:
    plan = extractions[0]
    bad = replace(plan.indicator_values[0], **change)  # type: ignore[arg-type]
    quads = assemble(replace(plan, indicator_values=(bad,)), gazetteer=gazetteer)
    assert [violation.shape.partition("#")[2] for violation in quads.left_out] == [shape]
    assert quads.values == ""


def test_an_implausible_share_stays_with_a_warning(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    over = replace(plan.indicator_values[0], value=103.0)
    quads = assemble(replace(plan, indicator_values=(over,)), gazetteer=gazetteer)
    assert (quads.left_out, len(quads.warnings)) == ((), 1)
    assert '"103"' in quads.values


def test_the_same_figure_in_two_documents_is_one_value_unless_nothing_places_it(write_extraction: Callable[..., Extraction],
                                                                                gazetteer: Gazetteer) -> None:
    row = {"indicator": "设施", "value": 34.0, "as_written": "34座", "unit": "座"}
    for place, expected in (("平凉市", 1), (None, 2)):
        both = [assemble(write_extraction(text, (), [dict(row)], place=place), gazetteer=gazetteer)
                for text in ("建成设施34座。", "今年建成设施34座。")]
        graph = in_memory(both, gazetteer=gazetteer)
        assert (graph.counts().indicator_values, graph.counts().claims) == (expected, 2)


HOSTILE = '<img src=x onerror=alert(1)>"“”\\\n\u202e\u0007规划'


def test_hostile_names_stay_text(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    entities = tuple(replace(e, name=HOSTILE, forms=(HOSTILE,)) if e.type == "Programme" else e for e in plan.entities)
    quads: DocumentQuads = assemble(replace(plan, entities=entities), gazetteer=gazetteer)
    graph = in_memory([quads], gazetteer=gazetteer)
    assert (HOSTILE,) in rows(graph, "SELECT ?l { ?e a eco:Plan ; rdfs:label ?l }")


def test_publishers_given_together_are_told_apart(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    listed = replace(plan, document=replace(plan.document, publisher="甘肃省生态环境厅、陇原河湖网"))
    graph = in_memory([assemble(listed, gazetteer=gazetteer)], gazetteer=gazetteer)
    assert rows(graph, "SELECT ?l ?t { ?d dcterms:publisher ?a . ?a rdfs:label ?l ; a ?t FILTER(?t != eco:GovernmentBody) }") == [
        ("甘肃省生态环境厅", eco("Agency")), ("陇原河湖网", "http://www.w3.org/ns/org#Organization")]


def test_jurisdictions_come_from_names_chains_and_what_was_put_before_a_name(extractions: tuple[Extraction, ...],
                                                                             gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    iris = {"e1": "agency/平凉市/督查局", "e2": "place/甘肃省/平凉市/清水湾镇", "e3": "programme/~0123456789abcdef/节水行动"}
    made = [Entity(id_, type_, subtype, name, iri.BASE + iris[id_], (), (), jurisdiction=jurisdiction)  # type: ignore[arg-type]
            for id_, type_, subtype, name, jurisdiction in (
                ("e1", "Agency", "GovernmentBody", "督查局", "甘肃省/平凉市"), ("e2", "Place", "AdministrativeDivision", "清水湾镇", None),
                ("e3", "Programme", "Campaign", "节水行动", "~0123456789abcdef"))]
    bare = replace(plan, entities=tuple(made), mentions=(), relations=(), indicator_values=())
    graph = in_memory([assemble(bare, gazetteer=gazetteer)], gazetteer=gazetteer)
    assert names(graph, "jurisdiction") == [("清水湾镇", "平凉市"), ("督查局", "平凉市")]
    assert ("清水湾镇", "甘肃省") in names(graph, "within")
