"""Texts in traditional characters: read as simplified, with forms and offsets of the original."""

from __future__ import annotations

import opencc
import pytest

from kg.gazetteer import Gazetteer
from kg.model import Extraction
from kg.pipeline import extract
from kg.text.load import from_text

G = Gazetteer.load()
PLAIN = ("甘肃省水污染防治方案\n甘肃省生态环境厅会同省水利厅印发《石羊河治理规划》，武威市人民政府实施石羊河湿地修复工程，"
         "到2025年全省水质优良比例达到95%。祁连山国家级自然保护区管护面积达到30万亩，葫芦河、泾河流域完成投资4.5亿元。")


def read(text: str) -> Extraction:
    return extract(from_text(text), gazetteer=G)


def test_a_text_of_the_mainland_gives_the_same_in_either_script() -> None:
    plain = read(PLAIN)
    written = opencc.OpenCC("s2t").convert(PLAIN)
    found = read(written)
    assert len(written) == len(PLAIN)
    assert {(e.type, e.name, e.iri) for e in found.entities} == {(e.type, e.name, e.iri) for e in plain.entities}
    assert [(m.start, m.end) for m in found.mentions] == [(m.start, m.end) for m in plain.mentions]
    assert [(r.subject, r.predicate, r.object, r.start, r.end) for r in found.relations] \
        == [(r.subject, r.predicate, r.object, r.start, r.end) for r in plain.relations]
    assert [(v.value, v.unit, v.period) for v in found.indicator_values] == [(v.value, v.unit, v.period) for v in plain.indicator_values]
    assert (found.context.place, found.context.year) == (plain.context.place, plain.context.year)


def test_forms_offsets_and_indicators_are_those_of_the_original() -> None:
    text = opencc.OpenCC("s2t").convert(PLAIN)
    found = read(text)
    assert found.document.text == text
    assert all(m.text == text[m.start:m.end] for m in found.mentions)
    assert "甘肅省生態環境廳" in {form for e in found.entities for form in e.forms}
    assert all(form in text for e in found.entities for form in e.forms)
    assert "水質優良比例" in {v.indicator.removeprefix("全省") for v in found.indicator_values}


@pytest.mark.parametrize(("text", "type_", "form", "name"), [
    ("行政院環境保護署公布河川污染指數。", "Agency", "行政院環境保護署", "行政院環境保護署"),
    ("行政院指示，環境部應依《水污染防治法》公告水質標準。", "Programme", "水污染防治法", "水污染防治法"),
    ("行政院核定後，交通部會同內政部辦理。", "Agency", "交通部", "交通部"),
    ("中華民國一百年度，臺灣河川水質改善。", "Place", "臺灣", "臺灣"),
    ("環保署引述《中華人民共和國水污染防治法》的規定。", "Programme", "中華人民共和國水污染防治法", "中华人民共和国水污染防治法"),
    ("香港特區政府與廣東省合作，珠江水質改善。", "WaterFeature", "珠江", "珠江"),
    ("香港特區政府與廣東省合作，珠江水質改善。", "Place", "廣東省", "广东省"),
])
def test_names_from_elsewhere_stay_as_they_are_written(text: str, type_: str, form: str, name: str) -> None:
    found = next(e for e in read(text).entities if form in e.forms)
    assert (found.type, found.name) == (type_, name)
    if type_ != "Place" and not name.startswith("中华") and name not in ("珠江", "行政院環境保護署"):
        assert found.entry is None
        assert "~" in found.iri


def test_a_city_in_the_name_of_a_framework_is_no_place() -> None:
    assert not read("行政院推動昆明–蒙特婁全球生物多樣性框架。").entities or all(
        e.name != "昆明市" for e in read("行政院推動昆明–蒙特婁全球生物多樣性框架。").entities)


@pytest.mark.parametrize("text", [
    "The government will improve water quality in 12 rivers by 2025, with 95% of sections reaching the standard.",
    "Report on the work of the State Council. GDP grew by 5.2 percent; 34 projects were completed.",
    "# Methods\nWe used 4 Landsat images (30 m) and R2 = 0.93 at p < 0.05.\n", "$ \\mathrm { NDVI } = 0 . 4 5 $", "",
    "基于遥感的某流域研究\n摘要:利用4期遥感影像和27个站点数据,选取12个指标,划分为3个等级。\n关键词:遥感",
])
def test_english_formulas_and_methods_yield_nothing(text: str) -> None:
    found = read(text)
    assert (found.entities, found.relations, found.indicator_values) == ((), (), ())


def test_a_simplified_text_with_some_traditional_words_is_read_as_it_stands() -> None:
    text = "甘肃省生态环境厅检查黄河水质，碑上题有《黃河圖說》。" + "全省各地开展巡查，督促问题整改到位。" * 8
    found = read(text)
    assert "甘肃省生态环境厅" in {e.name for e in found.entities}
    assert all(m.text == text[m.start:m.end] for m in found.mentions)
