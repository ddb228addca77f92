"""The tables of the grammar: every row compiles, refers to known classes, and stays within its types."""

import pytest

from kg.extract.claims.grammar import LETTERS, Rule, coordination, rules, symbols, triggers
from kg.model import PREDICATES

SEEKS = {"", "clause", "sentence", "paragraph", "agency", "place", "title", "context", "whole", "pair"}
DOMAIN = {"issues": {"Agency", "Place"}, "implements": {"Agency", "Place", "WaterFeature"}, "supervises": {"Agency"}, "funds": {"Agency", "Place"},
          "collaboratesWith": {"Agency", "Place"}, "recognises": {"Agency"}, "covers": {"Programme", "Project"}, "basedOn": {"Programme"}}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_rule(rule: Rule) -> None:
    assert rule.predicate in PREDICATES
    assert rule.seek in SEEKS
    assert rule.names_subject or rule.seek
    assert rule.names_object or rule.seek in ("title", "context", "whole", "sentence", "pair")
    assert rule.subjects <= DOMAIN.get(rule.predicate, set(LETTERS.values()))
    assert not rule.pattern.match("")


def test_ids_are_distinct_and_every_predicate_has_a_rule() -> None:
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
    assert {rule.predicate for rule in rules()} == set(PREDICATES)


def test_longer_triggers_come_first() -> None:
    for words in triggers().values():
        assert len(words) == len(set(words))
        assert [len(word) for word in words] == sorted(map(len, words), reverse=True)


def test_a_coordination_takes_its_own_types() -> None:
    assert symbols("AL") in coordination("AL")
    assert coordination("A", "s").startswith("(?P<s>")
