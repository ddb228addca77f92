"""The whole graph as rows, each kind by one query.

The patterns of such a query stand in subqueries of their own: the store then reads each predicate once and joins them by their
numbers, where it would else look up every term of every claim by itself, which takes minutes at some millions of quads. It
writes the solutions as TSV, which is read several times as quickly as they are handed over one by one. (Its CSV leaves IRIs
with a comma unquoted, which the IRIs of sentences have.)
"""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeVar, cast

import pyoxigraph as ox

from kg.engine.beside import Beside
from kg.errors import StoreError
from kg.graph.store import GraphStore, Identity
from kg.iri import document_of, span_of
from kg.model import MODALITIES, PREDICATES
from kg.query import reading
from kg.query.reading import CLASSES, ClaimRow, DocumentRow, EntityRow, Evidence, ValueRow
from kg.vocab import ALT_LABEL, DCTERMS, HIDDEN_LABEL, WATER_RELATIONS

Field = TypeVar("Field")
Made = TypeVar("Made")
Outcome = TypeVar("Outcome")
First = TypeVar("First")
Second = TypeVar("Second")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_SEVERAL = frozenset((ALT_LABEL, HIDDEN_LABEL, DCTERMS + "source"))
"""Of which an entity or document often has several, so that joined with each other they would multiply."""
_BESIDE = 32 << 20
"""Bytes of a store up to which two processes read it in no less time than one."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where entities are mentioned, in no order: columns of equal length, in which documents and entities (IRIs) stand by their numbers."""

    documents: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    document: array[int] = field(default_factory=partial(array, "q"))
    begin: array[int] = field(default_factory=partial(array, "q"))
    end: array[int] = field(default_factory=partial(array, "q"))
    entity: array[int] = field(default_factory=partial(array, "q"))

    def add(self, document: str, begin: int, end: int, entity: str) -> None:
        """A mention: from the character `begin` of the document to before `end`."""
        self.document.append(self.documents.setdefault(document, len(self.documents)))
        self.begin.append(begin)
        self.end.append(end)
        self.entity.append(self.entities.setdefault(entity, len(self.entities)))


def _table(terms: Iterable[str]) -> str:
    named = " ".join(f'(eco:{term} "{term}")' for term in terms)
    return f"VALUES (?term ?name) {{ {named} }}"


_TERMS = {"predicate": _table((*PREDICATES, *WATER_RELATIONS)), "modality": _table(MODALITIES)}
"""Variables that stand for terms of the ontology; a query gives these by their local names, which the store need not look up."""


def _joined(names: Sequence[str], patterns: Sequence[str], optional: Sequence[str] = ()) -> str:
    parts = [f"{{ {_each(pattern)} }}" for pattern in patterns] + [f"OPTIONAL {{ {_each(pattern)} }}" for pattern in optional]
    return f"SELECT {' '.join(f'?{name}' for name in names)} {{ {' '.join(parts)} }}"


def _each(pattern: str) -> str:
    rest, _, variable = pattern.rpartition("?")
    if variable in _TERMS:
        return f"SELECT ?claim (COALESCE(?name, ?term) AS ?{variable}) {{ {rest}?term OPTIONAL {{ {_TERMS[variable]} }} }}"
    return f"SELECT * {{ {pattern} }}"


_CLAIMS: Final = _joined(("claim", "subject", "predicate", "object", "modality", "confidence", "sentence"),
                         (*reading.RELATION, reading.EVIDENCE[0]), reading.CLAIM_OPTIONAL)
_VALUE = ("claim", "value", "kind", "indicator", "operator", "number", "upper", "unit", "period", "modality", "written", "about", "scope",
          "sentence")
_VALUES: Final = _joined(_VALUE, (*reading.FIGURE, reading.EVIDENCE[0]), reading.VALUE_OPTIONAL)


@contextmanager
def beside(graph: GraphStore, first: Callable[[GraphStore], First], second: Callable[[GraphStore], Second],
           ) -> Iterator[tuple[Callable[[], First], Callable[[], Second]]]:
    """What two functions of this module read of the graph; where the graph is large, a second process begins to read at once."""
    if graph.directory is None or graph.opened is None or GraphStore.size(graph.directory) <= _BESIDE:
        yield partial(first, graph), partial(second, graph)
    else:
        other = Beside()
        there = partial(other.call, _read_there, graph.directory, graph.opened)
        found = there(first, otherwise=partial(first, graph)), there(second, otherwise=partial(second, graph))
        with other:
            yield found


def _read_there(directory: Path, opened: Identity, read: Callable[[GraphStore], Outcome]) -> Outcome:
    """What a function reads, in another process; StoreError where another graph has taken the place of the one that is asked for."""
    with GraphStore.open(directory) as graph:
        found = read(graph)
        if graph.opened == opened == GraphStore.identity(directory):
            return found
    raise StoreError(f"{directory}: another graph has taken the place of the one that was opened.")


def entities(graph: GraphStore) -> tuple[EntityRow, ...]:
    """All entities, by IRI."""
    rows = (reading.entity_row(iri, classes, names) for iri, (classes, names) in _said(graph, CLASSES, reading.NAMES).items())
    return tuple(row for row in rows if row.type)


