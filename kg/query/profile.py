"""Everything the graph says of one entity, each fact with the sentences that state it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from kg.graph.store import GraphStore
from kg.query.reading import (
    ClaimRow,
    DocumentRow,
    EntityRow,
    Evidence,
    Tenure,
    ValueRow,
    claims,
    documents_of,
    entities_of,
    tenures,
    values,
)

WHERE = ("locatedIn", "partOf")
"""What a name alone tells; it comes after what is done."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation seen from an entity: the predicate, the entity at the other end, and how and where it is stated.

    `outgoing` where the entity is the subject.
    """

    predicate: str
    other: EntityRow
    outgoing: bool
    statements: tuple[tuple[str, Evidence], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator value as one document states it; `subject` names what it is about, or the place it is aggregated over."""

    value: ValueRow
    subject: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the graph says of one entity: claims and the facts that they make, values, when it stood, what was before and after it.

    `known` are the entities that these name.
    """

    claims: tuple[ClaimRow, ...]
    facts: tuple[Fact, ...]
    values: tuple[ValueRow, ...]
    tenure: Tenure
    former: tuple[tuple[EntityRow, Tenure], ...]
    later: tuple[tuple[EntityRow, Tenure], ...]
    known: Mapping[str, EntityRow]


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity with its facts, figures and the documents that state them.

    `tenure` says when a body or division stood; `former` and `later` are those before and after it, with their years.
    """

    entity: EntityRow
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...]
    documents: Mapping[str, DocumentRow]
    tenure: Tenure
    former: tuple[tuple[EntityRow, Tenure], ...] = ()
    later: tuple[tuple[EntityRow, Tenure], ...] = ()


def profile(graph: GraphStore, entity: EntityRow) -> Profile:
    """What the graph says of an entity, sorted by direction, predicate and name."""
    found = told(graph, entity.iri)
    papers = documents_of(graph, (row.evidence.document for rows in (found.claims, found.values) for row in rows))
    figures = tuple(Figure(v, found.known[subject].name if (subject := subject_of(v, found.known)) else "") for v in found.values)
    return Profile(entity, found.facts, figures, papers, found.tenure, found.former, found.later)


def told(graph: GraphStore, entity: str, predicate: str = "") -> Told:
    """What the graph says of an entity (an IRI); with a predicate only the claims of it, and no values."""
    stated = tuple(c for c in claims(graph, entity) if predicate in ("", c.predicate))
    figures = () if predicate else values(graph, entity)
    stood = tenures(graph, entity)
    known = entities_of(graph, {*(end for c in stated for end in (c.subject, c.object)),
                                *(end for v in figures for end in (v.about, v.scope) if end),
                                *(t.entity for side in ("former", "later") for t in stood[side])})
    before, after = (tuple((known[t.entity], t) for t in stood[side] if t.entity in known) for side in ("former", "later"))
    return Told(stated, facts(stated, entity, known), figures, stood["itself"][0], before, after, known)


def subject_of(value: ValueRow, known: Container[str]) -> str:
    """The IRI of what a value is about, else of the place that it is aggregated over; empty where neither is known."""
    return next((iri for iri in (value.about, value.scope) if iri in known), "")


def facts(stated: Iterable[ClaimRow], entity: str, known: Mapping[str, EntityRow]) -> tuple[Fact, ...]:
    """Claims of an entity grouped into facts.

    >>> jing, wei = EntityRow("urn:jing", "WaterFeature", "River", "泾河"), EntityRow("urn:wei", "WaterFeature", "River", "渭河")
    >>> claim = ClaimRow("urn:c", "urn:jing", "tributaryOf", "urn:wei", "done", Evidence("urn:s", "泾河是渭河的支流。", "urn:d"))
    >>> [(fact.predicate, fact.other.name, fact.outgoing) for fact in facts([claim], "urn:jing", {"urn:wei": wei})]
    [('tributaryOf', '渭河', True)]
    """
    grouped: dict[tuple[bool, str, str], list[tuple[str, Evidence]]] = {}
    for claim in stated:
        outgoing = claim.subject == entity
        other = claim.object if outgoing else claim.subject
        if other in known:
            grouped.setdefault((outgoing, claim.predicate, other), []).append((claim.modality, claim.evidence))
    ordered = sorted(grouped, key=lambda k: (not k[0], k[1] in WHERE, k[1], known[k[2]].name, k[2]))
    return tuple(Fact(p, known[other], outgoing, tuple(dict.fromkeys(grouped[outgoing, p, other]))) for outgoing, p, other in ordered)
