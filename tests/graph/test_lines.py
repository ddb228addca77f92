"""Literals are canonical, whatever goes in."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.lines import days_of, decimal, plain_number, string

HOSTILE = ['"引号"', "换\n行\r\t", "反斜\\杠", "<script>alert(1)</script>", "\u202e反写", "\u0000\u0007\u007f\u0085\u2028", "\ufeff", "𠀀"]


def read(literal: str) -> ox.Literal:
    line = f"<x:s> <x:p> {literal} ."
    return next(iter(ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES))).object  # type: ignore[return-value]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_strings_come_back(text: str) -> None:
    assert read(string(text)).value == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_any_string_comes_back_and_the_store_keeps_it_as_written(text: str) -> None:
    literal = string(text)
    assert "\n" not in literal
    assert read(literal).value == text
    assert str(read(literal)) == literal


def test_lone_surrogates_become_replacement_characters() -> None:
    assert string("水\ud800") == '"水\ufffd"'


@given(st.floats(min_value=-1e15, max_value=1e15))
def test_decimals_are_what_the_store_would_write(number: float) -> None:
    if number and abs(number) < 1e-3:
        return
    store = ox.Store()
    store.load(f"<x:s> <x:p> {decimal(number)} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    assert str(next(iter(store)).object) == decimal(number)


@pytest.mark.parametrize(("number", "text"), [(87.20, "87.2"), (34.0, "34"), (4.0573e8, "405730000"), (0.1 + 0.2, "0.3"), (-0.0, "0"),
                                              (1e21, "1" + "0" * 21), (-8.8, "-8.8"), (100.0, "100")])
def test_plain_numbers(number: float, text: str) -> None:
    assert plain_number(number) == text


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match=r"finite|convert"):
        plain_number(number)


@pytest.mark.parametrize(("period", "first", "last", "kind"), [
    ("2024", "2024-01-01", "2024-12-31", "yearPeriod"), ("2021/2025", "2021-01-01", "2025-12-31", "rangePeriod"),
    ("2023-02", "2023-02-01", "2023-02-28", "monthPeriod"), ("2026-12-31", "2026-12-31", "2026-12-31", "dayPeriod")])
def test_periods(period: str, first: str, last: str, kind: str) -> None:
    begin, end, found = days_of(period)
    assert (begin.isoformat(), end.isoformat(), found) == (first, last, kind)


@pytest.mark.parametrize("period", ["2024-13", "2024-02-30", "2025/2021", "今年", "0000", "24", "2024-00"])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        days_of(period)
