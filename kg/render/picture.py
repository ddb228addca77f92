"""What a page shows of the graph: the best supported entities of what is asked for, with their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

import networkx

from kg.graph.store import GraphStore
from kg.query import reading, whole
from kg.query.reading import ClaimRow, DocumentRow, EntityRow, Evidence, ValueRow

MOST = 300
"""Entities that a page draws; the layout and the reader's eye allow no more."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Entities to draw (the best supported first), claims and values that touch them, all entities these name.

    `total` counts the entities that answer to what was asked, of which `drawn` are the best supported.
    """

    drawn: tuple[EntityRow, ...]
    known: Mapping[str, EntityRow]
    claims: tuple[ClaimRow, ...]
    values: tuple[ValueRow, ...]
    documents: Mapping[str, DocumentRow]
    support: Mapping[str, int]
    total: int
    focus: str | None = None
    document: str | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Every sentence that the picture leads to, by IRI."""
        stated = [c.evidence for c in self.claims] + [v.evidence for v in self.values]
        found = {evidence.sentence: evidence for evidence in stated}
        return tuple(found[sentence] for sentence in sorted(found))


@dataclass(frozen=True, slots=True)
class Facts:
    """What a picture is chosen from: entities and documents by IRI, claims between these entities (by IRI), values (sorted)."""

    known: Mapping[str, EntityRow]
    documents: Mapping[str, DocumentRow]
    claims: tuple[ClaimRow, ...]
    values: tuple[ValueRow, ...]

    @classmethod
    def of(cls, entities: Iterable[EntityRow], documents: Mapping[str, DocumentRow], claims: Iterable[ClaimRow],
           values: tuple[ValueRow, ...]) -> Facts:
        """Facts of entities and claims by IRI, and sorted values."""
        known = {e.iri: e for e in entities}
        return cls(known, documents, tuple(c for c in claims if c.subject in known and c.object in known), values)


def everything(graph: GraphStore) -> Facts:
    """The facts of the whole graph."""
    stated = whole.evidence(graph)
    return Facts.of(whole.entities(graph), whole.documents(graph), whole.claims(graph, stated), whole.values(graph, stated))


def around(graph: GraphStore, focus: str, depth: int, document: str | None = None) -> Facts | None:
    """The facts about what lies up to `depth` relations from a focus, read outwards; None where that is more than MOST entities."""
    within = edge = {focus}
    for _ in range(depth):
        stated = [c for c in reading.claims(graph, *sorted(edge)) if document in (None, c.evidence.document)]
        edge = set(reading.entities_of(graph, {iri for c in stated for iri in (c.subject, c.object)} - within))
        within = within | edge
        if len(within) > MOST:
            return None
        if not edge:
            break
    claims, values = reading.claims(graph, *sorted(within)), reading.values(graph, *sorted(within))
    named = {iri for c in claims for iri in (c.subject, c.object)} | {iri for v in values for iri in (v.about, v.scope)}
    papers = {evidence.document for evidence in (*(c.evidence for c in claims), *(v.evidence for v in values))}
    papers |= {document} if document else set()
    return Facts.of(reading.entities_of(graph, {focus} | named).values(), reading.documents_of(graph, papers),
                    sorted(claims, key=attrgetter("iri")), values)


def picture(facts: Facts, *, focus: str | None = None, depth: int = 1, types: tuple[str, ...] = (), document: str | None = None,
            most: int | None = MOST) -> Picture:
    """Choose what to draw: around a focus, of some types, of one document; then the best supported (all where `most` is None)."""
    known = facts.known
    figures = tuple(v for v in facts.values if document in (None, v.evidence.document))
    stated = facts.claims if document is None else tuple(c for c in facts.claims if c.evidence.document == document)
    support = Counter(map(attrgetter("subject"), stated))
    support.update(map(attrgetter("object"), stated))
    support.update(v.about or v.scope for v in figures if v.about or v.scope)
    chosen = {iri for iri, entity in known.items() if support[iri] or (entity.documents and not document) or iri == focus}
    if focus is not None:
        chosen &= near(stated, focus, depth)
    if types:
        chosen = {iri for iri in chosen if known[iri].type in types or iri == focus}
    ranked = _ranked([entity for iri, entity in known.items() if iri in chosen], support, focus)
    shown = ranked if most is None else best(ranked, stated, most, focus)
    drawn = frozenset(shown)
    touching = tuple(c for c in stated if c.subject in drawn or c.object in drawn)
    return Picture(tuple(known[iri] for iri in shown), known, touching, tuple(v for v in figures if {v.about, v.scope} & drawn),
                   facts.documents, support, len(ranked), focus, document)


def _ranked(rows: list[EntityRow], support: Mapping[str, int], focus: str | None) -> list[str]:
    """The focus, then by support, documents, name and IRI, by which the rows are sorted: a sort for each takes half the time of one."""
    rows.sort(key=attrgetter("name"))
    rows.sort(key=attrgetter("documents"), reverse=True)
    ranked = [entity.iri for entity in rows]
    ranked.sort(key=support.__getitem__, reverse=True)
    return sorted(ranked, key=focus.__ne__) if focus else ranked


def best(ranked: list[str], stated: tuple[ClaimRow, ...], most: int, focus: str | None) -> list[str]:
    """The first of the ranking that have relations among them, and the focus; the first of all where none has any.

    >>> best(["urn:jing", "urn:wei"], (), 1, None)
    ['urn:jing']
    """
    window = most
    while True:
        candidates = frozenset(ranked[:window])
        linked = {iri for c in stated if {c.subject, c.object} <= candidates for iri in (c.subject, c.object)}
        found = [iri for iri in ranked[:window] if iri in linked or iri == focus]
        if len(found) >= most or window >= len(ranked):
            return found[:most] or ranked[:most]
        window += most - len(found)


def near(stated: tuple[ClaimRow, ...], focus: str, depth: int) -> set[str]:
    """The entities up to `depth` relations from the focus, itself among them.

    >>> near((), "urn:jing", 2)
    {'urn:jing'}
    """
    lines = networkx.Graph((c.subject, c.object) for c in stated)
    lines.add_node(focus)
    return set(networkx.single_source_shortest_path_length(lines, focus, cutoff=depth))
