"""Doc → proposed mentions: places.

Divisions and known regions from the gazetteer, townships and villages by their suffix after a place, regions and
protected areas by the suffix grammar (`regions`), names that the text itself makes (`short_names`), and words that
point to the context's place (全省, 我市).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc

from kg.divisions import at_level
from kg.extract.names.place_names import Spot, mask, spot, spot_until
from kg.extract.names.regions import NEVER, letters, named_regions, parts, shared_heads, zones
from kg.extract.names.short_names import belonging, clipped, defined, within
from kg.extract.names.site_lists import listed_sites
from kg.extract.names.townships import townships, villages
from kg.extract.names.zone_bodies import park_areas
from kg.extract.once import once
from kg.gazetteer import Gazetteer
from kg.model import Context, Mention

_LATIN = re.compile("[A-Za-z]{2}")
"""Latin letters right after a place make the name of a firm of it (沙特SABIC)."""
AREA = re.compile(r"(?<![区部])区(?![域块位划间别内])")
"""The area of a known region: 三江源|区."""
_LEVELS = "自治区|自治州|自治县|自治旗|省|市|州|县|区|盟|旗|镇|乡"
DEICTIC = re.compile(rf"(?=[我本你贵该全省市州县])(?:(?:[我本你贵该]|(?<![健安保齐完])全)(?P<word>{_LEVELS})(?![级委政直长府有])|"
                     r"(?<![全各两该此跨出外多])(?P<inner>省|市|州|县)(?P<kind>内|域|境内)(?=[的各外]))")


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterable[Mention]:
    """Proposed mentions of places, which may overlap those of other modules.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "云南大理州境内的苍山国家级自然保护区", ""))
    >>> [m.text for m in propose(doc, gazetteer=Gazetteer.load(), context=Context())][:2]
    ['云南大理州', '苍山国家级自然保护区']
    """
    spots = located(doc, gazetteer=gazetteer, context=context)
    text: str = doc.user_data["folded"]
    masked = mask(text, spots)
    found = [*shared_heads(doc, gazetteer), *letters(doc)]
    zoned = list(zones(doc, masked, spots))
    taken = {each.start for each in zoned}
    found += zoned
    found += [_known(doc, each) for each in spots
              if each.entry.level != "country" and each.start not in taken and not _LATIN.match(text, each.end)]
    found += [*townships(doc, masked, spots), *villages(doc, masked)]
    found += [*regions_of(doc, spots), *_of_province(doc, spots), *_titled(doc, text)]
    found += [*parts(doc, masked, spots), *listed_sites(doc, spots)]
    found += list(_deictic(doc, text, gazetteer, context))
    found += list(park_areas(doc, spots))
    found = [*defined(doc, text, found), *found]
    found += list(belonging(doc, text, found))
    found += list(within(doc, text, found))
    found += list(clipped(doc, text, found, gazetteer))
    return found


def located(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> tuple[Spot, ...]:
    """The known places of a document, found once."""
    if "spots" not in doc.user_data:
        doc.user_data["spots"] = spot(doc, gazetteer=gazetteer, context=context)
    spots: tuple[Spot, ...] = doc.user_data["spots"]
    return spots


def regions_of(doc: Doc, spots: tuple[Spot, ...]) -> tuple[Mention, ...]:
    """The regions and protected areas of a document by the suffix grammar, found once."""
    return once(doc, ("regions",), lambda: tuple(named_regions(doc, spots)))


def _known(doc: Doc, each: Spot) -> Mention:
    text = doc.user_data["text"][each.start:each.end]
    if each.entry.level == "county" and len(text) == 2 and doc.user_data["text"].startswith("地区", each.end):
        return Mention(each.start, each.end + 2, text + "地区", "Place", "Region", rule="area")
    if not each.entry.level and each.entry.subtype == "Region" and AREA.match(doc.user_data["text"], each.end):
        return Mention(each.start, each.end + 1, text + "区", "Place", "Region", rule="area")
    return Mention(each.start, each.end, text, "Place", each.entry.subtype, each.entry.name, rule="gazetteer", entry=each.entry.id)


_TITLED = re.compile(r"[\u4e00-\u9fff]{2,9}?[省市县州区旗]"
                     r"(?P<own>[\u4e00-\u9fff]{1,6}?(?:群岛|岛|山|风景名胜区|风景区|景区|古城|古镇|城墙|湿地|草原|峡谷))"
                     r"[\u4e00-\u9fff]{0,14}(?:条例|规定|办法)")


def _titled(doc: Doc, text: str) -> Iterator[Mention]:
    """The place that a regulation is made for, named by its title after the division: 某市白石岛保护条例."""
    first = text.lstrip().partition("\n")[0].strip() if text[:400].find("条例") >= 0 or text[:400].find("规定") >= 0 else ""
    match = _TITLED.fullmatch(first)
    if match is None or NEVER.match(match["own"]):
        return
    for use in re.finditer(rf"{match['own']}(?!街道|[镇乡村路区])", text):
        yield Mention(*use.span(), doc.user_data["text"][use.start():use.end()], "Place", "Region", rule="titled")


_ZONE = re.compile("(?:新区|开发区|高新区|经开区|示范区|试验区|合作区|保税区)$")
_FARM = ("林场", "马场", "农场", "牧场", "渔场", "茶场")
"""Ends of the names of farms that a division before them belongs to: 河北|白石岭林场."""


def _of_province(doc: Doc, spots: tuple[Spot, ...]) -> Iterator[Mention]:
    """A zone or a landform without its noun right after the short name of its province, a farm after any division: 甘肃|兰州新区."""
    for before, each in pairwise(spots):
        entry = each.entry
        form = doc.user_data["text"][each.start:each.end]
        short = before.entry.level == "province" and before.end - before.start < len(before.entry.name)
        if before.end != each.start or entry.level or not (short or (before.entry.level and form.endswith(_FARM))):
            continue
        if form.endswith(_FARM) or _ZONE.search(form) or (entry.name != form and entry.name.startswith(form)):
            yield Mention(before.start, each.end, doc.user_data["text"][before.start:each.end], "Place", entry.subtype, entry.name,
                          rule="gazetteer", entry=entry.id)
    for farm in regions_of(doc, spots):
        listed = spot_until(spots, farm.end)
        wide = farm.text.endswith(_FARM) or (farm.subtype == "ProtectedArea" and (listed is None or listed.start > farm.start))
        above = spot_until(spots, farm.start) if wide else None
        if above is not None and (above.entry.level == "province" or (above.entry.level and farm.text.endswith(_FARM))):
            yield replace(farm, start=above.start, text=doc.user_data["text"][above.start:farm.end], name=farm.text)


def _deictic(doc: Doc, text: str, gazetteer: Gazetteer, context: Context) -> Iterator[Mention]:
    """Words that point to the place of the context: 全省, 我市, 省内."""
    for match in DEICTIC.finditer(text):
        entry = at_level(match["word"] or match["inner"], context=context, gazetteer=gazetteer)
        if entry is not None:
            start, end = match.span()
            form = doc.user_data["text"][start:end]
            yield Mention(start, end, form, "Place", "AdministrativeDivision", entry.name, True, "deictic", entry.id)
