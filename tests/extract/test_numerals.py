"""Numerals: a table of cases, and Chinese numerals written and read back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.values import numerals

SPECS = Path(__file__).parent.parent / "specs" / "numerals.tsv"
DIGITS = "零一二三四五六七八九"


def rows() -> list[tuple[str, str]]:
    lines = [line for line in SPECS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(row["input"], row["value"]) for row in csv.DictReader(lines, delimiter="\t")]


def written(number: int) -> str:
    """A whole number below 10¹⁶ in Chinese characters (10203 → 一万零二百零三)."""
    if number == 0:
        return "零"
    for place, mark in ((100_000_000, "亿"), (10_000, "万")):
        if number >= place:
            high, low = divmod(number, place)
            gap = "零" if low and low < place // 10 else ""
            return written(high) + mark + gap + (written(low) if low else "")
    text, gap = "", False
    for place, mark in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + mark
            gap = False
        elif text:
            gap = True
    return text


@pytest.mark.parametrize(("text", "value"), rows())
def test_table(text: str, value: str) -> None:
    assert numerals.value_of(text) == (None if value == "-" else pytest.approx(float(value)))


@given(st.integers(min_value=0, max_value=10**15))
def test_a_chinese_numeral_reads_back(number: int) -> None:
    assert numerals.value_of(written(number)) == number


@given(st.integers(min_value=0, max_value=10**7), st.sampled_from(["", "万", "亿"]))
def test_an_arabic_numeral_reads_back(number: int, scale: str) -> None:
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert numerals.value_of(f"{number}{scale}") == number * factor
    assert numerals.value_of(f"{number:,}{scale}") == number * factor


@given(st.decimals(min_value=0, max_value=100_000, places=2))
def test_a_decimal_reads_back(number: object) -> None:
    assert numerals.value_of(f"{number}") == pytest.approx(float(str(number)))


@given(st.text(alphabet="零一二两三十百千万亿点多余0123456789.,", max_size=12))
def test_any_string_of_numeral_characters_is_read_or_refused(text: str) -> None:
    value = numerals.value_of(text)
    assert value is None or value >= 0
