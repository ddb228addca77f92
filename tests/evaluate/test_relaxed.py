"""What the relaxed figures forgive and what they don't."""

import random

import pytest

from kg.evaluate import LEVELS, compare

E1 = {"id": "e1", "type": "Agency", "name": "湖北省水利厅", "forms": ["省水利厅"]}
E2 = {"id": "e2", "type": "WaterFeature", "name": "清江流域", "forms": ["清江流域"]}
E3 = {"id": "e3", "type": "Place", "name": "宜昌市", "forms": ["宜昌"], "optional": True}
VALUE = {"about": "e2", "indicator": "水质优良比例", "kind": "result", "operator": "=", "value": 96.2, "unit": "%", "period": "2024"}
GOLD = {"document": "a.txt", "entities": [E1, E2, E3], "relations": [{"subject": "e1", "predicate": "supervises", "object": "e2"}],
        "indicator_values": [VALUE]}


def _relaxed(**changes):
    figures = compare([GOLD], {"a.txt": {**GOLD, **changes}}).relaxed
    return {level: (figures[level].tp, figures[level].fp, figures[level].fn) for level in LEVELS}


def _entity(type_, name, *forms):
    return {"id": "e9", "type": type_, "name": name, "forms": list(forms or (name,))}


@pytest.mark.parametrize(("found", "entities", "names"), [
    (_entity("Agency", "水利厅"), (1, 0, 1), (1, 0, 1)),
    (_entity("Agency", "湖北省省水利厅防汛处", "省水利厅防汛处"), (1, 0, 1), (0, 1, 2)),
    (_entity("WaterFeature", "宜昌市清江", "宜昌清江"), (1, 0, 1), (0, 1, 2)),
    (_entity("WaterFeature", "江流"), (1, 0, 1), (1, 0, 1)),
    (_entity("Place", "清江流域"), (0, 1, 2), (0, 1, 2)),
    (_entity("Agency", "湖北省林业局", "省林业局"), (0, 1, 2), (0, 1, 2)),
    (_entity("Place", "湖北宜昌"), (0, 0, 2), (0, 1, 2)),
])
def test_entities_overlap_and_names_contain(found, entities, names):
    figures = _relaxed(entities=[found], relations=[], indicator_values=[])
    assert (figures["entities"], figures["names"]) == (entities, names)


def test_one_gold_form_is_found_once():
    forms = {**E2, "forms": ["清江"]}, {**E2, "id": "e8", "forms": ["江流域"], "name": "江流域"}
    assert _relaxed(entities=forms, relations=[], indicator_values=[])["entities"] == (1, 1, 1)


@pytest.mark.parametrize(("subject", "predicate", "object_", "expected"), [
    (_entity("Agency", "省水利厅河湖处"), "supervises", E2, (1, 0, 0)),
    (_entity("Agency", "省水利厅河湖处"), "funds", E2, (0, 1, 1)),
    (_entity("Place", "水利厅"), "supervises", E2, (0, 1, 1)),
    (_entity("Agency", "省林业局"), "supervises", E2, (0, 1, 1)),
])
def test_arguments_of_relations_overlap(subject, predicate, object_, expected):
    relation = {"subject": subject["id"], "predicate": predicate, "object": object_["id"]}
    assert _relaxed(entities=[subject, object_], relations=[relation])["relations"] == expected


def test_collaboration_has_no_direction():
    e4 = {"id": "e4", "type": "Agency", "name": "恩施州水利局", "forms": ["恩施州水利局"]}
    gold = {**GOLD, "entities": [E1, e4], "relations": [{"subject": "e1", "predicate": "collaboratesWith", "object": "e4"}]}
    nearly = {**e4, "name": "州水利局", "forms": ["州水利局"]}
    found = {**gold, "entities": [E1, nearly], "relations": [{"subject": "e4", "predicate": "collaboratesWith", "object": "e1"}]}
    assert compare([gold], {"a.txt": found}).strict["relations"].f1 == 0.0
    assert compare([gold], {"a.txt": found}).relaxed["relations"].f1 == 1.0


@pytest.mark.parametrize(("change", "values", "full"), [
    ({"indicator": "断面"}, (1, 0, 0), (0, 1, 1)),
    ({"period": "2023", "about": None, "operator": ">="}, (1, 0, 0), (1, 0, 0)),
    ({"kind": "target"}, (1, 0, 0), (0, 1, 1)),
    ({"unit": "pp"}, (0, 1, 1), (0, 1, 1)),
    ({"value": 96.3}, (0, 1, 1), (0, 1, 1)),
    ({"value": None}, (0, 1, 1), (0, 1, 1)),
])
def test_values_agree_by_number(change, values, full):
    figures = _relaxed(indicator_values=[{**VALUE, **change}])
    assert (figures["values"], figures["indicator_values"]) == (values, full)


def test_a_relaxed_figure_is_never_below_the_strict_one():
    rng = random.Random(5)
    for _ in range(30):
        entities = [{**e, "name": e["name"][rng.randrange(3):], "forms": [f[rng.randrange(2):] for f in e["forms"]]} for e in (E1, E2, E3)]
        evaluation = compare([GOLD], {"a.txt": {**GOLD, "entities": entities, "indicator_values": [{**VALUE, "kind": "target"}]}})
        for name, strict in evaluation.strict.items():
            relaxed = evaluation.relaxed[name]
            assert (relaxed.tp >= strict.tp, relaxed.fp <= strict.fp, relaxed.fn <= strict.fn) == (True, True, True)
            assert relaxed.tp + relaxed.fn == strict.tp + strict.fn
