"""One body under many forms is one entity; bodies and waters of one name in several places stay apart, in a document and over documents."""

from __future__ import annotations

import pytest

from kg.gazetteer import Gazetteer
from kg.model import Entity
from kg.pipeline import extract
from kg.text.load import from_text

G = Gazetteer.load()


def entities(text: str, type_: str = "Agency") -> list[Entity]:
    return [e for e in extract(from_text(text), gazetteer=G).entities if e.type == type_]


@pytest.mark.parametrize(("title", "forms", "name"), [
    ("甘肃省治水方案", ("甘肃省生态环境厅", "省生态环境厅"), "甘肃省生态环境厅"),
    ("湖南省治水方案", ("省发展改革委", "省发改委", "湖南省发展和改革委员会"), "湖南省发展和改革委员会"),
    ("宜昌市治水方案", ("市住建局", "宜昌市住房和城乡建设局", "市住房城乡建设局"), "宜昌市住房和城乡建设局"),
    ("贵州省治水方案", ("省委", "贵州省委", "中共贵州省委", "中共贵州省委员会"), "中共贵州省委"),
    ("贵州省治水方案", ("省政府", "省人民政府", "贵州省人民政府"), "贵州省人民政府"),
    ("恩施土家族苗族自治州治水方案", ("州水利局", "恩施州水利局", "恩施土家族苗族自治州水利局"), "恩施土家族苗族自治州水利局"),
    ("治水通知", ("国家发改委", "国家发展改革委", "国家发展和改革委员会"), "国家发展和改革委员会"),
    ("治水通知", ("住建部", "住房城乡建设部", "住房和城乡建设部"), "住房和城乡建设部"),
    ("治水通知", ("国家林草局", "国家林业和草原局"), "国家林业和草原局"),
])
def test_forms_of_one_body_are_one_entity(title: str, forms: tuple[str, ...], name: str) -> None:
    found = entities(title + "\n" + "".join(f"{form}召开会议。" for form in forms))
    assert [(e.name, e.forms) for e in found] == [(name, forms)]


@pytest.mark.parametrize("names", [
    ("静宁县生态环境局", "庄浪县生态环境局"), ("衢江区水利局", "柯城区水利局", "衢州市水利局"), ("甘肃省水利厅", "青海省水利厅"),
    ("北京市朝阳区水务局", "长春市朝阳区水利局"), ("平凉市环境保护局", "平凉市生态环境局"), ("中共静宁县委", "静宁县人民政府"),
    ("南京市鼓楼区人民政府", "福州市鼓楼区人民政府"),
])
def test_bodies_of_one_document_stay_apart(names: tuple[str, ...]) -> None:
    found = entities("关于联合巡河的通报\n" + "".join(f"{name}召开会议。" for name in names))
    assert [e.name for e in found] == list(names)
    assert len({e.iri for e in found}) == len(names)


@pytest.mark.parametrize(("titles", "form"), [
    (("静宁县治水方案", "庄浪县治水方案"), "县生态环境局"), (("兰州市治水方案", "西宁市治水方案"), "市水务局"),
    (("湖北省治水方案", "湖南省治水方案"), "省委"), (("静宁县治水方案", "庄浪县治水方案"), "县整改工作领导小组"),
    (("福州市鼓楼区治水方案", "徐州市鼓楼区治水方案"), "鼓楼区人民政府"),
])
def test_bodies_of_two_documents_stay_apart(titles: tuple[str, str], form: str) -> None:
    found = [entity.iri for title in titles for entity in entities(f"{title}\n{form}召开会议，部署治水。") if form in entity.forms]
    assert len(found) == len(set(found)) == 2


def test_the_same_body_of_two_documents_is_one() -> None:
    one, other = (entities(text)[0].iri for text in ("静宁县治水方案\n县水务局召开会议。", "治水通报\n静宁县水务局召开会议。"))
    assert one == other


@pytest.mark.parametrize(("titles", "river", "same"), [
    (("南阳市治水方案", "北京市治水方案"), "白河", False), (("铁岭市治水方案", "北京市治水方案"), "清河", False),
    (("张掖市治水方案", "西安市治水方案"), "黑河", False), (("兰州市治水方案", "济南市治水方案"), "黄河", True),
    (("平凉市治水方案", "咸阳市治水方案"), "泾河", True),
])
def test_waters_of_one_name(titles: tuple[str, str], river: str, same: bool) -> None:
    found = [e.iri for title in titles for e in entities(f"{title}\n全市整治{river}，{river}水质好转，{river}断面达标。", "WaterFeature") if e.name == river]
    assert len(found) == 2
    assert (found[0] == found[1]) is same


@pytest.mark.parametrize(("text", "names"), [
    ("治水通报\n陕西省委和省政府作了汇报。", ["中共陕西省委", "陕西省人民政府"]),
    ("甘肃省治水方案\n陕西省委、省政府、省水利厅作了汇报，省委、省政府高度重视。",
     ["中共陕西省委", "陕西省人民政府", "陕西省水利厅", "中共甘肃省委", "甘肃省人民政府"]),
    ("治水通报\n湖北省委、省政府，宜昌市委、市政府高度重视。", ["中共湖北省委", "湖北省人民政府", "中共宜昌市委", "宜昌市人民政府"]),
    ("平凉市治水方案\n静宁县委、县政府，市政府巡河。", ["中共静宁县委", "静宁县人民政府", "平凉市人民政府"]),
    ("治水通报\n恩施州委、州政府巡河。", ["中共恩施土家族苗族自治州委", "恩施土家族苗族自治州人民政府"]),
    ("治水通报\n陕西省委、省政府办公厅副主任作了汇报。", ["中共陕西省委"]),
])
def test_a_level_word_beside_a_named_place_is_that_place(text: str, names: list[str]) -> None:
    assert [e.name for e in entities(text)] == names
