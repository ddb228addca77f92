"""Everything the graph says of one entity, each fact with the sentences that state it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.graph.store import GraphStore
from kg.query.reading import ClaimRow, DocumentRow, EntityRow, Evidence, Tenure, ValueRow, claims, documents, entities, tenures, values

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
    known = {e.iri: e for e in entities(graph)}
    stated = values(graph, entity.iri)
    stood = tenures(graph, entity.iri)
    before, after = (tuple((known[t.entity], t) for t in stood[side] if t.entity in known) for side in ("former", "later"))
    return Profile(entity, facts(claims(graph, entity.iri), entity.iri, known),
                   tuple(Figure(v, known[v.about].name if v.about in known else known[v.scope].name if v.scope in known else "")
                         for v in stated), documents(graph), stood["itself"][0], before, after)


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
