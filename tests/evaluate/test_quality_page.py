"""The page of measured quality: its tables stand where the script that fills them finds them."""

import importlib.util
from pathlib import Path

import pytest

from kg.evaluate import compare

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")
GOLD = {"document": "a.txt", "group": "news", "indicator_values": [],
        "entities": [{"id": "e1", "type": "Agency", "name": "湖北省水利厅", "forms": ["省水利厅"]},
                     {"id": "e2", "type": "WaterFeature", "name": "清江", "forms": ["清江"]}],
        "relations": [{"subject": "e1", "predicate": "supervises", "object": "e2"}]}


@pytest.fixture(scope="module")
def making():
    spec = importlib.util.spec_from_file_location("make_quality", ROOT / "docs" / "make_quality.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def measured():
    return lambda _source: compare([GOLD], {"a.txt": {**GOLD, "entities": GOLD["entities"][:1], "relations": []}})


def test_each_table_of_the_page_is_of_a_known_kind_and_source(making):
    blocks = list(making.BLOCK.finditer(PAGE))
    assert len(blocks) == PAGE.count("<!-- end -->") == PAGE.count("<!--") // 2
    for block in blocks:
        assert block["kind"] in {*making.KINDS, "ablation"}
        known = {"entities", "relations"} if block["kind"] == "sampled" else set(making.TITLES)
        assert {source.partition("+")[0] for source in block["sources"].split()} <= known
    assert {"levels", "relaxed", "types", "predicates", "groups", "ablation", "sampled"} == {block["kind"] for block in blocks}


@pytest.mark.parametrize(("kind", "line"), [
    ("levels", "| entities | 1.000 | 0.500 | 0.667 | 1 | 0 | 1 |"),
    ("levels", "| indicator values | – | – | – | 0 | 0 | 0 |"),
    ("types", "| Agency | 1.000 | 1.000 | 1.000 | 1 | 1.000 | 1.000 | 1.000 | 1 |"),
    ("predicates", "| supervises | 0.000 | 0.000 | 0.000 | 1 | 0.000 | 0.000 | 0.000 | 1 |"),
    ("groups", "| news | 1 | 0.667 | 0.667 | 0.000 | – | – |"),
    ("relaxed", "| open | entities | 0.667 | 1.000 | 0.500 | 0.667 |"),
])
def test_tables_in_markdown(making, measured, kind, line):
    lines = making.KINDS[kind](["dev", "open"], measured).splitlines()
    assert line in lines
    assert len({row.count("|") for row in lines}) == 1


def test_what_is_not_asked_for_stays(making, monkeypatch, tmp_path):
    page = "a\n<!-- levels shut -->\nold\n<!-- end -->\n<!-- levels open+neural -->\nold\n<!-- end -->\n<!-- groups open -->\nold\n<!-- end -->\n"
    asked = []
    monkeypatch.setattr(making, "measure", lambda _folder, source: asked.append(source) or compare([GOLD], {}))
    filled = making.filled(page, tmp_path)
    assert asked == ["open"]
    assert filled.startswith(page[:page.index("<!-- groups")])
    assert "| news | 1 |" in filled
    assert making.filled(filled, tmp_path) == filled
    assert "old" not in making.filled(page, tmp_path, shut=True, neural=True)
    assert making.filled(page, tmp_path, only="levels") == page


def test_a_judged_list_is_counted(making, monkeypatch, tmp_path):
    monkeypatch.setattr(making, "DOCS", tmp_path)
    assert making.sampled(["entities"], None) == "(not yet drawn and judged)"
    rows = ["document\tstart\tend\ttype\tname\tverdict\treason", "a.txt\t0\t2\tPlace\t清江\twrong\ta river", "a.txt\t5\t9\tPlace\t宜昌市\tright\t"]
    (tmp_path / "sampled_entities.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    table = making.sampled(["entities"], None)
    assert "| Place | 2 | 1 |" in table
    assert "| a.txt 0–2 | Place 清江 | a river |" in table
