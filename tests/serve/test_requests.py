"""Requests and answers: forms, media types, what is no request."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import rdflib
from pyoxigraph import QueryResultsFormat, Store, parse_query_results

from kg.serve.formats import ROWS
from kg.serve.negotiate import accepted, choose

NAMES = 'SELECT ?name ?text ?number ?no { VALUES (?name ?text ?number) { (place:平凉市 "泾\\t河\\n\\"<&>,"@zh 5) } }'
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(("accept", "media"), [
    ("", "application/sparql-results+json"), ("*/*", "application/sparql-results+json"), ("text/csv", "text/csv"), ("text/*", "text/csv"),
    ("text/csv;q=0.2, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"), (HTML, "application/xml"),
    ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"), ("TEXT/CSV ; Q=1.0", "text/csv"),
    ("text/csv;q=x, text/tab-separated-values;q=.1", "text/tab-separated-values"), ("application/json", "application/json"),
    ("image/png", None), ("*/*;q=0", None), ("text/csv;q=2", "text/csv"), (",,;q=1,/", "application/sparql-results+json")])
def test_the_form_is_chosen_by_weight(accept: str, media: str | None) -> None:
    found = choose(accepted(accept), ROWS)
    assert (found and found.media) == media


def test_a_select_in_every_form(reading: Any) -> None:
    iri, text = "https://w3id.org/shanshui/id/place/平凉市", '泾\t河\n"<&>,'
    found = json.loads(reading.query(NAMES).body)["results"]["bindings"][0]
    assert found == {"name": {"type": "uri", "value": iri}, "text": {"type": "literal", "value": text, "xml:lang": "zh"},
                     "number": {"type": "literal", "value": "5", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}
    tree = ElementTree.fromstring(reading.query(NAMES, Accept="application/sparql-results+xml").body)
    assert [element.text for element in tree.iter() if element.tag.endswith(("uri", "literal"))] == [iri, text, "5"]
    table = list(csv.reader(io.StringIO(reading.query(NAMES, Accept="text/csv").text, newline="")))
    assert table == [["name", "text", "number", "no"], [iri, text, "5", ""]]
    lines = reading.query(NAMES, Accept="text/tab-separated-values").text.splitlines()
    assert lines[0] == "?name\t?text\t?number\t?no"
    assert lines[1].split("\t") == [f"<{iri}>", '"泾\\t河\\n\\"<&>,"@zh', '"5"^^<http://www.w3.org/2001/XMLSchema#integer>', ""]


@pytest.mark.parametrize("form", ["json", "xml", "tsv"])
def test_rows_are_those_that_the_store_writes(reading: Any, built: Any, form: str) -> None:
    """But for CSV, where the store leaves IRIs with a comma without quotation marks."""
    query, style = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500", getattr(QueryResultsFormat, form.upper())
    theirs = Store.read_only(str(built / "store")).query(query).serialize(format=style)
    ours = reading.query(query, Accept=next(offer.media for offer in ROWS if offer.form == form)).body
    one, other = (parse_query_results(io.BytesIO(body), format=style) for body in (ours, theirs))
    assert [tuple(row) for row in one] == [tuple(row) for row in other]


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_triples_in_every_form(reading: Any, media: str) -> None:
    for query in ('CONSTRUCT { ?s rdfs:label ?o } { ?s rdfs:label ?o }', "DESCRIBE water:泾河"):
        reply = reading.query(query, Accept=media)
        assert reply.headers.get_content_type() == media
        assert len(rdflib.Graph().parse(data=reply.body, format=media)) > 0


def test_the_service_describes_itself(reading: Any) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    for media in ("text/turtle", "application/rdf+xml"):
        graph = rdflib.Graph().parse(data=reading.ask("GET", "/sparql", Accept=media).body, format=media)
        service = graph.value(predicate=rdflib.RDF.type, object=sd.Service)
        assert str(graph.value(service, sd.endpoint)) == reading.address + "sparql"
        assert len(list(graph.objects(service, sd.resultFormat))) == 10
        assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]


@pytest.mark.parametrize(("method", "path", "headers", "body", "status"), [
    ("GET", "/sparql?query=ASK%7B%7D&update=CLEAR+ALL", {}, None, 400),
    ("GET", "/sparql?x=1", {}, None, 400),
    ("GET", "/sparql?query=", {}, None, 400),
    ("GET", "/sparql?query=%FF%FE", {}, None, 400),
    ("GET", "/sparql?query=ASK%7B%7D&using-graph-uri=urn:a", {}, None, 400),
    ("GET", "/sparql?" + "&".join(["default-graph-uri=urn:a"] * 2000) + "&query=ASK%7B%7D", {}, None, 400),
    ("POST", "/sparql", {}, b"", 415),
    ("POST", "/sparql", {"Content_Type": "application/x-www-form-urlencoded"}, b"", 400),
    ("POST", "/sparql", {"Content_Type": "application/x-www-form-urlencoded"}, b"query=%C3%28", 400),
    ("POST", "/sparql", {"Content_Type": "application/x-www-form-urlencoded"}, b"query=ASK%7B%7D&update=CLEAR+ALL", 400),
    ("POST", "/sparql?query=ASK%7B%7D", {"Content_Type": "application/sparql-query"}, b"ASK {}", 400),
    ("POST", "/sparql", {"Content_Type": "application/sparql-query"}, "ASK { ?s ?p '河' }".encode("gb18030"), 400),
    ("POST", "/sparql", {"Content_Type": "application/sparql-query; charset=gb18030"}, "ASK { ?s ?p '河' }".encode("gb18030"), 415),
    ("POST", "/sparql", {"Content_Type": 'Application/SPARQL-Query; Charset="UTF-8"'}, "ASK { ?s ?p '河' }".encode(), 200),
    ("POST", "/sparql", {"Content_Type": "multipart/form-data; boundary=x"}, b"--x--", 415),
    ("POST", "/sparql?query=ASK%7B%7D", {"Content_Type": "application/x-www-form-urlencoded"}, b"", 200),
    ("PATCH", "/sparql", {}, None, 405), ("GET", "/nothing", {}, None, 404),
    ("GET", "/store", {}, None, 400), ("GET", "/store?default&graph=urn:a", {}, None, 400), ("GET", "/store?graph=urn:none", {}, None, 404),
    ("GET", "/store?default", {"Accept": "image/png"}, None, 406), ("GET", "/sparql?query=ASK%7B%7D", {"Accept": "text/csv"}, None, 406),
])
def test_what_is_no_request_is_said_to_be_none(reading: Any, method: str, path: str, headers: dict[str, str], body: bytes | None,
                                               status: int) -> None:
    reply = reading.ask(method, path, body=body, **headers)
    assert reply.status == status, reply.text
    assert status == 200 or reply.text.strip().endswith((".", "^")), "an error is a sentence"


def test_a_head_is_an_answer_without_its_body(reading: Any) -> None:
    for path in ("/sparql?query=ASK%7B%7D", "/sparql", "/store?default", "/sparql?query=" + quote("SELECT * { ?a ?b ?c . ?d ?e ?f }")):
        head, whole = reading.ask("HEAD", path), None
        assert (head.status, head.body) == (200, b"")
        if "SELECT" not in path:
            whole = reading.ask("GET", path)
            assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert reading.ask("HEAD", "/sparql?query=x").status == 400


def test_an_answer_comes_packed_where_that_is_asked_for(reading: Any) -> None:
    plain = reading.ask("GET", "/store?default", Accept="application/n-triples")
    packed = reading.ask("GET", "/store?default", Accept="application/n-triples", Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 4


def test_each_named_graph_is_to_be_had(reading: Any) -> None:
    graphs = json.loads(reading.query("SELECT DISTINCT ?g { GRAPH ?g {} }").body)["results"]["bindings"]
    assert len(graphs) >= 5
    for row in graphs:
        assert reading.ask("GET", "/store", url=[("graph", row["g"]["value"])]).status == 200
