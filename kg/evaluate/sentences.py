"""The sentences of a document, looked up by offset or by what they say: what an error is shown beside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from kg.evaluate.matching import fold
from kg.model import Extraction

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Sentences:
    """A text and the half-open offsets of its sentences, in text order.

    >>> s = Sentences("泾河水质好转。\\n平凉市印发《治水方案》。", ((0, 7), (8, 20)))
    >>> s.at(11)
    '平凉市印发《治水方案》。'
    >>> s.holding("治水 方案"), s.holding("渭河")
    ('平凉市印发《治水方案》。', '')
    """

    text: str
    spans: Sequence[tuple[int, int]]

    @classmethod
    def of(cls, extraction: Extraction) -> Sentences:
        """The sentences of an extraction's stored text."""
        return cls(extraction.document.text, tuple((s.start, s.end) for s in extraction.sentences))

    def at(self, offset: int) -> str:
        """The sentence around an offset; empty where there is none."""
        number = bisect_right(self.spans, offset, key=lambda span: span[0]) - 1
        if number < 0 or offset >= self.spans[number][1]:
            return ""
        return self._shown(number, number)

    def holding(self, literal: str, around: str = "") -> str:
        """The first sentence (or run of sentences) that holds a string, compared as `fold` does: there where the text around it
        reads `around`, if that is anywhere.
        """
        folded, starts = self._folded
        wanted = fold(literal)
        found = folded.find(wanted, max(0, folded.find(fold(around)))) if wanted else -1
        if found < 0:
            return ""
        return self._shown(bisect_right(starts, found) - 1, bisect_right(starts, found + len(wanted) - 1) - 1)

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        pieces = [fold(self.text[start:end]) for start, end in self.spans]
        return "".join(pieces), list(accumulate(map(len, pieces[:-1]), initial=0))

    def _shown(self, first: int, last: int) -> str:
        return _SPACE.sub(" ", self.text[self.spans[first][0]:self.spans[last][1]]).strip()
