"""The graph of the sample documents, as `make demo` builds it: each claim leads to its sentence, each form of it is the same graph."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from rdflib.compare import isomorphic

import kg
from kg.model import PREDICATES
from kg.vocab import PREFIXES, WATER_RELATIONS, eco

SAMPLES = Path(__file__).parent.parent / "seeds" / "documents"
RELATIONS = " ".join(f"<{eco(name)}>" for name in (*PREDICATES, *WATER_RELATIONS))
HELD_UP = f"""
SELECT ?s ?p ?o WHERE {{
  VALUES ?p {{ {RELATIONS} }} GRAPH ?document {{ ?s ?p ?o }} ?document a eco:Document .
  FILTER NOT EXISTS {{
    ?claim rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o ; eco:evidence/nif:referenceContext ?document . }}
  FILTER NOT EXISTS {{
    ?claim rdf:predicate eco:collaboratesWith ; rdf:subject ?o ; rdf:object ?s ; eco:evidence/nif:referenceContext ?document .
    FILTER(?p = eco:collaboratesWith) }} }}"""
UNSTATED = """
SELECT ?value WHERE { VALUES ?kind { eco:Target eco:Result eco:Change } ?value a ?kind .
  FILTER NOT EXISTS { ?claim eco:states ?value ; eco:asWritten ?written ; eco:evidence/nif:referenceContext ?document } }"""
NOT_LITERAL = """
SELECT ?claim ?words WHERE {
  ?claim a rdf:Statement ; eco:evidence ?sentence .
  ?sentence nif:anchorOf ?words ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext/nif:isString ?text .
  FILTER(SUBSTR(?text, ?begin + 1, ?end - ?begin) != ?words || STR(?words) = "") }"""
NO_EVIDENCE = "SELECT ?claim WHERE { ?claim a rdf:Statement . FILTER NOT EXISTS { ?claim eco:evidence/nif:anchorOf ?words } }"
NUMBERS = """
SELECT ?claim ?written WHERE { ?claim eco:states ?value ; eco:asWritten ?written ; nif:beginIndex ?begin ; nif:endIndex ?end ;
  eco:evidence/nif:referenceContext/nif:isString ?text . FILTER(!CONTAINS(SUBSTR(?text, ?begin + 1, ?end - ?begin), ?written)) }"""
COUNTED = ("?x ?y ?z", "?x a rdf:Statement", "?x a eco:Sentence", "?x eco:partOf+ ?y", "?x eco:within ?y", "?x a eco:Agency",
           "?x eco:states/eco:value ?v FILTER(?v > 50)", "?x a eco:Document ; dcterms:issued ?d FILTER(?d > \"2024-06-30\"^^xsd:date)")


@pytest.fixture(scope="module")
def graph(sampled: Path) -> Iterator[Any]:
    with kg.open(sampled) as opened:
        yield opened


def test_every_claim_and_value_leads_to_the_literal_sentence(graph: Any) -> None:
    counts = graph.counts()
    assert counts.claims > 300
    assert counts.indicator_values > 100
    for query in (HELD_UP, UNSTATED, NOT_LITERAL, NO_EVIDENCE, NUMBERS):
        assert list(graph.query(query)) == []


def test_the_graph_of_the_samples_conforms(graph: Any) -> None:
    assert graph.validate().violations == ()


def test_both_parsers_and_the_store_agree_on_the_file(graph: Any, sampled: Path) -> None:
    text = (sampled / "graph.ttl").read_bytes()
    store = pyoxigraph.Store()
    store.load(text, format=pyoxigraph.RdfFormat.TURTLE)
    one = rdflib.Graph().parse(data=text, format="turtle")
    lines = store.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.DefaultGraph())
    assert isomorphic(one, rdflib.Graph().parse(data=lines, format="nt"))
    for pattern in COUNTED:
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        by_rdflib = [int(row[0]) for row in one.query(query, initNs=PREFIXES)]  # type: ignore[index,arg-type]
        assert by_rdflib == [row["n"] for row in graph.query(query)], pattern
        assert by_rdflib[0] > 0, pattern


def content(room: Path) -> tuple[bytes, bytes]:
    return (room / "graph.ttl").read_bytes(), (room / "graph.html").read_bytes()


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_hash_seed_and_order_of_the_input_leave_the_bytes(sampled: Path, tmp_path: Path, seed: str) -> None:
    paths = sorted(SAMPLES.iterdir(), reverse=seed != "0")
    subprocess.run([sys.executable, "-m", "kg.cli", "build", *paths, "-o", tmp_path], check=True, capture_output=True,
                   env={**os.environ, "PYTHONHASHSEED": seed})
    assert content(tmp_path) == content(sampled)


def _changed(folder: Path) -> None:
    path = next(folder.glob("01-*"))
    path.write_text(path.read_text(encoding="utf-8").replace("甘肃省", "青海省"), encoding="utf-8")


def _less(folder: Path) -> None:
    next(folder.glob("12-*")).unlink()


def _more(folder: Path) -> None:
    (folder / "新.txt").write_text("甘肃省水利厅印发《甘肃省泾河管护规划》。到2026年，泾河水质优良比例达到96%。", encoding="utf-8")


@pytest.mark.parametrize("change", [_changed, _less, _more])
def test_a_change_and_its_undoing_give_the_bytes_of_a_build_from_nothing(sampled: Path, tmp_path: Path,
                                                                        change: Callable[[Path], None]) -> None:
    folder, room = tmp_path / "documents", tmp_path / "room"
    shutil.copytree(SAMPLES, folder)
    shutil.copytree(sampled, room)
    change(folder)
    kg.build(folder, room)
    kg.build(folder, tmp_path / "fresh")
    assert content(room) == content(tmp_path / "fresh")
    assert content(room) != content(sampled)
    kg.build(SAMPLES, room)
    assert content(room) == content(sampled)
