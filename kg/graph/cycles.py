"""Nothing stands above itself: what holds where documents together say that it does.

Each document may be right in form, and together they say that a body is part of its own department. The plain triple
that the gazetteer does not know and the fewest documents support is not formed then. Its claim stays, and the triple stays in
the graph of its document, so that it comes back when the other document goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.graph.model import Violation
from kg.graph.sparql import select, update
from kg.graph.store import GraphStore
from kg.vocab import DCTERMS, GAZETTEER_GRAPH, SHAPES, eco

ACYCLIC = {eco("partOf"): "partOf", eco("tributaryOf"): "tributaryOf", DCTERMS + "isReplacedBy": "isReplacedBy"}
"""Relations that never lead back to where they began, and the names of their shapes after Acyclic-."""
OF_GRAPH = frozenset(f"{SHAPES}Acyclic-{name}" for name in ACYCLIC.values())
"""Shapes that no document breaks alone."""
_ALWAYS = 1 << 30
_REFUSED = """
SELECT DISTINCT ?document ?subject ?object WHERE {
  GRAPH ?document { ?subject <%s> ?object } ?document a eco:Document .
  FILTER NOT EXISTS { ?subject <%s> ?object } }"""

Edge = tuple[str, str]


def break_cycles(store: ox.Store) -> None:
    """Leave no cycle of ACYCLIC in the default graph; the outcome depends on what the documents and the gazetteer say alone."""
    for predicate in ACYCLIC:
        update(store, f"INSERT {{ ?s <{predicate}> ?o }} WHERE {{ GRAPH ?d {{ ?s <{predicate}> ?o }} ?d a eco:Document }}")
        support = _support(store, predicate)
        for lower, upper in refused(support):
            store.remove(ox.Quad(ox.NamedNode(lower), ox.NamedNode(predicate), ox.NamedNode(upper), ox.DefaultGraph()))


def left_out(graph: GraphStore) -> tuple[tuple[str, Violation], ...]:
    """The documents with the triples that were not formed because they close a cycle."""
    found = []
    for predicate, name in ACYCLIC.items():
        for row in select(graph.store, _REFUSED % (predicate, predicate)):
            why = f"with what others say it would stand above itself: {row['object'].value}"
            violation = Violation(row["subject"].value, predicate, why, "violation", f"{SHAPES}Acyclic-{name}", row["object"].value)
            found.append((row["document"].value, violation))
    return tuple(sorted(found, key=lambda pair: (pair[0], pair[1].focus, pair[1].message)))


def refused(support: Mapping[Edge, int]) -> Iterator[Edge]:
    """The edges that close a cycle, when edges are laid in the order of their support and, within it, of their names.

    >>> list(refused({("司", "部"): 2, ("部", "国务院"): 2, ("国务院", "司"): 1}))
    [('国务院', '司')]
    """
    laid: dict[str, list[str]] = {}
    for lower, upper in sorted(_circling(support), key=lambda edge: (-support[edge], edge)):
        if _leads(laid, upper, lower):
            yield lower, upper
        else:
            laid.setdefault(lower, []).append(upper)


def _support(store: ox.Store, predicate: str) -> dict[Edge, int]:
    """How many documents say each triple; the gazetteer outweighs them all."""
    found: dict[Edge, int] = {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode):
            edge = (quad.subject.value, quad.object.value)
            found[edge] = found.get(edge, 0) + (_ALWAYS if quad.graph_name.value == GAZETTEER_GRAPH else 1)
    return found


def _circling(edges: Iterable[Edge]) -> set[Edge]:
    """What is left when ends that lead nowhere, or that nothing leads to, are taken away again and again."""
    left = set(edges)
    while True:
        lower, upper = {a for a, _ in left}, {b for _, b in left}
        kept = {(a, b) for a, b in left if a in upper and b in lower}
        if kept == left:
            return left
        left = kept


def _leads(laid: Mapping[str, list[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        following = [n for n in laid.get(at, ()) if n not in seen]
        seen.update(following)
        waiting.extend(following)
    return False
