"""Names that a text makes for itself: defined (以下简称“太钢”), zones within a defined place, protected areas without their kind."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.divisions import LEVEL_WORDS, divisions
from kg.extract.names.again import uses
from kg.extract.names.name_tables import endings
from kg.extract.names.stems import STOPS
from kg.gazetteer import Gazetteer
from kg.model import Mention

DEFINED = re.compile(r"\((?:以下|下文|下|后文)?(?:统一)?(?:简称|统称)(?:为|作)?[:]?"
                     r"[“\"「]?(?P<short>[\u4e00-\u9fffA-Za-z0-9·—-]{1,20})[”\"」]?\)")
_ZONE = "(?:启动区|起步区|先行区|拓展区|协调区|协同区)"
"""Zones that have names of their own within a defined place."""
_WATERS = "湖河江海山水库岭岛溪泉林"
"""A stem that ends so is the name of a water or a mountain of its own."""


def defined(doc: Doc, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions of short names that the text defines right after a mention (以下简称“太钢”), wherever they stand after it."""
    ending: dict[int, Mention] = {}
    for mention in mentions:
        if not mention.deictic and (mention.end not in ending or ending[mention.end].start > mention.start):
            ending[mention.end] = mention
    meant: dict[str, list[tuple[int, Mention]]] = {}
    for match in DEFINED.finditer(text):
        antecedent = ending.get(match.start() - (text[match.start() - 1] in "”\""))
        if antecedent is not None and _is_short_name(match["short"], antecedent, text):
            meant.setdefault(match["short"], []).append((match.start(), antecedent))
    for short, definitions in meant.items():
        starts = [start for start, _ in definitions]
        for use in re.finditer(re.escape(short), text):
            number = bisect_right(starts, use.start()) - 1
            if number >= 0:
                whole = definitions[number][1]
                office = "办公室" if whole.type == "Agency" and text.startswith("办公室", use.end()) else ""
                end = use.end() + len(office)
                form, name = doc.user_data["text"][use.start():end], (whole.name or whole.text) + office
                yield Mention(use.start(), end, form, whole.type, whole.subtype, name, rule="defined",
                              entry=None if office else whole.entry)


def _is_short_name(short: str, antecedent: Mention, text: str) -> bool:
    """Whether a defined word is a name: no level word, no count (两省一市), and of the antecedent alone where that ends a list."""
    if short in STOPS or len(short) < 2 or short[0] in "两三四五六七八九十各" or short in LEVEL_WORDS:
        return False
    return text[antecedent.start - 1:antecedent.start] not in tuple("、和") or short[0] in antecedent.text


def within(doc: Doc, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Zones inside a place that the text defines (示范区先行启动区), and the zone alone after that."""
    whole = {m.text: m.name for m in mentions if m.rule == "defined" and m.name}
    if not whole:
        return
    zones: dict[str, str] = {}
    inner = re.compile(rf"(?P<short>{'|'.join(map(re.escape, whole))})(?P<zone>[\u4e00-\u9fff]{{0,2}}{_ZONE})")
    for match in inner.finditer(text):
        if match["zone"] not in whole and match["zone"][0] not in "和与及的":
            zones.setdefault(match["zone"], (whole[match["short"]] or "") + match["zone"])
    for zone, name in zones.items():
        for use in re.finditer(rf"(?:{'|'.join(map(re.escape, whole))})?{re.escape(zone)}", text):
            yield Mention(use.start(), use.end(), doc.user_data["text"][use.start():use.end()], "Place", "Region", name, rule="within")


_OF_PLACE = re.compile("(?P<plan>的?(?:总体|详细|专项|保护|管理|建设)规划)|管理(?:机构|局|委员会|处)|管委会")


def belonging(doc: Doc, text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The plan and the body of a place that the text calls by a short name: 保护区|总体规划, 保护区|管理机构."""
    for mention in mentions:
        match = _OF_PLACE.match(text, mention.end) if mention.rule == "defined" and mention.type == "Place" else None
        if match is not None:
            form, kind = doc.user_data["text"][mention.start:match.end()], match.group().removeprefix("的")
            name = (mention.name or mention.text) + kind
            if match["plan"]:
                yield Mention(mention.start, match.end(), form, "Programme", "Plan", name, rule="defined-of")
            else:
                yield Mention(mention.start, match.end(), form, "Agency", "GovernmentBody", name, rule="defined-of")


_KIND_AGAIN = re.compile("湿地|保护区|风景区")
"""A part of the kind that stands with a clipped name: 某河故道|湿地."""


def clipped(doc: Doc, text: str, mentions: Iterable[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    """Protected areas named again without their kind: 江苏无锡梁鸿 for 江苏无锡梁鸿国家湿地公园."""
    _, pattern = endings("place_suffixes.tsv")
    clips: dict[str, Mention] = {}
    for mention in mentions:
        if mention.subtype != "ProtectedArea" or mention.rule == "clipped":
            continue
        suffix = next((m for m in pattern.finditer(mention.text) if m.end() == len(mention.text)), None)
        if suffix is None:
            continue
        stem = mention.text[:suffix.start()]
        own = stem
        for hit in gazetteer.find(stem, ("Place",)):
            if hit.start == len(stem) - len(own) and divisions(hit.entries):
                own = stem[hit.end:]
        if own and own != stem and len(stem) >= 5:
            clips.setdefault(stem, mention)
        if len(own) >= 3 and own != stem and own[-1] not in _WATERS and not gazetteer.lookup(own):
            clips.setdefault(own, mention)
    for clip, start, stop in uses(clips, text):
        mention = clips[clip]
        kind = _KIND_AGAIN.match(text, stop)
        end, name = kind.end() if kind else stop, mention.name or mention.text
        yield Mention(start, end, doc.user_data["text"][start:end], "Place", mention.subtype, name, rule="clipped", entry=mention.entry)
