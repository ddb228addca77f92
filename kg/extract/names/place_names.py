"""Doc → divisions and known regions that stand in it, chains joined (山东东营), short names only where context supports them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from spacy.tokens import Doc

from kg.divisions import choose, context_chain, divisions, is_risky
from kg.extract.names.again import uses
from kg.extract.names.city_lists import listed_as_city
from kg.extract.names.known import hits
from kg.extract.names.stem_words import word_set
from kg.extract.words import words_of
from kg.gazetteer import Entry, Gazetteer, Hit
from kg.model import Context

NOT_AFTER = {
    "市": "场民容面价政值级镇立长", "区": "域间位划别块隔", "县": "级长", "州": "际级长", "省": "级会长际道", "旗": "帜",
}
"""What may not follow a full name for its last character to belong to it (沈阳市场, 海南区域): the name is then read without it."""
NOT_AFTER_DIRECTION = "风部方侧角面坡岸向端边"
_FROM_HERE = re.compile(r"约?\d[\d.]*(?:余|多)?(?:公里|千米|米|海里)|至(?![华东西])|以[\u4e00-\u9fff]{2,12}为界")
"""What makes a direction of a region's name: 东北|2.5公里处, 东北|至某村."""
_WATER_WORD = re.compile(r"河[道湖长流网]|湖泊|湖长|水|海洋|海域|海[上岸陆]|山[区洪村体]|江段|山水|岭[上下]|港口|库区|湾区|泉[水眼]")
_ROAD = re.compile(r"[一二三四五六七八九十东西南北中]{0,2}(?:路(?![段面网况桥线由途程灯口边权])|大街(?!小巷)|大道(?!理)"
                   r"|街(?![道头区巷边景舞]))")
"""What makes a road of a place's short name (中山|七路)."""
_SPECIES = re.compile(r"[\u4e00-\u9fff]{0,2}(?:蛾|松|杉|杨|榆|槐|蚧|虫|蟹|虾|龟|螺|鳄|枝黄花|红枫)")
"""What makes a kind of plant or animal of a country's name (美国|白蛾)."""
STOPPED = word_set("stop")
LANDFORMS = "山河江湖海岭岛峡溪水湾港泉库淀洼滩"
"""What makes a longer word of a short name before it (长白|山)."""
COMMON = word_set("common")
"""Short names that are words of their own: an adjacent parent, the full name in the text, or the context's own chain must support them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A division, a chain of divisions or a known region at text[start:end]; `entry` is the finest, `first` the start of its last name."""

    start: int
    end: int
    entry: Entry
    first: int
    full: bool = True


_begin_of = attrgetter("start")


def spot_at(spots: Sequence[Spot], start: int) -> Spot | None:
    """The place that begins at an offset; places are in text order and none overlaps another."""
    number = bisect_left(spots, start, key=_begin_of)
    return spots[number] if number < len(spots) and spots[number].start == start else None


def spot_until(spots: Sequence[Spot], end: int) -> Spot | None:
    """The place that ends at an offset."""
    number = bisect_left(spots, end, key=_begin_of) - 1
    return spots[number] if number >= 0 and spots[number].end == end else None


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    form: str
    entries: tuple[Entry, ...]


