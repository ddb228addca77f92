"""Words that point: 我省, 全市, 我厅, 该局, 两部门."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from kg.gazetteer import Gazetteer
from kg.pipeline import extract
from kg.text.load import from_text

G = Gazetteer.load()
ROWS = [tuple(row) for row in csv.reader((Path(__file__).parents[1] / "specs" / "deixis.tsv").read_text(encoding="utf-8").splitlines()[2:],
                                         delimiter="\t", quoting=csv.QUOTE_NONE)]


@pytest.mark.parametrize(("title", "publisher", "text", "word", "names"), ROWS)
def test_what_a_word_points_to(title: str, publisher: str, text: str, word: str, names: str) -> None:
    whole = title + "\n" + text.replace("\\n", "\n")
    document = from_text(whole)
    found = extract(replace(document, publisher=publisher) if publisher else document, gazetteer=G)
    at = whole.rindex(word)
    inside = [i for i, m in enumerate(found.mentions) if at <= m.start and m.end <= at + len(word)]
    named = [e.name for i in inside for e in found.entities if i in e.mentions]
    assert "、".join(named) == names


def test_a_pointing_word_is_no_form() -> None:
    found = extract(from_text("水利部、财政部召开会议。两部门联合印发《河湖巡查办法》，我国水质好转，该部开展检查。"), gazetteer=G)
    assert {form for e in found.entities for form in e.forms} == {"水利部", "财政部", "河湖巡查办法"}
