"""What holds for the project as a whole: its samples, their annotation, its habits."""

import json
import subprocess
from pathlib import Path

import pytest

from kg.evaluate.matching import fold
from kg.model import ENTITY_TYPES, PREDICATES
from kg.text.load import load

ROOT = Path(__file__).parents[1]
GOLD = sorted((ROOT / "seeds" / "gold").glob("*.json"))
SAMPLES = sorted(p for p in (ROOT / "seeds" / "documents").iterdir() if p.is_file())
LONGEST_MODULE = 450


@pytest.fixture(scope="module")
def texts():
    return {p.name: load(p, p.name).text for p in SAMPLES}


def test_the_samples_are_ten_or_more_in_five_formats(texts):
    assert len(SAMPLES) >= 10
    assert {p.suffix for p in SAMPLES} >= {".txt", ".md", ".html", ".pdf", ".docx"}
    assert sum(len(t) for t in texts.values()) >= 12_000


def test_each_sample_names_its_source(texts):
    for name, text in texts.items():
        assert "资料来源：《" in text or "取自《" in text, name


def test_each_sample_is_annotated():
    assert {json.loads(p.read_text(encoding="utf-8"))["document"] for p in GOLD} == {p.name for p in SAMPLES}


@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_annotations_stand_in_their_texts(path, texts):
    gold = json.loads(path.read_text(encoding="utf-8"))
    body = fold(texts[gold["document"]])
    ids = {e["id"] for e in gold["entities"]}
    assert len(ids) == len(gold["entities"])
    for entity in gold["entities"]:
        assert entity["type"] in ENTITY_TYPES
        for form in entity["forms"]:
            assert fold(form) in body, form
    for relation in gold["relations"]:
        assert relation["predicate"] in PREDICATES
        assert {relation["subject"], relation["object"]} <= ids
    for row in [*gold["relations"], *gold["indicator_values"]]:
        assert fold(row["evidence"]) in body, row["evidence"]


def test_modules_stay_small():
    crowded = {str(p.relative_to(ROOT)): n for p in (ROOT / "kg").rglob("*.py")
               if (n := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE}
    assert not crowded


def test_tracked_files_name_no_path_of_a_machine():
    run = subprocess.run(["git", "grep", "-nIE", r"/(home|Users|root|tmp)/[a-z]", "--", ".", ":!tests/test_project.py", ":!*.tsv"],
                         cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        pytest.skip("not a git checkout")
    assert run.stdout == ""
