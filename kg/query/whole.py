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
from contextlib import contextmanager
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg.engine.beside import Beside
from kg.errors import StoreError
from kg.graph.store import GraphStore, Identity
from kg.iri import document_of, span_of
from kg.model import ENTITY_TYPES
from kg.query import reading
from kg.query.reading import CLASSES, ClaimRow, DocumentRow, EntityRow, Evidence, ValueRow

Written = Callable[[], bytes]
"""The solutions of a query, as TSV, when they are called for."""
Mentions = Mapping[str, Sequence[tuple[int, int, str]]]
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
_local = lru_cache(maxsize=256)(reading.local)


def _joined(names: Sequence[str], patterns: Sequence[str], optional: Sequence[str] = ()) -> str:
    parts = [f"{{ SELECT * {{ {pattern} }} }}" for pattern in patterns] + [f"OPTIONAL {{ SELECT * {{ {o} }} }}" for o in optional]
    return f"SELECT {' '.join(f'?{name}' for name in names)} {{ {' '.join(parts)} }}"


def _class(name: str, classes: Sequence[str]) -> str:
    """A pattern for the classes of entities, as their places in CLASSES: a number, unlike an IRI, is not looked up."""
    numbered = " ".join(f"(eco:{each} {CLASSES.index(each)})" for each in classes)
    return f"VALUES (?{name}Class ?{name}) {{ {numbered} }} ?entity a ?{name}Class"


_NAMES = {"label": "rdfs:label", "documentCount": "eco:documentCount", "pinyin": "eco:pinyin", "pinyinInitials": "eco:pinyinInitials"}
_PAPERS = {"title": "dcterms:title", "issued": "dcterms:issued", "contextYear": "eco:contextYear", "jurisdiction": "eco:jurisdiction",
           "publisher": "dcterms:publisher", "source": "dcterms:source"}
ENTITIES: Final = _joined(("entity", "broad", "narrow", *_NAMES), (_class("broad", ENTITY_TYPES),),
                          (_class("narrow", CLASSES[len(ENTITY_TYPES):]), *(f"?entity {term} ?{name}" for name, term in _NAMES.items())))
CLAIMS: Final = _joined(("claim", "subject", "predicate", "object", "modality", "confidence", "sentence", "text"),
                        reading.CLAIM, reading.CLAIM_OPTIONAL)
_VALUE = ("claim", "value", "kind", "indicator", "operator", "number", "upper", "unit", "period", "modality", "written", "about", "scope",
          "sentence", "text")
VALUES: Final = _joined(_VALUE, reading.VALUE, reading.VALUE_OPTIONAL)
DOCUMENTS: Final = _joined(("document", *_PAPERS), ("?document a eco:Document",),
                           tuple(f"?document {term} ?{name}" for name, term in _PAPERS.items()))
MENTIONS: Final = _joined(("mention", "entity"), ("?mention itsrdf:taIdentRef ?entity",))


@contextmanager
def ahead(graph: GraphStore, query: str) -> Iterator[Written]:
    """The solutions of one of the queries above; where the graph is large, a second process begins to fetch them at once."""
    here = partial(_written, graph, query)
    if graph.directory is None or graph.opened is None or not GraphStore.large(graph.directory):
        yield here
    else:
        with Beside(_written_there, graph.directory, graph.opened, query, otherwise=here) as fetching:
            yield fetching.result


def entities(graph: GraphStore) -> tuple[EntityRow, ...]:
    """All entities, by IRI."""
    other = {"altLabel": _several(graph, "skos:altLabel"), "hiddenLabel": _several(graph, "skos:hiddenLabel")}
    rows = []
    for iri, (broad, narrow, *names) in _each(_fields(_written(graph, ENTITIES))):
        said = dict(zip(_NAMES, names, strict=True)) | {name: found[iri] for name, found in other.items() if iri in found}
        rows.append(reading.entity_row(iri, _classes((*broad, *narrow)), said))
    return tuple(rows)


def claims(graph: GraphStore, written: Written | None = None) -> tuple[ClaimRow, ...]:
    """All claims that relate two entities, by IRI. `written` are the solutions of CLAIMS, where they were asked for `ahead`."""
    plain, evidence = _Plain(), _evidence()
    found = reading.claims_once(
        ClaimRow(claim[1:-1], plain[subject], _local(plain[predicate]), plain[object_], _local(plain[modality]), evidence(sentence, text),
                 float(confidence or 1))
        for claim, subject, predicate, object_, modality, confidence, sentence, text
        in _fields(written() if written else _written(graph, CLAIMS)))
    return tuple(sorted(found, key=attrgetter("iri")))


def values(graph: GraphStore) -> tuple[ValueRow, ...]:
    """All claims of indicator values; sorted."""
    found = (dict(zip(_VALUE, map(_plain, fields), strict=True)) for fields in _fields(_written(graph, VALUES)))
    return tuple(sorted(reading.values_once(map(reading.value_row, found)), key=reading.value_order))


def documents(graph: GraphStore) -> Mapping[str, DocumentRow]:
    """All documents, by IRI."""
    return reading.document_rows(graph, {iri: dict(zip(_PAPERS, said, strict=True))
                                         for iri, said in _each(_fields(_written(graph, DOCUMENTS)))})


def mentions(graph: GraphStore, written: Written | None = None) -> Mentions:
    """Document → (first character, last, entity) of its mentions, in the order of the text. `written` as with `claims`, of MENTIONS."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    plain = _Plain()
    for mention, entity in _fields(written() if written else _written(graph, MENTIONS)):
        document, begin, end = span_of(mention[1:-1])
        found[document].append((begin, end, plain[entity]))
    for rows in found.values():
        rows.sort()
    return found


class _Plain(dict[str, str]):
    """The plain strings of fields that come again and again, each once in memory."""

    def __missing__(self, field: str) -> str:
        self[field] = found = _plain(field)
        return found


def _evidence() -> Callable[[str, str], Evidence]:
    """A sentence stands in memory once; its document is the first part of its IRI."""
    documents: dict[str, str] = {}
    known: dict[str, Evidence] = {}

    def evidence(sentence: str, text: str) -> Evidence:
        said = _plain(text)
        found = known.get(sentence)
        if found is None or found.text != said:
            document = document_of(sentence[1:-1])
            found = known[sentence] = Evidence(sentence[1:-1], said, documents.setdefault(document, document))
        return found
    return evidence


def _each(rows: Iterator[list[str]]) -> Iterator[tuple[str, list[list[str]]]]:
    """Subject → what its rows say in each of their other fields, by subject: of several rows each value once."""
    found: dict[str, list[list[str]]] = {}
    for subject, *fields in rows:
        said = [[_plain(field)] if field else [] for field in fields]
        known = found.setdefault(subject[1:-1], said)
        if known is not said:
            for before, more in zip(known, said, strict=True):
                before.extend(value for value in more if value not in before)
    yield from sorted(found.items())


def _several(graph: GraphStore, predicate: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, value in _fields(_written(graph, f"SELECT ?s ?o {{ ?s {predicate} ?o }}")):
        found.setdefault(subject[1:-1], []).append(_plain(value))
    return found


@lru_cache(maxsize=256)
def _classes(numbers: tuple[str, ...]) -> frozenset[str]:
    return frozenset(CLASSES[int(number)] for number in numbers)


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
