"""两部门, 三部门: words that point to the agencies named last, as many as they say."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.model import Mention

_COUNTS = {"两": 2, "三": 3}
_TOGETHER = re.compile(r"(?<![一二三四五六七八九十百第])([两三])(部门|部委|部|厅|局)(?![一-鿿]?[级长制法属]|分|队|件|曲|省|地方性)")
_JOINED = re.compile(r"[、,，和与及]|会同|联合|以及|[、,，]?(?:会同|联合)")
_BACK = 300
"""Characters back at most to the agencies that are meant."""


def together(text: str, original: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """A mention for each of the agencies that 两部门 stands for, side by side over the word; none unless so many were named
    together just before.

    >>> text = "水利部、财政部开会。两部门印发通知。"
    >>> named = [Mention(0, 3, "水利部", "Agency"), Mention(4, 7, "财政部", "Agency")]
    >>> [(m.text, m.name) for m in together(text, text, named)]
    [('两', '水利部'), ('部门', '财政部')]
    """
    named = sorted((m for m in found if not m.deictic), key=lambda m: m.start)
    starts = [m.start for m in named]
    for match in _TOGETHER.finditer(text):
        nearby = named[bisect_left(starts, match.start() - _BACK):bisect_left(starts, match.start())]
        before = [m for m in nearby if m.end <= match.start()]
        meant = _last_joined(before, text)
        start, count = match.start(), _COUNTS[match[1]]
        if len({m.name or m.text for m in meant}) != count or len(meant) != count or count > len(match[0]):
            continue
        edges = [start, *range(start + 1, start + count), match.end()]
        for mention, (low, high) in zip(meant, pairwise(edges), strict=True):
            yield replace(mention, start=low, end=high, text=original[low:high], name=mention.name or mention.text, deictic=True,
                          rule="deictic")


def _last_joined(before: Sequence[Mention], text: str) -> list[Mention]:
    """The last agencies that are named in one list."""
    meant: list[Mention] = []
    for mention in reversed(before):
        if meant and mention.end > meant[0].start:
            continue
        if meant and not _JOINED.fullmatch(text, mention.end, meant[0].start):
            break
        meant.insert(0, mention)
    return meant
