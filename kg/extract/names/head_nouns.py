"""The head nouns of a document, found in one pass over it and told phrase by phrase."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from operator import itemgetter
from typing import NamedTuple

import ahocorasick_rs

from kg.extract.names.phrases import Phrase

_ALTERNATIVE = re.compile(r"(?:\(\?[^()]*\)|[^|()]+)+")
_NOT_AFTER = re.compile(r"\(\?<!([^()|]+)\)")
_PART = re.compile(r"\(\?:([^()]*)\)|([^()]+)")


class HeadNoun(NamedTuple):
    """The head noun text[start:end], by the number of its row in the table."""

    start: int
    end: int
    row: int


class HeadNouns:
    """Rows of a table of head nouns as one matcher; a row is (words, what may not follow them), the more telling row first.

    >>> heads = HeadNouns([("(?:专项|整治)行动", "方案"), ("行动", "")])
    >>> [noun.row for _, nouns in heads.of("整治行动|专项行动方案", [Phrase(0, 4, ""), Phrase(5, 11, "")]) for noun in nouns]
    [0, 1]
    """

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        ordered = [(word, number) for number, (words, _) in enumerate(rows) for word in spelled(words)]
        self._rows = [number for _, number in ordered]
        self._not_after = [before for (_, before), _ in ordered]
        self._after = [re.compile(after) if after else None for _, after in rows]
        self._matcher = ahocorasick_rs.AhoCorasick([word for (word, _), _ in ordered])

    def of(self, folded: str, phrases: Sequence[Phrase]) -> Iterator[tuple[int, list[HeadNoun]]]:
        """Numbers of phrases with the head nouns in them, from left to right, none overlapping another."""
        hits = sorted((start, order, end) for order, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True))
        starts = list(map(itemgetter(0), phrases))
        for number, group in groupby(hits, lambda hit: bisect_right(starts, hit[0]) - 1):
            found: list[HeadNoun] = []
            reached, last = (phrases[number].start, phrases[number].end) if number >= 0 else (0, 0)
            for start, order, end in group:
                after = self._after[self._rows[order]]
                barred = folded.endswith(self._not_after[order], 0, start) or (after and after.match(folded, end, last))
                if start >= reached and end <= last and not barred:
                    found.append(HeadNoun(start, end, self._rows[order]))
                    reached = end
            if found:
                yield number, found


def spelled(pattern: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words of a pattern of alternatives and simple groups, each with what it may not stand behind.

    >>> list(spelled("条例|(?:保护|防治)法|(?<!全球)行动"))
    [('条例', ()), ('保护法', ()), ('防治法', ()), ('行动', ('全球',))]
    """
    for alternative in _ALTERNATIVE.findall(pattern):
        not_after = tuple(_NOT_AFTER.findall(alternative))
        parts = [(group or literal).split("|") for group, literal in _PART.findall(_NOT_AFTER.sub("", alternative))]
        yield from ((word, not_after) for word in map("".join, product(*parts)))
