"""Which claims gold bears out."""

from kg.evaluate.judging import judge_relations, judge_values

GOLD = {"document": "a.txt",
        "entities": [{"id": "e1", "type": "Agency", "name": "贵州省水利厅", "forms": ["省水利厅"]},
                     {"id": "e2", "type": "Agency", "name": "贵阳市水务局", "forms": ["市水务局"]},
                     {"id": "e3", "type": "Place", "name": "贵州", "forms": ["贵州"], "optional": True}],
        "relations": [{"subject": "e1", "predicate": "collaboratesWith", "object": "e2"}],
        "indicator_values": [{"indicator": "森林覆盖率", "value": 62.8, "unit": "%"}]}


def test_relations_are_right_wrong_or_open():
    rows = [{"subject": "e2", "predicate": "collaboratesWith", "object": "e1"},
            {"subject": "e1", "predicate": "supervises", "object": "e2"},
            {"subject": "e1", "predicate": "locatedIn", "object": "e3"},
            {"subject": "e1", "predicate": "partOf", "object": "e2", "implicit": True}]
    assert list(judge_relations(GOLD, {**GOLD, "relations": rows})) == [True, False, None, None]


def test_values_are_judged_by_value_unit_and_indicator():
    rows = [{"indicator": "全省森林覆盖率", "value": 62.8, "unit": "%"}, {"indicator": "森林覆盖率", "value": 62.8, "unit": "pp"}]
    assert list(judge_values(GOLD, {**GOLD, "indicator_values": rows})) == [True, False]
