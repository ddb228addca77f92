"""Doc → proposed mentions: rivers, lakes, reservoirs, basins, reaches and monitoring sections.

A listed water is found by its name. An unlisted one is a short name before 河, 江, 湖, 水库 … that begins where a
phrase begins, or after a place, a direction or a preposition, and that is no ordinary word (沿河, 母亲河).
A basin (泾河流域) is another entity than its river (泾河).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import ahocorasick_rs
from spacy.tokens import Doc

from kg.extract.phrases import Phrase, phrases
from kg.extract.river_words import (
    BAD,
    BAD_ALONE,
    BEFORE,
    COMPOUND,
    CONTEXT,
    DIRECTIONS,
    FOLLOWS_KNOWN,
    FOLLOWS_NAME,
    FUNCTION,
    LISTED_ONLY,
    ORDINARY,
    ORDINARY_ENDS,
    ORDINARY_TAGS,
    PARTS,
    REACH,
    REACHES,
    SUBTYPES,
    WEAK_ENDS,
)
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_HAN = r"一-鿿"
_SUFFIX = re.compile("|".join(SUBTYPES))
_LISTED = re.compile(rf"[{_HAN}]{{1,4}}[{LISTED_ONLY}]")
_CONTEXT = re.compile(CONTEXT)
_FULL_PLACE = re.compile(r"[县市区]")
_AFTER_NAME, _AFTER_KNOWN = re.compile(FOLLOWS_NAME), re.compile(FOLLOWS_KNOWN)
_PARTS = re.compile(PARTS)
_REACH = re.compile(REACH)
_BASIN = re.compile(r"流域|水系")
_LIST_BASIN = re.compile(r"等?(?:[0-9一二三四五六七八九十两]+(?:大|个|条)?|主要|重点|重要)?流域")
_SECTION = re.compile(rf"(?P<first>[{_HAN}]{{2,5}}?)(?:(?=、)|(?P<one>断面|水质断面|国控断面|省控断面|考核断面|入境断面|出境断面))")
_SECTIONS = re.compile(rf"(?:、[{_HAN}]{{2,5}})*?、?(?:[{_HAN}]{{2,5}})?(?:等)?\s*[0-9一二三四五六七八九十两]+(?:个|处)?(?:地表水)?(?:国家|国控|省控|市控|国考|省考|考核|监测|水质)*断面")
_GROUP = re.compile(r"“?(?<![一-鿿])?[一两二三四五六七八九][江河][一两二三四五六七八九][江河湖水库渠海]”?")
_NOTHING = re.compile(r"(?:上|中|下)游|主要|重点|全|各|本|该|两|小|大|跨|其他|不同|整个|所在|相关|有关|部分|[一二三四五六七八九十]大?|省|市|县|水|子|分|汇水")
_UNLISTED_BASIN = re.compile(rf"[{_HAN}]{{2,8}}?流域")
_EXTRA = re.compile(r"(?:西北|西南|东南|北方|南方)诸河|浙闽片河流")


@dataclass(frozen=True, slots=True)
class Water:
    """A base name text[start:end] of a water, before 流域, 断面 and reaches are read on."""

    start: int
    end: int
    name: str
    subtype: str
    rule: str
    entry: str | None = None


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Proposed mentions, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "清水县的白沟河、响水河流域水质改善，沿河村庄受益。", ""))
    >>> [(m.text, m.name) for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())]
    [('白沟河', '白沟河流域'), ('响水河流域', None)]
    """
    text, folded = doc.text, doc.user_data["folded"]
    tags = {t.idx: (t.idx + len(t.text), t.tag_) for t in doc}
    places = [h for h in gazetteer.find(folded, ("Place",)) if h.exact]
    listed = list(_listed(folded, gazetteer, {(h.start, h.end) for h in places}, tags))
    found = phrases(doc, known=[(w.start, w.end) for w in listed])
    ends = {h.end for h in places} | {w.end for w in listed}
    unlisted = [w for w in _unlisted(folded, tags, found, ends, {w.start: w.end for w in listed})
                if _water_context(folded, w.end) or not gazetteer.lookup(w.name, ("Place",))]
    unlisted = [_shortened(w, {u.name for u in (*unlisted, *listed)}) for w in unlisted]
    waters = sorted(_settle([*listed, *unlisted, *_again(folded, unlisted)]), key=lambda w: w.start)
    waters = sorted([*waters, *(w for w in _beside(folded, found, waters) if not gazetteer.lookup(w.name, ("Place",)))], key=lambda w: w.start)
    yield from _read_on(text, folded, waters)
    for extra in _EXTRA.finditer(folded):
        yield _mention(text, extra.start(), extra.end(), "Basin", None, "water:group")
    for match in _GROUP.finditer(folded):
        inner = folded[match.start():match.end()].strip("“”")
        start = folded.index(inner, match.start())
        yield Mention(start, start + len(inner), text[start:start + len(inner)], "WaterFeature", "Basin", rule="water:group")


