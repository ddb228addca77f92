"""The parameters of a ready question as RDF terms, and the query that they stand in.

A value becomes a term before the query sees it: an entity is looked up by name, a date and a number are read, words become a
literal. The term then takes the place of UNDEF in its own VALUES row, written by the RDF library, so that whatever a value holds
stays one term. (Variables cannot be substituted in the algebra instead: the store refuses those that are not selected, and
takes BOUND of them for false.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pyoxigraph

from kg import tables
from kg.errors import QueryError
from kg.graph.store import GraphStore
from kg.query import lookup
from kg.query.ready import Parameter, Question
from kg.vocab import XSD

Given = Mapping[str, object]
Term = pyoxigraph.NamedNode | pyoxigraph.Literal

_ROW = re.compile(r"^ *VALUES \?(\w+) \{ UNDEF \}\n", re.M)
_DATE = pyoxigraph.NamedNode(XSD + "date")


@dataclass(frozen=True)
class Bound:
    """A question with its parameters: the term of each that is given, the name to show for it, the SPARQL text that asks it."""

    question: Question
    terms: Mapping[str, Term]
    shown: Mapping[str, str]
    text: str


def bind(graph: GraphStore, question: Question, given: Given) -> Bound:
    """A question with the parameters given, as they are typed: names, numbers, dates.

    Raises QueryError where one is unknown, missing or of the wrong type, LookupFailed where none or several answer to a name.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    if unknown := [name for name in given if name not in known]:
        there = f"Its parameters: {', '.join(known)}." if known else "It has none."
        raise QueryError(f"{question.name} has no parameter {', '.join(unknown)}. {there}")
    values = {name: str(given.get(name, p.default)) for name, p in known.items() if given.get(name) is not None or p.default}
    if missing := [p for p in question.parameters if p.required and p.name not in values]:
        wanted = "; ".join(f"{p.name} ({p.zh}, {'|'.join(p.types)})" for p in missing)
        raise QueryError(f"{question.name} needs {wanted}. Give it as --param {missing[0].name}=…")
    read = {name: term(graph, known[name], value) for name, value in values.items()}
    terms = {name: found for name, (found, _) in read.items()}
    return Bound(question, terms, {name: shown for name, (_, shown) in read.items()}, filled(question, terms))


def filled(question: Question, terms: Mapping[str, Term]) -> str:
    """The query of a question with terms in the place of its parameters; rows of parameters that are not given go.

    >>> from kg.query.ready import question
    >>> '?textGiven { "长江\\\\"}" }' in filled(question("sentences-with"), {"text": pyoxigraph.Literal('长江"}')})
    True
    """
    variables = {p.variable: terms[p.name] for p in question.parameters if p.name in terms}
    return _ROW.sub(lambda row: row[0].replace("UNDEF", str(variables[row[1]])) if row[1] in variables else "", question.sparql)


def term(graph: GraphStore, parameter: Parameter, value: str) -> tuple[Term, str]:
    """The term of a value, and how to show it: the full name of an entity, the title of a document, else the value."""
    if parameter.plain:
        return _literal(parameter, value), value
    if not value.strip():
        raise QueryError(f"{parameter.name} is empty. Give a name.")
    if parameter.types == ("document",):
        paper = lookup.document(graph, value)
        return pyoxigraph.NamedNode(paper.iri), paper.title
    found = lookup.entity(graph, value, parameter.types)
    return pyoxigraph.NamedNode(found.iri), found.name


def _literal(parameter: Parameter, value: str) -> pyoxigraph.Literal:
    kind, words = parameter.types[0], value.strip()
    try:
        if kind == "integer":
            return pyoxigraph.Literal(int(words))
        if kind == "date":
            return pyoxigraph.Literal(_day(words).isoformat(), datatype=_DATE)
        words.encode()
    except ValueError:
        example = {"integer": "2025", "date": "2025-06-30, or today"}.get(kind, "黑臭水体")
        raise QueryError(f"{parameter.name}={value!a} is no {kind}. Give one such as {example}.") from None
    if not words:
        raise QueryError(f"{parameter.name} is empty. Give some words.")
    return pyoxigraph.Literal(pollutant(words) if kind == "indicator" else words)


def _day(words: str) -> date:
    return date.today() if words == "today" else date.fromisoformat(words)


def pollutant(words: str) -> str:
    """The words of an indicator; where they name a pollutant by its formula, the name that every wording of it holds.

    >>> pollutant("PM2.5年均浓度"), pollutant("优良天数"), pollutant("CO2")
    ('细颗粒物', '优良天数', '二氧化碳')
    """
    found = _formulas().search(words)
    return _names()[found[0].casefold()] if found else words


@lru_cache(maxsize=1)
def _names() -> Mapping[str, str]:
    return {alias.casefold(): row[0] for row in tables.rows("kg_gazetteer", "pollutants.tsv") for alias in row[1].split("|")
            if alias and alias.isascii()}


@lru_cache(maxsize=1)
def _formulas() -> re.Pattern[str]:
    longest = sorted(_names(), key=len, reverse=True)
    return re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(map(re.escape, longest))})(?![A-Za-z0-9])", re.I)


def as_given(pairs: Sequence[str]) -> dict[str, Any]:
    """Parameters as a command is given them, NAME=VALUE each; raises QueryError.

    >>> as_given(["river=黄河", "text=a=b"])
    {'river': '黄河', 'text': 'a=b'}
    """
    split = [pair.partition("=") for pair in pairs]
    if wrong := [pair for pair, (name, sign, _) in zip(pairs, split, strict=True) if not (name and sign)]:
        raise QueryError(f"--param {wrong[0]} names no value. Write it as NAME=VALUE, such as river=黄河.")
    names = [name.strip() for name, _, _ in split]
    if twice := [name for name in names if names.count(name) > 1]:
        raise QueryError(f"--param {twice[0]} is given {names.count(twice[0])} times. Give it once.")
    return {name: value for name, (_, _, value) in zip(names, split, strict=True)}
