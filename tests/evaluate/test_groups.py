"""Figures by part and by group, and each error beside its sentence."""

import json

import pytest

from kg.errors import InputError
from kg.evaluate import LEVELS, Sentences, compare, evaluate, read_groups

TEXT = "省水利厅印发《清江治理方案》。长阳县落实方案。"
SENTENCES = Sentences(TEXT, ((0, 15), (15, 23)))


def _gold(name="a.txt", **changes):
    return {"document": name, "entities": [{"id": "e1", "type": "Agency", "name": "湖北省水利厅", "forms": ["省水利厅"]},
                                           {"id": "e2", "type": "Programme", "name": "清江治理方案", "forms": ["清江治理方案"]},
                                           {"id": "e3", "type": "Place", "name": "长阳县", "forms": ["长阳县"]}],
            "relations": [{"subject": "e1", "predicate": "issues", "object": "e2", "evidence": "省水利厅印发《清江治理方案》"},
                          {"subject": "e3", "predicate": "implements", "object": "e2", "evidence": "长阳县落实方案"}],
            "indicator_values": [], **changes}


def test_types_and_predicates_add_up_to_their_level():
    found = _gold(entities=[e for e in _gold()["entities"] if e["type"] != "Place"], relations=_gold()["relations"][:1])
    figures = evaluate([_gold()], {"a.txt": found})
    for level in ("entities", "relations"):
        parts = [f for name, f in figures.items() if name.startswith(f"{level}:")]
        assert [sum(f.tp for f in parts), sum(f.fn for f in parts)] == [figures[level].tp, figures[level].fn]
    assert (figures["relations:issues"].f1, figures["relations:implements"].fn) == (1.0, 1)


def test_groups_are_figures_of_their_documents_alone():
    gold = [_gold("a.txt", group="law"), _gold("b.txt", group="news"), _gold("c.txt")]
    evaluation = compare(gold, {"a.txt": gold[0]})
    assert list(evaluation.groups) == ["law", "news"]
    assert [evaluation.groups[g].strict["names"].f1 for g in ("law", "news")] == [1.0, 0.0]
    assert (evaluation.documents, evaluation.groups["law"].documents) == (3, 1)
    assert json.dumps(evaluation.to_json())


def test_each_error_has_its_sentence():
    found = _gold(entities=[{"id": "x1", "type": "Agency", "name": "水利厅", "forms": ["水利厅"], "mentions": [{"start": 1, "end": 4, "text": "水利厅"}]},
                            _gold()["entities"][1]],
                  relations=[{"subject": "x1", "predicate": "funds", "object": "e2", "evidence": "…", "start": 15, "end": 22}])
    errors = compare([_gold()], {"a.txt": found}, {"a.txt": SENTENCES}).errors()
    first, second = "省水利厅印发《清江治理方案》。", "长阳县落实方案。"
    assert {(e.level, e.outcome, e.row, e.sentence) for e in errors if e.level in ("entities", "relations")} == {
        ("entities", "wrong", "Agency 水利厅", first), ("entities", "missed", "Agency 省水利厅", first), ("entities", "missed", "Place 长阳县", second),
        ("relations", "wrong", "水利厅 funds 清江治理方案", second), ("relations", "missed", "湖北省水利厅 issues 清江治理方案", "省水利厅印发《清江治理方案》"),
        ("relations", "missed", "长阳县 implements 清江治理方案", "长阳县落实方案")}
    assert {e.sentence for e in errors if e.level == "names"} == {first, second}
    assert str(errors[0]) == "a.txt  Agency 水利厅"


def test_errors_of_the_levels_are_as_many_as_the_figures_say():
    evaluation = compare([_gold()], {})
    assert len(evaluation.errors()) == sum(evaluation.strict[level].fn for level in LEVELS)
    assert len(evaluation.errors(relaxed=True)) == sum(evaluation.relaxed[level].fn for level in LEVELS)


def test_several_folders_are_groups_unless_an_annotation_names_its_own(tmp_path):
    for folder, name, group in (("old", "a.txt", None), ("old", "b.txt", "law"), ("new", "c.txt", None)):
        (tmp_path / folder).mkdir(exist_ok=True)
        row = _gold(name, group=group) if group else _gold(name)
        (tmp_path / folder / f"{name}.json").write_text(json.dumps(row), encoding="utf-8")
    assert [row.get("group") for row in read_groups([tmp_path / "old", tmp_path / "new"])] == ["old", "law", "new"]
    assert [row.get("group") for row in read_groups([tmp_path / "old"])] == [None, "law"]
    with pytest.raises(InputError, match=r"a\.txt is annotated twice"):
        read_groups([tmp_path / "old", tmp_path / "old"])


def test_uneven_places_of_forms_are_refused(tmp_path):
    row = _gold()
    row["entities"][1]["at"] = [[1, 3], [5, 7]]
    (tmp_path / "a.json").write_text(json.dumps(row), encoding="utf-8")
    with pytest.raises(InputError, match="e2"):
        read_groups([tmp_path])


@pytest.mark.parametrize(("level", "row", "message"), [
    ("entities", {"id": "e1", "type": "Place", "name": "宜昌市"}, r"entities\[0\]\.forms missing"),
    ("relations", {"subject": "e1", "object": "e2"}, r"relations\[0\]\.predicate missing"),
    ("indicator_values", {"indicator": "断面", "kind": "result", "value": None}, r"indicator_values\[0\]\.value missing"),
    ("indicator_values", "12公里", "missing"),
])
def test_a_row_without_what_it_needs_is_named(tmp_path, level, row, message):
    (tmp_path / "a.json").write_text(json.dumps(_gold(**{level: [row]})), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_groups([tmp_path])


def test_sentences_are_found_by_what_stands_around():
    text = "河北省发文。河北\n山区缺水。"
    sentences = Sentences(text, ((0, 6), (6, 14)))
    assert sentences.holding("河北") == "河北省发文。"
    assert sentences.holding("河北", "文。河北 山区") == "河北 山区缺水。"
    assert sentences.holding("发文。 河北山区") == "河北省发文。河北 山区缺水。"
    assert (sentences.holding(""), sentences.holding("湖北"), sentences.at(99), Sentences("", ()).at(0), Sentences("", ()).holding("水")) == ("",) * 5
