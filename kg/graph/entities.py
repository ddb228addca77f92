"""Entities and the places they depend on, as N-Triples lines that a document supports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg import iri
from kg.divisions import is_valid
from kg.gazetteer import Entry, Gazetteer
from kg.graph.lines import chinese, string
from kg.graph.pinyin import pinyin_of
from kg.model import Entity, Extraction
from kg.vocab import ALT_LABEL, HIDDEN_LABEL, LABEL, TYPE, eco

_LONGEST_DIVISION = 16
_NAMED_AFTER_DIVISIONS = ("Agency", "Programme", "Project")


def entry_iri(entry: Entry, *, base: str = iri.BASE) -> str:
    """The IRI of a gazetteer entry; a division is its chain of full names.

    >>> entry_iri(Entry("甘肃省/平凉市", "Place", "AdministrativeDivision", "平凉市"))
    'https://w3id.org/shanshui/id/place/甘肃省/平凉市'
    """
    return iri.mint(entry.type, entry.id if entry.subtype == "AdministrativeDivision" else entry.name, base=base)


def label_lines(subject: str, name: str, aliases: Sequence[str] = (), hidden: Sequence[str] = ()) -> Iterator[str]:
    """Label, other labels and pinyin of an entity (`subject` is its IRI)."""
    yield f"<{subject}> <{LABEL}> {chinese(name)} .\n"
    for form in aliases:
        if form and form != name:
            yield f"<{subject}> <{ALT_LABEL}> {chinese(form)} .\n"
    for form in hidden:
        if form and form != name and form not in aliases:
            yield f"<{subject}> <{HIDDEN_LABEL}> {chinese(form)} .\n"
    spelled, initials = pinyin_of(name)
    if spelled:
        yield f"<{subject}> <{eco('pinyin')}> {string(spelled)} .\n"
        yield f"<{subject}> <{eco('pinyinInitials')}> {string(initials)} .\n"


@dataclass(slots=True)
class Places:
    """Finds the IRI of a place that a document speaks of by name, and remembers what has to be said of it."""

    extraction: Extraction
    gazetteer: Gazetteer
    base: str = iri.BASE
    lines: list[str] = field(default_factory=list)
    _found: dict[str, str] = field(default_factory=dict)

    def find(self, name: str) -> str:
        """The IRI of the place of a name or a chain of names: an entity of the document, its context, or the gazetteer."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def prefix(self, name: str) -> str | None:
        """The IRI of the division whose full name a name begins with, None where it begins with none."""
        names = self.gazetteer.division_names
        for length in range(min(len(name) - 1, _LONGEST_DIVISION), 1, -1):
            if name[:length] in names:
                return self.find(name[:length])
        return None

    def _find(self, name: str) -> str:
        for entity in self.extraction.entities:
            if entity.type == "Place" and name == entity.name:
                return entity.iri
        entry = self._entry(name)
        if entry is not None:
            place = entry_iri(entry, base=self.base)
            self.lines.append(f"<{place}> <{eco('gazetteerEntry')}> {string(entry.id)} .\n")
            return place
        place = iri.mint("Place", name, base=self.base)
        self.lines.append(f"<{place}> <{TYPE}> <{eco('Place')}> .\n")
        self.lines.extend(label_lines(place, name.rpartition("/")[2]))
        return place

    def _entry(self, name: str) -> Entry | None:
        context = self.extraction.context
        if name in (context.place, context.place_id) and context.place_id in self.gazetteer.entries:
            return self.gazetteer.entries[context.place_id]
        if name in self.gazetteer.entries:
            return self.gazetteer.entries[name]
        entries = [e for e in self.gazetteer.lookup(name, ("Place",)) if e.name == name]
        near = [e for e in entries if context.chain and e.id.split("/")[0] == context.chain[0]]
        for chosen in (near, [e for e in near if is_valid(e, context.year)], entries):
            if len({e.id for e in chosen}) == 1:
                return chosen[0]
        if len({e.successor or e.id for e in near}) == 1:
            return max(near, key=lambda e: e.valid_to or 9999)
        return None


def entity_lines(entity: Entity, places: Places) -> Iterator[str]:
    """Types, labels, jurisdiction and gazetteer entry of one entity; one that is listed bears its listed name in every document."""
    yield f"<{entity.iri}> <{TYPE}> <{eco(entity.type)}> .\n"
    if entity.subtype:
        yield f"<{entity.iri}> <{TYPE}> <{eco(entity.subtype)}> .\n"
    entry = places.gazetteer.entries.get(entity.entry or "")
    name = entry.name if entry else entity.name
    known = {entity.name, *entity.aliases, *entity.hidden}
    hidden = (*entity.hidden, *(f for f in entity.forms if f not in known))
    yield from label_lines(entity.iri, name, (entity.name, *entity.aliases), hidden)
    if entity.entry is not None:
        yield f"<{entity.iri}> <{eco('gazetteerEntry')}> {string(entity.entry)} .\n"
    place = _jurisdiction(entity, places)
    if place is not None and place != entity.iri:
        yield f"<{entity.iri}> <{eco('jurisdiction')}> <{place}> .\n"


def _jurisdiction(entity: Entity, places: Places) -> str | None:
    """The place that the name of an entity puts it in, or that was put before a name that does not stand alone."""
    if entity.jurisdiction and not entity.jurisdiction.startswith("~"):
        return places.find(entity.jurisdiction)
    if entity.type in _NAMED_AFTER_DIVISIONS:
        return places.prefix(entity.name)
    if entity.type == "Place" and entity.entry is None:
        chain = entity.iri.removeprefix(f"{places.base}place/").rpartition("/")[0]
        return places.find(chain) if chain in places.gazetteer.entries else None
    return None