def spot(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> tuple[Spot, ...]:
    """Known places of a document in text order."""
    text: str = doc.user_data["folded"]
    bounds = words_of(doc).bounds
    known = hits(doc, gazetteer, "Place")
    begun = frozenset(hit.start for hit in known)
    trimmed = (_trim(hit, text, bounds, begun, gazetteer) for hit in known)
    found = _disjoint([_behind(each, text, bounds, gazetteer) for each in trimmed if each is not None])
    full = {e.id: e for f in found for e in divisions(f.entries) if f.form == e.name and f.form not in e.short}
    named = set(full)
    found = _disjoint([*found, *_shortened(full.values(), text, bounds), *_behind_province(found, text, bounds, gazetteer),
                       *_listed_cities(doc, text, gazetteer)])
    chains = _chains(found, text, gazetteer)
    lasting = {e.id for e in context_chain(context, gazetteer)}
    near = [_near(chains, number, text) for number in range(len(chains))]
    for _ in range(2):
        made = [_spot(chain, doc, bounds, gazetteer, context, named, lasting, near[n]) for n, chain in enumerate(chains)]
        found_ids = {each.entry.id for each in made if each is not None and each.entry.level}
        if found_ids <= named:
            break
        named |= found_ids
    return tuple(each for each in made if each is not None)


def _trim(hit: Hit, text: str, bounds: frozenset[int], begun: frozenset[int], gazetteer: Gazetteer) -> _Found | None:
    """The hit, or what is left of it when its last character belongs to the next word (沈阳市|场)."""
    after = text[hit.end:hit.end + 1]
    entries = hit.entries
    if after and after in NOT_AFTER.get(hit.text[-1], "") and hit.end not in begun and not _is_body(text, hit.end):
        form = hit.text[:-1]
        entries = gazetteer.lookup(form, ("Place",))
        if len(form) < 2 or not entries:
            return None
        return _Found(hit.start, hit.end - 1, form, entries)
    if len(hit.text) < 4 and after and after in LANDFORMS and all(is_risky(e, hit.text) for e in entries) and (
            hit.end not in bounds or not _WATER_WORD.match(text, hit.end)):
        return None
    if _GENERIC_LIST.match(text, hit.end - 1) and all(is_risky(e, hit.text) or hit.text != e.name for e in entries):
        return None
    if hit.text in ("东北", "西北", "西南", "东南") and _FROM_HERE.match(text, hit.end):
        return None
    if hit.text[-1] in "东南西北中" and after and after in NOT_AFTER_DIRECTION and len(hit.text) == 2:
        return None
    return _Found(hit.start, hit.end, hit.text, entries)


_BODY = re.compile(r"民[政主营族用间企生]|政[协府务]|镇(?:政府|人民)|位[于居处列]|划[定拨出入分]|立[足即案法项]|值得|面[临对积向]|"
                   r"长[期江远效]|会[同议]|容[纳易]|间[有为]")


_GENERIC_LIST = re.compile(r"[省市州县区旗盟]\s?\((?:[省市州县区旗盟]|自治)")
"""沿河县(市、区) lists kinds of divisions and names none."""


def _is_body(text: str, at: int) -> bool:
    """Whether what follows a full name begins the name of its body (平凉市|政府), so that the name stands whole."""
    return _BODY.match(text, at) is not None


def _behind(found: _Found, text: str, bounds: frozenset[int], gazetteer: Gazetteer) -> _Found:
    """A short name that begins inside a word, read as the surer name that begins in it: 和平|凉 as 和|平凉, 会同江|苏省 as 会同|江苏省."""
    if all(is_risky(e, found.form) for e in found.entries) and (found.start not in bounds or found.form.startswith("和")):
        for hit in gazetteer.find(text[found.start + 1:found.end + 6], ("Place",)):
            start, end = found.start + 1 + hit.start, found.start + 1 + hit.end
            sure = tuple(e for e in divisions(hit.entries) if not is_risky(e, hit.text))
            if start < found.end and sure and (end in bounds or len(hit.text) > 2):
                return _Found(start, end, hit.text, sure)
    return found


def _shortened(full: Iterable[Entry], text: str, bounds: frozenset[int]) -> Iterator[_Found]:
    """Divisions whose full name the text bears, named without their kind (庄河市 … 庄河)."""
    forms = {e.name[:-1]: e for e in full if 2 < len(e.name) <= 4 and e.level in ("county", "prefecture") and e.name[:-1] not in COMMON}
    for form, start, end in uses(forms, text):
        if start in bounds and end in bounds:
            yield _Found(start, end, form, (forms[form],))


def _behind_province(found: Iterable[_Found], text: str, bounds: frozenset[int], gazetteer: Gazetteer) -> Iterator[_Found]:
    """Cities and counties that bear the name of a water, right after the province they lie in: 福建|晋江."""
    for each in found:
        above = {e.id for e in each.entries if e.level == "province"}
        form, end = text[each.end:each.end + 2], each.end + 2
        if not above or end not in bounds or len(form) < 2 or form[-1] not in LANDFORMS or _WATERS_OWN.match(text, end):
            continue
        if form.endswith("湖") and text[end:end + 1] not in tuple(",、。的"):
            continue
        inner = tuple(e for unit in "市县" for e in gazetteer.lookup(form + unit, ("Place",)) if e.id.split("/")[0] in above)
        if inner:
            yield _Found(each.end, end, form, inner)


def _listed_cities(doc: Doc, text: str, gazetteer: Gazetteer) -> Iterator[_Found]:
    """Cities and counties that bear the name of a water, in a list of cities: 洪湖、监利、石首三市."""
    for hit in hits(doc, gazetteer, "WaterFeature"):
        if hit.end - hit.start == 2 and listed_as_city(text, hit.end):
            known = tuple(e for unit in "市县" for e in gazetteer.lookup(hit.text + unit, ("Place",)))
            if known:
                yield _Found(hit.start, hit.end, hit.text, known)


_WATERS_OWN = re.compile("[市县区河江湖流干支上中下源水两沿口入大特断治岸]|生态")
"""What after such a name shows that the water is meant: 福建晋江|流域."""


def _disjoint(found: Iterable[_Found]) -> list[_Found]:
    """Without what overlaps an earlier or a longer one."""
    kept: list[_Found] = []
    for each in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _chains(found: Sequence[_Found], text: str, gazetteer: Gazetteer) -> list[tuple[tuple[_Found, ...], tuple[Entry, ...]]]:
    """Neighbours without a gap, each below the last, joined; with each chain the entries that its last name may be.

    A name that a town below a county bears like a city elsewhere (左权县|辽阳|镇) is left to the town.
    """
    chains: list[tuple[tuple[_Found, ...], tuple[Entry, ...]]] = []
    for here in found:
        if chains:
            parts, above = chains[-1]
            below = _below(here.entries, above, gazetteer)
            if parts[-1].end == here.start and below:
                chains[-1] = ((*parts, here), below)
                continue
            if parts[-1].end == here.start and parts[-1].form[-1] in "县区" and text[here.end:here.end + 1] in ("镇", "乡", "村"):
                continue
        chains.append(((here,), here.entries))
    return chains


def _below(entries: Sequence[Entry], above: Sequence[Entry], gazetteer: Gazetteer) -> tuple[Entry, ...]:
    ids = {e.id for e in divisions(above)}
    return tuple(e for e in divisions(entries) if ids & {a.id for a in gazetteer.chain(e)[:-1]})


def _near(chains: Sequence[tuple[tuple[_Found, ...], tuple[Entry, ...]]], number: int, text: str) -> tuple[set[str], set[str]]:
    """Ids that stand beside a name: in the same coordination (listed), and within reach before or after."""
    listed: set[str] = set()
    reach: set[str] = set()
    parts, _ = chains[number]
    for step in (-1, 1):
        at, edge = number + step, parts[0].start if step < 0 else parts[-1].end
        joined = True
        while 0 <= at < len(chains) and abs(at - number) <= 12:
            other = chains[at][0]
            gap = text[other[-1].end:edge] if step < 0 else text[edge:other[0].start]
            if len(gap) > 60 or "\n" in gap:
                break
            joined = joined and gap.strip("※*☆★") in ("、", "和", "与", "及", "以及", "，", ",", " ", "")
            ids = {e.id for e in divisions(chains[at][1])}
            reach |= ids
            if joined:
                listed |= ids
            edge = other[0].start if step < 0 else other[-1].end
            at += step
    return listed, reach


def _spot(chain: tuple[tuple[_Found, ...], tuple[Entry, ...]], doc: Doc, bounds: frozenset[int], gazetteer: Gazetteer, context: Context,
          named: set[str], lasting: set[str], near: tuple[set[str], set[str]]) -> Spot | None:
    parts, entries = chain
    last = parts[-1]
    start, end = parts[0].start, last.end
    known = divisions(entries)
    opens = start in bounds or doc.user_data["text"].startswith("中共", max(0, start - 2))
    if not known and _SPECIES.match(doc.user_data["text"], end):
        return None
    if not known:
        whole = len(last.form) > 2 or (start in bounds and (end in bounds or _LAID.match(doc.user_data["text"], end) is not None))
        return Spot(start, end, entries[0], start) if whole else None
    if len(parts) > 1:
        if start not in bounds and len(parts[0].form) < 3:
            return None
        entry = choose(known, form=last.form, context=context, gazetteer=gazetteer, near=near[1])
        return Spot(start, end, entry, last.start, parts[0].form.endswith(("省", "市", "县", "州", "区", "旗"))) if entry else None
    if len(last.form) == 3 and last.form[:-1] in STOPPED and not any(
            e.parent in lasting | near[1] or _beside_sibling(e, near[0], gazetteer) for e in known):
        return None
    if len(last.form) == 3 and not opens and doc.user_data["text"][start - 1:start] not in "、，。和与及（(":
        return None
    regions = [e for e in entries if e not in known]
    alone = doc.user_data["text"][end:end + 1] not in ("市", "、") or _PEAKS.match(doc.user_data["text"], end)
    if regions and all(e.level != "province" for e in known) and alone:
        return Spot(start, end, regions[0], start)
    if _ROAD.match(doc.user_data["text"], end) and last.form[-1] not in "省市县区州盟旗":
        return None
    safe = [e for e in known if not is_risky(e, last.form)]
    if len(last.form) < 3 and (not opens or not (
            end in bounds or doc.user_data["text"][end:end + 1] in "省市县区州盟旗" or _begins_place(doc, start, known))):
        return None
    supported = [e for e in known if e not in safe and _supported(e, last, doc, gazetteer, named, lasting, near)]
    pool = [*safe, *supported]
    if not pool:
        return None
    around = {*near[0], *near[1]} | (named if len(named) < 40 else set())
    entry = choose(pool, form=last.form, context=context, gazetteer=gazetteer, near=around)
    return Spot(start, end, entry, start) if entry else None


_PEAKS = re.compile("(?:[、和与][一-鿿]{1,4}?山)+等?[^，。、；]{0,4}(?:名山|山岳|山脉|山地|景区)")
"""The rest of a list of mountains: 黄山|、九华山等名山."""
_LAID = re.compile("南北|脚下|深处|腹地|之巅|主峰|[东西南北]麓|[南北]坡")
"""What tells of a mountain after its name: 天山|南北."""


def _begins_place(doc: Doc, start: int, known: Sequence[Entry]) -> bool:
    """Whether a province's name begins a longer word for a place (新疆塔里木盆地)."""
    span = doc.char_span(start, start + 1, alignment_mode="expand")
    return span is not None and span[0].tag_ in ("ns", "nt", "nz") and any(e.level == "province" for e in known)


def _supported(entry: Entry, found: _Found, doc: Doc, gazetteer: Gazetteer, named: set[str], lasting: set[str],
               near: tuple[set[str], set[str]]) -> bool:
    """Whether context supports a short name (or a full name that is a common word) as this entry."""
    text: str = doc.user_data["text"]
    if listed_as_city(text, found.end) and entry.level in ("prefecture", "county") and (
            entry.parent in lasting | near[0] or any(_is_sibling(entry, gazetteer.entries.get(other)) for other in near[0])):
        return True
    if found.form[-1] in LANDFORMS and _WATERY.search(text[max(0, found.start - 2):found.end + 6]):
        return False
    if found.form == entry.name:
        return entry.parent in lasting or entry.parent in near[1] or _beside_sibling(entry, near[0], gazetteer)
    if entry.id in named or entry.id in lasting:
        return True
    listed, reach = near
    if entry.parent in listed or any(_is_sibling(entry, gazetteer.entries.get(other)) for other in listed):
        return found.form not in COMMON or entry.level == "prefecture" or _is_place_word(doc, found)
    if found.form in COMMON:
        return False
    if entry.level == "county" and _VILLAGE.match(doc.user_data["text"], found.end) and _is_place_word(doc, found):
        return True
    line = {e.id for e in gazetteer.chain(entry)[:-1]}
    if entry.parent in lasting or (line & lasting and (len(lasting) == 1 or entry.level == "prefecture")):
        return True
    if line & lasting:
        return False
    return (bool(line & reach) and _is_place_word(doc, found)) or (entry.level == "prefecture" and _is_place_word(doc, found))


def _beside_sibling(entry: Entry, listed: set[str], gazetteer: Gazetteer) -> bool:
    """Whether a division below the same one stands in the same list by a name that is no word as well."""
    others = (gazetteer.entries.get(id_) for id_ in listed)
    return any(other is not None and _is_sibling(entry, other) and not is_risky(other, other.name) for other in others)


def _is_sibling(entry: Entry, other: Entry | None) -> bool:
    return other is not None and other is not entry and other.parent == entry.parent


_WATERY = re.compile(r"[河江湖溪川]、|、[\u4e00-\u9fff]{1,4}[河江湖溪川](?![\u4e00-\u9fff])|"
                     r"[河江湖溪海山库](?:流域|干流|支流|[上中下]游|沿线|沿岸|两岸|源(?!于|自)|断面|水|大桥|水库|入|北麓|南麓)")
"""Beside rivers a name such as 黑河 is a river's."""
_VILLAGE = re.compile(r"(?![的和与及等市县镇乡村])[\u4e00-\u9fff]{1,3}[镇村](?![级长民庄])")


def _is_place_word(doc: Doc, found: _Found) -> bool:
    span = doc.char_span(found.start, found.end)
    return span is not None and len(span) == 1 and span[0].tag_ in ("ns", "nr", "nz", "")


def mask(text: str, spots: Sequence[Spot]) -> str:
    """The text with each place as one private-use character and fillers of the same length, so that patterns can name it as one sign.

    `spots` stand in text order, none overlapping another.

    The last name of a chain is marked by its first character: \ue000 a place, \ue001 the rest of it.
    """
    pieces, at = [], 0
    for each in spots:
        pieces += [text[at:each.start], "\ue000", "\ue001" * (each.end - each.start - 1)]
        at = each.end
    return "".join((*pieces, text[at:]))
