"""Where a name begins whose last word is known: leftward over words until one that no name contains.

Official Chinese marks the right end of a name by its head noun (…领导小组, …自然保护区) and leaves the left
end open; it lies after punctuation, a verb of governing, a particle or a preposition, or at a place name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from kg.extract.names.place_names import Spot
from kg.extract.names.stem_words import word_set
from kg.extract.words import Words

STOPS = word_set("stop")
"""Words that end what stands left of a name."""
ACTING, _NOMINAL, _BODIES = word_set("acting"), word_set("nominal"), word_set("body")
_UNFIT_TAGS = frozenset(("p", "c", "u", "ud", "uj", "ul", "uv", "uz", "ug", "y", "e", "r", "rr", "rz", "x", "w", "eng"))
_JOINED = re.compile(r"[—·•・-]")


def name_start(words: Words, text: str, at: int, *, spots: Sequence[Spot], starts: Sequence[int], limit: int = 24,
               joins: str = "和与及", place: bool = False) -> int:
    """The offset at which the name begins whose head word begins at text[at].

    `spots` are the places of the document with their `starts`; a name reaches back to the place it begins
    with, and no further. `joins` are conjunctions that it may contain between other words. The name of a
    `place` contains no verb and begins with no word of acting (保障长三角…示范区).
    """
    offsets, tags = words.offsets, words.tags
    number = min(bisect_right(offsets, at), len(tags)) - 1
    begin = at
    if number >= 0 and offsets[number] < at:
        if not _fits(text[offsets[number]:at], tags[number]):
            return at
        begin = offsets[number]
    while begin > 0 and at - begin < limit:
        covering = spot_ending(spots, starts, begin)
        if covering is not None:
            return covering.start
        number = bisect_left(offsets, begin) - 1
        if number < 0:
            break
        piece = text[offsets[number]:begin]
        if piece in joins and piece:
            if number == 0 or not _fits(words.forms[number - 1], tags[number - 1]) or begin == at or tags[number - 1] in _PERSON:
                break
        elif not _fits(piece, tags[number]) or (place and _acts(piece, tags[number])):
            break
        begin = offsets[number]
    return _past_joins(text, begin, at, joins)


def _acts(piece: str, tag: str) -> bool:
    acting = piece in ACTING or (tag in ("v", "vn", "vd") and len(piece) == 2)
    return piece in _BODIES or (acting and piece not in _NOMINAL)




def is_proper(words: Words, begin: int, at: int, *, spots: Sequence[Spot], starts: Sequence[int],
              generic: re.Pattern[str], long: bool = True) -> bool:
    """Whether a stem holds a proper word: a place, a word tagged as a name, or (where `long`) a long noun that is not generic (大纵湖)."""
    number = bisect_left(starts, begin)
    if number < len(starts) and starts[number] < at and spots[number].entry.level != "country":
        return True
    for n in range(max(0, bisect_right(words.offsets, begin) - 1), min(bisect_left(words.offsets, at), len(words.tags))):
        form, tag = words.forms[n], words.tags[n]
        if generic.fullmatch(form):
            continue
        if tag in _NAME_TAGS or (len(form) > 1 and form[-1] in _LANDSCAPE):
            return True
        if long and tag == "n" and len(form) >= 3:
            return True
    return False


_PERSON = frozenset(("nr", "nrt", "nrfg"))
_LANDSCAPE = "湖河江海湾淀泊溪山岭岛峰"
_NAME_TAGS = frozenset(("ns", "nr", "nrt", "nrfg", "nz", "nt"))


def _past_joins(text: str, begin: int, at: int, joins: str) -> int:
    while begin < at and (text[begin] in joins or _JOINED.match(text[begin])):
        begin += 1
    return begin


def _fits(piece: str, tag: str) -> bool:
    if _JOINED.fullmatch(piece):
        return True
    if not all("\u4e00" <= ch <= "\u9fff" for ch in piece):
        return False
    if len(piece) > 3 and (piece[:2] in STOPS or piece[-2:] in STOPS):
        return False
    return piece not in STOPS and tag not in _UNFIT_TAGS


def spot_ending(spots: Sequence[Spot], starts: Sequence[int], at: int) -> Spot | None:
    """The place that ends at an offset, or covers the character before it."""
    number = bisect_right(starts, at - 1) - 1
    if number >= 0 and spots[number].start < at <= spots[number].end:
        return spots[number]
    return None
