"""Modality of the verb between the bars of a clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.modality import FALSE_FRIENDS, MARKERS, modality_at, modality_of
from kg.model import MODALITIES

CASES = [
    ("沿河各县不得|批准|围垦项目", "prohibited"),
    ("禁止在一级保护区内|建设|码头", "prohibited"),
    ("严禁违规|审批|", "prohibited"),
    ("该镇尚未|完成|管网改造", "negated"),
    ("县里没有|落实|河长制", "negated"),
    ("企业未|执行|排污许可制度", "negated"),
    ("市政府应当|编制|岸线规划", "required"),
    ("各部门要持续|推进|清河行动", "required"),
    ("县级水务部门必须定期|检查|取水口", "required"),
    ("省里拟|印发|实施意见", "planned"),
    ("该市将全面|实施|雨污分流工程", "planned"),
    ("明年计划|建设|两座湿地", "planned"),
    ("两县正在|推进|联防联控", "ongoing"),
    ("全市不断|完善|制度", "done"),
    ("全市持续|开展|巡河", "ongoing"),
    ("市林业局已|完成|造林", "done"),
    ("市水务局|印发|方案", "done"),
    ("省厅把三县|纳入|试点", "done"),
    ("省厅将三县|纳入|试点", "done"),
    ("主要河流|实施|禁渔", "done"),
    ("未来五年|建设|湿地", "done"),
    ("应急管理局|制定|预案", "done"),
    ("经省政府批准,不得擅自|调整|规划", "prohibited"),
]


@pytest.mark.parametrize(("clause", "expected"), CASES)
def test_modality(clause: str, expected: str) -> None:
    before, verb, after = clause.split("|")
    start = before.rfind(",") + 1
    assert modality_at(before + verb + after, start, len(before)) == expected


def test_a_marker_of_another_clause_does_not_count() -> None:
    text = "不得拖延,市政府印发方案"
    assert modality_at(text, 5, text.index("印发")) == "done"


def test_markers_are_of_the_model() -> None:
    assert {name for name, _ in MARKERS} == set(MODALITIES)
    assert FALSE_FRIENDS.search("不断")


@given(st.text(alphabet="不得未应当将正在已要完成甲乙,", max_size=60), st.integers(0, 70), st.integers(0, 70))
def test_any_offsets_give_a_modality(text: str, start: int, trigger: int) -> None:
    assert modality_at(text, start, trigger) in MODALITIES


SCOPE = [
    ("全省要统筹水资源|,|推进|清河行动", "required"),
    ("市政府应当保护湖岸,加强巡查|,加快|推进|清河行动", "required"),
    ("该市将修复湿地|,深入|实施|清河行动", "planned"),
    ("按照要求,为此|,|印发|方案", "done"),
    ("该市将湿地修复了|,|实施|清河行动", "done"),
    ("该市要保护湖岸|,正在|推进|清河行动", "ongoing"),
    ("该市要保护湖岸|,不得|批准|围垦", "prohibited"),
    ("该市要保护湖岸|,无法|完成|清河行动", "negated"),
    ("|无需|编制|规划", "negated"),
    ("|不能|完成|围垦", "negated"),
    ("省水利厅|建议|制定|条例", "planned"),
    ("按照代表建议|,|制定|条例", "done"),
]


@pytest.mark.parametrize(("clause", "expected"), SCOPE)
def test_an_obligation_or_a_plan_holds_for_the_clauses_after_it(clause: str, expected: str) -> None:
    before, words, verb, _ = clause.split("|")
    text = before + words + verb
    own = text.rfind(",") + 1
    spans, end = [(own, len(text) - len(verb))], own - 1
    while end > 0:
        start = text.rfind(",", 0, end) + 1
        spans.append((start, end))
        end = start - 1
    assert modality_of(text, spans) == expected


def test_what_a_plan_says_without_a_marker_is_demanded() -> None:
    assert modality_of("推进清河行动", [(0, 0)], demanded=True) == "required"
    assert modality_of("先后推进清河行动", [(0, 2)], demanded=True) == "done"
