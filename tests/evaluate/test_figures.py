"""The figures against hand-made cases, and against the reference scorer where it is at hand."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import LEVELS, evaluate, read_gold

GOLD = Path(__file__).parents[3] / "shared" / "gold"


def _document(**changes):
    row = {"about": "e1", "indicator": "优良天数比率", "kind": "result", "operator": "=", "value": 88.1, "unit": "%", "period": "2023"}
    return {"document": "a.txt",
            "entities": [{"id": "e1", "type": "Place", "name": "云南省", "forms": ["云南", "全滇"]},
                         {"id": "e2", "type": "Programme", "name": "云南省湖泊保护条例", "forms": ["湖泊保护条例"]}],
            "relations": [{"subject": "e1", "predicate": "implements", "object": "e2"}],
            "indicator_values": [row], **changes}


def test_equal_documents_score_one():
    figures = evaluate([_document()], {"a.txt": _document()})
    assert all(figures[level].f1 == 1.0 for level in LEVELS)


def test_a_missing_document_is_all_missed():
    figures = evaluate([_document()], {})
    assert [figures[level].fn for level in LEVELS] == [3, 2, 1, 1, 1]


@pytest.mark.parametrize(("change", "values", "full"), [
    ({"period": "2022"}, 1, 0),
    ({"kind": "target"}, 1, 0),
    ({"indicator": "空气质量优良天数比率"}, 1, 1),
    ({"about": None}, 1, 0),
    ({"value": 88.2}, 0, 0),
    ({"unit": "％"}, 1, 1),
])
def test_indicator_values_field_by_field(change, values, full):
    row = {**_document()["indicator_values"][0], **change}
    figures = evaluate([_document()], {"a.txt": _document(indicator_values=[row])})
    assert (figures["values"].tp, figures["indicator_values"].tp) == (values, full)


def test_optional_rows_are_neither_required_nor_wrong():
    gold = _document()
    gold["entities"] = [gold["entities"][0], {**gold["entities"][1], "optional": True}]
    figures = evaluate([gold], {"a.txt": _document(relations=[], indicator_values=[])})
    assert (figures["entities"].fp, figures["entities"].fn, figures["names"].fp) == (0, 0, 0)


def test_negated_and_implicit_relations_are_left_out():
    relations = [{"subject": "e2", "predicate": "covers", "object": "e1", "implicit": True},
                 {"subject": "e2", "predicate": "locatedIn", "object": "e1", "modality": "negated"}]
    figures = evaluate([_document()], {"a.txt": _document(relations=relations)})
    assert (figures["relations"].fp, figures["relations"].fn) == (0, 1)


def test_collaboration_has_no_direction():
    gold, found = _document(), _document()
    gold["relations"] = [{"subject": "e1", "predicate": "collaboratesWith", "object": "e2"}]
    found["relations"] = [{"subject": "e2", "predicate": "collaboratesWith", "object": "e1"}]
    assert evaluate([gold], {"a.txt": found})["relations"].f1 == 1.0


def test_a_folder_without_gold_is_named(tmp_path):
    with pytest.raises(InputError, match="no gold file"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.json"):
        read_gold(tmp_path)


@pytest.mark.skipif(not (GOLD / "score.py").exists(), reason="the reference scorer is not beside this checkout")
@pytest.mark.parametrize("seed", range(4))
def test_equals_the_reference_scorer(tmp_path, seed):
    """Gold documents with rows dropped, moved and changed at random score the same to the last digit."""
    rng = random.Random(seed)
    found = [_disturbed(json.loads(p.read_text(encoding="utf-8")), rng) for p in sorted((GOLD / "dev").glob("*.json"))]
    lines = tmp_path / "found.jsonl"
    lines.write_text("\n".join(json.dumps(d, ensure_ascii=False) for d in found), encoding="utf-8")
    run = subprocess.run([sys.executable, GOLD / "score.py", GOLD / "dev", lines, "--json"], capture_output=True, text=True, check=True)
    expected = json.loads(run.stdout)
    figures = evaluate(read_gold(GOLD / "dev"), {d["document"]: d for d in found})
    assert {k: figures[k].to_json() for k in expected} == expected
    assert all(figures[level].tp > 50 and figures[level].fp > 10 for level in LEVELS)


def _disturbed(document, rng):
    kept = {"document": document["document"]}
    for key in ("entities", "relations", "indicator_values"):
        kept[key] = [dict(row) for row in document[key] if rng.random() < 0.8]
        rng.shuffle(kept[key])
    for entity in kept["entities"]:
        if rng.random() < 0.2:
            entity["name"] += "某"
        if rng.random() < 0.1:
            entity["type"] = "Place"
        if rng.random() < 0.1:
            entity["forms"] = [form[:-1] or form for form in entity["forms"]]
    _disturb_relations(kept["relations"], [e["id"] for e in document["entities"]], rng)
    for value in kept["indicator_values"]:
        if rng.random() < 0.3:
            value[rng.choice(["period", "kind"])] = rng.choice(["2020", "target", "result"])
        if rng.random() < 0.2:
            value["indicator"] = rng.choice(["总" + value["indicator"], "其他数量"])
        if rng.random() < 0.2:
            value[rng.choice(["operator", "upper", "about", "unit"])] = None
    return kept


def _disturb_relations(relations, ids, rng):
    for relation in relations:
        if rng.random() < 0.2:
            relation["object"] = rng.choice(ids)
        if rng.random() < 0.1:
            relation[rng.choice(["implicit", "modality"])] = "negated"
