"""Every command: its help, its wrong uses, what it prints."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg._version import VERSION
from kg.cli import COMMANDS

ROOT = Path(__file__).parents[2]
NAME = "甘肃省生态环境厅"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example_and_stands_in_the_reference(call, name):
    shown = call(name, "--help").output
    assert "Example:" in shown
    assert f"kg {name}" in shown.split("Example:")[1]
    assert f"## kg {name}" in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert all(re.search(r"  +\S", line) for line in shown.splitlines() if line.strip().startswith("--") and len(line) < 40)


def test_the_reference_is_current():
    made = subprocess.run([sys.executable, ROOT / "docs" / "make_cli.py", "--print"], capture_output=True, check=True).stdout.decode()
    assert made == (ROOT / "docs" / "cli.md").read_text(encoding="utf-8"), "run: python docs/make_cli.py"


def test_version(call):
    assert call("--version").output == f"kg {VERSION}\n"


WRONG = [
    ((), 2, "Usage:"),
    (("biuld",), 2, "No such command"),
    (("build",), 2, "Missing argument"),
    (("build", "no-such-folder"), 2, "does not exist"),
    (("build", ".", "--year", "24"), 2, "--year"),
    (("build", ".", "--workers", "0"), 2, "--workers"),
    (("extract",), 2, "Missing argument"),
    (("query", "-g", "nowhere", "ASK {}"), 1, "kg build"),
    (("query",), 2, "ready question"),
    (("query", "ASK {}", "--file", __file__), 2, "ready question"),
    (("export", "-g", "nowhere", "--format", "turtle"), 1, "kg build"),
    (("export", "--format", "word"), 2, "--format"),
    (("render", "-g", "nowhere", "-o", "x.html"), 1, "kg build"),
    (("render",), 2, "Missing option '-o'"),
    (("show",), 2, "Missing argument"),
    (("show", "-g", "nowhere", "泾河"), 1, "kg build"),
    (("validate", "-g", "nowhere"), 1, "kg build"),
    (("evaluate", "nowhere", "nowhere"), 2, "does not exist"),
    (("build", __file__, "-o", "/proc/nowhere"), 1, "cannot be written"),
]


@pytest.mark.parametrize(("arguments", "status", "message"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, tuple) else None)
def test_wrong_use_is_told_in_a_sentence(call, arguments, status, message):
    shown = call(*arguments, status=status).output
    assert message in shown
    assert "Traceback" not in shown


def test_query_shows_names_and_counts_rows(call, built):
    shown = call("query", "-g", built, "SELECT ?p { ?a eco:issues ?p ; rdfs:label '甘肃省生态环境厅'@zh }").output
    assert "甘肃省水生态保护规划" in shown
    assert "(1 row)" in shown


def test_query_formats(call, built):
    query = "SELECT ?n { ?a eco:issues ?p . ?a rdfs:label ?n } ORDER BY ?n"
    assert json.loads(call("query", "-g", built, query, "--format", "json").output)["head"]["vars"] == ["n"]
    assert call("query", "-g", built, query, "--format", "csv").stdout_bytes.startswith("n\r\n平凉市人民政府\r\n".encode())
    assert call("query", "-g", built, query, "--format", "tsv").output.startswith("?n\n")
    assert call("query", "-g", built, query, "--format", "xml").output.startswith("<?xml")
    assert call("query", "-g", built, query, "--excel").stdout_bytes.startswith("\ufeffn\r\n".encode())
    assert call("query", "-g", built, "ASK { ?s a eco:Agency }").output == "yes\n"
    assert "eco:issues" in call("query", "-g", built, "CONSTRUCT { ?a eco:issues ?p } WHERE { ?a eco:issues ?p }").output
    assert "turtle" in call("query", "-g", built, query, "--format", "turtle", status=2).output
    assert "csv" in call("query", "-g", built, query, "--format", "json", "--excel", status=2).output


def test_query_of_a_file_and_a_ready_question(call, built, tmp_path):
    file = tmp_path / "f.rq"
    file.write_text("\ufeffASK { ?s a eco:WaterFeature }", encoding="utf-8")
    assert call("query", "-g", built, "--file", file).output == "yes\n"
    assert "平凉市泾河综合治理方案" in call("query", "-g", built, "who-issued").output
    assert "who-issued" in call("query", "-g", built, "who-knows", status=2).output
    assert "目标值" in call("query", "--list").output


def test_a_query_that_cannot_be_read_is_shown_with_its_place(call, built):
    shown = call("query", "-g", built, "SELECT *\nWHERE { ?s ?p }", status=2).output
    assert "line 2" in shown
    assert "WHERE { ?s ?p }" in shown


@pytest.mark.parametrize("name", [NAME, "https://w3id.org/shanshui/id/agency/甘肃省生态环境厅"])
def test_show_by_name_and_iri(call, built, name):
    shown = call("show", "-g", built, name).output
    assert "发布 issues 甘肃省水生态保护规划" in shown
    assert "印发《甘肃省水生态保护规划》" in shown


def test_show_suggests_where_nothing_answers(call, built):
    shown = call("show", "-g", built, "省生态环境", status=1).output
    assert NAME in shown


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml", "gexf", "csv"])
def test_export_to_a_file_and_to_standard_output(call, built, form, tmp_path):
    call("export", "-g", built, "--format", form, "-o", tmp_path / "deep" / "out")
    body = (tmp_path / "deep" / "out").read_bytes()
    assert len(body) > 200
    assert call("export", "-g", built, "--format", form).stdout_bytes == body


def test_facts_only_and_no_mentions_leave_parts_out(call, built):
    whole, facts, unmentioned = (call("export", "-g", built, "--format", "turtle", *o).output
                                 for o in ((), ("--facts-only",), ("--no-mentions",)))
    assert "rdf:Statement" in whole
    assert "eco:Mention" in whole
    assert "rdf:Statement" not in facts
    assert "eco:Mention" not in unmentioned
    assert "rdf:Statement" in unmentioned


def test_render_around_a_focus(call, built, tmp_path):
    call("render", "-g", built, "--focus", NAME, "--type", "Programme", "-o", tmp_path / "p.html")
    assert NAME in (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "Similar" in call("render", "-g", built, "--focus", "生态环境厅局", "-o", tmp_path / "q.html", status=1).output
    assert "documents" in call("render", "-g", built, "--document", "无", "-o", tmp_path / "q.html", status=1).output


@pytest.mark.parametrize(("query", "message"), [
    ("", "is empty"), ("LOAD <http://127.0.0.1:9/>", "changes the graph"), ("# out\nDELETE WHERE { ?s ?p ?o }", "changes the graph"),
    ("PREFIX a: <urn:a> INSERT DATA { a:b a:c a:d }", "changes the graph"), ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
    ("nobody-knows", "who-issued"), ("SELECT ?x {", "line 1, column 12"), ("ASK { ?x nope:y ?z }", "prefix")])
def test_a_query_that_cannot_be_answered_says_why(call, built, query, message):
    assert message in call("query", "-g", built, query, status=2).stderr


def test_validate(call, built):
    assert call("validate", "-g", built).output


def test_extract_writes_a_json_object_a_document(call, folder):
    lines = call("extract", folder / "规划.txt", "--with-text", "--year", 2024).output.splitlines()
    found = json.loads(lines[0])
    assert len(lines) == 1
    assert {"document", "context", "text", "entities", "relations", "indicator_values"} <= set(found)
    for entity in found["entities"]:
        assert all(found["text"][m["start"]:m["end"]] == m["text"] for m in entity["mentions"])
    for row in (*found["relations"], *found["indicator_values"]):
        assert found["text"][row["start"]:row["end"]] == row["evidence"]
    assert '"value": 95,' in lines[0]
    assert '"value": 91.5,' in lines[0]


def test_extract_goes_on_after_a_file_that_cannot_be_read(call, folder):
    (folder / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    result = call("extract", folder / "旧.doc", folder / "规划.txt", status=1)
    assert len(result.stdout.splitlines()) == 1
    assert "旧.doc" in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs the times of child processes")
def test_help_answers_at_once():
    """In seconds of the processor, so that a busy machine does not matter."""
    def timed() -> float:
        before = os.times()
        subprocess.run([sys.executable, "-m", "kg.cli", "--help"], check=True, capture_output=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system
    assert min(timed() for _ in range(4)) < 0.3


def test_a_query_loads_neither_spacy_nor_networkx(built):
    code = ("import sys; from kg.cli import main\n"
            f"main(['query', '-g', {str(built)!r}, 'ASK {{ ?s ?p ?o }}'], standalone_mode=False)\n"
            "assert not {'spacy', 'networkx', 'pyshacl', 'rdflib', 'scipy', 'pyvis'} & set(sys.modules), sorted(sys.modules)")
    subprocess.run([sys.executable, "-c", code], check=True)


def test_show_tells_statements_of_different_modality_apart(call, tmp_path):
    text = ("河源县林长制工作通报\n2024年3月1日\n\n河源县人民政府已经实施《河源县林长制工作规定》。"
            "河源县人民政府尚未实施《河源县林长制工作规定》。\n")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    call("build", tmp_path / "a.txt", "-o", tmp_path / "output")
    shown = call("show", "-g", tmp_path / "output", "河源县人民政府").output
    assert "[事实 fact]" in shown
    assert "[否定 negated]" in shown
