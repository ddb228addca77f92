"""What a query may cost, and what is said where it would cost more."""

from __future__ import annotations

import csv
import http.client
import io
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib

HOURS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
LOOKUP = 'SELECT ?river { ?river a eco:WaterFeature ; rdfs:label "泾河"@zh }'
ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.fixture(scope="module")
def strict(built: Path, serving: Any) -> Iterator[Any]:
    """A server that gives two seconds and ten rows."""
    with serving(built, "--timeout", "2", "--rows", "10", "--concurrent", "4") as server:
        yield server


def test_a_query_that_would_run_for_hours_is_ended_at_its_time(strict: Any) -> None:
    start = time.monotonic()
    reply = strict.query(HOURS)
    assert reply.status == 504
    assert "2 seconds" in reply.text
    assert time.monotonic() - start < 10
    assert strict.query(LOOKUP).status == 200


def test_twenty_such_queries_at_once_leave_the_server_answering(strict: Any) -> None:
    with ThreadPoolExecutor(20) as clients:
        replies = [clients.submit(strict.query, HOURS) for _ in range(20)]
        time.sleep(2)
        start = time.monotonic()
        assert strict.query(LOOKUP).status == 200
        assert time.monotonic() - start < 12
        statuses = [reply.result().status for reply in replies]
    assert set(statuses) <= {503, 504}
    assert 504 in statuses
    assert all(reply.result().headers["Retry-After"] for reply in replies if reply.result().status == 503)
    start = time.monotonic()
    assert strict.query(LOOKUP).status == 200
    assert time.monotonic() - start < 5


def test_an_answer_that_streams_begins_early_and_breaks_off_when_its_time_is_over(built: Path, serving: Any) -> None:
    with serving(built, "--timeout", "2", "--rows", "0") as server:
        connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
        start = time.monotonic()
        connection.request("POST", "/sparql", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", {"Content-Type": "application/sparql-query"})
        response = connection.getresponse()
        assert response.read(100).startswith(b'{"head"')
        assert time.monotonic() - start < 1.8
        with pytest.raises(http.client.IncompleteRead):
            response.read()
        connection.close()
        assert server.query(LOOKUP).status == 200


def test_who_comes_last_is_served_first_where_all_places_are_taken(built: Path, serving: Any) -> None:
    with serving(built, "--timeout", "3", "--concurrent", "1") as server, ThreadPoolExecutor(6) as clients:
        early = [clients.submit(server.query, HOURS) for _ in range(5)]
        time.sleep(1)
        start = time.monotonic()
        assert server.query(LOOKUP).status == 200
        waited = time.monotonic() - start
        assert sum(reply.done() for reply in early) <= 2, waited
        assert {reply.result().status for reply in early} <= {503, 504}


def test_a_client_that_goes_away_frees_its_worker(strict: Any) -> None:
    for _ in range(8):
        raw = begin(strict)
        time.sleep(0.05)
        raw.close()
    start = time.monotonic()
    assert strict.query(LOOKUP).status == 200
    assert time.monotonic() - start < 5


def test_more_queries_than_may_wait_are_sent_away(built: Path, serving: Any) -> None:
    with serving(built, "--timeout", "1", "--concurrent", "1") as server:
        waiting = [begin(server) for _ in range(66)]
        time.sleep(0.2)
        reply = server.query(LOOKUP)
        assert (reply.status, reply.headers["Retry-After"]) == (503, "5")
        for raw in waiting:
            raw.close()
        assert server.query(LOOKUP).status == 200


def begin(server: Any) -> socket.socket:
    """Send a query that would run for hours, without waiting for its answer."""
    body = HOURS.encode()
    raw = socket.create_connection(urlsplit(server.address).netloc.split(":"))
    raw.sendall(b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    return raw


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"])
def test_an_answer_that_is_cut_says_so(strict: Any, accept: str) -> None:
    reply = strict.query(ALL, Accept=accept)
    assert (reply.status, reply.headers["Row-Limit"], reply.headers["Row-Limit-Reached"]) == (200, "10", "true")
    assert rows(reply, accept) == 10
    if "json" in accept:
        assert json.loads(reply.body)["cut"]["rows"] == 10
    if "xml" in accept:
        assert "<!-- cut after 10 rows" in reply.text
    whole = strict.query(ALL + " LIMIT 10", Accept=accept)
    assert whole.headers["Row-Limit-Reached"] == "false"
    assert "cut" not in whole.text


def rows(reply: Any, accept: str) -> int:
    if "json" in accept:
        return len(json.loads(reply.body)["results"]["bindings"])
    if "xml" in accept:
        return len(ElementTree.fromstring(reply.body).findall(".//{*}result"))
    return len(list(csv.reader(io.StringIO(reply.text, newline=""), delimiter="," if "csv" in accept else "\t", quoting=csv.QUOTE_MINIMAL))) - 1


@pytest.mark.parametrize("accept", ["text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"])
def test_triples_that_are_cut_say_so(strict: Any, accept: str) -> None:
    reply = strict.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", Accept=accept)
    assert reply.headers["Row-Limit-Reached"] == "true"
    assert ("cut after 10" in reply.text) is ("json" not in accept)
    assert len(rdflib.Graph().parse(data=reply.body, format=accept)) == 10


def test_a_graph_is_given_whole(strict: Any, built: Path) -> None:
    reply = strict.ask("GET", "/store", url=[("default", "")], Accept="application/n-triples")
    assert set(ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)) == set(ox.parse((built / "graph.ttl").read_bytes(), format=ox.RdfFormat.TURTLE))


def test_a_large_answer_streams_and_says_at_its_end_that_it_was_cut(built: Path, serving: Any) -> None:
    with serving(built, "--rows", "5000") as server:
        reply = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
        assert reply.headers["Transfer-Encoding"] == "chunked"
        assert (reply.headers["Row-Limit"], reply.headers["Row-Limit-Reached"]) == ("5000", None)
        found = json.loads(reply.body)
        assert (len(found["results"]["bindings"]), found["cut"]["rows"]) == (5000, 5000)
        table = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", Accept="text/csv")
        assert table.headers["Row-Limit-Reached"] == "true"


def test_too_long_a_request_is_refused(reading: Any) -> None:
    assert reading.query("ASK {} #" + "河" * 400_000).status == 413
    assert reading.query("ASK {} #" + "河" * 300_000).status == 200


def test_a_query_that_overwhelms_its_process_ends_alone(reading: Any) -> None:
    deep = "SELECT * " + "{" * 50_000 + "}" * 50_000
    assert reading.query(deep).status in (400, 500)
    assert reading.query(LOOKUP).status == 200


def test_many_clients_at_once_are_all_answered(reading: Any) -> None:
    wrong: list[int] = []

    def ask() -> None:
        wrong.extend(status for status in (reading.query(LOOKUP).status for _ in range(20)) if status != 200)

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
