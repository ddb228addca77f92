"""Mention → full official name: what 省委, 市住建局 and 州政府 stand for in a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.departments import Departments
from kg.divisions import LEVEL_WORDS, at_level, choose, divisions
from kg.gazetteer import Entry, Gazetteer
from kg.homonyms import is_elsewhere, shared_division
from kg.model import Context, Mention
from kg.successions import succession

_LEVEL = re.compile("|".join(sorted(LEVEL_WORDS, key=lambda w: (-len(w), w))))
_NOT_LEVEL = re.compile(r"市容|省级|市级|县级|县域|市域|区域|省域|市场|市政(?!府|协)|州际|省际|区级|镇级|乡村|乡镇")
_PARTY_FRONT = re.compile(r"^(?:中国共产党|中共|中国人民政治协商会议|政协|共青团|武警|原)")
_NATIONAL = re.compile(r"^(?:中央|国家|国务院|全国|中国|中华|中共中央|中国共产党|最高人民)")
_NEAR = "a water of the document's own province, not the listed one"
_NOISE = re.compile(r"[\r\n]+\s*")


@dataclass(frozen=True, slots=True)
class Naming:
    """The full name a mention stands for, with what identifies it: a gazetteer entry or, for a place, its chain of full names.

    `local` marks a name that another, listed entity elsewhere bears as well.
    """

    name: str
    subtype: str = ""
    entry: str | None = None
    chain: str | None = None
    reason: str = ""
    local: bool = False


def form_of(mention: Mention) -> str:
    """The literal form without title marks and the line breaks of a page.

    >>> form_of(Mention(0, 8, "《清水\\n条例》", "Programme"))
    '清水条例'
    """
    text = (_NOISE.sub("", mention.text) if "\n" in mention.text or "\r" in mention.text else mention.text).strip()
    return text[1:-1] if text[:1] in "《〈" and text[-1:] in "》〉" and "《" not in text[1:-1] else text


def name_of(mention: Mention, *, context: Context, gazetteer: Gazetteer) -> Naming:
    """The naming of one mention.

    >>> c = Context(place="宜昌市", place_id="湖北省/宜昌市", chain=("湖北省", "宜昌市"))
    >>> g = Gazetteer.load()
    >>> [name_of(Mention(0, len(f), f, "Agency"), context=c, gazetteer=g).name for f in ("省委", "市住建局")]
    ['中共湖北省委', '宜昌市住房和城乡建设局']
    """
    if mention.entry is not None and (entry := gazetteer.entries.get(mention.entry)) is not None:
        chain = entry.id if entry.subtype == "AdministrativeDivision" else None
        reason = "the place of the document" if mention.deictic else "the name stands in the gazetteer"
        name = entry.name
        if is_elsewhere(entry, context):
            return Naming(name, entry.subtype, None, None, _NEAR, True)
        if not mention.deictic and mention.rule != "defined" and _stands_full(form_of(mention), entry):
            name, reason = form_of(mention), "the full name as it stands"
        elif entry.type == "Programme" and mention.name in entry.aliases:
            name, reason = mention.name or name, "a full name of its own that the text gives"
        return Naming(name, entry.subtype, entry.id, chain, reason)
    if mention.type == "Place":
        return _place(mention, context, gazetteer)
    if mention.type == "Agency":
        return _agency(mention, context, gazetteer)
    form = form_of(mention)
    if mention.name:
        return Naming(mention.name, mention.subtype, None, None, "the text completes or defines the name")
    known = [e for e in gazetteer.lookup(form, (mention.type,)) if form not in e.short or (e.type == "WaterFeature" and e.name == form)]
    if len(known) == 1 and is_elsewhere(known[0], context):
        return Naming(known[0].name, known[0].subtype, None, None, _NEAR, True)
    if len(known) == 1:
        return Naming(known[0].name, mention.subtype or known[0].subtype, known[0].id, None, "the name stands in the gazetteer")
    return Naming(form, mention.subtype, None, None, "the name as it stands")


_KINDS = re.compile("(?:国家级自然保护区|自然保护区|国家公园|国家湿地公园|湿地公园|国家森林公园|地质公园|沙漠|沙地|草原|盆地|水利委员会)$")
"""Kinds that end a full name; a form that ends in the kind of its entry is a full name of its own spelling."""


def _stands_full(form: str, entry: Entry) -> bool:
    """Whether a form other than the listed name is a full name as well: 淮河水利委员会 without its ministry, 库布齐沙漠 so spelt."""
    kind = _KINDS.search(form)
    return form in entry.aliases and kind is not None and entry.name.endswith(kind.group()) and len(form) - len(kind.group()) > 1


def _place(mention: Mention, context: Context, gazetteer: Gazetteer) -> Naming:
    form = form_of(mention)
    if mention.rule == "township" and (parent := _above(form, context, gazetteer)) is not None:
        above, own = parent
        parts = [p for p in re.split(r"(?<=[镇乡])(?=.)|(?<=街道)(?=.)", own) if p]
        chain = "/".join([above.id, *parts])
        return Naming(mention.name or own, "AdministrativeDivision", None, chain, f"below {above.name} by its suffix")
    if mention.name is None or mention.rule == "oracle":
        known = divisions(gazetteer.lookup(mention.name or form, ("Place",)))
        entry = choose(known, form=mention.name or form, context=context, gazetteer=gazetteer) if known else None
        if entry is not None:
            return Naming(entry.name, entry.subtype, entry.id, entry.id, "the likeliest of the divisions so named")
    name = mention.name or form
    regions = [e for e in gazetteer.lookup(name, ("Place",)) if name not in e.short and e.subtype != "AdministrativeDivision"]
    if len(regions) == 1:
        return Naming(regions[0].name, regions[0].subtype, regions[0].id, None, "the name stands in the gazetteer")
    return Naming(name, mention.subtype, None, None, "the text defines the name" if mention.name else "the name as it stands")


def _above(form: str, context: Context, gazetteer: Gazetteer) -> tuple[Entry, str] | None:
    """The division a form begins with, the finest, and the rest of the form."""
    found: list[Entry] = []
    end = 0
    for hit in gazetteer.find(form, ("Place",)):
        known = divisions(hit.entries)
        if hit.start != end or not known:
            break
        near = [e.id for e in found]
        entry = choose(known, form=hit.text, context=context, gazetteer=gazetteer, near=near)
        if entry is None or (found and not gazetteer.within(entry, found[-1].id)):
            break
        found.append(entry)
        end = hit.end
    return (found[-1], form[end:]) if found and end < len(form) else None


def _agency(mention: Mention, context: Context, gazetteer: Gazetteer) -> Naming:
    written = mention.name or form_of(mention)
    level = _LEVEL.match(written)
    if level and not _NOT_LEVEL.match(written):
        place = at_level(level.group(), context=context, gazetteer=gazetteer)
        body = written[level.end():]
        if place is not None and body:
            name, subtype = Departments.load().full_name(body, place.name)
            if name != place.name + body and _of_its_time(place.name + body, context, gazetteer):
                name = place.name + body
            reason = f"{level.group()} is {place.name}, the jurisdiction of the document"
            return Naming(name, mention.subtype or subtype, None, None, reason)
        return Naming(written, mention.subtype, None, None, "the jurisdiction of the document is not known")
    if mention.name is None:
        known = [e for e in gazetteer.lookup(written, ("Agency",)) if written not in e.short]
        if len(known) == 1:
            name = written if _stands_full(written, known[0]) else known[0].name
            return Naming(name, mention.subtype or known[0].subtype, known[0].id, None, "the name stands in the gazetteer")
    if mention.name is None and (whole := _of_body(written, gazetteer)):
        return Naming(whole, mention.subtype, None, None, "an office of a body that the gazetteer knows")
    reason = "the name as it stands" if mention.name is None else "the text gives the place and the body"
    return Naming(written, mention.subtype, None, None, reason)


def _of_its_time(name: str, context: Context, gazetteer: Gazetteer) -> bool:
    """Whether a name that later became the short form of another was a full name in the year of the document: 交通厅 until 2009."""
    known = succession(name, gazetteer=gazetteer) if context.year is not None else None
    return known is not None and context.year is not None and context.year < known.last


_OFFICES = ("办公室", "党组", "党委", "秘书处", "联络办公室")


def _of_body(form: str, gazetteer: Gazetteer) -> str | None:
    """The full name of an office written with its body's short name: 国家防总办公室."""
    for office in _OFFICES:
        body = form.removesuffix(office)
        if body != form and len(body) > 2:
            known = [e for e in gazetteer.lookup(body, ("Agency",)) if body not in e.short and e.name != body]
            if len(known) == 1:
                return known[0].name + office
    return None


