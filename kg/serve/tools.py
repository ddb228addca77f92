"""What programs can ask of a graph: an entity, evidence, indicator values, a ready question, SPARQL.

Each tool is a function from the graph, and what is asked, to a value of `findings`; a worker process runs it, as it runs queries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import LookupFailed, QueryError
from kg.graph.store import GraphStore
from kg.model import PREDICATES
from kg.query import lookup, profile, reading, runner
from kg.query.binding import bind, filled, term
from kg.query.periods import covers
from kg.query.reading import ClaimRow, ValueRow
from kg.query.ready import LEADING, Question, question
from kg.serve.findings import Answer, Cell, Claim, Entity, Evidence, Fact, Profile, Result, Statements, Stood, Value, Values
from kg.vocab import WATER_RELATIONS

RELATIONS: Final = (*PREDICATES, *WATER_RELATIONS)
"""Relations that statements make."""
_MOST = 100_000
"""Characters of rows that are answered at most, so that a program that reads them is not flooded."""


def entity(graph: GraphStore, *, name: str, predicate: str, limit: int, sentences: int) -> Profile:
    """An entity with up to `limit` facts (those of one predicate, where it is given) and indicator values, and their sentences.

    `sentences` is the most of each fact. Raises LookupFailed where not one entity bears the name, QueryError for an unknown predicate.
    """
    _check_predicate(predicate)
    found = lookup.entity(graph, name)
    told = profile.told(graph, found.iri, predicate)
    before, after = (tuple(Stood(e.name, e.iri, t.first, t.last) for e, t in side) for side in (told.former, told.later))
    stated = [(fact, _claims_of(fact, found.iri, told.claims)) for fact in told.facts[:limit]]
    figures = told.values[:limit]
    cited: Sequence[ClaimRow | ValueRow] = (*figures, *(c for _, claims in stated for c in claims[:sentences]))
    titles = _titles(graph, (row.evidence.document for row in cited))
    names = {iri: row.name for iri, row in told.known.items()}
    return Profile(Entity.of(found), told.tenure.first, told.tenure.last, before, after,
                   tuple(_fact(fact, claims, sentences, titles) for fact, claims in stated), len(told.facts),
                   tuple(_value(v, names, titles) for v in figures), len(told.values))


def evidence(graph: GraphStore, *, about: str, other: str, predicate: str, limit: int) -> Statements:
    """The statements of an entity (those with another one, or of one predicate) or behind the IRI of a claim, value or sentence.

    `about` and `other` are names or IRIs; `other` and `predicate` are empty where not given. Raises as `entity`.
    """
    _check_predicate(predicate)
    if other or not reading.is_iri(about) or reading.bearers(graph, about):
        first = lookup.entity(graph, about).iri
        second = lookup.entity(graph, other).iri if other else ""
        claims = [c for c in reading.claims(graph, first) if not second or second in (c.subject, c.object)]
        values: Sequence[ValueRow] = () if second or predicate else reading.values(graph, first)
    else:
        said, values = reading.stated(graph, about)
        claims = list(said)
        if not (claims or values):
            raise LookupFailed(f"{about}: the graph has no entity, claim, indicator value or sentence of this IRI. "
                               "Take an IRI from another answer, or search for a name.")
    claims = [c for c in claims if predicate in ("", c.predicate)]
    related, figures = claims[:limit], values[:limit]
    names = reading.names_of(graph, {*(end for c in related for end in (c.subject, c.object)),
                                     *(end for v in figures for end in (v.about, v.scope) if end)})
    cited: Sequence[ClaimRow | ValueRow] = (*related, *figures)
    titles = _titles(graph, (row.evidence.document for row in cited))
    return Statements(tuple(_claim(c, names, titles) for c in related), len(claims),
                      tuple(_value(v, names, titles) for v in figures), len(values))


def values(graph: GraphStore, *, indicator: str, about: str, kind: str, year: int | None, limit: int) -> Values:
    """Indicator values by words of the indicator's name, by what they are about (a place with all within it), kind and year.

    What is empty or None does not matter. Raises QueryError where neither indicator nor `about` is given, LookupFailed as `entity`.
    """
    if not (indicator or about):
        raise QueryError("Give words of the indicator's name, such as 优良天数, or what the values are about, such as 甘肃省.")
    asked = question("indicator-values")
    words, place = asked.parameters
    found = lookup.entity(graph, about) if about else None
    terms = {words.name: term(graph, words, indicator)[0]} if indicator else {}
    if found and found.type == "Place":
        terms[place.name] = ox.NamedNode(found.iri)
    rows: Iterable[Mapping[str, runner.Value]] = runner.ask(graph, filled(asked, terms))
    if found and found.type != "Place":
        rows = (row for row in rows if row["subjectIri"] == found.iri)
    fitting = [row for row in rows if kind in ("", row["kind"]) and (year is None or covers(str(row["period"] or ""), year))]
    titles = _titles(graph, (str(row["documentIri"]) for row in fitting[:limit]))
    return Values(tuple(_answered(row, titles) for row in fitting[:limit]), len(fitting))


def ask(graph: GraphStore, *, name: str, parameters: Mapping[str, str | int], limit: int) -> Answer:
    """The rows of a ready question with its parameters; raises QueryError and LookupFailed as `kg.query.binding.bind`."""
    asked = question(name)
    given = {key: value for key, value in parameters.items() if value != ""}
    if missing := [p for p in asked.parameters if p.required and p.name not in given]:
        wanted = "; ".join(f"{p.name} ({p.zh}, {p.en})" for p in missing)
        raise QueryError(f"{name} needs {wanted}. Give it in parameters, such as {json.dumps(dict(asked.example), ensure_ascii=False)}.")
    bound = bind(graph, asked, given)
    rows, cut = _fitting(runner.answer(graph, bound), limit)
    return Answer(name, asked.title_zh, asked.title_en, dict(bound.shown), _columns(asked), rows, cut)


def sparql(graph: GraphStore, *, query: str, limit: int) -> Result:
    """The answer to a SPARQL query, up to `limit` rows or triples; raises QueryError."""
    found = runner.evaluate(graph, query)
    if isinstance(found, ox.QuerySolutions):
        names = tuple(variable.value for variable in found.variables)
        solutions = ({name: runner.plain(solution[name]) for name in names} for solution in found)
        rows, cut = _fitting(solutions, limit)
        return Result("rows", names, rows, None, "", cut)
    if isinstance(found, ox.QueryBoolean):
        return Result("boolean", (), (), bool(found), "", False)
    triples = list(islice(found, limit))
    body = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=runner.used_prefixes(triples)) or b""
    return Result("triples", (), (), None, body.decode(), next(found, None) is not None)


TOOLS: Final[Mapping[str, Callable[..., Any]]] = {"entity": entity, "evidence": evidence, "values": values, "ask": ask,
                                                  "sparql": sparql}
"""The tools by name; what each returns is a frozen value of `findings`."""


def answered(graph: GraphStore, tool: str, arguments: Mapping[str, Any]) -> bytes:
    """What a tool answers, as JSON. Raises KgError with what to do, in the words of one who calls tools."""
    try:
        return json.dumps(asdict(TOOLS[tool](graph, **arguments)), ensure_ascii=False).encode(errors="replace")
    except LookupFailed as error:
        said, *command = str(error).split(" See: kg ")
        raise LookupFailed(said + (" Search for a part of the name." if command else "")) from None


def _titles(graph: GraphStore, papers: Iterable[str]) -> Mapping[str, str]:
    """Document (an IRI) → its title, or the name of its file."""
    return {iri: paper.title for iri, paper in reading.documents_of(graph, papers).items()}


def _check_predicate(name: str) -> None:
    if name and name not in RELATIONS:
        raise QueryError(f"There is no relation {name}. There are: {', '.join(RELATIONS)}.")


def _claims_of(fact: profile.Fact, entity: str, stated: Iterable[ClaimRow]) -> list[ClaimRow]:
    """The claims that make a fact of an entity."""
    ends = (entity, fact.other.iri) if fact.outgoing else (fact.other.iri, entity)
    return [c for c in stated if c.predicate == fact.predicate and (c.subject, c.object) == ends]


def _fact(fact: profile.Fact, claims: Sequence[ClaimRow], most: int, titles: Mapping[str, str]) -> Fact:
    shown = tuple(Evidence(*_stated(c, titles), c.iri) for c in claims[:most])
    return Fact(fact.predicate, fact.outgoing, fact.other.name, fact.other.iri, fact.other.type, shown, len(claims))


def _claim(c: ClaimRow, names: Mapping[str, str], titles: Mapping[str, str]) -> Claim:
    subject, object_ = (names.get(iri) or reading.local(iri) for iri in (c.subject, c.object))
    return Claim(*_stated(c, titles), c.iri, subject, c.subject, c.predicate, object_, c.object, c.confidence)


def _value(v: ValueRow, names: Mapping[str, str], titles: Mapping[str, str]) -> Value:
    subject = profile.subject_of(v, names)
    return Value(*_stated(v, titles), names.get(subject, ""), subject, v.kind, v.indicator, v.operator, float(v.number),
                 float(v.upper) if v.upper else None, v.unit, v.period, v.written)


def _stated(row: ClaimRow | ValueRow, titles: Mapping[str, str]) -> tuple[str, str, str, str, str]:
    said = row.evidence
    return row.modality, said.text, said.sentence, titles.get(said.document, ""), said.document


def _answered(row: Mapping[str, runner.Value], titles: Mapping[str, str]) -> Value:
    """A row of the question for indicator values."""
    said = {key: "" if cell is None else str(cell) for key, cell in row.items()}
    return Value(said["modality"], said["sentence"], said["sentenceIri"], titles.get(said["documentIri"], ""), said["documentIri"],
                 said["subject"], said["subjectIri"], said["kind"], said["indicator"], said["operator"], float(said["value"]),
                 float(said["upper"]) if said["upper"] else None, said["unit"], said["period"], said["written"])


def _columns(asked: Question) -> dict[str, str]:
    """Each column of a question with what it holds; those of IRIs name the column they belong to."""
    told = {column.name: f"{column.zh} / {column.en}" for column in asked.columns}
    return told | {column.iri: f"IRI of {column.name}" for column in asked.columns if column.types[0] in LEADING}


def _fitting(rows: Iterable[Mapping[str, runner.Value]], limit: int) -> tuple[tuple[dict[str, Cell], ...], bool]:
    """The first rows, as many as are asked for and may be answered; whether there are more."""
    taken: list[dict[str, Cell]] = []
    size = 0
    for row in rows:
        size += sum(len(str(cell)) for cell in row.values())
        if len(taken) == limit or (taken and size > _MOST):
            return tuple(taken), True
        taken.append({name: _number(cell) if isinstance(cell, Decimal) else cell for name, cell in row.items()})
    return tuple(taken), False


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
