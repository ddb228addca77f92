"""Times: a table of phrases of a document of 2024, and what they mean without a year."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.values.times import find_times, last_day
from kg.text.segment import fold

SPECS = Path(__file__).parent.parent / "specs" / "times.tsv"


def rows() -> list[list[str]]:
    lines = [line for line in SPECS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return list(csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("text", "period", "deadline"), rows())
def test_table(text: str, period: str, deadline: str) -> None:
    found = find_times(fold(text), 2024)
    if period == "-":
        assert not found
    elif period in ("~", "!"):
        assert [(t.vague, t.baseline) for t in found] == [(period == "~", period == "!")]
    else:
        assert [(t.period, t.deadline or "", t.baseline) for t in found] == [(period, deadline, False)]


def test_relative_times_need_the_year_of_the_document() -> None:
    assert [t for t in find_times("今年以来,10月底前,近三年,目前", None) if not t.vague] == []
    assert [t.period for t in find_times("2019年,“十三五”期间", None)] == ["2019", "2016/2020"]


@given(st.integers(min_value=1950, max_value=2090))
def test_a_year_reads_back(year: int) -> None:
    assert [t.period for t in find_times(f"{year}年", None)] == [str(year)]


@given(st.integers(min_value=1950, max_value=2090), st.integers(min_value=1, max_value=12))
def test_a_deadline_is_the_last_day_of_its_month(year: int, month: int) -> None:
    found = find_times(f"{year}年{month}月底前", None)
    assert [t.deadline for t in found] == [last_day(year, month)]
    assert last_day(year, month)[8:] in ("28", "29", "30", "31")