def unified(namings: Sequence[Naming], types: Sequence[str], gazetteer: Gazetteer) -> list[Naming]:
    """Namings of one document: a body named with and without the divisions above its place given the longer name, a township or
    village named alone given the chain of the one last named below its county.

    >>> ns = [Naming(n) for n in ("浙江省嘉善县人民政府", "嘉善县人民政府")]
    >>> [n.name for n in unified(ns, ["Agency", "Agency"], Gazetteer.load())]
    ['浙江省嘉善县人民政府', '浙江省嘉善县人民政府']
    >>> ns = [Naming("白石镇", chain="甘肃省/天水市/清水县/白石镇"), Naming("白石镇")]
    >>> [n.chain for n in unified(ns, ["Place", "Place"], Gazetteer.load())]
    ['甘肃省/天水市/清水县/白石镇', '甘肃省/天水市/清水县/白石镇']
    """
    namings = _placed(namings, types)
    longer: dict[str, str] = {}
    for naming, type_ in zip(namings, types, strict=True):
        if type_ == "Agency" and naming.entry is None:
            for shorter in _shorter(naming.name, gazetteer):
                if len(longer.get(shorter, "")) < len(naming.name):
                    longer[shorter] = naming.name
    return [replace(n, name=longer[n.name], reason="the same body named with the divisions above it")
            if t == "Agency" and n.name in longer else n for n, t in zip(namings, types, strict=True)]


