"""The requests of the W3C suite for the SPARQL 1.1 Protocol, over HTTP."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from rdflib import Graph, Namespace
from rdflib.collection import Collection

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("protocol.toml").read_text(encoding="utf-8"))["case"]
GRAPHS = {f"G{number}": f"http://example.org/graph/{number}" for number in range(4)}
GIVEN = "DROP ALL ; INSERT DATA { " + " ".join(f"GRAPH <{iri}> {{ <{iri}> a eco:Document }}" for iri in list(GRAPHS.values())[1:]) + " }"
MEDIA = {"boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
         "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"}}
MEDIA["tabular"] = MEDIA["boolean"] | {"text/csv", "text/tab-separated-values"}
PARAMETER = "SPARQL_PROTOCOL_MANIFEST"
MF, HT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"), Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
with_suite = pytest.mark.skipif(PARAMETER not in os.environ, reason=f"{PARAMETER} names no manifest of the W3C suite")


def named(text: str) -> str:
    for name, iri in GRAPHS.items():
        text = text.replace(name, iri)
    return text


def sent(server: Any, request: dict[str, Any]) -> Any:
    headers = {"Authorization": server.bearer}
    body = named(request["body"]).encode(request.get("charset", "utf-8")) if "body" in request else None
    if "form" in request:
        body = urlencode([(key, named(value)) for key, value in request["form"]]).encode()
        headers["Content_Type"] = "application/x-www-form-urlencoded"
    if "type" in request:
        headers["Content_Type"] = request["type"]
    return server.ask(request["method"], "/sparql/", url=[(key, named(value)) for key, value in request.get("url", ())], body=body, **headers)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_protocol_is_kept(writing: Any, case: dict[str, Any]) -> None:
    if case.get("given"):
        assert writing.update(GIVEN).status == 204
    for request in case["request"]:
        reply = sent(writing, request)
        assert reply.status == request["status"], reply.text
        if "kind" in request:
            assert reply.headers.get_content_type() in MEDIA[request["kind"]]
        if "boolean" in request:
            assert json.loads(reply.body)["boolean"] is request["boolean"]


def test_there_are_as_many_requests_as_the_suite_has() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) == 34


@pytest.fixture(scope="module")
def suite() -> list[tuple[str, list[dict[str, Any]]]]:
    """The name and the requests of each test of the manifest."""
    manifest = Graph().parse(os.environ[PARAMETER], format="turtle")

    def value(node: Any, name: str, of: Namespace = HT) -> str | None:
        found = manifest.value(node, of[name])
        return None if found is None else str(found)

    def read(node: Any) -> dict[str, Any]:
        response, body, listed = manifest.value(node, HT.resp), manifest.value(node, HT.body), manifest.value(node, HT.headers)
        fields = Collection(manifest, listed) if listed else []
        headers = {str(value(field, "fieldName")).lower(): value(field, "fieldValue") for field in fields}
        path, _, parameters = str(value(node, "absolutePath")).partition("?")
        return {"method": value(node, "methodName"), "path": path, "url": parse_qsl(parameters), "type": headers.get("content-type"),
                "body": value(body, "chars", CNT) if body else None, "charset": value(body, "characterEncoding", CNT) if body else None,
                "kind": value(response, "expectedFormat", MF), "boolean": value(response, "expectedBoolean", MF),
                "classes": {str(status)[-3] for status in manifest.objects(response, MF.expectedStatus)}}

    entries = Collection(manifest, next(manifest.objects(None, MF.entries)))
    return [(str(entry).rpartition("#")[2],
             [read(node) for node in Collection(manifest, manifest.value(manifest.value(entry, MF.action), HT.requests))]) for entry in entries]


@with_suite
def test_the_table_asks_what_the_manifest_asks(suite: list[tuple[str, list[dict[str, Any]]]]) -> None:
    """Name by name: as many requests, of the same methods, media types and parameters, with the same outcomes."""
    assert [name for name, _ in suite] == [case["name"] for case in CASES]
    for (name, requests), case in zip(suite, CASES, strict=True):
        for theirs, ours in zip(requests, case["request"], strict=True):
            form = "application/x-www-form-urlencoded" if "form" in ours else ours.get("type")
            truth = None if theirs["boolean"] is None else theirs["boolean"] == "true"
            assert (theirs["method"], theirs["type"], theirs["kind"]) == (ours["method"], form, ours.get("kind")), name
            assert truth == ours.get("boolean"), name
            assert str(ours["status"])[0] in theirs["classes"], name
            assert {key for key, _ in theirs["url"]} == {key for key, _ in ours.get("url", ())}, name


@with_suite
def test_the_requests_of_the_manifest_pass_as_they_stand(writing: Any, suite: list[tuple[str, list[dict[str, Any]]]]) -> None:
    source = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
    graphs = " ".join(f"GRAPH <{source.format(n)}> {{ <{source.format(n)}> a <http://xmlns.com/foaf/0.1/Document> }}" for n in (1, 2, 3))
    for name, requests in suite:
        assert writing.update(f"DROP ALL ; INSERT DATA {{ {graphs} }}").status == 204
        for theirs in requests:
            headers = {"Authorization": writing.bearer, **({"Content_Type": theirs["type"]} if theirs["type"] else {})}
            body = None if theirs["body"] is None else theirs["body"].encode(theirs["charset"])
            reply = writing.ask(theirs["method"], theirs["path"], url=theirs["url"], body=body, **headers)
            assert str(reply.status)[0] in theirs["classes"], (name, reply.text)
            if theirs["kind"]:
                assert reply.headers.get_content_type() in MEDIA[theirs["kind"]], name
            if theirs["boolean"]:
                assert json.loads(reply.body)["boolean"] is (theirs["boolean"] == "true"), name
