"""Waters: sentence → mentions with their names."""

from __future__ import annotations

import pytest

from kg.extract.mentions import settle
from kg.extract.names import waters
from kg.gazetteer import Entry, Gazetteer
from kg.model import Context, Document
from kg.text.segment import segment

CASES = [
    ("长江和黄河的水质稳定。", ["长江", "黄河"]),
    ("泾河、渭河流域治理见效。", ["泾河", "渭河流域"]),
    ("泾河、渭河、洮河等流域持续改善。", ["泾河", "渭河", "洮河"]),
    ("境内有白石沟河、丁家溪等河道。", ["白石沟河", "丁家溪"]),
    ("龙头县的龙头岭水库向下游补水。", ["龙头岭水库"]),
    ("泾河平镇桥断面达标。", ["泾河平镇桥断面"]),
    ("黄河干流山东段水质为Ⅱ类，嘉陵江（甘肃段）流域治理见效。", ["黄河干流山东段", "嘉陵江（甘肃段）流域"]),
    ("长江上游的船舶，黄河中游的水土流失。", ["长江", "黄河"]),
    ("长江上游的船舶驶入长江。", ["长江上游", "长江"]),
    ("万家寨、三门峡等四座水库联合调度，干流水库蓄水。", []),
    ("泾河平镇桥断面和白石桥断面达标。", ["泾河平镇桥断面", "白石桥断面"]),
    ("中共河南省委派人来到西南湖北一线，时任浙江省委书记。", []),
    ("西北诸河和西南诸河水质为优。", ["西北诸河", "西南诸河"]),
    ("沿河群众守护母亲河，入河排污口、大江大河、江河湖库都要管好。", []),
    ("山水林田湖草沙是生命共同体，大型水库要科学调度。", []),
    ("上海、青海、浙江、黑龙江四省市参加。", []),
    ("长江证券、黄河路、长江经济带、黄河三角洲。", []),
    ("禁止在河段、河道、河湖岸线内堆放。", []),
]


def found(text: str, gazetteer: Gazetteer) -> list[tuple[str, str | None]]:
    doc = segment(Document("a.txt", text, ""))
    return [(m.text, m.name) for m in settle(waters.propose(doc, gazetteer=gazetteer, context=Context()))]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_forms(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    assert [form for form, _ in found(text, gazetteer)] == expected


def test_a_shared_head_is_completed(gazetteer: Gazetteer) -> None:
    assert found("泾河、渭河流域治理见效。", gazetteer) == [("泾河", "泾河流域"), ("渭河流域", None)]
    assert [name for _, name in found("长江、黄河等七大流域治理见效。", gazetteer)][:2] == ["长江流域", "黄河流域"]


def test_sections_of_one_river(gazetteer: Gazetteer) -> None:
    names = [name for _, name in found("泾河甲木桥、乙木桥2个国控考核断面达标。", gazetteer)]
    assert names == ["泾河甲木桥断面", "泾河乙木桥断面"]


def test_a_name_accepted_once_is_found_again(gazetteer: Gazetteer) -> None:
    forms = [form for form, _ in found("整治白石沟河。三年来白石沟河水清岸绿。", gazetteer)]
    assert forms == ["白石沟河", "白石沟河"]


def test_a_county_is_not_the_river_of_its_name() -> None:
    gazetteer = Gazetteer([Entry("甲省/丁河县", "Place", "AdministrativeDivision", "丁河县", short=("丁河",), level="county"),
                           Entry("WaterFeature:丁河", "WaterFeature", "River", "丁河")])
    assert found("丁河县发布通报，丁河在全省排名第一。", gazetteer) == []
    assert [form for form, _ in found("丁河流域和丁河干流水质达标。", gazetteer)] == ["丁河流域", "丁河"]


@pytest.mark.parametrize("text", ["河" * 30_000, "长江、" * 15_000, "泾河" * 15_000, "甲河流域" * 8_000])
def test_hostile_input_takes_linear_time(text: str, gazetteer: Gazetteer) -> None:
    found(text, gazetteer)
