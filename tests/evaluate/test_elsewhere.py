"""The annotations of documents whose texts stay outside the project, held against those texts where they are at hand."""

import importlib.util
import json
from pathlib import Path

import pytest

from kg.evaluate.matching import fold

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FILES = sorted((ROOT / "seeds" / "gold" / "elsewhere").rglob("*.json"))


def _text_of():
    spec = importlib.util.spec_from_file_location("elsewhere", ROOT / "benchmarks" / "elsewhere.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.text_of


def test_no_sentence_of_another_text_is_kept():
    assert FILES
    for path in FILES:
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert not any("evidence" in row for key in ("relations", "indicator_values") for row in gold[key])


@pytest.mark.skipif(not (SHARED / "corpus").exists(), reason="the texts are not beside this checkout")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_annotations_stand_in_their_texts(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = _text_of()(SHARED, gold)
    body = fold(text)
    for entity in gold["entities"]:
        assert all(fold(form) in body for form in entity["forms"])
    for key in ("relations", "indicator_values"):
        assert all(0 <= row["start"] < row["end"] <= len(text) for row in gold[key])
