"""Doc → names of waters: listed ones where the words and the context bear them out, unlisted ones by their left boundary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc

from kg.extract.names.again import uses
from kg.extract.names.city_lists import listed_as_city
from kg.extract.names.head_nouns import HeadNoun, HeadNouns
from kg.extract.names.known import hits
from kg.extract.names.name_tables import alternatives, words
from kg.extract.names.phrases import LIGHT, VERBS, Phrase
from kg.extract.names.quotes import curled
from kg.extract.names.river_words import (
    BAD,
    BAD_ALONE,
    COMPOUND,
    DIRECTIONS,
    FUNCTION,
    LISTED_ONLY,
    ORDINARY_TAGS,
    PARTS,
    REACHES,
    SUBTYPES,
    WEAK_ENDS,
)
from kg.extract.words import Words, words_of
from kg.gazetteer import Gazetteer, Hit

_HAN = r"一-鿿"
_SUFFIX = re.compile("|".join(SUBTYPES))
_SUFFIXES = HeadNouns([(word, "") for word in SUBTYPES])
_LISTED = re.compile(rf"[{_HAN}]{{1,4}}[{LISTED_ONLY}]")
_CONTEXT = re.compile(alternatives("water-context-pattern"))
_AFTER_NAME = re.compile(alternatives("after-unlisted-water-pattern"))
_AFTER_KNOWN = re.compile(alternatives("after-listed-water-pattern"))
_ORDINARY = frozenset(words("water-ordinary"))
_ORDINARY_ENDS = words("water-ordinary-end")
_BEFORE = words("before-water")
_PARTS = re.compile(PARTS)
_NOTHING = re.compile(r"(?:上|中|下)游|主要|重点|全|各|本|该|两|小|大|跨|其他|不同|整个|所在|相关|有关|部分"
                      r"|[一二三四五六七八九十]大?|省|市|县|水|子|分|汇水")


@dataclass(frozen=True)
class Reading:
    """What the names are read from: the folded text, its words, the known waters and places."""

    folded: str
    words: Words
    known: tuple[Hit, ...]
    places: frozenset[tuple[int, int]]
    gazetteer: Gazetteer

    @classmethod
    def of(cls, doc: Doc, gazetteer: Gazetteer) -> Reading:
        folded: str = curled(doc)
        places = frozenset((h.start, h.end) for h in hits(doc, gazetteer, "Place") if h.exact)
        return cls(folded, words_of(doc), hits(doc, gazetteer, "WaterFeature"), places, gazetteer)

    @cached_property
    def place_ends(self) -> frozenset[int]:
        return frozenset(end for _, end in self.places)

    @cached_property
    def place_starts(self) -> dict[int, int]:
        return dict(self.places)

    @cached_property
    def place_insides(self) -> frozenset[int]:
        return frozenset(at for start, end in self.places for at in range(start + 1, end))

    @cached_property
    def place_texts(self) -> frozenset[str]:
        return frozenset(self.folded[start:end] for start, end in self.places)


@dataclass(frozen=True, slots=True)
class Water:
    """A base name text[start:end] of a water, before 流域, 断面 and reaches are read on."""

    start: int
    end: int
    name: str
    subtype: str
    rule: str
    entry: str | None = None


def listed_waters(reading: Reading) -> Iterator[Water]:
    """The listed waters that can be trusted, and those beside them in a list (石羊河、黑河)."""
    folded, doubtful, sure_end = reading.folded, list[Water](), -1
    for hit in reading.known:
        if _AFTER_KNOWN.match(folded, hit.end):
            continue
        water = _base(hit, reading)
        if hit.start in reading.place_insides and (other := reading.gazetteer.lookup(hit.text[1:], ("WaterFeature",))):
            water = Water(hit.start + 1, hit.end, other[0].name, other[0].subtype, "water:listed", other[0].id)
        listed = folded[hit.start - 1:hit.start] in ("、", "和", "与") and sure_end == hit.start - 1
        sure = (bool(hit.exact) or water_context(folded, hit.end)) and _trusted(reading, water)
        if sure or (listed and reading.words.begins(hit.start)):
            if doubtful and doubtful[-1].end == hit.start - 1 and folded[hit.start - 1] in "、和与":
                yield from doubtful
            yield water
            doubtful, sure_end = [], water.end
        else:
            doubtful = [*doubtful, water] if doubtful and doubtful[-1].end == hit.start - 1 else [water]


def _base(hit: Hit, reading: Reading) -> Water:
    """The water of a hit; where 长江上游 is listed, the river is named and the reach is left out."""
    for reach in REACHES:
        if hit.text.endswith(reach) and (base := reading.gazetteer.lookup(hit.text[:-len(reach)], ("WaterFeature",))):
            return Water(hit.start, hit.end - len(reach), base[0].name, base[0].subtype, "water:listed", base[0].id)
    entry = hit.entries[0]
    return Water(hit.start, hit.end, entry.name, entry.subtype, "water:listed", entry.id)


def _trusted(reading: Reading, water: Water) -> bool:
    """Whether a listed name stands for the water here, not for a county of the same name or a part of other words."""
    folded, start, end = reading.folded, water.start, water.end
    name, short = folded[start:end], end - start < 3
    if short and not reading.words.begins(start):
        return False
    if water_context(folded, end):
        return True
    if (start, end) in reading.places or name in _ORDINARY or _is_listed_city(reading, name, end):
        return False
    same = any(entry.level in ("province", "prefecture", "county") for entry in reading.gazetteer.lookup(name, ("Place",)))
    if same and (name[-1] not in "河江湖" or any(name + unit in reading.place_texts for unit in "县市区")):
        return False
    if _is_town(reading, start, end):
        return False
    if not short or name[-1] not in WEAK_ENDS or reading.words.at(start)[0] == end:
        return True
    return _CONTEXT.match(folded, end) is not None and folded[start - 1:start] in "、和与的及，。\n"


def _is_listed_city(reading: Reading, name: str, end: int) -> bool:
    """Whether a name that a city bears as well stands in a list of cities: 洪湖、石首|两市."""
    units = ("", "市", "县") if len(name) < 4 and listed_as_city(reading.folded, end) else ()
    return any(reading.gazetteer.lookup(name + unit, ("Place",)) for unit in units)


def _is_town(reading: Reading, start: int, end: int) -> bool:
    """Whether a name that ends like a river stands behind a place as its town (福建|晋江) or holds both (四川内江)."""
    folded, lookup = reading.folded, reading.gazetteer.lookup
    if start in reading.place_ends:
        return any(e.level for unit in "市县区" for e in lookup(folded[start:end] + unit, ("Place",)))
    inner = reading.place_starts.get(start, end)
    return inner < end and bool(lookup(folded[inner:end], ("Place",)))


def water_context(folded: str, end: int) -> bool:
    """Whether what follows says that a water is meant (流域, 水质, 两岸)."""
    match = _CONTEXT.match(folded, end)
    return (match is not None and len(match.group()) > 1) or folded.startswith(("畔", "之滨", "岸边"), end)


def unlisted_waters(reading: Reading, found: Sequence[Phrase], listed: Sequence[Water]) -> Iterator[Water]:
    """Short names before a water noun whose left boundary is plain."""
    folded = reading.folded
    inside = bytearray(len(folded) + 1)
    for water in listed:
        inside[water.start:water.end] = b"\1" * (water.end - water.start)
    ends = reading.place_ends | {w.end for w in listed}
    for number, nouns in _SUFFIXES.of(folded, found):
        phrase = found[number]
        low = phrase.start
        for noun in nouns:
            suffix = folded[noun.start:noun.end]
            if inside[noun.start] and inside[noun.end - 1]:
                low = noun.end
                continue
            start = _begin(reading, phrase, range(max(low, noun.start - 5), noun.start), noun, ends)
            bounded = noun.end not in reading.place_insides and not _AFTER_NAME.match(folded, noun.end)
            bounded = bounded and not (start is not None and _is_listed_city(reading, folded[start:noun.end], noun.end))
            if start is not None and bounded and (noun.end in reading.place_ends or _is_town(reading, start, noun.end)):
                bounded = water_context(folded, noun.end)
            if start is not None and suffix != "运河" and bounded:
                yield Water(start, noun.end, folded[start:noun.end], SUBTYPES[suffix], "water:unlisted")
            if start is not None or not _SUFFIX.match(folded, noun.end):
                low = noun.end if folded[noun.end:noun.end + 1] not in COMPOUND else low


def _begin(reading: Reading, phrase: Phrase, near: range, noun: HeadNoun, ends: frozenset[int]) -> int | None:
    """The start of the name that ends with a water noun: that of a tagged name, else the longest plausible."""
    folded, words, end = reading.folded, reading.words, noun.end
    suffix, after = folded[noun.start:end], folded[end:end + 1]
    if after in ("港", "塘", "浦") or (after in COMPOUND and after != folded[end - 1] and _SUFFIX.match(folded, end)):
        return None
    if suffix == "水库" and (dammed := _dammed(reading, phrase, noun.start, ends)) is not None:
        return dammed
    starts = [at for at in near if words.begins(at) and at >= phrase.start and not _ordinary(folded, at, noun.start, words)]
    tagged = [at for at in starts if words.at(at)[0] == end and words.at(at)[1] in ("ns", "nr", "nz", "nrt")]
    if _PARTS.match(folded, end):
        starts = tagged = [at for at in tagged if words.at(at)[1] == "ns"]
    for at in tagged:
        if at - 1 in starts and (folded[at - 1] in DIRECTIONS or (end - at < 3 and folded[at - 1] not in FUNCTION)):
            return at - 1 if _names(folded[at - 1:end], suffix) else None
        if end - at < 3 and (longer := _with_name_before(reading, at, end, starts, suffix)) is not None:
            return longer
        if _names(folded[at:end], suffix):
            return at
    for start in [*reversed([at for at in starts if at in ends]), *starts]:
        plain = start == phrase.start or start in ends or folded.startswith(("“", "(", "、"), start - 1) or _follows_word(folded, start)
        if plain and _names(folded[start:end], suffix):
            return start
    return None


def _dammed(reading: Reading, phrase: Phrase, head: int, ends: frozenset[int]) -> int | None:
    """The start of a reservoir named by a county or a landform in which the word cutter saw a verb: 开化|水库, 藻渡|水库."""
    for at in (head - 2, head - 3):
        stop, tag = reading.words.at(at)
        own = reading.folded[at:head]
        if stop != head or tag not in ("v", "vn", "a") or not (at == phrase.start or at in ends) or own in VERBS or own in LIGHT:
            continue
        if own[-1] in _LANDFORM or any(e.level for e in reading.gazetteer.lookup(own, ("Place",))):
            return at
    return None


_LANDFORM = "山河沟坝口滩溪渡塘湾冲坪岩岭江峡"
"""Last characters of places after which reservoirs are called."""


def _with_name_before(reading: Reading, at: int, end: int, starts: Sequence[int], suffix: str) -> int | None:
    """The start of a name that a word cutter took apart as a person's and a river's: 徐家|庄河, 至范|阳河."""
    for start in (at - 2, at - 3):
        stop, tag = reading.words.at(start)
        if stop == at and tag in ("nr", "nrt", "nrfg"):
            if start in starts and _names(reading.folded[start:end], suffix):
                return start
            return at - 1 if _names(reading.folded[at - 1:end], suffix) else None
    return None


def _ordinary(folded: str, start: int, end: int, words: Words) -> bool:
    """Whether the words of text[start:end] are no name: a verb or number of two characters, or several common nouns."""
    nouns = 0
    at = start
    if folded[start] in FUNCTION and words.at(start)[0] == start + 1:
        return True
    while at < end:
        stop, tag = words.at(at) if words.begins(at) else (end, "")
        if stop > end:
            return folded[at:stop] in _ORDINARY
        if stop - at > 1 and tag in ORDINARY_TAGS and not (tag == "m" and _NUMERAL.fullmatch(folded, start, end)):
            return True
        nouns += stop - at > 1 and tag == "n"
        at = stop
    return nouns > 1


_NUMERAL = re.compile("百[一二三四五六七八九]|[一二三四五六七八九十百]里|"
                      "[一二三四五六七八九十]{1,2}[^一二三四五六七八九十百千万条座个级大小类项段处里公片批种年月日次号期届省市县区乡镇村多余来几主支位名家]")
"""A numeral with a noun that no count is made with, which names a river: 八尺|江, 百二|河."""


def _follows_word(folded: str, start: int) -> bool:
    return folded.endswith(_BEFORE, 0, start)


def _names(name: str, suffix: str) -> bool:
    """Whether a string ending in a water noun can be a name.

    >>> _names("响水河", "河"), _names("沿河", "河"), _names("重点湖", "湖")
    (True, False, False)
    """
    own = name[:-len(suffix)]
    if not own or name in _ORDINARY or own in _ORDINARY or _NOTHING.fullmatch(own) or re.search(rf"[^{_HAN}]", own):
        return False
    if len(own) == 1:
        return len(suffix) < 2 and own not in BAD and own not in BAD_ALONE
    if own[-1] == suffix[0]:
        return False
    if suffix == "水库" and len(own) > 2 and own[0] in "向引清应" and own[-1] in _LANDFORM:
        own = own[1:]
    return not any(c in BAD and c not in COMPOUND for c in own) and not name.endswith(_ORDINARY_ENDS) and "林田" not in name


def shortened(water: Water, names: set[str]) -> Water:
    """内淇河 where 淇河 stands elsewhere in the text; 西辽河 stays beside 辽河."""
    for cut in range(1, len(water.name) - 1):
        if water.name[cut:] in names and not (cut == 1 and water.name[0] in DIRECTIONS):
            return replace(water, start=water.start + cut, name=water.name[cut:])
    return water


def repeated_waters(folded: str, unlisted: Sequence[Water], inside: frozenset[int] = frozenset()) -> Iterator[Water]:
    """The names accepted once, wherever else they stand; none ends `inside` a place (西南湖|北)."""
    names = {w.name: w.subtype for w in unlisted if len(w.name) > 2}
    for name, start, end in uses(names, folded):
        if not _AFTER_NAME.match(folded, end) and not _PARTS.match(folded, end) and end not in inside:
            yield Water(start, end, name, names[name], "water:again")


def longest(waters: Sequence[Water]) -> list[Water]:
    """Of overlapping waters the longest."""
    taken: set[int] = set()
    kept = []
    for water in sorted(waters, key=lambda w: (w.start - w.end, w.rule, w.start)):
        if taken.isdisjoint(range(water.start, water.end)):
            kept.append(water)
            taken.update(range(water.start, water.end))
    return kept


def listed_beside(folded: str, found: Sequence[Phrase], waters: Sequence[Water]) -> Iterator[Water]:
    """Short names that end loosely (洪水, 小盘沟) in a list with a water."""
    starts, ends = {w.start for w in waters}, {w.end for w in waters}
    for phrase in found:
        last = folded[phrase.end - 1]
        if last not in LISTED_ONLY or phrase.start in starts or not _LISTED.fullmatch(folded, phrase.start, phrase.end):
            continue
        left = folded[phrase.start - 1:phrase.start] in ("、", "和", "与") and phrase.start - 1 in ends
        right = folded[phrase.end:phrase.end + 1] == "、" and phrase.end + 1 in starts
        name = folded[phrase.start:phrase.end]
        if (left or right) and _names(name, last):
            yield Water(phrase.start, phrase.end, name, "River", "water:beside")
