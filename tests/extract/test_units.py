"""The tables of units, indicators and pollutants, held against each other and against folding."""

from __future__ import annotations

import re

import pytest

from kg.extract.values import wording
from kg.extract.values.units import PER, RANKS, per, unit_pattern, units
from kg.tables import rows
from kg.text.segment import fold

DIMENSIONS = {"ratio", "points", "money", "concentration", "level", "length", "area", "volume", "flow", "speed", "mass", "capacity",
              "power", "energy", "voltage", "temperature", "price", "intensity", "count", "class", "grade", "division", "days", "years",
              "score"}
CLASSES = {"measure", "constant", "investment", "link", "lead", "split", "up", "down", "pure", "growth", "decline", "predicate",
           "adverbial", "closing", "countable", "rate", "generic", "abstract", "person", "concrete", "verb", "kept", "finish"}


def test_units_are_written_as_in_folded_text() -> None:
    assert [w for w in units() if fold(w) != w] == []


def test_units_have_a_known_dimension_and_a_positive_factor() -> None:
    assert {u.dimension for u in units().values()} == DIMENSIONS
    assert all(u.factor > 0 and u.unit for u in units().values())


def test_each_unit_is_written_once() -> None:
    written = [row[0] for row in rows("kg_gazetteer", "units.tsv")]
    assert len(written) == len(set(written))


@pytest.mark.parametrize("written", sorted(set(units()) - set(RANKS)))
def test_each_unit_is_found_whole(written: str) -> None:
    match = re.compile(unit_pattern()).match("万" + written, 1)
    assert match is not None
    assert match[0] == written


@pytest.mark.parametrize(("text", "found"), [("3部门", ""), ("3部法规", "部"),
                                             ("2次生灾害", ""), ("2次检查", "次"), ("5方面", ""), ("5方", "方"),
                                             ("8户籍", ""),
                                             ("8户", "户"), ("6条例", ""), ("6条河", "条"), ("4个月", ""), ("4个项目", "个"),
                                             ("9t/d", "t/d"),
                                             ("9tons", ""), ("9人大", ""), ("9人", "人"), ("7座谈", ""), ("7座水库", "座")])
def test_a_counter_is_not_the_beginning_of_another_word(text: str, found: str) -> None:
    match = re.match(r"\d(" + unit_pattern() + ")?", text)
    assert match is not None
    assert (match[1] or "") == found


def test_divisors() -> None:
    assert {per("CNY", d) for d in PER} == {"CNY/s", "CNY/h", "CNY/d", "CNY", "CNY/m³", "CNY/t", "CNY/亩", "CNY/L", "CNY/ha", "CNY/m²",
                                            "CNY/km²", "CNY/kg", "CNY/km"}


def test_words_of_the_indicator_table_have_a_known_class() -> None:
    assert {row[1] for row in rows("kg_gazetteer", "indicators.tsv")} == CLASSES
    assert all(wording.words(c) for c in CLASSES)


def test_pollutants_have_a_medium_and_a_unit_of_the_unit_table() -> None:
    pollutants = rows("kg_gazetteer", "pollutants.tsv")
    assert {row[2] for row in pollutants} == {"air", "water", "soil"}
    assert {row[3] for row in pollutants} - {""} <= {u.unit for u in units().values()}
    names = [name for row in pollutants for name in (row[0], *row[1].split("|")) if name]
    assert len(names) == len(set(names))
