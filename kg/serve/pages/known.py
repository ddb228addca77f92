"""What one page needs of the graph beside its rows, at any size of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.iri import span_of
from kg.model import ENTITY_TYPES
from kg.query.reading import Row, is_iri, rows, said
from kg.vocab import DCTERMS, RDF, eco

_BATCH = 500
_MARKS: Final = """SELECT ?sentence ?entity ?begin ?end WHERE { VALUES ?sentence { %s }
  ?mention eco:inSentence ?sentence ; itsrdf:taIdentRef ?entity ; nif:beginIndex ?begin ; nif:endIndex ?end }"""
Marks = Mapping[str, Sequence[tuple[int, int, str]]]


def nodes(iris: Iterable[str]) -> Iterator[str]:
    """IRIs as SPARQL writes them, some hundreds at a time; what is no IRI is left out."""
    batch: list[str] = []
    for iri in filter(is_iri, sorted(set(iris))):
        batch.append(str(ox.NamedNode(iri)))
        if len(batch) == _BATCH:
            yield " ".join(batch)
            batch = []
    if batch:
        yield " ".join(batch)


def rows_of(graph: GraphStore, query: str, iris: Iterable[str]) -> Iterator[Row]:
    """The rows of a query for each of the IRIs, which take the place of its %s."""
    for batch in nodes(iris):
        yield from rows(graph, query % batch)


def marks_of(graph: GraphStore, sentences: Iterable[str]) -> Marks:
    """Sentence → (first character, last, entity) of the mentions in it, counted from the begin of the sentence."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in rows_of(graph, _MARKS, sentences):
        _, begin, _ = span_of(row["sentence"])
        found[row["sentence"]].append((int(row["begin"]) - begin, int(row["end"]) - begin, row["entity"]))
    return {sentence: sorted(marks, key=lambda m: (m[0], -m[1])) for sentence, marks in found.items()}


def number_of(graph: GraphStore, pattern: str) -> int:
    """How many solutions a pattern has."""
    return int(next(rows(graph, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"))["n"])


def exists(graph: GraphStore, iri: str) -> bool:
    """Whether anything is said of a resource."""
    return is_iri(iri) and any(True for _ in graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()))


def kind_of(graph: GraphStore, iri: str) -> str:
    """What page shows a resource: document, indicator, entity, resource, or empty where nothing is said of it."""
    if not exists(graph, iri):
        return ""
    kinds = set(said(graph, iri, (RDF + "type",)).get("type", ()))
    if eco("Document") in kinds:
        return "document"
    if any(eco(name) in kinds for name in ENTITY_TYPES):
        return "entity"
    return "indicator" if "/indicator/" in iri else "resource"


def described(graph: GraphStore, iri: str) -> list[tuple[str, Any]]:
    """Every triple that has the resource as its subject, as predicate and term."""
    found = graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
    return sorted(((quad.predicate.value, quad.object) for quad in found), key=lambda pair: (pair[0] != DCTERMS, pair[0], str(pair[1])))
