"""Amounts (numbers with units) as a table of cases; indicator values as sentences with the rows they give."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from kg.extract.values.amounts import find_amounts
from kg.extract.values.quantities import find_values, keep_distinct
from kg.model import Context, Document, IndicatorValue
from kg.text.segment import fold, segment

SPECS = Path(__file__).parent.parent / "specs"


def rows(name: str) -> list[list[str]]:
    lines = [line for line in (SPECS / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


def values(text: str, year: int | None = 2024, title: str | None = None) -> tuple[IndicatorValue, ...]:
    doc = segment(Document("a.txt", text, "", title=title))
    return find_values(doc, mentions=(), context=Context(place="甲市", year=year))


def number(value: float) -> str:
    return f"{value:.10g}" if value < 1e10 else str(int(value))


@pytest.mark.parametrize(("text", "expected"), rows("quantities.tsv"))
def test_amounts(text: str, expected: str) -> None:
    found = [f"{number(a.value)}{'' if a.upper is None else '..' + number(a.upper)} {a.unit} {a.operator}"
             for a in find_amounts(fold(text))]
    assert " | ".join(found) == ("" if expected == "-" else expected)


@pytest.mark.parametrize(("text", "expected"), rows("values.tsv"))
def test_values(text: str, expected: str) -> None:
    found = [f"{v.indicator} {number(v.value) if v.value >= 0 else '-' + number(-v.value)} {v.unit} {v.kind} {v.period or '-'}"
             for v in values(text)]
    assert " | ".join(found) == ("" if expected == "-" else expected)


def test_offsets_give_the_literal_strings() -> None:
    text = "截至目前，全市建成污水处理设施３４座，其中乡镇２１座。"
    for value in values(text):
        assert text[value.number_start:value.number_end] == value.as_written
        assert value.start <= value.number_start < value.number_end <= value.end


def test_a_fall_between_two_bounds_keeps_them_in_order() -> None:
    (value,) = values("全市能耗强度下降10%—20%。")
    assert (value.value, value.upper, value.kind) == (-20, -10, "change")


def test_a_plan_sets_targets_and_its_title_gives_their_period() -> None:
    found = values("甲市“十四五”水利规划\n全市新建水库12座。", 2023, "甲市“十四五”水利规划")
    assert [(v.kind, v.period, v.modality) for v in found] == [("target", "2021/2025", "planned")]


def test_headline_and_body_give_one_value() -> None:
    found = values("今年治理河道186公里\n\n今年以来，全市累计治理河道186公里。")
    assert len(found) == 1


def test_penalties_and_conditions_of_a_law_are_no_values() -> None:
    text = "甲市河湖保护条例\n第三十条 违反本条例的，处五万元以上十万元以下罚款。\n第三十一条 有下列情形之一的，三十日内改正。"
    assert values(text, 2020, "甲市河湖保护条例") == ()


def test_a_law_tells_how_large_what_it_protects_is() -> None:
    text = ("甲市白石岭自然保护区条例\n第二条 保护区总面积68.4平方公里，其中核心区面积20.1平方公里。\n"
            "第九条 面积为5公顷的湿地改变用途的，应当备案。")
    found = values(text, 2020, "甲市白石岭自然保护区条例")
    assert [(v.indicator, v.value, v.kind, v.period) for v in found] == [
        ("保护区总面积", 68.4, "result", None), ("核心区面积", 20.1, "result", None)]


def test_years_of_growth_are_no_period_of_a_law() -> None:
    text = ("甲省林木管理办法\n第三条 人工更新的，当年成活率应当不低于80%。\n第四条 每人每年义务植树不少于三棵。\n"
            "第五条 建设形成功能完善、湿地率不低于百分之五十的组团。")
    found = values(text, 2011, "甲省林木管理办法")
    assert [(v.value, v.unit, v.kind, v.period) for v in found] == [
        (80, "%", "target", None), (3, "棵", "target", None), (50, "%", "target", None)]


def test_modality() -> None:
    done, required = values("全市已完成治理面积30公顷。全市湿地保护率必须达到55%。")
    assert (done.modality, required.modality) == ("done", "required")


@pytest.mark.parametrize("text", ["1" * 50_000, "一" * 50_000, "1,234" * 20_000, "5-" * 30_000, "一至" * 20_000, "百分之" * 20_000,
                                  "分别为1、" * 10_000, "“" * 30_000, "(" * 20_000, "其中" * 20_000, "以来" * 20_000, "1/" * 20_000,
                                  "较比与" * 10_000 + "上升5%", "达到为是" * 10_000 + "5%", "完成建设" * 10_000 + "5个"])
def test_hostile_input_takes_linear_time(text: str) -> None:
    start = time.perf_counter()
    values(text)
    assert time.perf_counter() - start < 20


def test_the_headline_tells_the_number_of_the_body_in_other_words() -> None:
    found = values("近9000万元护住水源地\n截至目前，全市已累计投入近9000万元资金。\n")
    assert [(v.indicator, v.value) for v in found] == [("投入资金", 9e7)]


def test_a_small_number_of_the_headline_is_not_that_of_the_body() -> None:
    found = values("全市建成水库3座\n全市修建泵站3座。\n")
    assert [(v.indicator, v.value) for v in found] == [("建成水库", 3), ("修建泵站", 3)]


def test_those_who_share_a_run_of_years_each_have_a_value() -> None:
    found = values("甲河水质连续4年、乙河水质连续2年稳定达标。")
    assert [(v.value, v.unit) for v in found] == [(4, "年"), (2, "年")]


def test_what_each_one_owes_by_law() -> None:
    text = "甲省绿化条例\n第三条 每户每年应当栽种苗木不少于五株。\n第四条 每毁坏一株的，补种三株。\n"
    assert [(v.value, v.unit, v.kind) for v in values(text, 2020, "甲省绿化条例")] == [(5, "株", "target")]


def test_a_table_of_one_number_takes_linear_time() -> None:
    def seconds(size: int) -> float:
        table = [IndicatorValue(chr(0x4e00 + n) * 6, "result", "=", 500.0, "亩", n, n + 1, n, n + 1, "500亩") for n in range(size)]
        start = time.process_time()
        assert len(keep_distinct(table)) == size
        return time.process_time() - start
    seconds(100)
    assert seconds(4000) < 20 * seconds(500)
