"""Annotations that name the text they are about."""

import gzip
import hashlib
import json

import pytest

from kg import api
from kg.errors import InputError
from kg.evaluate.texts import text_of

TEXT = "湖北省水利厅印发《清江治理方案》。\n2024年，长阳县治理河道12公里。"


def _gold(**changes):
    return {"document": "a.txt", "text": "texts/a.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
            "entities": [{"id": "e1", "type": "Agency", "name": "湖北省水利厅", "forms": ["湖北省水利厅"], "at": [[0, 6]]},
                         {"id": "e2", "type": "Programme", "name": "清江治理方案", "forms": ["清江治理方案"], "at": [[9, 15]]}],
            "relations": [{"subject": "e1", "predicate": "issues", "object": "e2", "start": 0, "end": 16}],
            "indicator_values": [], **changes}


def _written(folder, **changes):
    (folder / "gold").mkdir()
    (folder / "gold" / "a.txt.json").write_text(json.dumps(_gold(**changes)), encoding="utf-8")
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder / "gold"


def test_the_text_is_read_and_the_sentences_filled_in(tmp_path):
    evaluation = api.evaluate(_written(tmp_path), tmp_path)
    assert evaluation.strict["relations"].f1 == 1.0
    nowhere = {"id": "e9", "type": "Agency", "name": "长阳县", "forms": ["长阳县"], "at": [[24, 27]]}
    again = tmp_path / "again"
    again.mkdir()
    errors = api.evaluate(_written(again, entities=[*_gold()["entities"], nowhere]), again).errors()
    assert ("missed", "Agency 长阳县", "2024年，长阳县治理河道12公里。") in {(e.outcome, e.row, e.sentence) for e in errors}


def test_another_text_is_refused_by_name(tmp_path):
    gold = _written(tmp_path)
    (tmp_path / "texts" / "a.txt").write_text(TEXT + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"texts/a\.txt: this is not the text that was annotated"):
        api.evaluate(gold, tmp_path)
    (tmp_path / "texts" / "a.txt").unlink()
    with pytest.raises(InputError, match=r"Give the folder that holds texts/a\.txt"):
        api.evaluate(gold, tmp_path)


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_a_row_of_a_table_is_a_text(tmp_path, name):
    line = json.dumps({"id": "law-1", "text": TEXT}) + "\n"
    (tmp_path / name).write_bytes(gzip.compress(line.encode()) if name.endswith("gz") else line.encode())
    assert text_of(_gold(text=f"{name}#law-1"), tmp_path) == TEXT
    with pytest.raises(InputError, match="no row law-2"):
        text_of(_gold(text=f"{name}#law-2"), tmp_path)


def test_an_annotated_file_that_cannot_be_read_is_named(tmp_path):
    row = {k: v for k, v in _gold(document="a.doc").items() if k not in ("text", "sha256")}
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "a.json").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.doc are not in it"):
        api.evaluate(tmp_path / "gold", tmp_path)
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(InputError, match=r"save it as \.docx"):
        api.evaluate(tmp_path / "gold", tmp_path)
