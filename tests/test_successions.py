"""Former local bodies and those that took their place."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.departments import Departments
from kg.gazetteer import Gazetteer
from kg.successions import Succession, succession
from kg.tables import rows

GAZETTEER = Gazetteer.load()
SPECS = Path(__file__).parent / "specs" / "successions.tsv"
CASES = [tuple(row) for row in csv.reader(SPECS.read_text(encoding="utf-8").splitlines()[2:], delimiter="\t")]


@pytest.mark.parametrize(("name", "last", "successor", "first"), CASES)
def test_what_followed_a_body(name: str, last: str, successor: str, first: str) -> None:
    found = succession(name, gazetteer=GAZETTEER)
    if not successor:
        assert found is None
    else:
        assert found is not None
        assert (found.last, found.successors[0], found.first) == (int(last), successor, int(first))


def test_bodies_of_the_table_are_written_in_full_and_end_before_their_successor() -> None:
    known = Departments.load()
    for body, levels, where, last, successors, first in rows("kg_gazetteer", "successions.tsv"):
        assert set(levels.split("|")) <= {"province", "municipality", "prefecture", "county", "district"}
        assert set(filter(None, where.split("|"))) <= GAZETTEER.division_names
        assert 0 <= int(last) - int(first) <= 1
        for name in (body, *successors.split("|")):
            short = name.removeprefix("{above}")
            later_a_short_name = short in ("交通厅", "交通局", "交通委员会")
            assert "{place}" in name or later_a_short_name or known.full_name(short, "甲市")[0] == f"甲市{short}"


def test_a_chain_of_reforms_comes_to_an_end() -> None:
    for body, levels, *_ in rows("kg_gazetteer", "successions.tsv"):
        for level in levels.split("|"):
            place = {"province": "甘肃省", "municipality": "天津市", "prefecture": "兰州市", "county": "静宁县", "district": "天津市武清区"}[level]
            name, steps = place + body, 0
            while (found := succession(name, gazetteer=GAZETTEER)) is not None and steps < 9:
                name, steps = found.successors[0], steps + 1
            assert steps < 9, body


def test_the_years_of_a_body_follow_its_division() -> None:
    assert succession("华亭县财政局", gazetteer=GAZETTEER) == Succession(2017, ("华亭市财政局",), 2018)
    assert succession("鼓楼区财政局", gazetteer=GAZETTEER) is None