def _listed(folded: str, gazetteer: Gazetteer, places: set[tuple[int, int]], tags: dict[int, tuple[int, str]]) -> Iterator[Water]:
    """The listed waters that can be trusted, and those beside them in a list (石羊河、黑河)."""
    doubtful: list[Water] = []
    sure_end = -1
    for hit in gazetteer.find(folded, ("WaterFeature",)):
        if _AFTER_KNOWN.match(folded, hit.end):
            continue
        entry, name, end = hit.entries[0], hit.text, hit.end
        for reach in REACHES:
            if name.endswith(reach) and (base := gazetteer.lookup(name[:-len(reach)], ("WaterFeature",))):
                entry, name, end = base[0], name[:-len(reach)], hit.end - len(reach)
                break
        water = Water(hit.start, end, entry.name, entry.subtype, "water:listed", entry.id)
        listed = folded[hit.start - 1:hit.start] in ("、", "和", "与") and sure_end == hit.start - 1
        sure = bool(hit.exact) or _water_context(folded, hit.end)
        if (sure and _trusted(folded, hit.start, end, places, tags, gazetteer)) or (listed and hit.start in tags):
            if doubtful and doubtful[-1].end == hit.start - 1 and folded[hit.start - 1] in "、和与":
                yield from doubtful
            yield water
            doubtful, sure_end = [], end
        else:
            doubtful = [*doubtful, water] if doubtful and doubtful[-1].end == hit.start - 1 else [water]


def _trusted(folded: str, start: int, end: int, places: set[tuple[int, int]], tags: dict[int, tuple[int, str]], gazetteer: Gazetteer) -> bool:
    """Whether a listed name stands for the water here, not for a county of the same name or a part of other words."""
    name = folded[start:end]
    if end - start < 3 and start not in tags:
        return False
    if _water_context(folded, end):
        return True
    if (start, end) in places or name in ORDINARY:
        return False
    same = any(entry.level in ("province", "prefecture", "county") for entry in gazetteer.lookup(name, ("Place",)))
    if same and (name[-1] not in "河江湖" or _FULL_PLACE.search(folded, end, end + 4) or any(folded.find(name + unit) >= 0 for unit in "县市区")):
        return False
    weak = name[-1] in WEAK_ENDS and end - start < 3
    return not weak or tags[start][0] == end or _CONTEXT.match(folded, end) is not None and folded[start - 1:start] in "、和与的及，。\n"


def _water_context(folded: str, end: int) -> bool:
    match = _CONTEXT.match(folded, end)
    return match is not None and len(match.group()) > 1


def _unlisted(folded: str, tags: dict[int, tuple[int, str]], found: Sequence[Phrase], ends: set[int], known: dict[int, int]) -> Iterator[Water]:
    """Short names before a water noun whose left boundary is plain."""
    inside = [False] * (len(folded) + 1)
    for start, end in known.items():
        for at in range(start, end):
            inside[at] = True
    for phrase in found:
        low = phrase.start
        for match in _SUFFIX.finditer(folded, phrase.start, phrase.end):
            if inside[match.start()] and inside[match.end() - 1]:
                low = match.end()
                continue
            start = _begin(folded, phrase, max(low, match.start() - 5), match, ends, tags)
            if start is not None and match.group() != "运河" and not _AFTER_NAME.match(folded, match.end()):
                yield Water(start, match.end(), folded[start:match.end()], SUBTYPES[match.group()], "water:unlisted")
            if start is not None or not _SUFFIX.match(folded, match.end()):
                low = match.end() if folded[match.end():match.end() + 1] not in COMPOUND else low


