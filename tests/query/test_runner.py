"""SPARQL over the graph: answers, formats, and nothing from outside."""

import threading
from contextlib import suppress
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer

import pyoxigraph
import pytest

import kg
from kg.errors import QueryError
from kg.query.labels import readable
from kg.query.runner import calls_service


@pytest.fixture
def graph(built):
    with kg.open(built) as opened:
        yield opened


@pytest.fixture
def server():
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_):
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}/sparql", calls
    listening.shutdown()
    listening.server_close()
    thread.join()


OUTSIDE = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "select * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE#c\n<URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    r"SELECT * { \u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?a FILTER(?a<'>') SERVICE <URL> { ?x ?y ?z } FILTER(?p='z') }",
    "SELECT * { ?s ?p 5SERVICE <URL> { ?x ?y ?z } }",
    "SELECT * { ?s ?p ?x.SERVICE <URL> { ?x ?y ?z } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "PREFIX x: <urn:x> SELECT * { OPTIONAL { ?s ?p x:.SERVICE <URL> { ?x ?y ?z } } }",
    "PREFIX e\u030a: <URL> SELECT * { SERVICE SILENT e\u030a: { ?x ?y ?z } }",
    "SELECT * { SERVICE" + " #\n" * 600 + "<URL> { ?x ?y ?z } }",
    f"PREFIX {'p' * 1200}: <URL> SELECT * {{ SERVICE {'p' * 1200}: {{ ?x ?y ?z }} }}",
    "PREFIX x: <urn:x> SELECT * { ?s ?p x:a.SERVICE <URL> { ?x ?y ?z } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <URL>",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", OUTSIDE)
def test_nothing_outside_is_asked_and_nothing_is_changed(graph, server, query):
    url, calls = server
    before = graph.counts().quads
    with suppress(QueryError):
        assert list(graph.query(query.replace("URL", url))) == []
    assert calls == []
    assert graph.counts().quads == before


def test_a_long_row_of_comments_is_looked_through_quickly():
    assert not calls_service("SERVICE " + "# " * 100 + "\n)")
    assert calls_service("SERVICE " + "# " * 1000 + "\n)"), "what is not looked through counts"


INSIDE = ["SELECT ?service { ?service a eco:Agency }", 'ASK { ?s rdfs:label "公共 service" }', "ASK { ?s schema:service ?o }",
          "ASK { ?s eco:in-service ?o } # of SERVICE"]


@pytest.mark.parametrize("query", INSIDE)
def test_the_word_service_alone_is_no_clause(query):
    assert not calls_service(query)


def test_rows_are_plain_values(graph):
    row = next(iter(graph.query("SELECT ?v ?n ?label ?none { ?v eco:value ?n ; eco:indicator/rdfs:label ?label FILTER(?n = 91.5) }")))
    assert row["n"] == Decimal("91.5")
    assert "优良天数" in row["label"]
    assert row["none"] is None


def test_own_prefixes_go_before_the_projects(graph):
    assert list(graph.query("PREFIX eco: <http://example.org/> SELECT * { ?s a eco:Agency }")) == []


def test_each_kind_of_query(graph):
    assert graph.query("ASK { ?s a eco:Agency }")
    assert not graph.query("ASK { ?s a eco:Nothing }")
    assert not graph.query("SELECT * { ?s a eco:Nothing }")
    described = graph.query("DESCRIBE <https://w3id.org/shanshui/id/agency/甘肃省生态环境厅>")
    assert described.kind == "triples"
    assert described.serialize("turtle") == described.serialize("turtle")
    assert b"eco:issues" in described.serialize("turtle")
    assert "<table>" in graph.query("SELECT ?s { ?s a eco:Agency }")._repr_html_()


@pytest.mark.parametrize(("query", "form"), [("ASK {}", "csv"), ("SELECT * {}", "turtle"), ("DESCRIBE <urn:x>", "json"),
                                             ("SELECT * {}", "word")])
def test_a_form_that_an_answer_has_not_is_refused(graph, query, form):
    with pytest.raises(QueryError, match="--format"):
        graph.query(query).serialize(form)


def test_the_formats_parse_again(graph):
    answer = graph.query("SELECT ?n ?o { ?a eco:issues ?p ; rdfs:label ?n OPTIONAL { ?a eco:none ?o } }")
    for form, kind in (("json", pyoxigraph.QueryResultsFormat.JSON), ("xml", pyoxigraph.QueryResultsFormat.XML),
                       ("tsv", pyoxigraph.QueryResultsFormat.TSV)):
        assert len(list(pyoxigraph.parse_query_results(answer.serialize(form), format=kind))) == 2


@pytest.mark.parametrize(("query", "message"), [
    ("SELECT * { ?s ?p }", "line 1, column 19"), ("SELECT *\n{ ?s no:p ?o }", "line 2"), ("", "is empty"), ("SELECT", "line 1"),
    ("nothing-of-that-name", "There is no ready question"), ("什么", "line 1"), ("平凉有哪些河流", "kg ask answers plain Chinese"),
    ("SELECT * { no:p ?p ?o }", "the prefix no: is not declared"), ("SELECT * {\n?s a no:p , 'it:s' }", "line 2.* the prefix no:"),
    ("ASK { ?s a eco:River ; <urn:a> 'no:p' . # no:p\n", "something else is expected"),
    ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", "neither bound nor grouped by"), ('ASK { ?s ?p """一\nno:p""" , }', "something else"), ("\udcff", "no UTF-8")])
def test_errors_say_where(graph, query, message):
    with pytest.raises(QueryError, match=message):
        graph.query(query)


def test_tables_show_names(graph):
    answer = graph.query("SELECT ?a ?p { ?a ?p ?o FILTER(?p = eco:issues) } ORDER BY ?a")
    assert ("平凉市人民政府", "eco:issues") in readable(graph.store, list(answer.terms()))
