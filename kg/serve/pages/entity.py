"""The page of an entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from kg.graph.store import GraphStore
from kg.query import profile
from kg.query.profile import Fact
from kg.query.reading import EntityRow, ValueRow, entities_of
from kg.serve.limits import Refused
from kg.serve.pages.figures import charts
from kg.serve.pages.known import rows_of
from kg.serve.pages.nearby import picture
from kg.serve.pages.sentences import Cited, quotes
from kg.serve.pages.view import Asked, Made

FACTS, FIGURES, SENTENCES, BELOW = 80, 60, 6, 40
"""Facts and values of one page, sentences of one fact, entities listed below another."""
_ABOVE = """SELECT ?up (COUNT(?further) AS ?n) WHERE { VALUES ?x { %s }
  { ?x eco:within ?up . ?up eco:within ?further } UNION { ?x eco:inRiverSystemOf ?up . ?up eco:inRiverSystemOf ?further }
  FILTER (?up != ?x) } GROUP BY ?up ORDER BY ?n ?up"""
_BELOW = """SELECT DISTINCT ?down WHERE { VALUES ?x { %s }
  ?down eco:partOf|eco:tributaryOf|eco:basinOf|eco:onRiver ?x . FILTER (?down != ?x) }"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact with its sentences; `more` of them are not listed."""

    fact: Fact
    sentences: tuple[Cited, ...]
    more: int

    @property
    def modalities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(how for how, _ in self.fact.statements))


def entity(graph: GraphStore, asked: Asked) -> Made:
    """Everything of an entity; raises Refused with 404 where there is none."""
    iri = asked.iri
    row = entities_of(graph, [iri]).get(iri)
    if row is None:
        raise Refused(404, f"{iri} is no entity of this graph.")
    told = profile.told(graph, iri)
    above = [found["up"] for found in rows_of(graph, _ABOVE, [iri])]
    below = [found["down"] for found in rows_of(graph, _BELOW, [iri])]
    known = {**told.known, **entities_of(graph, {iri, *above, *below[:500]} - set(told.known))}
    page, pages = asked.page((len(told.facts), FACTS), (len(told.values), FIGURES))
    shown = _shown(graph, row, told.facts[(page - 1) * FACTS:page * FACTS], told.values[(page - 1) * FIGURES:page * FIGURES], known)
    return Made("entity.html", {
        "entity": row, "above": [known[up] for up in above if up in known], "page": page, "pages": pages,
        "below": sorted((known[down] for down in below if down in known), key=lambda e: (-e.documents, e.name))[:BELOW],
        "more_below": max(0, len(below) - BELOW), "stood": told.tenure, "former": told.former, "later": told.later,
        "picture": picture(row, told.facts), "charts": charts(told.values), "facts": len(told.facts), "count": len(told.values), **shown})


def _shown(graph: GraphStore, row: EntityRow, found: Sequence[Fact], figures: Sequence[ValueRow],
           known: Mapping[str, EntityRow]) -> dict[str, object]:
    """The facts by direction and predicate, and the values, with their sentences."""
    kept = [evidence for fact in found for _, evidence in fact.statements[:SENTENCES]] + [v.evidence for v in figures]
    quoted = quotes(graph, [e.sentence for e in kept], known)

    def of(fact: Fact) -> Shown:
        ends = (row.iri, fact.other.iri)
        return Shown(fact, tuple(quoted.cited(e, strong=ends, modality=how) for how, e in fact.statements[:SENTENCES]),
                     max(0, len(fact.statements) - SENTENCES))

    sides = {side: [(predicate, [of(fact) for fact in group])
                    for predicate, group in groupby((f for f in found if f.outgoing == outgoing), key=lambda f: f.predicate)]
             for side, outgoing in (("outgoing", True), ("incoming", False))}
    return {**sides, "values": [quoted.value(v) for v in figures]}
