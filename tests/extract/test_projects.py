"""Projects: sentence → mentions with their names."""

from __future__ import annotations

import pytest

from kg.extract.mentions import settle
from kg.extract.names import projects
from kg.extract.names.name_tables import alternatives, programme_heads, project_heads, words
from kg.gazetteer import Gazetteer
from kg.model import SUBTYPES, Context, Document
from kg.text.segment import segment

CASES = [
    ("基本建成了清河工业园区污水处理厂，启动兰州市东郊净水厂扩容提标改造。", ["清河工业园区污水处理厂", "兰州市东郊净水厂扩容提标改造"]),
    ("全省建成34座污水处理厂和一批重点项目，推进重大工程建设。", []),
    ("关于马鞍岭隧道建设问题，已有意见。", ["马鞍岭隧道"]),
    ("红岭水利枢纽和渭河灌区工程同日开工。", ["红岭水利枢纽", "渭河灌区工程"]),
    ("推进泾河、渭河防沙治沙综合治理项目。", ["泾河、渭河防沙治沙综合治理项目"]),
    ("实施渭河流域水环境综合治理，开展综合治理。", ["渭河流域水环境综合治理"]),
    ("完成华光发电公司4号、6号机组超低排放改造。", ["华光发电公司4号、6号机组超低排放改造"]),
    ("省里建立甘肃省绿色金融项目库。", ["甘肃省绿色金融项目库"]),
    ("骨干工程——环北部湾甲江水资源配置工程进展顺利。", ["环北部湾甲江水资源配置工程"]),
    ("深入实施百万亩造林工程和60万吨乙烯项目。", ["百万亩造林工程", "60万吨乙烯项目"]),
    ("甲乙高铁（河北段）完成架梁，与京广、京沪高铁连通。", ["甲乙高铁（河北段）", "京广", "京沪高铁"]),
    ("引江补汉工程进展顺利。", ["引江补汉工程"]),
    ("沿岸的响水河生态公园和响水河大闸建成。", ["响水河生态公园", "响水河大闸"]),
    ("优先考虑丹东电厂二期。", ["丹东电厂二期"]),
    ("位于清河县白石镇的卡甘滩堆场完成治理。", ["卡甘滩堆场"]),
    ("建设古贤、黑山峡等重大水利枢纽。", ["古贤", "黑山峡"]),
    ("建设单位应当对建设项目、水工程和生态工程负责。", []),
    ("两高项目盲目上马，工程师在工程技术学院学习。", []),
]


def found(text: str, gazetteer: Gazetteer) -> list[tuple[str, str | None]]:
    doc = segment(Document("a.txt", text, ""))
    return [(m.text, m.name) for m in settle(projects.propose(doc, gazetteer=gazetteer, context=Context()))]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_forms(text: str, expected: list[str], gazetteer: Gazetteer) -> None:
    assert [form for form, _ in found(text, gazetteer)] == expected


def test_members_of_a_closed_list_take_its_head(gazetteer: Gazetteer) -> None:
    open_list = found("持续推进兰州湿地扩容、敦煌遗迹保护等工程。", gazetteer)
    assert open_list == [("兰州湿地扩容", "兰州湿地扩容工程"), ("敦煌遗迹保护", "敦煌遗迹保护工程")]
    assert [name for _, name in found("实施兰州湿地扩容、敦煌遗迹保护等九大工程。", gazetteer)] == ["兰州湿地扩容", "敦煌遗迹保护"]


def test_lines_share_their_head(gazetteer: Gazetteer) -> None:
    assert ("京广", "京广高铁") in found("与京广、京沪高铁连通。", gazetteer)


def test_the_tables_are_sound() -> None:
    assert {h.subtype for h in programme_heads()} <= set(SUBTYPES["Programme"])
    assert {w.subtype for w in project_heads()} <= set(SUBTYPES["Project"])
    assert {w.anchor for w in project_heads()} <= {"name", "site", "water", "line", "free", "place"}
    assert "推进" in words("cut")
    assert alternatives("strategy").startswith("(?:")


@pytest.mark.parametrize("text", ["工程" * 20_000, "甲、" * 20_000 + "等工程", "长江" * 10_000 + "项目", "“" * 10_000 + "工程" * 5_000])
def test_hostile_input_takes_linear_time(text: str, gazetteer: Gazetteer) -> None:
    found(text, gazetteer)
