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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg.engine.beside import Beside
from kg.errors import StoreError
from kg.graph.store import GraphStore, Identity
from kg.iri import document_of, span_of
from kg.query import reading
from kg.query.reading import CLASSES, ClaimRow, DocumentRow, EntityRow, Evidence, ValueRow

Mentions = Mapping[str, Sequence[tuple[int, int, str]]]
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_BESIDE = 32 << 20
"""Bytes of a store up to which two processes read it in no less time than one."""


def _joined(names: Sequence[str], patterns: Sequence[str], optional: Sequence[str] = ()) -> str:
    parts = [f"{{ SELECT * {{ {pattern} }} }}" for pattern in patterns] + [f"OPTIONAL {{ SELECT * {{ {o} }} }}" for o in optional]
    return f"SELECT {' '.join(f'?{name}' for name in names)} {{ {' '.join(parts)} }}"


CLAIMS: Final = _joined(("claim", "subject", "predicate", "object", "modality", "confidence", "sentence"),
                        (*reading.RELATION, reading.EVIDENCE[0]), reading.CLAIM_OPTIONAL)
_VALUE = ("claim", "value", "kind", "indicator", "operator", "number", "upper", "unit", "period", "modality", "written", "about", "scope",
          "sentence", "text")
VALUES: Final = _joined(_VALUE, reading.VALUE, reading.VALUE_OPTIONAL)
MENTIONS: Final = _joined(("mention", "entity"), ("?mention itsrdf:taIdentRef ?entity",))


@contextmanager
def ahead(graph: GraphStore, query: str) -> Iterator[Callable[[], bytes]]:
    """The solutions of one of the queries above; where the graph is large, a second process begins to fetch them at once."""
    here = partial(_written, graph, query)
    if graph.directory is None or graph.opened is None or GraphStore.size(graph.directory) <= _BESIDE:
        yield here
    else:
        with Beside(_written_there, graph.directory, graph.opened, query, otherwise=here) as fetching:
            yield fetching.result


def entities(graph: GraphStore) -> tuple[EntityRow, ...]:
    """All entities, by IRI."""
    classes = _instances(graph, CLASSES)
    said = _said(graph, [iri for iri in sorted(classes) if reading.typed(classes[iri])[0]], reading.NAMES)
    return tuple(reading.entity_row(iri, classes[iri], names) for iri, names in said.items())


def evidence(graph: GraphStore) -> Mapping[str, Evidence]:
    """The sentences that state something, by IRI."""
    stating = "{ SELECT DISTINCT ?s { ?claim eco:evidence ?s } } { SELECT * { ?s nif:anchorOf ?o } }"
    found: dict[str, Evidence] = {}
    documents: dict[str, str] = {}
    for sentence, text in _pairs(graph, stating):
        if sentence not in found or text < found[sentence].text:
            document = document_of(sentence)
            found[sentence] = Evidence(sentence, text, documents.setdefault(document, document))
    return found


def claims(graph: GraphStore, stated: Mapping[str, Evidence] | None = None, written: bytes | None = None) -> tuple[ClaimRow, ...]:
    """All claims that relate two entities, by IRI; from `evidence`, and the solutions of CLAIMS, where these have been read before."""
    if stated is None:
        stated = evidence(graph)
    plain, local = _Known(_plain), _Known(lambda field: reading.local(_plain(field)))
    found = reading.claims_once(
        ClaimRow(claim[1:-1], plain[subject], local[predicate], plain[object_], local[modality], stated[sentence[1:-1]],
                 float(confidence or 1))
        for claim, subject, predicate, object_, modality, confidence, sentence
        in _fields(_written(graph, CLAIMS) if written is None else written) if sentence[1:-1] in stated)
    return tuple(sorted(found, key=attrgetter("iri")))


def values(graph: GraphStore) -> tuple[ValueRow, ...]:
    """All claims of indicator values; sorted."""
    found = (dict(zip(_VALUE, map(_plain, fields), strict=True)) for fields in _fields(_written(graph, VALUES)))
    return tuple(sorted(reading.values_once(map(reading.value_row, found)), key=reading.value_order))


def documents(graph: GraphStore) -> Mapping[str, DocumentRow]:
    """All documents, by IRI."""
    return reading.document_rows(graph, _said(graph, sorted(_instances(graph, ("Document",))), reading.PAPERS))


def mentions(graph: GraphStore, written: bytes | None = None) -> Mentions:
    """Document → (first character, last, entity) of its mentions, in the order of the text. `written` as with `claims`, of MENTIONS."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    plain = _Known(_plain)
    for mention, entity in _fields(_written(graph, MENTIONS) if written is None else written):
        document, begin, end = span_of(mention[1:-1])
        found[document].append((begin, end, plain[entity]))
    for rows in found.values():
        rows.sort()
    return found


class _Known(dict[str, str]):
    """What fields that come again and again say: each is made of its field once, and stands in memory once."""

    def __init__(self, made: Callable[[str], str]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, field: str) -> str:
        self[field] = found = self._made(field)
        return found


def _said(graph: GraphStore, subjects: Iterable[str], predicates: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """What is said of some subjects by some predicates, under their local names; predicate by predicate, which takes little memory."""
    said: dict[str, dict[str, list[str]]] = {subject: {} for subject in subjects}
    for predicate in predicates:
        name = reading.local(predicate)
        for subject, value in _pairs(graph, f"?s <{predicate}> ?o"):
            if (about := said.get(subject)) is not None:
                about.setdefault(name, []).append(value)
    return said


def _instances(graph: GraphStore, classes: Sequence[str]) -> dict[str, frozenset[str]]:
    """IRI → which of some classes of the ontology it is of. The store tells these by number, which unlike an IRI it need not look up."""
    numbered = " ".join(f"(eco:{name} {n})" for n, name in enumerate(classes))
    found: dict[str, tuple[str, ...]] = {}
    for subject, number in _pairs(graph, f"VALUES (?class ?o) {{ {numbered} }} ?s a ?class"):
        found[subject] = (*found.get(subject, ()), number)
    named = {numbers: frozenset(classes[int(number)] for number in numbers) for numbers in set(found.values())}
    return {subject: named[numbers] for subject, numbers in found.items()}


def _pairs(graph: GraphStore, pattern: str) -> Iterator[tuple[str, str]]:
    for subject, value in _fields(_written(graph, f"SELECT ?s ?o {{ {pattern} }}")):
        yield subject[1:-1], _plain(value)


def _written(graph: GraphStore, query: str) -> bytes:
    return cast(bytes, cast(ox.QuerySolutions, graph.query(query)).serialize(format=ox.QueryResultsFormat.TSV))


def _written_there(directory: Path, opened: Identity, query: str) -> bytes:
    """As `_written`, in another process; StoreError where another graph has taken the place of the one that is asked for."""
    with GraphStore.open(directory) as graph:
        written = _written(graph, query)
        if graph.opened == opened == GraphStore.identity(directory):
            return written
    raise StoreError(f"{directory}: another graph has taken the place of the one that was opened.")


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
