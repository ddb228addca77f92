"""Names by type: the cases of `specs/names.tsv`, found by the whole of the names layer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract.mentions import find_mentions
from kg.gazetteer import Gazetteer
from kg.model import Context, Document
from kg.text.segment import segment

G = Gazetteer.load()
LINES = (Path(__file__).parents[1] / "specs" / "names.tsv").read_text(encoding="utf-8").splitlines()
CASES = [line.split("\t") for line in LINES if line and not line.startswith(("#", "type\t"))]


def found(type_: str, text: str, place: str) -> list[str]:
    """Forms of a type in text order, each with =name where it has another name."""
    chain = tuple(place.split("/")) if place else ()
    context = Context(place=chain[-1], place_id=place, chain=chain) if chain else Context()
    mentions = find_mentions(segment(Document("a.txt", text, "")), gazetteer=G, context=context)
    return [m.text + (f"={m.name}" if m.name not in (None, m.text) else "") for m in mentions if m.type == type_ and not m.deictic]


@pytest.mark.parametrize(("type_", "text", "expected", "place"), [case[:4] for case in CASES])
def test_names_of_a_type(type_: str, text: str, expected: str, place: str) -> None:
    assert found(type_, text, place) == ([] if expected == "-" else expected.split("|"))


def test_the_table_has_its_columns_and_both_kinds_of_cases() -> None:
    assert all(len(case) == 5 for case in CASES)
    for type_, least in (("Agency", 60), ("Programme", 60), ("WaterFeature", 40), ("Project", 45), ("Place", 30)):
        rows = [case for case in CASES if case[0] == type_]
        assert len(rows) >= least
        assert 10 <= sum(case[2] == "-" for case in rows) <= len(rows) - 20
