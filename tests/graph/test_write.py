"""The graph in files: the same bytes every time, and the same graph for every parser."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.errors import QueryError
from kg.gazetteer import Gazetteer
from kg.graph.assemble import assemble
from kg.graph.build import in_memory
from kg.graph.store import GraphStore
from kg.graph.turtle import Terms
from kg.graph.write import FORMATS, base_of, turtle, write
from kg.model import Extraction

HOSTILE = ["<script>alert(1)</script>", '引"号”“', "换\n行", "\u202e反写", "a\\b", ".", "..", "甲/乙:丙", "100%、《规划》", "-x-", "𠀀水"]


def text_of(graph: GraphStore, format_: str = "turtle", **options: bool) -> str:
    return "".join(write(graph, format_, **options))


def read_back(text: str, format_: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[str]:
    return {str(ox.Triple(t.subject, t.predicate, t.object)) for t in ox.parse(text.encode(), format=format_)}


def test_both_parsers_read_the_same_graph_from_turtle(graph: GraphStore) -> None:
    text = text_of(graph)
    from_rdflib, expected = Graph().parse(data=text, format="turtle"), Graph().parse(data=text_of(graph, "ntriples"), format="nt")
    assert isomorphic(from_rdflib, expected)
    assert read_back(text) == read_back(text_of(graph, "ntriples"), ox.RdfFormat.N_TRIPLES)
    assert len(from_rdflib) == graph.counts().triples


def test_store_and_file_count_alike(graph: GraphStore) -> None:
    query = "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t } GROUP BY ?t"
    stored = {(row["t"].value, row["n"].value) for row in graph.query(query)}  # type: ignore[union-attr]
    assert stored == {(str(t), str(n)) for t, n in Graph().parse(data=text_of(graph), format="turtle").query(query)}  # type: ignore[misc]


def test_a_block_a_subject_with_its_type_first(graph: GraphStore) -> None:
    head, *blocks = text_of(graph).split("\n\n")
    assert all(line.startswith("@") for line in head.splitlines())
    subjects = [block.split(" ", 1)[0] for block in blocks]
    assert len(subjects) == len(set(subjects))
    assert all(re.match(r"\S+ a \S+|<place/\S+> eco:", block) for block in blocks)
    agency = next(block for block in blocks if block.startswith("agency:甘肃省水利厅"))
    assert agency.splitlines()[1] == '  rdfs:label "甘肃省水利厅"@zh ;'
    characters = [tuple(map(int, m)) for m in re.findall(r"^<document/\w+#char=(\d+),(\d+)>", text_of(graph), re.M)]
    assert characters


def test_equal_bytes_over_hash_seeds(extractions: tuple[Extraction, ...], gazetteer: Gazetteer, tmp_path: Path) -> None:
    script = tmp_path / "written.py"
    script.write_text(
        "import hashlib, pickle, sys\n"
        "from kg.graph.assemble import assemble\nfrom kg.graph.build import in_memory\nfrom kg.graph.write import FORMATS, write\n"
        "extractions, gazetteer = pickle.load(open(sys.argv[1], 'rb'))\n"
        "graph = in_memory([assemble(e, gazetteer=gazetteer) for e in extractions], gazetteer=gazetteer)\n"
        "print(*(hashlib.sha256(''.join(write(graph, f)).encode()).hexdigest() for f in FORMATS))\n", encoding="utf-8")
    import pickle

    seen = set()
    for seed, order in (("0", 1), ("1", -1), ("4711", 1)):
        (tmp_path / "in.pickle").write_bytes(pickle.dumps((extractions[::order], Gazetteer(gazetteer.entries.values()))))
        done = subprocess.run([sys.executable, script, tmp_path / "in.pickle"], capture_output=True, text=True, check=True,
                              env={**os.environ, "PYTHONHASHSEED": seed})
        seen.add(done.stdout)
    assert len(seen) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_labels_survive_every_format(extractions: tuple[Extraction, ...], gazetteer: Gazetteer, name: str) -> None:
    from kg import iri

    plan = extractions[0]
    entities = tuple(replace(e, name=name, aliases=(name + "二",), iri=iri.mint("Programme", name)) if e.type == "Programme" else e
                     for e in plan.entities)
    graph = in_memory([assemble(replace(plan, entities=entities), gazetteer=gazetteer)], gazetteer=gazetteer)
    expected = read_back(text_of(graph, "ntriples"), ox.RdfFormat.N_TRIPLES)
    assert any(f"{ox.Literal(name, language='zh')}" in line for line in expected)
    assert read_back(text_of(graph)) == expected
    assert read_back(text_of(graph, "rdfxml"), ox.RdfFormat.RDF_XML) == expected
    assert read_back(text_of(graph, "jsonld"), ox.RdfFormat.JSON_LD) == expected
    assert isomorphic(Graph().parse(data=text_of(graph), format="turtle"), Graph().parse(data=text_of(graph, "ntriples"), format="nt"))
    assert "\u202e" not in text_of(graph)


@given(st.text(min_size=1, alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_name_is_written_as_a_term_that_parses_back(name: str) -> None:
    from kg import iri

    terms = Terms(iri.BASE)
    minted = iri.mint("Agency", name)
    parsed = read_back(f"{terms.head()}<x:s> <x:p> {terms.resource(f'<{minted}>')} .")
    assert parsed == {f"<x:s> <x:p> <{minted}>"}


def test_facts_only_and_no_mentions_leave_parts_out(graph: GraphStore) -> None:
    everything, facts, unmentioned = (read_back(text_of(graph, **options)) for options in (
        {}, {"facts_only": True}, {"mentions": False}))
    assert facts < unmentioned < everything
    assert not any("ontology#Mention" in line for line in unmentioned)
    assert any("#Statement" in line for line in unmentioned)
    assert not any("/document/" in line for line in facts)


def test_quads_hold_all_graphs(graph: GraphStore) -> None:
    expected = set(graph.lines(all_graphs=True))
    assert set(text_of(graph, "nquads").splitlines()) == expected
    store = ox.Store()
    store.load(text_of(graph, "trig").encode(), format=ox.RdfFormat.TRIG)
    assert {f"{quad} ." for quad in store} == expected


def test_csv_has_a_row_a_claim(graph: GraphStore) -> None:
    table = list(csv.DictReader(io.StringIO(text_of(graph, "csv"))))
    assert len(table) == graph.counts().claims
    texts = {str(row["d"].value): row["t"].value for row in graph.query("SELECT ?d ?t { ?d nif:isString ?t }")}  # type: ignore[union-attr]
    for row in table:
        assert texts[row["document"]][int(row["start"]):int(row["end"])] == row["sentence"]
    issued = next(row for row in table if row["predicate"] == "issues")
    assert (issued["subjectName"], issued["objectName"], issued["modality"]) == ("甘肃省生态环境厅", "泾河治理规划", "done")
    target = next(row for row in table if row["predicate"] == "target")
    assert (target["operator"], target["value"], target["unit"], target["asWritten"]) == (">=", "88", "%", "88%")


def test_csv_gives_evidence_of_several_sentences_in_one_row(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    text = plan.document.text
    wide = replace(plan, relations=(replace(plan.relations[0], start=0, end=len(text)),), indicator_values=())
    row, = csv.DictReader(io.StringIO(text_of(in_memory([assemble(wide, gazetteer=gazetteer)], gazetteer=gazetteer), "csv")))
    assert (row["sentence"], row["start"], row["end"], row["file"]) == (text, "0", str(len(text)), "plan.txt")


def test_other_bases_and_unknown_formats(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    base = "https://example.org/id/"
    graph = in_memory([assemble(extractions[2], gazetteer=gazetteer, base=base)], gazetteer=gazetteer, base=base)
    assert base_of(graph) == base
    text = "".join(turtle(graph))
    assert text.startswith(f"@base <{base}> .\n")
    assert read_back(text) == read_back(text_of(graph, "ntriples"), ox.RdfFormat.N_TRIPLES)
    with pytest.raises(QueryError, match="turtle"):
        write(graph, "yaml")


def test_json_ld_is_json(graph: GraphStore) -> None:
    assert {len(text_of(graph, form)) > 0 for form in FORMATS} == {True}
    found = json.loads(text_of(graph, "jsonld"))
    agency = next(node for node in found["@graph"] if node["id"] == "agency/甘肃省水利厅")
    assert (agency["type"], agency["label"], agency["documentCount"]) == (["Agency", "GovernmentBody"], "甘肃省水利厅", 1)
    claim = next(node for node in found["@graph"] if node.get("predicate") == "issues")
    assert (claim["subject"], claim["modality"]) == ("agency/甘肃省生态环境厅", "done")
    assert isomorphic(Graph().parse(data=text_of(graph, "jsonld"), format="json-ld"),
                      Graph().parse(data=text_of(graph, "ntriples"), format="nt"))


def test_xml_has_no_control_characters(extractions: tuple[Extraction, ...], gazetteer: Gazetteer) -> None:
    plan = extractions[0]
    entities = tuple(replace(e, name="规\u0001划\\u0001\b\f") if e.type == "Programme" else e for e in plan.entities)
    graph = in_memory([assemble(replace(plan, entities=entities), gazetteer=gazetteer)], gazetteer=gazetteer)
    assert "规\ufffd划\\u0001\ufffd\ufffd" in text_of(graph, "rdfxml")
    assert len(Graph().parse(data=text_of(graph, "rdfxml"), format="xml")) == graph.counts().triples
    assert hashlib.sha256(text_of(graph, "rdfxml").encode()).hexdigest() == hashlib.sha256(text_of(graph, "rdfxml").encode()).hexdigest()
