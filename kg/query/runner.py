"""SPARQL text, or the name of a ready question → an answer in any of the W3C result formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any, Literal

import pyoxigraph

from kg.errors import QueryError
from kg.graph.outside import calls_service
from kg.graph.store import Dataset, GraphStore
from kg.query.binding import Bound, Given, bind
from kg.query.ready import question
from kg.vocab import PREFIXES, XSD

Kind = Literal["rows", "boolean", "triples"]
Value = str | int | Decimal | bool | None

NAME = re.compile(r"[a-z0-9-]+")
_RESULTS = {"csv": pyoxigraph.QueryResultsFormat.CSV, "tsv": pyoxigraph.QueryResultsFormat.TSV,
            "json": pyoxigraph.QueryResultsFormat.JSON, "xml": pyoxigraph.QueryResultsFormat.XML}
_WHERE = re.compile(r"error at (\d+):(\d+)")
_FORM = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.I)
_QUOTED = re.compile(r"""<[^<>\s]*>|"{3}.*?"{3}|'{3}.*?'{3}|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*""", re.S)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.I)
_PREFIXED = re.compile(r"(?<![\w?$@:_.-])([^\W\d_][\w.-]*):")
_UPDATE = re.compile(r"(?:\s|#[^\n]*\n|PREFIX\s[^>]*>|BASE\s[^>]*>)*+(?:LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|INSERT|DELETE|WITH)\b", re.I)


@dataclass(frozen=True)
class Answer:
    """What a query found: rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE.

    Iterate over it for rows as dictionaries of plain values, or `serialize` it. `bound` is the ready question that was asked, where
    it was one, with its parameters.
    """

    graph: GraphStore
    text: str
    kind: Kind
    variables: tuple[str, ...] = ()
    bound: Bound | None = None

    def __iter__(self) -> Iterator[dict[str, Value]]:
        for solution in self.terms():
            yield {name: plain(term) for name, term in zip(self.variables, solution, strict=True)}

    def __bool__(self) -> bool:
        found = evaluate(self.graph, self.text)
        return bool(found) if self.kind == "boolean" else next(iter(found), None) is not None

    def terms(self) -> Iterator[tuple[Any, ...]]:
        """The rows as RDF terms, unbound ones None; the three terms of each triple."""
        found = evaluate(self.graph, self.text)
        if self.kind == "rows":
            yield from (tuple(solution[name] for name in self.variables) for solution in found)
        elif self.kind == "triples":
            yield from ((triple.subject, triple.predicate, triple.object) for triple in found)

    def serialize(self, form: str) -> bytes:
        """The answer as csv, tsv, json, xml (the W3C result formats), or as turtle where it is triples; UTF-8.

        Raises QueryError where the answer has no such form.
        """
        found = evaluate(self.graph, self.text)
        if self.kind == "triples":
            if form != "turtle":
                raise QueryError(f"CONSTRUCT and DESCRIBE answer with triples, which have no {form} form. Use --format turtle.")
            triples = sorted(set(found), key=str)
            return bytes(pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=used_prefixes(triples)) or b"")
        if form not in _RESULTS or (self.kind == "boolean" and form in ("csv", "tsv")):
            fit = "json or xml" if self.kind == "boolean" else "csv, tsv, json or xml"
            raise QueryError(f"{'ASK' if self.kind == 'boolean' else 'SELECT'} has no {form} form. Use --format {fit}.")
        return bytes(found.serialize(format=_RESULTS[form]))

    def _repr_html_(self) -> str:
        from_rows = [[("" if v is None else str(v)) for v in row.values()] for row in self]
        return _html(self.variables, from_rows)


def ask(graph: GraphStore, query: str, given: Given | None = None) -> Answer:
    """Answer a SPARQL query, or the ready question of that name with the parameters given; nothing outside the store is ever read.

    Raises QueryError with line and column where the text cannot be read, and as `binding.bind` does.
    """
    if NAME.fullmatch(query.strip()):
        return answer(graph, bind(graph, question(query.strip()), given or {}))
    if given:
        raise QueryError(f"Only a ready question has parameters ({', '.join(given)}). Give its name (see --list), or write them into "
                         "the query.")
    return _answer(graph, query, None)


def answer(graph: GraphStore, bound: Bound) -> Answer:
    """Answer a ready question whose parameters are bound."""
    return _answer(graph, bound.text, bound)


def _answer(graph: GraphStore, text: str, bound: Bound | None) -> Answer:
    found = evaluate(graph, text)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer(graph, text, "boolean")
    if isinstance(found, pyoxigraph.QueryTriples):
        return Answer(graph, text, "triples", ("subject", "predicate", "object"))
    return Answer(graph, text, "rows", tuple(variable.value for variable in found.variables), bound)


def evaluate(graph: GraphStore, text: str, *, base: str | None = None, dataset: Dataset | None = None) -> Any:
    """Run a query that asks for nothing outside, over the store or a part of its graphs; raises QueryError."""
    if calls_service(text):
        raise QueryError("The query asks another server with SERVICE, which is not allowed. Ask this graph alone.")
    try:
        return graph.query(text, base=base, dataset=dataset)
    except QueryError as error:
        raise QueryError(_explained(text, str(error))) from None


def plain(term: Any) -> Value:
    """An RDF term as a plain value: an IRI or text as str, numbers as int or Decimal.

    >>> plain(pyoxigraph.Literal("87.2", datatype=pyoxigraph.NamedNode(XSD + "decimal")))
    Decimal('87.2')
    """
    if not isinstance(term, pyoxigraph.Literal):
        return None if term is None else str(getattr(term, "value", term))
    kind = term.datatype.value.removeprefix(XSD)
    if kind == "integer":
        return int(term.value)
    if kind == "decimal":
        return Decimal(term.value)
    return term.value in ("true", "1") if kind == "boolean" else term.value


def used_prefixes(triples: Iterable[pyoxigraph.Triple]) -> dict[str, str]:
    """The prefixes of the project whose namespaces stand in triples.

    >>> used_prefixes([pyoxigraph.Triple(*map(pyoxigraph.NamedNode, ("urn:泾河", PREFIXES["rdf"] + "type", PREFIXES["eco"] + "River")))])
    {'eco': 'https://w3id.org/shanshui/ontology#', 'rdf': 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'}
    """
    written = " ".join(map(str, triples))
    return {name: namespace for name, namespace in PREFIXES.items() if f"<{namespace}" in written}


def _explained(text: str, message: str) -> str:
    if "surrogates not allowed" in message:
        return "The query holds bytes that are no UTF-8. Give it as UTF-8."
    where = _WHERE.search(message)
    if where is None:
        return message
    line, column = int(where[1]), int(where[2])
    if not text.strip():
        return "The query is empty. Give a SPARQL query or the name of a ready question (see --list)."
    if _UPDATE.match(text):
        return "The query changes the graph, which only kg build does. Ask with SELECT, ASK, CONSTRUCT or DESCRIBE."
    written = (text.splitlines() or [""])[min(line, len(text.splitlines()) or 1) - 1]
    why = "something else is expected here"
    if not _FORM.search(text):
        why = "SPARQL asks with SELECT, ASK, CONSTRUCT or DESCRIBE; kg ask answers plain Chinese"
    elif undeclared := _undeclared(text):
        why = f"the prefix {undeclared}: is not declared"
    elif "variable that is unbound" in message:
        why = "SELECT names a variable that is neither bound nor grouped by"
    return f"The query cannot be read at line {line}, column {column}: {why}.\n  {written}\n  {' ' * (column - 1)}^"


def _undeclared(text: str) -> str:
    """The first prefix of a query that neither it nor the project declares; empty where each is.

    >>> _undeclared("PREFIX a: <urn:a#> SELECT * { ?s a:b 'c:d' ; e:f <g:h> }"), _undeclared("ASK { ?s a eco:River } # x:y")
    ('e', '')
    """
    bare = _QUOTED.sub(" ", text)
    declared = {*PREFIXES, *_DECLARED.findall(bare)}
    return next((name for name in _PREFIXED.findall(bare) if name not in declared), "")


def _html(columns: tuple[str, ...], body: list[list[str]]) -> str:
    head = "".join(f"<th>{escape(c)}</th>" for c in columns)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
