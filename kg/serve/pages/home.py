"""The first page, and the list of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.graph.store import GraphStore
from kg.model import ENTITY_TYPES
from kg.query.kept import kept
from kg.query.reading import DocumentRow, documents_of, rows
from kg.query.ready import Question, questions
from kg.serve.pages.known import number_of
from kg.serve.pages.view import Asked, Made
from kg.tables import rows as table

NEWEST = 8
LISTED = 50
"""Documents of one page of the list."""
_COUNTS = {"documents": "?x a eco:Document", "claims": "?x a rdf:Statement", "values": "?x a eco:IndicatorValue"}
_DATED = """SELECT ?document WHERE {{ ?document a eco:Document . OPTIONAL {{ ?document dcterms:issued ?issued }}
  OPTIONAL {{ ?document dcterms:title ?title }} }} ORDER BY DESC(?issued) ?title ?document LIMIT {} OFFSET {}"""


def home(graph: GraphStore, asked: Asked) -> Made:
    """How much there is, the newest documents, the ready questions by theme."""
    known = counts(graph)
    return Made("home.html", {"counts": {name: known[name] for name in _COUNTS}, "types": {name: known[name] for name in ENTITY_TYPES},
                              "newest": _dated(graph, NEWEST, 0), "themes": themes()})


@kept
def counts(graph: GraphStore) -> Mapping[str, int]:
    """How many documents, claims, values and entities of each type there are."""
    patterns: dict[str, str] = _COUNTS | {str(name): f"?x a eco:{name} ; eco:documentCount ?n FILTER (?n > 0)" for name in ENTITY_TYPES}
    return {name: number_of(graph, pattern) for name, pattern in patterns.items()}


def documents(graph: GraphStore, asked: Asked) -> Made:
    """All documents, the newest first."""
    count = number_of(graph, _COUNTS["documents"])
    page, pages = asked.page((count, LISTED))
    return Made("documents.html", {"count": count, "listed": _dated(graph, LISTED, (page - 1) * LISTED), "page": page, "pages": pages})


@lru_cache(maxsize=1)
def themes() -> Mapping[str, Sequence[Question]]:
    """Theme → its ready questions; those without a theme come last, under `other`."""
    known = dict(questions())
    found: dict[str, list[Question]] = {}
    for theme, name in table("kg.serve.pages", "themes.tsv"):
        if name in known:
            found.setdefault(theme, []).append(known.pop(name))
    return {**found, "other": list(known.values())} if known else found


def _dated(graph: GraphStore, most: int, first: int) -> list[DocumentRow]:
    iris = [row["document"] for row in rows(graph, _DATED.format(most, first))]
    known = documents_of(graph, iris)
    return [known[iri] for iri in iris if iri in known]