def _begin(folded: str, phrase: Phrase, low: int, match: re.Match[str], ends: set[int], tags: dict[int, tuple[int, str]]) -> int | None:
    """The start of the name that ends with the water noun at `match`: that of a word tagged as a name, else the longest plausible."""
    after = folded[match.end():match.end() + 1]
    if after in COMPOUND and after != folded[match.end() - 1] and _SUFFIX.match(folded, match.end()) or after in ("港", "塘", "浦"):
        return None
    starts = [at for at in range(low, match.start()) if at in phrase.words and not _ordinary(folded, at, match.start(), tags)]
    tagged = [at for at in starts if tags[at][0] == match.end() and tags[at][1] in ("ns", "nr", "nz", "nrt")]
    if _PARTS.match(folded, match.end()):
        starts = tagged = [at for at in tagged if tags[at][1] == "ns"]
    for at in tagged:
        if at - 1 in starts and (folded[at - 1] in DIRECTIONS or (match.end() - at < 3 and folded[at - 1] not in FUNCTION)):
            return at - 1 if _names(folded[at - 1:match.end()], match.group()) else None
        if _names(folded[at:match.end()], match.group()):
            return at
    for start in [*reversed([at for at in starts if at in ends]), *starts]:
        plain = start == phrase.start or start in ends or folded.startswith(("“", "(", "、"), start - 1) or _follows_word(folded, start)
        if plain and _names(folded[start:match.end()], match.group()):
            return start
    return None


def _ordinary(folded: str, start: int, end: int, tags: dict[int, tuple[int, str]]) -> bool:
    """Whether the words of text[start:end] are no name: a verb or number of two characters, or several common nouns."""
    nouns = 0
    at = start
    if folded[start] in FUNCTION and tags.get(start, (0, ""))[0] == start + 1:
        return True
    while at < end:
        stop, tag = tags.get(at, (end, ""))
        if stop > end:
            return folded[at:stop] in ORDINARY
        if stop - at > 1 and tag in ORDINARY_TAGS:
            return True
        nouns += stop - at > 1 and tag == "n"
        at = stop
    return nouns > 1


def _follows_word(folded: str, start: int) -> bool:
    return any(folded.endswith(word, 0, start) for word in BEFORE)


def _names(name: str, suffix: str) -> bool:
    """Whether a string ending in a water noun can be a name.

    >>> _names("响水河", "河"), _names("沿河", "河"), _names("重点湖", "湖")
    (True, False, False)
    """
    own = name[:-len(suffix)]
    if not own or name in ORDINARY or own in ORDINARY or _NOTHING.fullmatch(own) or re.search(rf"[^{_HAN}]", own):
        return False
    if len(own) == 1:
        return len(suffix) < 2 and own not in BAD and own not in BAD_ALONE
    if own[-1] == suffix[0]:
        return False
    return not any(c in BAD and c not in COMPOUND for c in own) and not name.endswith(ORDINARY_ENDS) and "林田" not in name


def _shortened(water: Water, names: set[str]) -> Water:
    """内淇河 where 淇河 stands elsewhere in the text; 西辽河 stays beside 辽河."""
    for cut in range(1, len(water.name) - 1):
        if water.name[cut:] in names and not (cut == 1 and water.name[0] in DIRECTIONS):
            return replace(water, start=water.start + cut, name=water.name[cut:])
    return water