def evidence(graph: GraphStore) -> Mapping[str, Evidence]:
    """The sentences that state something, by IRI."""
    stating = "{ SELECT DISTINCT ?s { ?claim eco:evidence ?s } } { SELECT * { ?s nif:anchorOf ?o } }"
    found: dict[str, Evidence] = {}
    documents: dict[str, str] = {}
    for subject, quoted in _fields(_written(graph, f"SELECT ?s ?o {{ {stating} }}")):
        sentence, text = subject[1:-1], _plain(quoted)
        if sentence not in found or text < found[sentence].text:
            document = document_of(sentence)
            found[sentence] = Evidence(sentence, text, documents.setdefault(document, document))
    return found


def related(graph: GraphStore) -> bytes:
    """What `claims` makes its rows of."""
    return _written(graph, _CLAIMS)


def claims(graph: GraphStore, stated: Mapping[str, Evidence] | None = None, found: bytes | None = None) -> tuple[ClaimRow, ...]:
    """All claims that relate two entities, by IRI; of what `evidence` and `related` found, where these have been asked before."""
    if stated is None:
        stated = evidence(graph)
    plain, local = _Known(_plain), _Known[str, str](lambda field: reading.local(_plain(field)))
    rows = reading.claims_once(
        ClaimRow(claim[1:-1], plain[subject], local[predicate], plain[object_], local[modality], said, float(confidence or 1))
        for claim, subject, predicate, object_, modality, confidence, sentence in _fields(related(graph) if found is None else found)
        if (said := stated.get(sentence[1:-1])))
    return tuple(sorted(rows, key=attrgetter("iri")))


def values(graph: GraphStore, stated: Mapping[str, Evidence] | None = None) -> tuple[ValueRow, ...]:
    """All claims of indicator values, sorted; of what `evidence` found, where it has been asked before."""
    if stated is None:
        stated = evidence(graph)
    found = (dict(zip(_VALUE, map(_plain, fields), strict=True)) for fields in _fields(_written(graph, _VALUES)))
    rows = (reading.value_row(row, stated[row["sentence"]]) for row in found if row["sentence"] in stated)
    return tuple(sorted(reading.values_once(rows), key=reading.value_order))


def documents(graph: GraphStore) -> Mapping[str, DocumentRow]:
    """All documents, by IRI."""
    return reading.document_rows(graph, {iri: about for iri, (_, about) in _said(graph, ("Document",), reading.PAPERS).items()})


def areas(graph: GraphStore) -> Mapping[str, str]:
    """Entity → its province where the graph spans several, else its prefecture."""
    found = reading.provinces(graph)
    return found if len(set(found.values())) > 1 else reading.provinces(graph, "00")


def mentions(graph: GraphStore) -> Mentions:
    """All mentions."""
    found = Mentions()
    for mention, entity in _fields(_written(graph, "SELECT ?mention ?entity { ?mention itsrdf:taIdentRef ?entity }")):
        found.add(*span_of(mention[1:-1]), entity[1:-1])
    return found


class _Known(dict[Field, Made]):
    """What fields that come again and again say: each is made of its field once, and stands in memory once."""

    def __init__(self, made: Callable[[Field], Made]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, field: Field) -> Made:
        self[field] = found = self._made(field)
        return found


def _said(graph: GraphStore, classes: Sequence[str], predicates: Sequence[str]) -> dict[str, tuple[frozenset[str], dict[str, list[str]]]]:
    """What is of some classes of the ontology, by IRI: of which of them, and what is said of it by some predicates (by local name)."""
    joined, apart = ([p for p in predicates if (p in _SEVERAL) == several] for several in (False, True))
    names = [reading.local(predicate) for predicate in joined]
    kinds = f"{{ SELECT ?s (GROUP_CONCAT(?name) AS ?kinds) {{ {_table(classes)} ?s a ?term }} GROUP BY ?s }}"
    told = [f"?s <{predicate}> ?{name}" for predicate, name in zip(joined, names, strict=True)]
    of = _Known[str, frozenset[str]](lambda field: frozenset(_plain(field).split()))
    found: dict[str, tuple[frozenset[str], dict[str, list[str]]]] = {}
    for subject, kind, *fields in _fields(_written(graph, _joined(("s", "kinds", *names), (kinds,), told))):
        values = {name: [_plain(field)] for name, field in zip(names, fields, strict=True) if field}
        said = found.setdefault(subject[1:-1], (of[kind], values))[1]
        if said is not values:  # a second row, as one of them has several values
            for name, (value,) in values.items():
                said[name] += [value] if value not in said[name] else []
    for predicate in apart:
        for subject, value in _fields(_written(graph, f"SELECT ?s ?o {{ ?s <{predicate}> ?o }}")):
            if about := found.get(subject[1:-1]):
                about[1].setdefault(reading.local(predicate), []).append(_plain(value))
    return dict(sorted(found.items()))


def _written(graph: GraphStore, query: str) -> bytes:
    return cast(bytes, cast(ox.QuerySolutions, graph.query(query)).serialize(format=ox.QueryResultsFormat.TSV))


def _fields(written: bytes) -> Iterator[list[str]]:
    """The solutions: the fields of each as TSV writes them, empty where unbound."""
    lines = io.TextIOWrapper(io.BytesIO(written), encoding="utf-8", newline="\n")
    next(lines)
    for line in lines:
        yield line[:-1].split("\t")


def _plain(field: str) -> str:
    """The IRI or the lexical form of the literal that a field of TSV writes.

    >>> _plain('"泾河"@zh'), _plain("87.2"), _plain('"一\\\\t二"'), _plain("<urn:泾河>")
    ('泾河', '87.2', '一\\t二', 'urn:泾河')
    """
    if field[:1] == "<":
        return field[1:-1]
    if field[:1] != '"':
        return field
    text = field[1:field.rindex('"')]
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text
