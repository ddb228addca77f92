"""One label, one subclass: what holds where documents name an entity differently.

The gazetteer's word holds; else that of most documents; else the first by code point. What was not chosen stays in the
graphs of its documents.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.sparql import select
from kg.model import SUBTYPES
from kg.vocab import EDITS_GRAPH, GAZETTEER_GRAPH, LABEL, ONTOLOGY_GRAPH, TYPE, eco

_SUBCLASSES = frozenset(eco(name) for names in SUBTYPES.values() for name in names)
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_VALUES = " ".join(f"<{name}>" for name in sorted(_SUBCLASSES))
_CONFLICTS = (
    (LABEL, "SELECT DISTINCT ?e { ?e rdfs:label ?a, ?b FILTER(STR(?a) < STR(?b)) }"),
    (TYPE, f"SELECT DISTINCT ?e {{ VALUES ?a {{ {_VALUES} }} ?e a ?a, ?b . FILTER(STR(?a) < STR(?b)) VALUES ?b {{ {_VALUES} }} }}"),
)


def choose(store: ox.Store) -> None:
    """Leave one label and one subclass of each entity in the default graph."""
    for predicate, query in _CONFLICTS:
        for row in list(select(store, query)):
            _settle(store, row["e"], ox.NamedNode(predicate))


def restore(store: ox.Store, entities: Iterable[str]) -> None:
    """Put back into the default graph all labels and subclasses that documents support, to choose among them again."""
    for entity in entities:
        for predicate in (LABEL, TYPE):
            for term in _support(store, ox.NamedNode(entity), ox.NamedNode(predicate)):
                store.add(ox.Quad(ox.NamedNode(entity), ox.NamedNode(predicate), term, ox.DefaultGraph()))


def _settle(store: ox.Store, entity: ox.NamedNode, predicate: ox.NamedNode) -> None:
    support = _support(store, entity, predicate)
    best = min(support, key=lambda term: (-support[term], str(term)))
    for quad in list(store.quads_for_pattern(entity, predicate, None, ox.DefaultGraph())):
        if _matters(predicate, quad.object) and quad.object != best:
            store.remove(quad)


def _support(store: ox.Store, entity: ox.NamedNode, predicate: ox.NamedNode) -> dict[Term, float]:
    """How many documents give each label or subclass; the gazetteer outweighs them all."""
    found: dict[Term, float] = {}
    for quad in store.quads_for_pattern(entity, predicate, None, None):
        graph, term = quad.graph_name, quad.object
        if isinstance(graph, ox.NamedNode) and graph.value not in (ONTOLOGY_GRAPH, EDITS_GRAPH) and _matters(predicate, term):
            found[term] = found.get(term, 0.0) + (float("inf") if graph.value == GAZETTEER_GRAPH else 1.0)
    return found


def _matters(predicate: ox.NamedNode, term: object) -> bool:
    return predicate.value == LABEL or (isinstance(term, ox.NamedNode) and term.value in _SUBCLASSES)