def _again(folded: str, unlisted: Sequence[Water]) -> Iterator[Water]:
    """The names accepted once, wherever else they stand."""
    names = {w.name: w.subtype for w in unlisted if len(w.name) > 2}
    if not names:
        return
    ordered = sorted(names)
    matcher = ahocorasick_rs.AhoCorasick(ordered, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    for number, start, end in matcher.find_matches_as_indexes(folded):
        if not _AFTER_NAME.match(folded, end) and not _PARTS.match(folded, end):
            yield Water(start, end, ordered[number], names[ordered[number]], "water:again")


def _settle(waters: Sequence[Water]) -> list[Water]:
    """Of overlapping waters the longest."""
    taken: set[int] = set()
    kept = []
    for water in sorted(waters, key=lambda w: (w.start - w.end, w.rule, w.start)):
        if taken.isdisjoint(range(water.start, water.end)):
            kept.append(water)
            taken.update(range(water.start, water.end))
    return kept


def _beside(folded: str, found: Sequence[Phrase], waters: Sequence[Water]) -> Iterator[Water]:
    """Short names that end loosely (洪水, 小盘沟) in a list with a water."""
    starts, ends = {w.start for w in waters}, {w.end for w in waters}
    for phrase in found:
        match = _LISTED.match(folded, phrase.start, phrase.end)
        if not match or match.end() != phrase.end or phrase.start in starts:
            continue
        left = folded[phrase.start - 1:phrase.start] in ("、", "和", "与") and phrase.start - 1 in ends
        right = folded[phrase.end:phrase.end + 1] == "、" and phrase.end + 1 in starts
        if (left or right) and _names(match.group(), match.group()[-1]):
            yield Water(phrase.start, phrase.end, match.group(), "River", "water:beside")


def _read_on(text: str, folded: str, waters: Sequence[Water]) -> Iterator[Mention]:
    """Each water with what follows it: 流域, a reach, a section; in a list the head of the last completes the others."""
    pending: list[Water] = []
    for number, water in enumerate(waters):
        after = waters[number + 1] if number + 1 < len(waters) else None
        pending.append(water)
        if after and after.start - water.end == 1 and folded[water.end] in "、和与及":
            continue
        basin = _LIST_BASIN.match(folded, water.end)
        if basin and len(pending) > 1:
            own = basin.end() if _BASIN.match(folded, water.end) else water.end
            for each in pending[:-1]:
                yield _mention(text, each.start, each.end, "Basin", each.name + "流域", each.rule)
            yield _mention(text, water.start, own, "Basin", None if own > water.end else water.name + "流域", water.rule)
        else:
            for each in pending[:-1]:
                yield from _single(text, folded, each)
            yield from _single(text, folded, water)
        pending = []


def _single(text: str, folded: str, water: Water) -> Iterator[Mention]:
    end, subtype = water.end, water.subtype
    reach = _REACH.match(folded, end)
    if reach and not re.search(r"[的和与及在是为]|流域|河|江|湖|岸|示范|绿道|工程|试点", reach.group()):
        end, subtype = reach.end(), "MonitoringSection" if subtype == "MonitoringSection" else subtype
    basin = _BASIN.match(folded, end)
    if basin:
        yield _mention(text, water.start, basin.end(), "Basin", None, water.rule)
        return
    sections = list(_sections(text, folded, water, end)) if end == water.end else []
    if sections:
        yield from sections
        return
    whole = end > water.end
    yield Mention(water.start, end, text[water.start:end], "WaterFeature", subtype, None if whole or not water.entry else water.name,
                  rule=water.rule, entry=None if whole else water.entry)


def _sections(text: str, folded: str, water: Water, at: int) -> Iterator[Mention]:
    """泾河平镇桥、长庆桥2个断面: a section each, the river and the head completed in the name."""
    first = _SECTION.match(folded, at)
    if not first or re.search(r"[的和与及等水在是为、，]|流域|河道|控制|入河|干流|国控|省控|考核|主要", first.group("first")):
        return
    river = folded[water.start:water.end]
    if first.group("one"):
        yield _mention(text, water.start, first.end(), "MonitoringSection", None, "water:section")
        return
    rest = _SECTIONS.match(folded, first.end())
    if not rest:
        return
    yield _mention(text, water.start, first.end(), "MonitoringSection", folded[water.start:first.end()] + "断面", "water:section")
    for part in re.finditer(rf"(?<=、)[{_HAN}]{{2,5}}?(?=、|断面|等|[0-9]|[一二三四五六七八九十两]+个)", folded[first.end():rest.end()]):
        start, end = first.end() + part.start(), first.end() + part.end()
        yield _mention(text, start, end, "MonitoringSection", river + part.group() + "断面", "water:section")


def _mention(text: str, start: int, end: int, subtype: str, name: str | None, rule: str) -> Mention:
    return Mention(start, end, text[start:end], "WaterFeature", subtype, name, rule=rule)
