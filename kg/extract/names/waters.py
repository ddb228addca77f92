"""Doc → proposed mentions: rivers, lakes, reservoirs, basins, reaches and monitoring sections.

A listed water is found by its name. An unlisted one is a short name before 河, 江, 湖, 水库 … that begins where a
phrase begins, or after a place, a direction or a preposition, and that is no ordinary word (沿河, 母亲河).
A basin (泾河流域) is another entity than its river (泾河).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.names.phrases import phrases
from kg.extract.names.quotes import curled
from kg.extract.names.river_names import (
    Reading,
    Water,
    listed_beside,
    listed_waters,
    longest,
    repeated_waters,
    shortened,
    unlisted_waters,
    water_context,
)
from kg.extract.names.river_words import REACH
from kg.extract.once import once
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_HAN = r"一-鿿"
_REACH = re.compile(REACH)
_ALSO = re.compile(rf"[、和与及]((?![{_HAN}]{{0,5}}[河江湖水])[{_HAN}]{{2,5}}?断面)")
_PARTLY = re.compile(r"上中游|中下游|[上中下]游|流域|水系|干线|干流")
_PART = re.compile(r"(?:上中游|中下游|[上中下]游)(?!流域)|干线(?![段])|干流(?![\u4e00-\u9fff]{2,8}?段|和|与|及|、)")
_BASIN = re.compile(r"流域|水系")
_LIST_BASIN = re.compile(r"等?(?:[0-9一二三四五六七八九十两]+(?:大|个|条)?|主要|重点|重要)?流域")
_SECTION = re.compile(rf"(?P<first>[{_HAN}]{{2,5}}?)(?:(?=、)|(?P<one>断面|水质断面|国控断面|省控断面|考核断面|入境断面|出境断面))")
_SECTIONS = re.compile(rf"(?:、[{_HAN}]{{2,5}})*?、?(?:[{_HAN}]{{2,5}})?(?:等)?\s*[0-9一二三四五六七八九十两]+(?:个|处)?(?:地表水)?"
                       r"(?:国家|国控|省控|市控|国考|省考|考核|监测|水质)*断面")
_GROUP = re.compile(r"(?=[“一两二三四五六七八九])“?[一两二三四五六七八九][江河][一两二三四五六七八九][江河湖水库渠海]”?")
_EXTRA = re.compile(r"(?:西北|西南|东南|北方|南方)诸河|浙闽片河流")


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> tuple[Mention, ...]:
    """Proposed mentions, which may overlap those of other modules; found once a document.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "清水县的白沟河、响水河流域水质改善，沿河村庄受益。", ""))
    >>> [(m.text, m.name) for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())]
    [('白沟河', '白沟河流域'), ('响水河流域', None)]
    """
    return once(doc, ("waters", gazetteer), lambda: tuple(_waters(doc, gazetteer)))


def _waters(doc: Doc, gazetteer: Gazetteer) -> Iterator[Mention]:
    text, folded = doc.user_data["text"], curled(doc)
    reading = Reading.of(doc, gazetteer)
    listed = tuple(listed_waters(reading))
    found = phrases(doc, gazetteer)
    unlisted = [w for w in unlisted_waters(reading, found, listed)
                if water_context(folded, w.end) or not gazetteer.lookup(w.name, ("Place",))]
    unlisted = [shortened(w, {u.name for u in (*unlisted, *listed)}) for w in unlisted]
    sure = longest([*listed, *unlisted, *repeated_waters(folded, unlisted, reading.place_insides)])
    beside = [w for w in listed_beside(folded, found, sure) if not gazetteer.lookup(w.name, ("Place",))]
    waters = sorted([*sure, *beside], key=lambda w: w.start)
    yield from _read_on(text, folded, waters)
    for extra in _EXTRA.finditer(folded) if "诸河" in folded or "浙闽片" in folded else ():
        yield _mention(text, extra.start(), extra.end(), "Basin", None, "water:group")
    for match in _GROUP.finditer(folded):
        inner = folded[match.start():match.end()].strip("“”")
        start = folded.index(inner, match.start())
        yield Mention(start, start + len(inner), text[start:start + len(inner)], "WaterFeature", "Basin", rule="water:group")


def _read_on(text: str, folded: str, waters: Sequence[Water]) -> Iterator[Mention]:
    """Each water with what follows it: 流域, a reach, a section; in a list the head of the last completes the others."""
    pending: list[Water] = []
    whole = frozenset(w.name for w in waters if not _PARTLY.match(folded, w.end))
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
            for each in pending:
                yield from _single(text, folded, each, whole)
        pending = []


def _single(text: str, folded: str, water: Water, whole: frozenset[str]) -> Iterator[Mention]:
    """A water with its reach, basin or section; 长江上游 is named apart from the rivers that stand `whole` elsewhere in the text."""
    end, subtype = water.end, water.subtype
    reach = _REACH.match(folded, end)
    if reach and not re.search(r"[的和与及在是为]|流域|河|江|湖|岸|示范|绿道|工程|试点", reach.group()):
        end, subtype = reach.end(), "MonitoringSection" if subtype == "MonitoringSection" else subtype
    part = _PART.match(folded, end) if end == water.end and subtype == "River" else None
    part = part if water.name in whole or (part and part.group() == "干线") else None
    if part:
        yield _mention(text, water.start, part.end(), "River", None, water.rule)
        return
    basin = _BASIN.match(folded, end)
    if basin:
        yield _mention(text, water.start, basin.end(), "Basin", None, water.rule)
        return
    sections = list(_sections(text, folded, water, end)) if end == water.end else []
    if sections:
        yield from sections
        return
    longer = end > water.end
    yield Mention(water.start, end, text[water.start:end], "WaterFeature", subtype, None if longer or not water.entry else water.name,
                  rule=water.rule, entry=None if longer else water.entry)


def _sections(text: str, folded: str, water: Water, at: int) -> Iterator[Mention]:
    """泾河平镇桥、长庆桥2个断面: a section each, the river and the head completed in the name."""
    first = _SECTION.match(folded, at)
    if not first or re.search(r"[的和与及等水在是为、，]|流域|河道|控制|入河|干流|国控|省控|考核|主要", first.group("first")):
        return
    river = folded[water.start:water.end]
    if first.group("one"):
        yield _mention(text, water.start, first.end(), "MonitoringSection", None, "water:section")
        for also in _ALSO.finditer(folded, first.end(), first.end() + 40):
            if also.start() != first.end():
                break
            yield _mention(text, also.start(1), also.end(), "MonitoringSection", river + also.group(1), "water:section")
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
