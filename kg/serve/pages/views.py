"""What a worker does for the pages: the name of a view and what is asked of it → HTML; rows of a ready question; the names to search in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Protocol

from kg.graph.store import GraphStore
from kg.query import whole
from kg.serve.limits import Refused
from kg.serve.pages import asked, document, entity, home, indicators, questions, resource
from kg.serve.pages.known import kind_of
from kg.serve.pages.rendering import render
from kg.serve.pages.view import Asked, View

VIEWS: Final[Mapping[str, View]] = {
    "home": home.home, "documents": home.documents, "entity": entity.entity, "document": document.document,
    "resource": resource.resource, "ask": asked.asked, "questions": questions.questions, "question": questions.question,
    "indicators": indicators.indicators, "indicator": indicators.indicator}
"""The pages by name."""
_HTML: Final = "text/html"


class Channel(Protocol):
    """Where an answer goes (see `kg.serve.jobs`)."""

    def head(self, media: str, kind: str, *, held: bool = False) -> None:
        """Begin the answer."""

    def write(self, body: bytes) -> int:
        """Go on with the body."""

    def end(self, rows: int = 0, *, cut: bool = False) -> None:
        """The answer is whole."""


def page(graph: GraphStore, given: Mapping[str, Any], out: Channel) -> None:
    """A page: {view, language, path, iri, name, fields}; the view `any` is that of whatever the IRI names."""
    wanted = Asked(given["language"], given["path"], given["iri"], given["name"], given["fields"])
    view = given["view"] if given["view"] != "any" else kind_of(graph, wanted.iri)
    if view not in VIEWS:
        raise Refused(404, f"Nothing is said of {wanted.iri} in this graph.")
    made = VIEWS[view](graph, wanted)
    body = render(made.template, made.model, language=wanted.language, path=wanted.path).encode(errors="replace")
    out.head(_HTML, "page")
    out.write(body)
    out.end()


def rows(graph: GraphStore, given: Mapping[str, Any], out: Channel) -> None:
    """The rows of a ready question as a file: {name, fields, form: csv or json}."""
    body = questions.rows(graph, given["name"], given["fields"]).serialize(given["form"])
    out.head("text/csv" if given["form"] == "csv" else "application/sparql-results+json", "rows")
    out.write(body)
    out.end()


def names(graph: GraphStore, given: Mapping[str, Any], out: Channel) -> None:
    """Every entity and document by its names, for the index of the search: two lists of rows as JSON."""
    found = [[row._asdict() for row in whole.entities(graph)], [row._asdict() for row in whole.documents(graph).values()]]
    out.head("application/json", "names")
    out.write(json.dumps(found, ensure_ascii=False).encode(errors="replace"))
    out.end()


JOBS: Final = {"page": page, "answer": rows, "names": names}
