"""The page of anything else that the graph speaks of: its triples as a table."""

from __future__ import annotations

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.query.labels import short, text
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
    names = names_of(graph, (term.value for _, term in found if isinstance(term, ox.NamedNode)))
    rows = [(short(predicate), text(term, names), term.value if isinstance(term, ox.NamedNode) else "") for predicate, term in found]
    return Made("resource.html", {"iri": asked.iri, "name": names_of(graph, [asked.iri]).get(asked.iri, short(asked.iri)), "rows": rows})
