"""Sentences, sections and the folded copy."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.text.segment import fold, segment, sentences


def doc_of(text: str):
    return segment(Document("a", text, ""))


@pytest.mark.parametrize(("text", "expected"), [
    ("水质好转。空气改善！", ["水质好转。", "空气改善！"]),
    ("浓度为3.5微克。PM2.5达标；", ["浓度为3.5微克。", "PM2.5达标；"]),
    ("1.关于治水。2.关于治气。", ["1.关于治水。", "2.关于治气。"]),
    ("他说：“水变清了。”大家都笑了。", ["他说：“水变清了。”", "大家都笑了。"]),
    ("“绿水青山！”的理念深入人心。", ["“绿水青山！”的理念深入人心。"]),
    ("落实《河湖条例。释义》要求。", ["落实《河湖条例。释义》要求。"]),
    ("治理河流（含支流；水库）三条。", ["治理河流（含支流；水库）三条。"]),
    ("一、目标\n水质好转", ["一、目标", "水质好转"]),
    ("水清了……岸绿了。", ["水清了……", "岸绿了。"]),
    ("大气、水……等领域。", ["大气、水……等领域。"]),
    ("Water improved. Dr. Li agreed. PM2.5 fell.", ["Water improved.", "Dr. Li agreed.", "PM2.5 fell."]),
    ("三、主要措施(一)强化学习。(二)治水。", ["三、主要措施", "(一)强化学习。", "(二)治水。"]),
    ("今年以来，水质改善。截至目前，全市治理河流，新增\n湿地三处。", ["今年以来，水质改善。",
    "截至目前，全市治理河流，新增\n湿地三处。"]),
    ("有关单位，\n请落实。", ["有关单位，\n请落实。"]),
    ("水质好转。\n\n  空气改善。\n", ["水质好转。", "空气改善。"]),
    ("", []), ("\n \n", []),
])
def test_sentences(text: str, expected: list[str]) -> None:
    doc = doc_of(text)
    assert [text[s.start:s.end] for s in sentences(doc)] == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("前言。\n一、任务\n（一）治水\n1.清淤。\n2、截污。\n（二）治气。\n二、保障\n落实。", ["", "一", "一/（一）", "一/（一）/1",
    "一/（一）/2", "一/（二）", "二", "二"]),
    ("第一章 总则\n第一条 为了治水。\n（一）干流；\n（二）支流。\n第二章 附则\n第二条 自公布之日起施行。",
     ["第一章", "第一章/第一条", "第一章/第一条/（一）", "第一章/第一条/（二）", "第二章", "第二章/第二条"]),
    ("一、任务\n一是治水。二是治气。\n各地要落实。", ["一", "一/一是", "一/二是", "一"]),
    ("(一)治水。(1)清淤。①备料。", ["（一）", "（一）/（1）", "（一）/（1）/①"]),
    ("附件1：清单\n一、治水\n附件2\n一、治气", ["附件1", "附件1/一", "附件2", "附件2/一"]),
    ("2024年，水质好转。\n3.5万亩湿地得到保护。\n第一条河治理完成。", ["", "", ""]),
    ("1 概况\n1.1 自然条件\n水多。\n2 目标", ["1", "1/1.1", "1/1.1", "2"]),
])
def test_sections(text: str, expected: list[str]) -> None:
    doc = doc_of(text)
    assert [s.section for s in sentences(doc)] == expected
    assert len(doc.user_data["sections"]) == len(list(doc.sents))


@pytest.mark.parametrize(("text", "folded"), [
    ("１２％（ＰＭ２．５）", "12%(PM2.5)"), ("：；，！？", ":;,!?"), ("。、《》“”—", "。、《》“”—"), ("①２０２４年", "①2024年"),
    ("Ⅲ类、㎡、½", "Ⅲ类、㎡、½"), ("水\u3000质\xa0好", "水 质 好"), ("⽔质", "水质"), ("臺灣水庫", "台湾水库"), ("著名的乾隆",
    "著名的乾隆"),
])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=400))
def test_segmenting_keeps_every_character(text: str) -> None:
    doc = doc_of(text)
    assert doc.text == text
    assert len(doc.user_data["folded"]) == len(text)
    found = sentences(doc)
    assert "".join("".join(text[s.start:s.end].split()) for s in found) == "".join(text.split())
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(text[s.start:s.end] == text[s.start:s.end].strip() for s in found)


PIECES = st.lists(st.sampled_from(["一、", "（一）", "。", "；", "”", "“", "《", "》", "\n", "　", "水质", "3.5", ".", "…", "(", ")",
"，", "臺", "A"]), max_size=80)


@given(PIECES.map("".join))
def test_segmenting_official_prose_keeps_every_character(text: str) -> None:
    doc = doc_of(text)
    assert doc.text == text
    assert len(doc.user_data["sections"]) == len(list(doc.sents))


@pytest.mark.parametrize("piece", ["《", "“", "（", "。", "\n", "， \n", " ", "一、", "三、主要", "a. B", "1.1.", "第一", "(1",
"水质好转；"])
def test_no_hostile_text_takes_quadratic_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        start = time.process_time()
        segment(Document("a", text, ""))
        return time.process_time() - start

    seconds(1_000)
    assert seconds(80_000) < 40 * max(seconds(8_000), 0.02)
