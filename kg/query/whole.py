"""The whole graph as rows, each kind by one query.

The patterns of such a query stand in subqueries of their own: the store then reads each predicate once and joins them by their
numbers, where it would else look up every term of every claim by itself, which takes minutes at some millions of quads. It
writes the solutions as TSV, which is read several times as quickly as they are handed over one by one. (Its CSV leaves IRIs
with a comma unquoted, which the IRIs of sentences have.)
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg import vocab
from kg.engine.beside import Beside
from kg.graph.store import GraphStore, Identity
from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query import reading
from kg.query.reading import ClaimRow, EntityRow, Evidence, ValueRow, unit_name

Answer = Callable[[], bytes]
Mentions = Mapping[str, Sequence[tuple[int, int, str]]]
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_local = lru_cache(maxsize=256)(reading.local)


def _joined(names: Sequence[str], patterns: Sequence[str], optional: Sequence[str] = ()) -> str:
    parts = [f"{{ SELECT * {{ {pattern} }} }}" for pattern in patterns] + [f"OPTIONAL {{ SELECT * {{ {o} }} }}" for o in optional]
    return f"SELECT {' '.join(f'?{name}' for name in names)} {{ {' '.join(parts)} }}"


ENTITIES: Final = _joined(("entity", "label", "count", "pinyin", "initials"), ("?entity rdfs:label ?label",),
                          ("?entity eco:documentCount ?count", "?entity eco:pinyin ?pinyin", "?entity eco:pinyinInitials ?initials"))
CLAIMS: Final = _joined(("claim", "subject", "predicate", "object", "modality", "confidence", "sentence", "text"),
                        reading.CLAIM, reading.CLAIM_OPTIONAL)
VALUES: Final = _joined(("claim", "value", "kind", "indicator", "operator", "number", "upper", "unit", "period", "modality", "written",
                         "about", "scope", "sentence", "text"), reading.VALUE, reading.VALUE_OPTIONAL)
MENTIONS: Final = _joined(("mention", "entity"), ("?mention itsrdf:taIdentRef ?entity",))


def ahead(graph: GraphStore, query: str) -> Answer:
    """The answer to one of the queries above; where the graph is large, a second process begins to fetch it at once."""
    if graph.directory is None or graph.opened is None or not GraphStore.large(graph.directory):
        return partial(_written, graph, query)
    fetching = Beside(_written_there, graph.directory, graph.opened, query)

    def told() -> bytes:
        return fetching.result() or _written(graph, query)
    return told


def entities(graph: GraphStore) -> tuple[EntityRow, ...]:
    """All entities, by IRI."""
    broad, narrow = _types(graph, ENTITY_TYPES), _types(graph, [s for found in SUBTYPES.values() for s in found])
    aliases, hidden = (_several(graph, predicate) for predicate in ("skos:altLabel", "skos:hiddenLabel"))
    found = {iri: (label, sound, count) for iri, label, count, *sound in _solutions(_written(graph, ENTITIES))}
    rows = []
    for iri, kind in sorted(broad.items()):
        label, sound, count = found.get(iri, (reading.local(iri), [], ""))
        rows.append(EntityRow(iri, kind, narrow.get(iri, ""), label, tuple(sorted(aliases.get(iri, ()))),
                              tuple(sorted(hidden.get(iri, ()))), " ".join(filter(None, sound)), int(count or 0)))
    return tuple(rows)


def claims(graph: GraphStore, answer: Answer | None = None) -> tuple[ClaimRow, ...]:
    """All claims that relate two entities, by IRI. `answer` to CLAIMS, where it was asked for `ahead`."""
    once, evidence = _Once(), _evidence()
    rows = [ClaimRow(claim, once[subject], _local(predicate), once[object_], _local(modality), evidence(sentence, text),
                     float(confidence or 1))
            for claim, subject, predicate, object_, modality, confidence, sentence, text
            in _solutions(answer() if answer else _written(graph, CLAIMS))]
    return tuple(sorted(rows, key=attrgetter("iri")))


def values(graph: GraphStore) -> tuple[ValueRow, ...]:
    """All claims of indicator values; sorted."""
    evidence = _evidence()
    rows = [ValueRow(claim, value, _local(kind), indicator, operator or "=", number, upper, unit_name(unit), period, _local(modality),
                     written, evidence(*stated), about, scope)
            for claim, value, kind, indicator, operator, number, upper, unit, period, modality, written, about, scope, *stated
            in _solutions(_written(graph, VALUES))]
    return tuple(sorted(rows, key=reading.value_order))


def mentions(graph: GraphStore) -> Mentions:
    """Document → (first character, last, entity) of its mentions, in the order of the text."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    once = _Once()
    for mention, entity in _solutions(_written(graph, MENTIONS)):
        document, _, span = mention.partition("#char=")
        begin, _, end = span.partition(",")
        found[document].append((int(begin), int(end), once[entity]))
    for rows in found.values():
        rows.sort()
    return found


class _Once(dict[str, str]):
    """Equal strings stand in memory once."""

    def __missing__(self, key: str) -> str:
        self[key] = key
        return key


def _evidence() -> Callable[[str, str], Evidence]:
    """A sentence stands in memory once; its document is the first part of its IRI."""
    documents = _Once()
    known: dict[str, Evidence] = {}

    def evidence(sentence: str, text: str) -> Evidence:
        if sentence not in known:
            known[sentence] = Evidence(sentence, text, documents[reading.document_of(sentence)])
        return known[sentence]
    return evidence


def _several(graph: GraphStore, predicate: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, value in _solutions(_written(graph, f"SELECT ?s ?o {{ ?s {predicate} ?o }}")):
        found.setdefault(subject, []).append(value)
    return found


def _types(graph: GraphStore, names: Sequence[str]) -> dict[str, str]:
    return {subject: name for name in names
            for subject, in _solutions(_written(graph, f"SELECT ?s {{ ?s a <{vocab.eco(name)}> }}"))}


def _written(graph: GraphStore, query: str) -> bytes:
    return cast(bytes, cast(ox.QuerySolutions, graph.query(query)).serialize(format=ox.QueryResultsFormat.TSV))


def _written_there(directory: Path, opened: Identity, query: str) -> bytes:
    """As `_written`, in another process; nothing where another graph has taken the place of the one that is asked for."""
    with GraphStore.open(directory) as graph:
        return _written(graph, query) if graph.opened == opened == GraphStore.identity(directory) else b""


def _solutions(written: bytes) -> Iterator[list[str]]:
    """The solutions as plain strings, empty where unbound."""
    lines = io.TextIOWrapper(io.BytesIO(written), encoding="utf-8", newline="\n")
    next(lines)
    for line in lines:
        yield [field[1:-1] if field[:1] == "<" else _plain(field) for field in line[:-1].split("\t")]


def _plain(literal: str) -> str:
    """The lexical form of a literal as TSV writes it.

    >>> _plain('"泾河"@zh'), _plain("87.2"), _plain('"一\\\\t二"')
    ('泾河', '87.2', '一\\t二')
    """
    if literal[:1] != '"':
        return literal
    text = literal[1:literal.rindex('"')]
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text
