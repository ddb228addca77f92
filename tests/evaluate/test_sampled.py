"""The lists of mentions and relations drawn at random, and how they are drawn."""

import csv
import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from kg import api
from kg.model import ENTITY_TYPES, PREDICATES

ROOT = Path(__file__).parents[2]
LISTS = {"sampled_entities.tsv": ("document", "start", "end", "type", "name", "verdict", "reason"),
         "sampled_relations.tsv": ("document", "start", "end", "predicate", "subject", "object", "verdict", "reason")}
SHUT = {p.name.removesuffix(".json") for p in (ROOT / "seeds" / "gold" / "elsewhere" / "shut").glob("*.json")}


@pytest.fixture(scope="module")
def sampled():
    spec = importlib.util.spec_from_file_location("sampled", ROOT / "benchmarks" / "sampled.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("湖北省水利厅印发《清江治理方案》。全省治理清江。", encoding="utf-8")
    (tmp_path / "corpus" / "b.txt").write_text("长阳土家族自治县禁止污染清江。", encoding="utf-8")
    rows = [{"id": f"law-{n}", "text": f"宜昌市人民政府印发《清江第{n}期治理规划》。", "kind": "法规", "date": "2020-01-01"} for n in range(400)]
    body = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "corpus" / "large.jsonl.gz").write_bytes(gzip.compress(body.encode()))
    return tmp_path


@pytest.mark.parametrize(("name", "columns"), LISTS.items())
def test_the_committed_lists_are_judged_throughout(name, columns):
    path = ROOT / "docs" / name
    if not path.exists():
        pytest.skip("no list has been drawn")
    with path.open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        rows = list(table)
    assert tuple(table.fieldnames) == columns
    assert len(rows) == 100
    for row in rows:
        assert row["verdict"] in ("right", "wrong"), row
        assert 0 <= int(row["start"]) < int(row["end"])
        assert row.get("type", "Place") in ENTITY_TYPES
        assert row.get("predicate", "funds").split(" (")[0] in PREDICATES
        assert row["reason"] or row["verdict"] == "right", row
        assert row["document"] not in SHUT


def test_the_sample_is_the_same_from_run_to_run_and_leaves_out_what_it_should(sampled, folder):
    def names(seed, *excluded):
        return [d.name for d in sampled.documents(folder, seed=seed, without=sampled.closed(excluded))]

    assert sampled.closed() >= SHUT
    assert len(names(3)) == 302
    assert names(3) == names(3)
    assert names(3) != names(4)
    assert not {"b.txt", "law-7.txt"} & set(names(3, "b.txt", "law-7"))


def test_mentions_and_relations_are_drawn(sampled, folder):
    found = [api.extract(d) for d in sampled.documents(folder, seed=3, without=())]
    mentions = [row for e in found for row in sampled.entity_rows(e)]
    assert ("a.txt", "0", "6", "Agency", "湖北省水利厅") in mentions
    assert not [row for row in mentions if row[4] == "湖北省"]
    relations = [row for e in found for row in sampled.relation_rows(e)]
    assert ("a.txt", "0", "16", "issues", "湖北省水利厅", "清江治理方案") in relations
    assert len(sampled.drawn(mentions, seed=1)) == 100
    assert sampled.drawn(mentions, seed=1) == sampled.drawn(mentions[::-1], seed=1)
    every = list(sampled.every_row(found))
    assert [row[0] for row in every] == sorted(row[0] for row in every)
    assert next(row for row in every if row[0] == "Agency")[1:4] == ("300", "宜昌市人民政府", "宜昌市人民政府")


def test_verdicts_stay_with_their_rows(sampled, tmp_path):
    path = tmp_path / "sampled_entities.tsv"
    kept, new = ("a.txt", "0", "6", "Agency", "湖北省水利厅"), ("b.txt", "3", "5", "WaterFeature", "清江")
    sampled.write(path, "entities", [kept], None)
    path.write_text(path.read_text(encoding="utf-8").replace("\t\t\n", "\tright\t“as listed”\n"), encoding="utf-8")
    sampled.write(path, "entities", [kept, new], None)
    assert path.read_text(encoding="utf-8").splitlines()[1:] == ["\t".join((*kept, "right", "“as listed”")), "\t".join((*new, "", ""))]
