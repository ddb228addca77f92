"""Which body took the place of a local one: by the reforms of departments, and where the division itself was replaced.

The table is `seeds/gazetteer/successions.tsv`; for ministries and divisions the successor stands in the gazetteer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.gazetteer import Entry, Gazetteer
from kg.tables import rows

_FRONT = re.compile(r"(?:中国共产党|中共|中国人民政治协商会议|共青团|武警)?")
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Succession:
    """A body's last year, the names its successor may have (the usual one first) and the successor's first year."""

    last: int
    successors: tuple[str, ...]
    first: int


@dataclass(frozen=True, slots=True)
class _Row:
    where: frozenset[str]
    last: int
    successors: tuple[str, ...]
    first: int


def succession(name: str, *, gazetteer: Gazetteer) -> Succession | None:
    """What followed the body of that full name, None where it still stands or nothing is known.

    >>> g = Gazetteer.load()
    >>> succession("甘肃省环境保护厅", gazetteer=g)
    Succession(last=2018, successors=('甘肃省生态环境厅',), first=2018)
    >>> succession("华亭县人民政府", gazetteer=g)
    Succession(last=2017, successors=('华亭市人民政府',), first=2018)
    >>> succession("甘肃省生态环境厅", gazetteer=g)
    """
    front = _FRONT.match(name)
    lead = front.group() if front else ""
    above, place = _place(name[len(lead):], gazetteer)
    if not place:
        return None
    rest = name[len(lead) + len(above) + len(place):]
    entry, moved = _entry(above, place, gazetteer)
    if entry is None or not rest:
        return None
    row = None if lead else _row(rest, entry, gazetteer)
    if moved is not None and entry.valid_to is not None and (row is None or entry.valid_to < row.last):
        body = "人民政府" if rest == "行政公署" else rest
        return Succession(entry.valid_to, (lead + above + moved.name + body,), entry.valid_to + 1)
    if row is None or entry.valid_to is not None:
        return None
    return Succession(row.last, tuple(_named(s, above, entry, gazetteer) for s in row.successors), row.first)


def _named(pattern: str, above: str, entry: Entry, gazetteer: Gazetteer) -> str:
    if pattern.startswith("{above}"):
        return pattern.replace("{above}", above or gazetteer.entries[entry.parent or entry.id].name)
    if "{place}" in pattern:
        return pattern.replace("{place}", above + entry.name)
    return above + entry.name + pattern


def _place(name: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """The last of the divisions that a name begins with, after those above it."""
    above = place = ""
    at = 0
    while found := next((name[at:at + n] for n in range(min(_LONGEST, len(name) - at), 1, -1)
                         if name[at:at + n] in gazetteer.division_names), ""):
        above, place = above + place, found
        at += len(found)
    return above, place


def _entry(above: str, name: str, gazetteer: Gazetteer) -> tuple[Entry | None, Entry | None]:
    """The one division of a name (none where present ones of several places share it) and the one of its own kind that replaced it."""
    bearers = [e for e in gazetteer.lookup(name, ("Place",)) if e.name == name and e.subtype == "AdministrativeDivision"]
    inside = [e for e in bearers if not above or any(above.endswith(part) for part in e.id.split("/")[:-1])]
    present = [e for e in inside if e.valid_to is None]
    if present or not inside:
        return (present[0] if len({e.parent for e in present}) == 1 else None), None
    entry = max(inside, key=lambda e: e.valid_to or 0)
    later = gazetteer.entries.get(entry.successor or "")
    return entry, later if later is not None and later.level == entry.level and len({e.id.split("/")[0] for e in inside}) == 1 else None


def _row(body: str, entry: Entry, gazetteer: Gazetteer) -> _Row | None:
    """The row of a body at the level of its division; one for the province goes before one for all."""
    province = entry.id.split("/")[0]
    rows = _table().get((body, _level(entry, gazetteer)), ())
    return next((r for r in rows if province in r.where), None) or next((r for r in rows if not r.where), None)


def _level(entry: Entry, gazetteer: Gazetteer) -> str:
    if entry.level == "province":
        return "municipality" if entry.name.endswith("市") else "province"
    parent = gazetteer.entries.get(entry.parent or "")
    if entry.level == "county" and parent is not None and parent.level == "province":
        return "district" if parent.name.endswith("市") else "prefecture"
    return entry.level


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[_Row, ...]]:
    table: dict[tuple[str, str], tuple[_Row, ...]] = {}
    for body, levels, where, last, successors, first in rows("kg_gazetteer", "successions.tsv"):
        row = _Row(frozenset(filter(None, where.split("|"))), int(last), tuple(successors.split("|")), int(first))
        for level in levels.split("|"):
            table[body, level] = (*table.get((body, level), ()), row)
    return table


