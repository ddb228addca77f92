"""Doc → sites in a list that only its end calls by their kind: 北京白石滩、江苏某县清水湖等2处国际重要湿地."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.extract.names.place_names import Spot
from kg.model import Mention

_KINDS = "湿地|公园|保护区|遗产地|自然遗产|文化遗产|遗址|栖息地|风景名胜区|景区"
_CLOSED = re.compile(rf"[等共]{{1,2}}[\d一二两三四五六七八九十百]{{1,4}}(?:处|个|块|家)(?:国际|国家|世界|省)?[一-鿿]{{0,10}}?(?:{_KINDS})"
                     "(?!城市|名录)")
_ITEM = re.compile(rf"(?!.*(?:{_KINDS}))(?:(?![的和与及等在是为了有])[一-鿿]){{4,14}}")
_LONGEST = 16
"""Characters of the longest item that is looked for before a list's first comma."""


def listed_sites(doc: Doc, spots: Sequence[Spot]) -> Iterator[Mention]:
    """The members of such lists, each with the division that its name begins with.

    >>> from kg.gazetteer import Gazetteer
    >>> from kg.extract.names.place_names import spot
    >>> from kg.model import Context, Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "指定北京白石滩、江苏淮安清水湖共2处湿地。", ""))
    >>> spots = spot(doc, gazetteer=Gazetteer.load(), context=Context())
    >>> [m.text for m in listed_sites(doc, spots)]
    ['北京白石滩', '江苏淮安清水湖']
    """
    text: str = doc.user_data["folded"]
    if "处" not in text and "个" not in text and "块" not in text:
        return
    reach = {each.start: each.end for each in spots if each.entry.level and each.entry.level != "country"}
    for match in _CLOSED.finditer(text):
        items = _items(text, match.start(), reach)
        if 2 * sum(_chain_end(start, reach) == end for start, end in items) >= len(items):
            continue
        for start, end in items:
            yield Mention(start, end, doc.user_data["text"][start:end], "Place", "ProtectedArea", rule="listed-site")


def _items(text: str, end: int, reach: dict[int, int]) -> list[tuple[int, int]]:
    """The items before an offset in text order, each of which begins with a division."""
    found = []
    while end > 0:
        mark = text.rfind("、", max(0, end - _LONGEST), end)
        start = mark + 1 if mark >= 0 and mark + 1 in reach else _first(end, reach, mark + 1)
        if start is None or not _ITEM.fullmatch(text, start, end):
            break
        found.append((start, end))
        if start != mark + 1:
            break
        end = mark
    return found[::-1]


def _first(end: int, reach: dict[int, int], after: int) -> int | None:
    """Where the first item of a list begins: at its first division."""
    return next((at for at in range(max(after, end - _LONGEST), end - 3) if at in reach), None)


def _chain_end(start: int, reach: dict[int, int]) -> int:
    """Where the divisions end that begin at an offset."""
    while start in reach:
        start = reach[start]
    return start
