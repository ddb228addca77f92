"""Head nouns found in one pass stand where the patterns of the tables find them."""

import re

import pytest

from kg.extract.names.head_nouns import HeadNouns, spelled
from kg.extract.names.name_tables import programme_heads, project_heads
from kg.extract.names.phrases import Phrase


@pytest.mark.parametrize("pattern", [h.pattern for h in (*programme_heads(), *project_heads())])
def test_every_word_of_a_pattern_matches_it(pattern: str) -> None:
    words = [word for word, _ in spelled(pattern)]
    assert words
    assert all(re.fullmatch(pattern, word) for word in words)


@pytest.mark.parametrize(("text", "found"), [
    ("开展整治行动", [(2, 6)]), ("整治行动方案", []), ("清河行动和护水行动", [(2, 4), (7, 9)]), ("全球行动", []), ("整治", []), ("", []),
])
def test_the_earlier_row_wins_and_what_follows_or_precedes_bars(text: str, found: list[tuple[int, int]]) -> None:
    heads = HeadNouns([("整治行动", "方案"), ("(?<!全球)(?<!治)行动", "")])
    assert [noun[:2] for _, nouns in heads.of(text, [Phrase(0, len(text), "")]) for noun in nouns] == found


def test_a_head_noun_lies_within_its_phrase() -> None:
    heads = HeadNouns([("工程", ""), ("项目", "")])
    text = "治理工|程和供水项目"
    parts = [Phrase(0, 3, ""), Phrase(4, 5, ""), Phrase(6, 10, "和")]
    assert [(number, noun.start) for number, nouns in heads.of(text, parts) for noun in nouns] == [(2, 8)]
