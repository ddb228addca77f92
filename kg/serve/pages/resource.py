"""The page of anything else that the graph speaks of: its triples as a table."""

from __future__ import annotations

from typing import Any

from kg.graph.store import GraphStore
from kg.query.labels import short
from kg.query.reading import names_of
from kg.serve.limits import Refused
from kg.serve.pages.known import described, exists
from kg.serve.pages.view import Asked, Made

MOST = 500
"""Triples that are shown."""


def resource(graph: GraphStore, asked: Asked) -> Made:
    """What is said of a resource; raises Refused with 404 where nothing is."""
    if not exists(graph, asked.iri):
        raise Refused(404, f"Nothing is said of {asked.iri} in this graph.")
    found = described(graph, asked.iri)[:MOST]
    names = names_of(graph, (term.value for _, term in found if _is_iri(term)))
    rows = [(short(predicate), _text(term, names), term.value if _is_iri(term) else "") for predicate, term in found]
    return Made("resource.html", {"iri": asked.iri, "name": names_of(graph, [asked.iri]).get(asked.iri, short(asked.iri)), "rows": rows})


def _is_iri(term: Any) -> bool:
    return type(term).__name__ == "NamedNode"


def _text(term: Any, names: Any) -> str:
    return names.get(term.value) or short(term.value) if _is_iri(term) else str(getattr(term, "value", term))
