"""Doc → areas of national parks with their party committees, and the management committees of zones in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.around import lines_with
from kg.extract.names.again import uses
from kg.extract.names.place_names import Spot
from kg.extract.once import once
from kg.model import Mention

_AREA = re.compile(r"(?P<own>(?:(?![的和与及等在将各总全])[一-鿿]){2,4}(?:园区|片区))(?![域别])")
_PARTY = re.compile("党委(?![书副委常办政])|党工委(?![书副委])|管委会(?![主副委])|管理委员会(?![主副委])")
_ZONE = ("开发区|经开区|实验区|自贸区|综保区"
         "|示范区|高新区|新区|工业区|产业园区|工业园区|保税区|度假区|试验区|合作区|城区|管理区|风景区|风景名胜区")
_COMMITTEES = re.compile(rf"(?P<list>(?:[一-鿿]{{2,18}}?(?:{_ZONE})、){{1,6}})[一-鿿]{{2,18}}?"
                         rf"(?:{_ZONE})(?:管理委员会|管委会)(?![主副委])")


def park_areas(doc: Doc, spots: Sequence[Spot]) -> tuple[Mention, ...]:
    """The areas of a national park after its name, and wherever they stand again, found once: 白石山国家公园|清江源园区 … 清江源园区.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> from kg.extract.names.place_names import spot
    >>> from kg.gazetteer import Gazetteer
    >>> from kg.model import Context
    >>> doc = segment(Document("a.txt", "三江源国家公园清江源园区开放，清江源园区设站。", ""))
    >>> [(m.text, m.name) for m in park_areas(doc, spot(doc, gazetteer=Gazetteer.load(), context=Context()))]
    [('三江源国家公园清江源园区', '三江源国家公园清江源园区'), ('清江源园区', '三江源国家公园清江源园区')]
    """
    return once(doc, ("park-areas",), lambda: tuple(_park_areas(doc, spots)))


def _park_areas(doc: Doc, spots: Sequence[Spot]) -> Iterator[Mention]:
    text: str = doc.user_data["folded"]
    if "园区" not in text and "片区" not in text:
        return
    names: dict[str, str] = {}
    for each in spots:
        match = _AREA.match(text, each.end) if text.endswith("国家公园", each.start, each.end) else None
        if match is not None:
            names.setdefault(match["own"], each.entry.name + match["own"])
            yield _area(doc, each.start, match.end(), names[match["own"]])
    for own, start, end in uses(names, text):
        if not text.endswith("国家公园", 0, start):
            yield _area(doc, start, end, names[own])


def _area(doc: Doc, start: int, end: int, name: str) -> Mention:
    return Mention(start, end, doc.user_data["text"][start:end], "Place", "ProtectedArea", name, rule="park-area")


def area_bodies(doc: Doc, spots: Sequence[Spot]) -> Iterator[Mention]:
    """The party or management committee of such an area: 白石山国家公园清江源园区|党委."""
    text: str = doc.user_data["folded"]
    for place in park_areas(doc, spots):
        match = _PARTY.match(text, place.end)
        if match is not None:
            form = doc.user_data["text"][place.start:match.end()]
            kind = match.group().replace("管委会", "管理委员会")
            yield Mention(place.start, match.end(), form, "Agency", "GovernmentBody", (place.name or place.text) + kind, rule="area-body")


def listed_committees(doc: Doc, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Zones that share the head of the last one's committee: 甲市开发区、甲市西城区|管理委员会; each begins with its division."""
    text: str = doc.user_data["folded"]
    if "区管理委员会" not in text and "区管委会" not in text:
        return
    begins = {each.start for each in spots}
    for match in (m for line in lines_with("区管", text) for m in _COMMITTEES.finditer(text, *line)):
        for zone in re.finditer("[^、]+", match["list"]):
            first, end = (match.start() + at for at in zone.span())
            start = next((at for at in range(first, end if first == match.start() else first + 1) if at in begins), None)
            if start is not None:
                form = doc.user_data["text"][start:end]
                yield Mention(start, end, form, "Agency", "GovernmentBody", text[start:end] + "管理委员会", rule="listed-committee")
