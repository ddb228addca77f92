"""Doc → phrases: the stretches of a text that a name of official Chinese can fill.

A name without marks (乙烯工业中长期发展规划, 怀洪新河灌区工程) has a right boundary, its head noun, and a left one that
nothing shows: it begins after a verb of governing (实施, 推进), a particle (的), a preposition, a pronoun
or a punctuation mark. `phrases` cuts a text at these; what is left between two cuts is a phrase.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.names.known import hits
from kg.extract.names.name_tables import words
from kg.extract.names.quotes import curled
from kg.extract.once import once
from kg.extract.words import words_of
from kg.gazetteer import Gazetteer

VERBS = frozenset(words("cut"))
"""Words of governing, moving and telling that end what stands left of a name; matched as whole words."""
LIGHT = frozenset(words("cut-before-name"))
"""Words that may be part of a name; they cut at its front, and before a place name, a proper name or a quotation mark."""
PARTICLES = frozenset(words("particle"))
"""Particles, pronouns, prepositions and adverbs, which no name holds."""
_SOFT = frozenset("和与及暨")
_TAGS = frozenset(("p", "c", "u", "ud", "ug", "uj", "ul", "uv", "uz", "e", "r", "rr", "rz"))
_PROPER = frozenset(("ns", "nt", "nz"))
_HARD = re.compile(r"[^\w“”‘’\"'()·•、—~／/%°±㎡-]|——|-{2,}")
_INLINE = re.compile(r"(?=[(市容林国公非建一主重安\d])(?:"
                     r"\([^()\n]{0,12}(?:段|期|部分|省|市|县|区|年|试行|暂行|草案|修订|修正|集团|中国|镇|乡|湖|河)\)"
                     r"|市容和环境卫生|容貌和环境卫生|林业和草原|国民经济和社会发展|公益林和商品林|非道路移动|非化石能源|非常规水|非物质文化|非煤矿山|建设占用|一体化保护和修复"
                     r"|主要污染物|重点流域|安全生产|\(\d{4}[-—~至]+\d{4}年?\)|(?<!\d)\d{1,8}\s*号(?:[、和]\s*\d{1,8}\s*号)+)")
_DOCUMENT = re.compile(r"方案|意见|细则|办法|条例|规划|计划|纲要|规定|决定|制度|机制|体系|责任制|协定|清单")
_LONGEST = 100
_PERIOD = re.compile(r"“十[一二三四五六]五”")


class Phrase(NamedTuple):
    """A stretch text[start:end] free of cuts; `before` is what cut it on the left: a conjunction (和), 、, or nothing."""

    start: int
    end: int
    before: str


def phrases(doc: Doc, gazetteer: Gazetteer) -> tuple[Phrase, ...]:
    """The phrases of a document in text order, cut once; no cut falls inside a known place or water.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "全省深入实施清水行动，推进南河水库和北河灌区工程。", ""))
    >>> [doc.text[p.start:p.end] for p in phrases(doc, Gazetteer.load())]
    ['全省', '清水行动', '南河水库', '北河灌区工程']
    """
    return once(doc, ("phrases", gazetteer), lambda: tuple(_cut(doc, _whole(doc, gazetteer))))


def _whole(doc: Doc, gazetteer: Gazetteer) -> bytearray:
    """Marks the characters of known names and of the brackets that a name may hold, in which no cut falls."""
    marked = bytearray(len(curled(doc)) + 1)
    known = [(h.start, h.end) for h in hits(doc, gazetteer, "Place", "WaterFeature") if h.exact]
    for start, end in (*(m.span() for m in _INLINE.finditer(curled(doc))), *known):
        marked[start:end] = b"\1" * (end - start)
    return marked


_LIGHT, _DASH, _GOVERNS = "light", "dash", "governs"


def _cut(doc: Doc, whole: bytearray) -> Iterator[Phrase]:
    """The phrases between the words that cut; a light word cuts at the front of a phrase, and before a proper word."""
    text, words = curled(doc), words_of(doc)
    offsets, tags = words.offsets, words.tags
    first, before = 0, ""
    for number, kind in enumerate(map(_kind, words.forms, tags)):
        if kind is None:
            continue
        start, end = offsets[number], offsets[number + 1]
        if kind == _DASH and "—" in (text[end:end + 1], text[max(start - 1, 0)]):
            kind = ""
        elif whole[start] or kind == _DASH:
            continue
        elif kind == _GOVERNS:
            if _DOCUMENT.match(text, end):
                continue
            kind = ""
        elif kind == _LIGHT:
            if number != first and not (number + 1 < len(tags) and _is_proper(text, end, tags[number + 1])):
                continue
            kind = ""
        if number > first:
            if start - offsets[first] <= _LONGEST:
                yield Phrase(offsets[first], start, before)
            else:
                yield from _between(offsets, first, number, before)
        first, before = number + 1, kind
    if first < len(tags):
        yield from _between(offsets, first, len(tags), before)


def _is_proper(text: str, at: int, tag: str) -> bool:
    return tag in _PROPER or (text[at] == "“" and not _PERIOD.match(text, at))


def _between(offsets: tuple[int, ...], first: int, last: int, before: str) -> Iterator[Phrase]:
    """The phrase of the words from `first` up to `last`, in pieces where it is very long."""
    while offsets[last] - offsets[first] > _LONGEST and last - first > 1:
        end = max(first + 1, bisect_right(offsets, offsets[first] + _LONGEST) - 1)
        yield Phrase(offsets[first], offsets[end], before)
        first, before = end, ""
    yield Phrase(offsets[first], offsets[last], before)


_GOVERNING = frozenset(("实施", "推进", "落实", "执行"))
"""Verbs that do not cut before the word for a document: 实施方案."""


@lru_cache(maxsize=1 << 16)
def _kind(word: str, tag: str) -> str | None:
    """None where the word may stand inside a name; else the conjunction or 、 that cuts, how it cuts, or the empty string."""
    if word[0] == "—":
        return _DASH
    if word in _SOFT or word == "、":
        return word
    if word in VERBS:
        return _GOVERNS if word in _GOVERNING else ""
    if len(word) > 3 and ((word[:2] in VERBS and word[2:] in VERBS | LIGHT) or (word[:2] in LIGHT and word[2:] in VERBS)):
        return ""
    if word in PARTICLES or tag in _TAGS or word in "()" or _HARD.match(word):
        return ""
    return _LIGHT if word in LIGHT else None
