"""kg evaluate: what it prints and how it refuses."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.evaluate import LEVELS

ROOT = Path(__file__).parents[2]
GOLD = ROOT.parent / "shared" / "gold"
TEXT = "湖北省水利厅印发《清江治理方案》。长阳县治理河道12公里。"


@pytest.fixture
def gold(tmp_path):
    entities = [{"id": "e1", "type": "Agency", "name": "湖北省水利厅", "forms": ["湖北省水利厅"]},
                {"id": "e2", "type": "Agency", "name": "清江", "forms": ["清江"]}]
    row = {"document": "a.txt", "group": "news", "entities": entities, "relations": [], "indicator_values": []}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path / "gold"


def test_tables_and_errors_beside_their_sentences(call, gold):
    shown = call("evaluate", gold, gold.parent).output
    assert [line.split()[0] for line in shown.splitlines() if line.split()[0] in LEVELS] == list(LEVELS)
    assert "1 document\n" in shown
    assert "news" in shown
    assert "印发" not in shown
    listed = call("evaluate", gold, gold.parent, "--errors").output
    assert "entities missed: a.txt  Agency 清江\n    湖北省水利厅印发《清江治理方案》。\n" in listed
    assert "relations wrong: a.txt  湖北省水利厅 issues 清江治理方案\n    湖北省水利厅印发" in listed


def test_json_holds_figures_groups_and_errors(call, gold):
    body = json.loads(call("evaluate", gold, gold.parent, "--format", "json").output)
    assert body["documents"] == 1
    assert set(body["strict"]) == set(body["relaxed"])
    assert body["groups"]["news"]["strict"] == body["strict"]
    assert {"level", "outcome", "document", "row", "sentence"} == set(body["errors"][0])
    assert len([e for e in body["errors"] if e["level"] == "entities"]) == body["strict"]["entities"]["fp"] + body["strict"]["entities"]["fn"]


@pytest.mark.parametrize(("arguments", "status", "message"), [
    ((), 2, "Missing argument"),
    (("{gold}",), 2, "Missing argument"),
    (("{gold}", "nowhere"), 2, "does not exist"),
    (("{gold}", "{gold}"), 1, "Give the folder that holds them"),
    (("{texts}", "{texts}"), 1, "no gold file"),
    (("{gold}", "{gold}", "{texts}"), 1, "annotated twice"),
    (("{gold}", "{texts}", "--format", "word"), 2, "--format"),
])
def test_wrong_use_is_told_in_a_sentence(call, gold, arguments, status, message):
    given = [a.format(gold=gold, texts=gold.parent) for a in arguments]
    assert message in call("evaluate", *given, status=status).output


@pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="the reference scorer is not beside this checkout")
def test_equals_the_reference_scorer_on_the_same_extraction(call, tmp_path):
    with (GOLD / "texts" / "meta.tsv").open(encoding="utf-8", newline="") as table:
        files = [row["file"] for row in csv.DictReader(table, delimiter="\t")]
    known = {json.loads(p.read_text(encoding="utf-8"))["document"]: p for p in (GOLD / "dev").glob("*.json")}
    chosen = sorted((f for f in files if f in known), key=lambda f: (GOLD / "texts" / f).stat().st_size)[:6]
    (tmp_path / "gold").mkdir()
    for name in chosen:
        (tmp_path / "gold" / known[name].name).write_bytes(known[name].read_bytes())
    meta = ("--metadata", GOLD / "texts" / "meta.tsv")
    lines = tmp_path / "found.jsonl"
    lines.write_bytes(call("extract", *(GOLD / "texts" / name for name in chosen), *meta).stdout_bytes)
    run = subprocess.run([sys.executable, GOLD / "score.py", tmp_path / "gold", lines, "--json"], capture_output=True, text=True, check=True)
    expected = json.load(io.StringIO(run.stdout))
    ours = json.loads(call("evaluate", tmp_path / "gold", GOLD / "texts", *meta, "--format", "json").output)["strict"]
    assert {name: ours[name] for name in expected} == expected