def _placed(namings: Sequence[Naming], types: Sequence[str]) -> list[Naming]:
    """Namings, each township or village that stands alone put below the county last named above it, or else first."""
    below = [(n.chain.rpartition("/")[2], n) for n, t in zip(namings, types, strict=True) if t == "Place" and n.chain and n.entry is None]
    last = dict(reversed(below))
    found = []
    for naming, type_ in zip(namings, types, strict=True):
        if type_ == "Place" and naming.entry is None:
            if naming.chain:
                last[naming.chain.rpartition("/")[2]] = naming
            elif (town := last.get(naming.name)) is not None:
                naming = replace(naming, chain=town.chain, name=town.name, subtype=town.subtype, reason=town.reason)
        found.append(naming)
    return found


def _shorter(name: str, gazetteer: Gazetteer) -> list[str]:
    """A name without the divisions above its place, one after another."""
    found = []
    front = _PARTY_FRONT.match(name)
    lead = front.group() if front else ""
    hits = [h for h in gazetteer.find(name[len(lead):], ("Place",)) if divisions(h.exact)]
    end = 0
    for hit, after in pairwise(hits):
        if hit.start != end or after.start != hit.end:
            break
        end = hit.end
        found.append(lead + name[len(lead) + end:])
    return found


def stands_alone(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name needs no jurisdiction before it: on a national list, of the nation, or begun by a division's full name
    that no other division bears (鼓楼区 is one of four).

    >>> g = Gazetteer.load()
    >>> [stands_alone(n, g) for n in ("中共湖北省委", "国家防汛抗旱总指挥部", "现场督导组", "鼓楼区人民政府")]
    [True, True, False, False]
    """
    rest = _PARTY_FRONT.sub("", name)
    if _NATIONAL.match(name) or name in gazetteer.national_names:
        return True
    return gazetteer.stands_alone(rest) and not shared_division(rest, gazetteer)
