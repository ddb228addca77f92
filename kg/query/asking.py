"""A question in plain Chinese → a ready question with its parameters, its rows and their sentences. No language model has a part in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode

from kg.graph.store import GraphStore
from kg.model import ENTITY_TYPES
from kg.query import grammar, runner, whole
from kg.query.binding import Bound, Given, filled, term
from kg.query.index import index_of
from kg.query.kept import kept
from kg.query.linking import Candidate, Names, names
from kg.query.reading import rows
from kg.query.ready import Question, question
from kg.query.words import Token, tokens

INDICATORS = "SELECT DISTINCT ?name WHERE { ?value eco:indicator ?concept . ?concept rdfs:label ?name }"
NEAREST = 5


@dataclass(frozen=True)
class Understood:
    """The ready question that a phrase was understood as, with its parameters as they are given and as they are shown.

    `others` are further entities of the same name that a parameter could have meant.
    """

    question: Question
    given: Given
    shown: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Reply:
    """The answer to a phrase, or the ready questions and entities that come nearest where it was not understood.

    `unknown` are words of the phrase that are neither words of asking nor names of the graph.
    """

    phrase: str
    understood: Understood | None
    answer: runner.Answer | None
    questions: tuple[Question, ...] = ()
    entities: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """What the phrases asked of a graph are read with: the forms of its names, and the names of its indicators, a line each."""

    names: Names
    indicators: str


@kept
def lexicon(graph: GraphStore) -> Lexicon:
    """The lexicon of a graph; one serves for any number of phrases."""
    labels = "\n".join(sorted(row["name"] for row in rows(graph, INDICATORS)))
    return Lexicon(names(whole.entities(graph), whole.documents(graph).values()), labels)


def ask(graph: GraphStore, phrase: str, *, today: date | None = None) -> Reply:
    """Answer a question in plain Chinese; `today` is the day that 今年 is counted from."""
    words = lexicon(graph)
    found = tokens(phrase, words.names, words.indicators, today=today or date.today())
    understood = understand(found)
    if understood is None:
        named = [c.name for t in found for c in t.candidates[:1]]
        unknown = tuple(t.text for t in found if t.kind in ("unknown", "elsewhere") and len(t.text) > 1)
        near = [row.name for text in unknown for row in index_of(graph).near(text, ENTITY_TYPES, 3)]
        questions = tuple(question(name) for name in grammar.near(found)[:NEAREST])
        return Reply(phrase, None, None, questions, tuple(dict.fromkeys([*named, *near]))[:NEAREST + 3], unknown)
    return Reply(phrase, understood, runner.answer(graph, bound(graph, understood)))


def bound(graph: GraphStore, understood: Understood) -> Bound:
    """The question with its terms; the entities are those that the phrase was linked to, so that none is looked up again."""
    asked = understood.question
    values = {p: str(understood.given.get(p.name, p.default)) for p in asked.parameters if p.name in understood.given or p.default}
    terms = {p.name: term(graph, p, value)[0] if p.plain else NamedNode(value) for p, value in values.items()}
    return Bound(asked, terms, {**{p.name: value for p, value in values.items() if p.plain}, **understood.shown}, filled(asked, terms))


def understand(found: Sequence[Token]) -> Understood | None:
    """The question that the tokens of a phrase ask, with its parameters; None where nothing explains enough of them."""
    best = next(iter(grammar.readings(found)), None)
    if best is None or best.explained < grammar.ENOUGH or any(t.kind == "elsewhere" for t in found):
        return None
    asked = question(best.pattern.question)
    given: dict[str, object] = {}
    shown: dict[str, str] = {}
    others: dict[str, tuple[str, ...]] = {}
    for parameter in asked.parameters:
        if parameter.name in best.filled:
            token, candidate = best.filled[parameter.name]
            given[parameter.name], shown[parameter.name] = _value(token, candidate, parameter.types)
            if candidate and (same := _same(token, candidate)):
                others[parameter.name] = same
    return Understood(asked, given, shown, others)


def _value(token: Token, candidate: Candidate | None, types: tuple[str, ...]) -> tuple[str, str]:
    if candidate is not None:
        return candidate.iri, candidate.name
    if token.day is not None:
        day = token.day.isoformat()
        return (day[:4], day[:4]) if types == ("integer",) else (day, day)
    return token.text, token.text


def _same(token: Token, chosen: Candidate) -> tuple[str, ...]:
    """The IRIs of other entities of the type chosen that the words name as closely."""
    return tuple(c.iri for c in token.candidates if c.iri != chosen.iri and c.type == chosen.type and c.rank == chosen.rank)


def sparql(reply: Reply) -> str:
    """The SPARQL that was asked; empty where nothing was understood."""
    return reply.answer.text if reply.answer else ""


