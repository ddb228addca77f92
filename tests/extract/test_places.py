"""Places: sentence → forms, and what they are named."""

from __future__ import annotations

import pytest

from kg.extract.names import places
from kg.gazetteer import Gazetteer
from kg.model import Context, Document, Mention
from kg.text.segment import segment

G = Gazetteer.load()
NOWHERE = Context()
GUIZHOU = Context(place="贵州省", place_id="贵州省", chain=("贵州省",), year=2023)
DALIAN = Context(place="大连市", place_id="辽宁省/大连市", chain=("辽宁省", "大连市"), year=2023)


def mentions(text: str, context: Context = NOWHERE) -> list[Mention]:
    found: dict[tuple[int, int], Mention] = {}
    for mention in places.propose(segment(Document("a.txt", text, "")), gazetteer=G, context=context):
        found.setdefault((mention.start, mention.end), mention)
    longest = [m for m in found.values() if not any(o.start <= m.start and m.end <= o.end and o is not m for o in found.values())]
    return sorted(longest, key=lambda m: m.start)


@pytest.mark.parametrize(("text", "expected"), [
    ("湖南岳阳加快治理。", [("湖南岳阳", "岳阳市")]),
    ("江苏省盐城市大丰区的滩涂。", [("江苏省盐城市大丰区", "大丰区")]),
    ("云南大理洱源县右所镇建起湿地。", [("云南大理洱源县右所镇", "右所镇")]),
    ("浙江安吉余村的竹林。", [("浙江安吉余村", "余村")]),
    ("位于新疆塔里木盆地南缘。", [("新疆", "新疆维吾尔自治区"), ("塔里木盆地", "塔里木盆地")]),
    ("广东鼎湖山国家级自然保护区今年扩界。", [("广东鼎湖山国家级自然保护区", "广东鼎湖山国家级自然保护区")]),
    ("库布其、腾格里沙漠边缘。", [("库布其", "库布其沙漠"), ("腾格里沙漠", "腾格里沙漠")]),
    ("安徽南部和粤西地区降雨偏多。", [("安徽南部", None), ("粤西地区", None)]),
    ("名单如下：\n甘肃省山丹县白水滩国家沙化土地封禁保护区", [("甘肃省山丹县白水滩国家沙化土地封禁保护区", None)]),
    ("太原、大同、朔州三市完成任务。", [("太原", "太原市"), ("大同", "大同市"), ("朔州", "朔州市")]),
])
def test_places_that_stand_in_a_sentence(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(m.text, m.name) for m in mentions(text)] == expected


@pytest.mark.parametrize("text", [
    "坚持和平发展，推动合作共赢。",
    "动员村民参与，尊重村民意愿。",
    "促进山区林区发展，人均公园面积增加。",
    "全国市场监管工作会议召开，蔬菜市场供应充足。",
    "农村和乡镇生活污水得到治理。",
    "推进美丽乡村和特色小镇建设。",
    "建立国家级自然保护区和湿地公园。",
    "沿河县（市、区）应当落实河长制。",
    "国有林区和封山育林区禁止采伐。",
])
def test_ordinary_words_are_no_places(text: str) -> None:
    assert [m.text for m in mentions(text) if not m.deictic] == []


@pytest.mark.parametrize(("text", "expected"), [
    ("遵义县已撤销。全省推进治理，我省实现目标。", [("全省", "贵州省"), ("我省", "贵州省")]),
    ("省内的湖泊明显好转。", [("省内", "贵州省")]),
])
def test_words_that_point_to_the_context(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.text, m.name) for m in mentions(text, GUIZHOU) if m.deictic] == expected


def test_short_names_need_support() -> None:
    assert [m.text for m in mentions("东港的港口扩建。", DALIAN)] == []
    assert [m.text for m in mentions("长海县扩建港口，长海的岸线修复。", DALIAN)] == ["长海县", "长海"]
    assert [m.text for m in mentions("湖北监利的油菜花开了。")] == ["湖北监利"]
    assert [m.text for m in mentions("公安机关依法查处。")] == []


def test_same_names_are_told_apart_by_their_neighbours() -> None:
    first = mentions("吉林省长春市朝阳区和南关区先行试点。")
    assert [m.entry for m in first] == ["吉林省/长春市/朝阳区", "吉林省/长春市/南关区"]
    second = mentions("北京市海淀区、朝阳区率先启动。")
    assert second[-1].entry == "北京市/朝阳区"


def test_a_defined_short_name_stands_for_its_place() -> None:
    found = mentions("设立滇中生态绿色一体化发展示范区（以下简称示范区）。示范区先行启动区由三县组成，先行启动区已挂牌。")
    assert [(m.text, m.name) for m in found][-2:] == [
        ("示范区先行启动区", "滇中生态绿色一体化发展示范区先行启动区"), ("先行启动区", "滇中生态绿色一体化发展示范区先行启动区")]


def test_a_protected_area_named_again_without_its_kind() -> None:
    found = mentions("名单：湖北荆门仙居河国家湿地公园。湖北荆门仙居河通过验收。")
    assert {m.name or m.text for m in found} == {"湖北荆门仙居河国家湿地公园"}


def test_the_place_that_the_title_of_a_regulation_names() -> None:
    found = mentions("烟台市白石岛生态环境保护条例\n第一条 为了保护白石岛，制定本条例。\n第二条 白石岛街道办事处负责日常工作。")
    assert [m.start for m in found if m.text == "白石岛"] == [3, 23]
    assert [m.text for m in mentions("河南省重要湿地保护条例\n第一条 为了保护重要湿地，制定本条例。") if m.rule == "titled"] == []
