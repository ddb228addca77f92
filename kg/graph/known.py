"""What the gazetteer says of the entities that documents were linked to, and of what stands above them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from kg import iri
from kg.gazetteer import Entry, Gazetteer
from kg.graph.entities import entry_iri, label_lines
from kg.graph.lines import date, string
from kg.vocab import DCTERMS, TYPE, eco

_PARENT = {"Basin": "basinOf", "River": "tributaryOf", "Lake": "tributaryOf", "Reservoir": "onRiver", "MonitoringSection": "onRiver"}


def known_lines(used: Iterable[tuple[str, str]], *, gazetteer: Gazetteer, base: str = iri.BASE) -> set[str]:
    """N-Triples lines for the used entries, given as (entity IRI, entry id), their parents and successors."""
    iris: dict[str, set[str]] = {}
    for subject, entry_id in used:
        if entry_id in gazetteer.entries:
            iris.setdefault(entry_id, set()).add(subject)
    waiting = list(iris)
    while waiting:
        entry = gazetteer.get(waiting.pop())
        for other in (_parent(entry, gazetteer), _successor(entry, gazetteer)):
            if other is not None and other.id not in iris:
                iris[other.id] = {entry_iri(other, base=base)}
                waiting.append(other.id)
    return {line for entry_id, subjects in iris.items() for subject in subjects
            for line in _lines(subject, gazetteer.get(entry_id), iris, gazetteer)}


def _lines(subject: str, entry: Entry, iris: dict[str, set[str]], gazetteer: Gazetteer) -> Iterator[str]:
    yield f"<{subject}> <{TYPE}> <{eco(entry.type)}> .\n"
    if entry.subtype:
        yield f"<{subject}> <{TYPE}> <{eco(entry.subtype)}> .\n"
    yield from label_lines(subject, entry.name, entry.aliases, entry.short)
    yield f"<{subject}> <{eco('gazetteerEntry')}> {string(entry.id)} .\n"
    if entry.code:
        yield f"<{subject}> <{eco('divisionCode')}> {string(entry.code)} .\n"
    if entry.valid_from is not None:
        yield f"<{subject}> <{eco('validFrom')}> {date(datetime.date(entry.valid_from, 1, 1))} .\n"
    if entry.valid_to is not None:
        yield f"<{subject}> <{eco('validTo')}> {date(datetime.date(entry.valid_to, 12, 31))} .\n"
    parent, successor = _parent(entry, gazetteer), _successor(entry, gazetteer)
    if parent is not None:
        for upper in iris[parent.id]:
            yield f"<{subject}> <{eco(_relation(entry, parent))}> <{upper}> .\n"
    if successor is not None:
        for later in iris[successor.id]:
            yield f"<{subject}> <{DCTERMS}isReplacedBy> <{later}> .\n"


def _relation(entry: Entry, parent: Entry) -> str:
    if entry.type != "WaterFeature" or parent.subtype == "Basin":
        return "partOf"
    return _PARENT.get(entry.subtype, "partOf")


def _parent(entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    """The entry above, of the same type; none where the way up leads back to the entry."""
    parent = gazetteer.entries.get(entry.parent) if entry.parent else None
    if parent is None or parent.type != entry.type or gazetteer.within(parent, entry.id):
        return None
    return parent


def _successor(entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    if not entry.successor:
        return None
    above = entry.id.rpartition("/")[0]
    for id_ in (entry.successor, f"{above}/{entry.successor}", f"{entry.type}:{entry.successor}"):
        if id_ in gazetteer.entries and id_ != entry.id:
            return gazetteer.entries[id_]
    return None
