"""Doc → divisions of the Xinjiang production and construction corps: 兵团第八师, 第八师石河子市, 第七师生态环境局."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.departments import Departments
from kg.extract.names.place_names import Spot, spot_at
from kg.model import Mention

CORPS = "新疆生产建设兵团"
_DEPARTMENTS = Departments.load()
_DIVISION = re.compile(r"(?=[新生兵第])(?:(?:新疆)?(?:生产建设)?兵团)?"
                       r"(?P<own>第(?:十[一二三四]?|[一二三四五六七八九])师)(?![范傅长徒资院]|生(?!态))")
_BODY = re.compile(rf"{_DEPARTMENTS.organ_pattern}|(?:{_DEPARTMENTS.stem_pattern})(?:{_DEPARTMENTS.head_pattern})"
                   r"|[一二三四五六七八九十〇\d]{1,4}团(?![体队结伙])")
_SPOKEN_OF = re.compile("(?<![第一二三四五六七八九十])兵团")
_HOME = "新疆维吾尔自治区/"


def corps_divisions(doc: Doc, spots: Sequence[Spot]) -> Iterator[Mention]:
    """Divisions of the corps where the text speaks of it, each with the city that it is one with and a body or regiment of its own.

    >>> from kg.extract.names.place_names import spot
    >>> from kg.gazetteer import Gazetteer
    >>> from kg.model import Context, Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "兵团第八师植树，第七师生态环境局巡查。", ""))
    >>> [(m.text, m.name) for m in corps_divisions(doc, spot(doc, gazetteer=Gazetteer.load(), context=Context()))]
    [('兵团第八师', '新疆生产建设兵团第八师'), ('第七师生态环境局', '新疆生产建设兵团第七师生态环境局')]
    """
    text: str = doc.user_data["folded"]
    if "师" not in text:
        return
    spoken = _SPOKEN_OF.search(text) is not None
    for match in _DIVISION.finditer(text):
        city = spot_at(spots, match.end())
        city = city if city is not None and city.entry.id.startswith(_HOME) and text[city.end - 1] == "市" else None
        if not spoken and city is None:
            continue
        end = city.end if city else match.end()
        body = _BODY.match(text, end)
        name, subtype = CORPS + match["own"], "GovernmentBody"
        if body and body.group() != "委员会":
            end = body.end()
            name, subtype = _DEPARTMENTS.full_name(body.group(), name)
            name += "员会" if name.endswith("师委") else ""
        form = doc.user_data["text"][match.start():end]
        yield Mention(match.start(), end, form, "Agency", subtype or "GovernmentBody", name, rule="corps")
