"""The annotations of documents whose texts stay outside the project, held against those texts where they are at hand."""

import json
from pathlib import Path

import pytest

from kg.evaluate.matching import fold
from kg.evaluate.texts import text_of

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FILES = sorted((ROOT / "seeds" / "gold" / "elsewhere").rglob("*.json"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_places_stand_for_sentences(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert len(gold["sha256"]) == 64
    assert gold["group"]
    for key in ("relations", "indicator_values"):
        assert not any("evidence" in row for row in gold[key])
        assert all(0 <= row["start"] < row["end"] for row in gold[key])
    for entity in gold["entities"]:
        assert len(entity.get("at", [])) == len(entity["forms"])
        assert all(0 <= start < end for start, end in entity.get("at", []))


@pytest.mark.skipif(not (SHARED / "corpus").exists(), reason="the texts are not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_annotations_stand_in_their_texts(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = text_of(gold, SHARED)
    for entity in gold["entities"]:
        assert [fold(text[start:end]) for start, end in entity.get("at", [])] == [fold(form) for form in entity["forms"]]
    for key in ("relations", "indicator_values"):
        assert all(row["end"] <= len(text) for row in gold[key])
