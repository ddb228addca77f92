"""Words that point to the agencies named last: 两部门, and 省政府 behind 陕西省委."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kg.departments import Departments
from kg.extract.names.agency_bodies import LEVEL, is_position
from kg.model import Mention

_DEPARTMENTS = Departments.load()
_BODY = rf"(?:{_DEPARTMENTS.organ_pattern}|(?:{_DEPARTMENTS.stem_pattern})(?:{_DEPARTMENTS.head_pattern}))"
_BESIDE = re.compile(rf"(?:[、和与及]|以及|(?<=委)(?=[省市县区州]政府))(?P<whole>(?P<level>{LEVEL})"
                     rf"(?P<body>{_BODY}))(?![员托派任])")
_COUNTS = {"两": 2, "三": 3}
_TOGETHER = re.compile(r"(?=[两三][部委厅局])(?<![一二三四五六七八九十百第])([两三])(部门|部委|部|厅|局)"
                       r"(?![一-鿿]?[级长制法属]|分|队|件|曲|省|地方性)")
_JOINED = re.compile(r"[、,，和与及]|会同|联合|以及|[、,，]?(?:会同|联合)")
_BACK = 300
"""Characters back at most to the agencies that are meant."""


def beside(text: str, original: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """Bodies of the place that is named with the body before them: 省政府 in 陕西省委和省政府, whatever the document is about.

    >>> text = "陕西省委和省政府作了汇报。"
    >>> [(m.text, m.name) for m in beside(text, text, [Mention(0, 4, "陕西省委", "Agency", name="中共陕西省委", rule="place+body")])]
    [('省政府', '陕西省人民政府')]
    """
    for mention in found:
        place = _place_of(mention) if mention.rule == "place+body" else ""
        end = mention.end
        while place and (match := _BESIDE.match(text, end)) and place.endswith(match["level"]) and not is_position(text, match.end()):
            name, subtype = _DEPARTMENTS.full_name(match["body"], place)
            start, end = match.span("whole")
            yield Mention(start, end, original[start:end], "Agency", subtype, name, rule="level+body")


def _place_of(mention: Mention) -> str:
    """The full name of the place in the name of a body of party or government: 陕西省 of 中共陕西省委."""
    forms = (mention.text[at:] for at in range(len(mention.text)))
    pattern = next((_DEPARTMENTS.organs[form][0] for form in forms if form in _DEPARTMENTS.organs), "")
    before, _, after = pattern.partition("{p}")
    name = mention.name or mention.text
    whole = bool(pattern) and name.startswith(before) and name.endswith(after)
    return name[len(before):len(name) - len(after)] if whole else ""


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
