"""Who may write, what is read from outside (nothing), which pages may read, which headers every answer has."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

NOTE = 'INSERT DATA { GRAPH graph:edits { place:平凉市 rdfs:comment "由人核对"@zh } }'
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH graph:edits { ?s ?p ?o } }"


@pytest.fixture
def outside() -> Iterator[tuple[str, list[str]]]:
    """A server that is not to be asked, and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}/data.ttl", asked
    listening.shutdown()
    listening.server_close()
    thread.join()


QUERIES = ["SELECT * { SERVICE <URL> { ?s ?p ?o } }", "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
           "PREFIX e\u030a: <URL> SELECT * { SERVICE SILENT e\u030a: { ?x ?y ?z } }", "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }"]
EMPTY = ["SELECT * FROM <URL> { ?s ?p ?o }", "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }"]
UPDATES = ["LOAD <URL>", "LOAD SILENT <URL> INTO GRAPH <urn:a>", "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
           "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }", "ASK {} ; LOAD <URL>"]


def test_nothing_outside_is_asked(writing: Any, outside: tuple[str, list[str]]) -> None:
    url, asked = outside
    for query in QUERIES:
        reply = writing.query(query.replace("URL", url))
        assert (reply.status, "SERVICE" in reply.text) == (400, True), query
    for query in EMPTY:
        reply = writing.query(query.replace("URL", url), Accept="text/csv")
        assert (reply.status, len(reply.text.splitlines())) == (200, 1), query
    for update in UPDATES:
        assert writing.update(update.replace("URL", url)).status == 400, update
    for parameter in ("default-graph-uri", "named-graph-uri"):
        assert writing.ask("GET", "/sparql", url=[("query", "SELECT * { ?s ?p ?o }"), (parameter, url)]).status == 200
    assert writing.ask("GET", "/store", url=[("graph", url)]).status == 404
    assert asked == []


def test_without_writable_nothing_is_written(reading: Any) -> None:
    assert reading.update(NOTE).status == 403
    assert b"SPARQL11Update" not in reading.ask("GET", "/sparql", Accept="application/n-triples").body


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer no", "Basic 秘密 token-泾河", "token-泾河", "Bearer 秘密 token-泾河x"])
def test_updates_need_the_token(writing: Any, given: str) -> None:
    before = writing.query(COUNT, Accept="text/csv").text
    reply = writing.update(NOTE, Authorization=given.encode().decode("latin-1"))
    assert reply.status == 401
    assert reply.headers["WWW-Authenticate"].startswith("Bearer")
    assert writing.query(COUNT, Accept="text/csv").text == before


def test_a_query_is_no_update_and_an_update_no_query(writing: Any) -> None:
    assert writing.query(NOTE).status == 400
    assert writing.update("SELECT * { ?s ?p ?o }").status == 400
    assert writing.ask("POST", "/store", url=[("graph", "urn:a")], body=b"<urn:a> <urn:b> 1 .", Content_Type="text/turtle").status == 405
    assert writing.ask("DELETE", "/store", url=[("default", "")]).headers["Allow"] in ("GET, HEAD", "HEAD, GET")


@pytest.mark.parametrize("iri", ["urn:a> ; DROP ALL #", "urn:a> WHERE {} ; CLEAR ALL ; INSERT {} USING <urn:b", "relative", "", "urn:a b"])
def test_a_graph_named_in_the_url_stays_an_iri(writing: Any, iri: str) -> None:
    before = writing.ask("GET", "/store", url=[("default", "")], Accept="application/n-triples").body
    update = b"INSERT { ?s ?p 1 } WHERE { ?s ?p ?o FILTER(false) }"
    reply = writing.ask("POST", "/sparql", url=[("using-graph-uri", iri)], body=update, Content_Type="application/sparql-update",
                        Authorization=writing.bearer)
    assert reply.status == 400
    assert writing.ask("GET", "/sparql", url=[("query", "ASK {}"), ("default-graph-uri", iri)]).status == 400
    assert writing.ask("GET", "/store", url=[("graph", iri)]).status == 400
    assert writing.ask("GET", "/store", url=[("default", "")], Accept="application/n-triples").body == before


def test_errors_are_text_that_no_browser_runs(reading: Any) -> None:
    reply = reading.ask("GET", "/sparql", url=[("query", "<script>alert(1)</script>")], Accept="text/html")
    assert (reply.status, reply.headers.get_content_type()) == (400, "text/plain")
    for path in ("/sparql?query=ASK%7B%7D", "/sparql", "/store?default", "/nothing", "/sparql?query=ASK"):
        headers = reading.ask("GET", path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_pages_of_other_origins_read_where_they_may(built: Path, reading: Any, serving: Any) -> None:
    asked = {"Origin": "https://example.org", "Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "content-type"}
    assert "Access-Control-Allow-Origin" not in reading.ask("OPTIONS", "/sparql", **asked).headers
    assert "Access-Control-Allow-Origin" not in reading.query("ASK {}", Origin="https://example.org").headers
    with serving(built, "--cors", "https://example.org") as server:
        assert server.ask("OPTIONS", "/sparql", **asked).headers["Access-Control-Allow-Origin"] == "https://example.org"
        reply = server.query("SELECT * {}", Origin="https://example.org")
        assert reply.headers["Access-Control-Allow-Origin"] == "https://example.org"
        assert "Row-Limit-Reached" in reply.headers["Access-Control-Expose-Headers"]
        assert "Access-Control-Allow-Origin" not in server.query("ASK {}", Origin="https://example.com").headers
