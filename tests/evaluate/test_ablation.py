"""The switches of the ablation: each takes away what it says, and leaves the pipeline as it was."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg import api, pipeline

ROOT = Path(__file__).parents[2]
TEXT = ("湖北省宜昌市清江治理工作方案\n2024年，我省印发《湖北省河湖保护条例》。宜昌市人民政府会同市财政、水利局开展清江专项行动。长江水质好转，河西走廊缺水。"
        "今年全省PM10和PM2.5平均浓度分别下降5%和3%。")
NAMES = {
    "everything (rules)": ({"湖北省", "宜昌市人民政府", "湖北省河湖保护条例", "长江", "河西走廊"}, set()),
    "without the lists of waters, regions, agencies, programmes and works": ({"湖北省", "宜昌市人民政府", "湖北省河湖保护条例"}, {"长江", "河西走廊"}),
    "without the divisions too": ({"湖北省河湖保护条例"}, {"长江", "湖北省", "宜昌市人民政府"}),
    "lists alone, without the grammar of names": ({"长江", "湖北省"}, {"宜昌市人民政府", "湖北省河湖保护条例"}),
    "without context": ({"宜昌市人民政府"}, {"湖北省"}),
    "without coordination": ({"宜昌市人民政府"}, set()),
}


@pytest.fixture(scope="module")
def ablation():
    spec = importlib.util.spec_from_file_location("ablation", ROOT / "benchmarks" / "ablation.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _extracted():
    document = pipeline.document_of(TEXT)
    return pipeline.extract(document, gazetteer=pipeline.names(None))


def test_each_part_has_a_case(ablation):
    assert list(ablation.PARTS) == list(NAMES)


@pytest.mark.parametrize("part", NAMES)
def test_a_part_takes_away_what_it_says(ablation, part):
    before = api.to_json(_extracted())
    with ablation.PARTS[part]():
        found = {entity.name for entity in _extracted().entities}
    present, absent = NAMES[part]
    assert present <= found
    assert not absent & found
    assert api.to_json(_extracted()) == before


def test_without_context_time_and_place_are_unknown(ablation):
    with ablation.PARTS["without context"]():
        found = _extracted()
    assert (found.context.place, found.context.year) == (None, None)
    assert not any(mention.deictic for mention in found.mentions)


def test_without_coordination_no_head_is_shared(ablation):
    def departments():
        return [entity.name for entity in _extracted().entities if "财政" in entity.name]

    assert departments()
    with ablation.PARTS["without coordination"]():
        assert not departments()


def test_without_coordination_numbers_are_not_distributed(ablation):
    def indicators():
        return [value.indicator for value in _extracted().indicator_values]

    assert any("PM10" in name and "PM2.5" not in name for name in indicators())
    with ablation.PARTS["without coordination"]():
        assert not any("PM10" in name and "PM2.5" not in name for name in indicators())


def test_the_table_shows_differences(ablation, tmp_path):
    gold = {"document": "a.txt", "entities": [{"id": "e1", "type": "WaterFeature", "name": "长江", "forms": ["长江"]}],
            "relations": [], "indicator_values": []}
    (tmp_path / "gold" / "dev").mkdir(parents=True)
    (tmp_path / "gold" / "texts").mkdir()
    (tmp_path / "gold" / "dev" / "a.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "gold" / "texts" / "a.txt").write_text("长江水质好转。", encoding="utf-8")
    (tmp_path / "gold" / "texts" / "meta.tsv").write_text("file\tissued\tsource\n", encoding="utf-8")
    whole = ablation.measured(tmp_path)["development documents"]
    with ablation.PARTS["without the divisions too"]():
        less = ablation.measured(tmp_path)["development documents"]
    lines = ablation.table({"everything": whole, "less": less}, "here").splitlines()
    assert lines[0] == "| here, F1 | entities | names | relations | values | indicator values |"
    assert lines[2].startswith("| everything | 1.000 | 1.000 | 0.000 |")
    assert lines[3].startswith("| less | 0.000 (-1.000) | 0.000 (-1.000) | 0.000 (+0.000) |")
