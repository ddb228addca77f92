"""Overlapping proposals, settled."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.mentions import find_mentions, settle
from kg.extract.names.phrases import phrases
from kg.gazetteer import Gazetteer
from kg.model import ENTITY_TYPES, Context, Document, Mention
from kg.text.segment import segment

SPANS = st.tuples(st.integers(0, 30), st.integers(0, 12), st.sampled_from(ENTITY_TYPES)).map(
    lambda s: Mention(s[0], s[0] + s[1], "字" * s[1], s[2]))


@given(st.lists(SPANS, max_size=20))
def test_no_two_overlap_and_the_order_is_that_of_the_text(proposed: list[Mention]) -> None:
    kept = settle(proposed)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert all(m in proposed and m.start < m.end for m in kept)
    assert bool(kept) == any(m.start < m.end for m in proposed)


def test_the_longest_wins_then_the_type_then_what_is_known() -> None:
    place, water = Mention(0, 2, "响水", "Place"), Mention(0, 3, "响水河", "WaterFeature")
    assert settle([place, water]) == (water,)
    works, plain = Mention(0, 3, "响水河", "Project"), Mention(4, 6, "方案", "Programme")
    assert settle([water, works]) == (works,)
    named = Mention(4, 6, "方案", "Programme", name="响水河方案")
    assert settle([plain, named]) == (named,)


def test_mentions_of_a_sentence_of_all_types() -> None:
    text = "甘肃省生态环境厅印发《甘肃省泾河治理方案》，推进渭河流域治理。"
    doc = segment(Document("a.txt", text, ""))
    mentions = find_mentions(doc, gazetteer=Gazetteer.load(), context=Context(place="甘肃省"))
    expected = [("Agency", "甘肃省生态环境厅"), ("Programme", "甘肃省泾河治理方案"), ("WaterFeature", "渭河流域")]
    assert [(m.type, m.text) for m in mentions] == expected
    assert all(text[m.start:m.end] == m.text for m in mentions)


def test_phrases_end_at_verbs_particles_and_marks() -> None:
    doc = segment(Document("a.txt", "我省深入实施的响水河治理工程，与清水县“清源”行动——护水行动有关。", ""))
    assert [doc.text[p.start:p.end] for p in phrases(doc, Gazetteer.load())] == ["响水河治理工程", "清水县“清源”行动", "护水行动"]
