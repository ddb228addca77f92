"""The ready questions, and the page of each: a form for its parameters, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Final
from urllib.parse import urlencode

from kg.errors import LookupFailed, QueryError
from kg.graph.store import GraphStore
from kg.iri import document_of
from kg.query.reading import Evidence, entities_of
from kg.query.ready import Column, Question
from kg.query.ready import question as ready
from kg.query.runner import Answer, Value, ask
from kg.serve.limits import Refused
from kg.serve.pages.figures import short, written
from kg.serve.pages.home import themes
from kg.serve.pages.sentences import Cited, quotes
from kg.serve.pages.view import Asked, Made

LISTED = 200
"""Rows of a page."""
_PARTS: Final = ("operator", "upper", "unit", "written")
"""Columns that belong to the value beside them."""
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it is shown: a text, the resource that it leads to (or empty), its type where that is an entity, or a sentence."""

    text: str
    iri: str = ""
    type: str = ""
    kind: str = ""
    sentence: Cited | None = None


def questions(graph: GraphStore, asked: Asked) -> Made:
    """All ready questions by theme."""
    return Made("questions.html", {"themes": themes()})


def question(graph: GraphStore, asked: Asked) -> Made:
    """A ready question and, where its parameters are given, its answer; raises Refused with 404 where there is none of that name."""
    found = named(asked.name)
    given = fields(found, asked)
    model = {"question": found, "given": given, "error": "", "rows": None, "columns": (), "sparql": found.sparql, "cut": False,
             "missing": False, "download": urlencode(given)}
    if any(p.required and p.name not in given and not p.default for p in found.parameters):
        return Made("question.html", {**model, "missing": True})
    try:
        answer = ask(graph, found.name, given)
        rows = list(islice(answer, LISTED + 1))
    except (QueryError, LookupFailed) as error:
        return Made("question.html", {**model, "error": str(error)})
    return Made("question.html", {**model, **table(graph, found, rows[:LISTED]), "cut": len(rows) > LISTED,
                                  "sparql": answer.bound.text if answer.bound else found.sparql})


def rows(graph: GraphStore, name: str, given: Mapping[str, str]) -> Answer:
    """The answer to a ready question, for a download; raises Refused where it cannot be asked so."""
    try:
        return ask(graph, named(name).name, given)
    except (QueryError, LookupFailed) as error:
        raise Refused(400, str(error)) from None


def named(name: str) -> Question:
    """The ready question of a name; raises Refused with 404."""
    try:
        return ready(name)
    except QueryError:
        raise Refused(404, f"There is no ready question named {name}.") from None


def fields(found: Question, asked: Asked) -> dict[str, str]:
    """The parameters that are given, as they are typed."""
    return {p.name: value for p in found.parameters if (value := asked.fields.get(p.name, "").strip())}


def table(graph: GraphStore, found: Question, answered: Sequence[Row]) -> dict[str, object]:
    """The columns that are shown and the cells of each row."""
    shown = [c for c in found.columns if not (c.name in _PARTS and any(other.name == "value" for other in found.columns))]
    iris = {str(row[c.iri]) for row in answered for c in found.columns if c.iri and row.get(c.iri)}
    sentences = {str(row[c.iri]) for row in answered for c in found.columns if c.types[0] == "sentence" and row.get(c.iri)}
    quoted = quotes(graph, sentences, entities_of(graph, iris - sentences))
    known = quoted.known

    def cell(column: Column, row: Row) -> Cell:
        value, iri = row.get(column.name), str(row.get(column.iri) or "") if column.iri else ""
        if column.types[0] == "sentence" and value and iri:
            ends = [str(row[c.iri]) for c in found.columns if c.iri and row.get(c.iri)]
            evidence = Evidence(iri, str(value), document_of(iri))
            return Cell("", sentence=quoted.cited(evidence, strong=ends, written=str(row.get("written") or "")))
        if column.name == "value" and value is not None:
            said = {name: str(row.get(name) or "") for name in _PARTS}
            return Cell(written(said["written"], said["operator"] or "=", str(value), said["upper"], said["unit"]), kind="number")
        if column.types[0] == "term" and value:
            return Cell(str(value), kind="term")
        text = short(str(value)) if isinstance(value, Decimal) else "✓" if value is True else "" if value in (None, False) else str(value)
        counted = isinstance(value, int | Decimal) and not isinstance(value, bool)
        return Cell(text, iri, known[iri].type if iri in known else "", "number" if counted else "")

    return {"columns": shown, "rows": [[cell(column, row) for column in shown] for row in answered]}
