"""The graph in RDF formats and as a table: byte-identical from run to run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, get_args

import pyoxigraph as ox

from kg import iri
from kg.errors import QueryError
from kg.graph.jsonld import json_ld
from kg.graph.sparql import select
from kg.graph.store import GraphStore
from kg.graph.turtle import Terms
from kg.vocab import BUILD_GRAPH, ITSRDF, LABEL, RDF, STATEMENT, TYPE, eco

RdfFormat = Literal["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "csv"]
FORMATS: tuple[RdfFormat, ...] = get_args(RdfFormat)

_CHUNK = 4096
_TYPE = f"<{TYPE}>"
_FIRST = {f"<{name}>": rank for rank, name in enumerate((TYPE, LABEL, RDF + "subject", RDF + "predicate", RDF + "object"))}
"""Predicates that stand first in a block, in this order."""
_SENTENCE, _MENTION = f"<{eco('Sentence')}>", f"<{eco('Mention')}>"
_TEXTUAL = {f"<{eco(name)}>" for name in ("Document", "Sentence", "Mention")} | {f"<{STATEMENT}>"}
_OF_MENTIONS = {f"<{eco(name)}>" for name in ("inSentence", "candidate", "linkReason")} | {
    f"<{ITSRDF}taIdentRef>"}
_ROOT = re.compile(r"<rdf:RDF ([^>]*)>")
_RANGE = re.compile(rf"(?<={iri.SPAN})(\d+),(\d+)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ILLEGAL_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\(?:[bf]|u00(?:0[0-8BCEF]|1[0-9A-F]))")
"""What XML 1.0 has no way to write, as it is and as N-Triples escape it."""
_CLAIMS = """
SELECT ?claim ?subject ?subjectName ?predicate ?object ?objectName ?indicator ?operator ?value ?upper ?unit ?period ?asWritten
       ?modality ?confidence ?sentence ?start ?end ?document ?title ?file
WHERE {
  ?claim a rdf:Statement ; eco:modality ?m ; eco:evidence ?s .
  ?s nif:anchorOf ?sentence ; nif:beginIndex ?start ; nif:endIndex ?end ; nif:referenceContext ?document .
  BIND(STRAFTER(STR(?m), "#") AS ?modality)
  { SELECT ?document (MIN(?path) AS ?file) { ?document dcterms:source ?path } GROUP BY ?document }
  OPTIONAL { ?document dcterms:title ?title }
  OPTIONAL { ?claim eco:confidence ?confidence }
  OPTIONAL { ?claim rdf:subject ?subject ; rdf:predicate ?p ; rdf:object ?object .
             BIND(STRAFTER(STR(?p), "#") AS ?predicate)
             OPTIONAL { ?subject rdfs:label ?subjectName } OPTIONAL { ?object rdfs:label ?objectName } }
  OPTIONAL { ?claim eco:states ?v ; eco:asWritten ?asWritten .
             ?v a ?k ; eco:indicator/rdfs:label ?indicator ; eco:operator ?operator ; eco:value ?value ; eco:unit/qudt:symbol ?unit .
             VALUES ?k { eco:Target eco:Result eco:Change }
             BIND(LCASE(STRAFTER(STR(?k), "#")) AS ?predicate)
             OPTIONAL { ?v eco:upperValue ?upper } OPTIONAL { ?v eco:period ?period }
             OPTIONAL { ?v eco:about ?subject OPTIONAL { ?subject rdfs:label ?subjectName } } }
}"""

Block = tuple[str, list[tuple[str, str]]]


def write(graph: GraphStore, format_: str, *, facts_only: bool = False, mentions: bool = True, base: str | None = None) -> Iterator[str]:
    """Chunks of text (to be written in UTF-8) in one of FORMATS.

    N-Quads and TriG hold all graphs, CSV a row a claim, the others the default graph. `facts_only` leaves out
    documents, sentences, mentions and claims; `mentions=False` the mentions alone. `base` is read from the graph where not given.
    Raises QueryError for an unknown format.
    """
    if format_ == "csv":
        return _csv(graph)
    writer = _WRITERS.get(format_)
    if writer is None:
        raise QueryError(f"{format_!r} is no format of this graph; give one of {', '.join(FORMATS)}")
    return writer(graph, blocks(graph.lines(), facts_only=facts_only, mentions=mentions), Terms(base or base_of(graph)))


def turtle(graph: GraphStore, *, facts_only: bool = False, mentions: bool = True, base: str | None = None) -> Iterator[str]:
    """Chunks of Turtle: base and prefixes first, then a block a subject in order of IRI, its type and label first."""
    return write(graph, "turtle", facts_only=facts_only, mentions=mentions, base=base)


def base_of(graph: GraphStore) -> str:
    """The base under which the entities of a graph were minted."""
    row = next(select(graph.store, "SELECT ?d { ?d a eco:Document } LIMIT 1"), None)
    return row["d"].value.rpartition("document/")[0] if row else iri.BASE


def blocks(lines: Iterable[str], *, facts_only: bool = False, mentions: bool = True) -> list[Block]:
    """N-Triples lines grouped by subject and sorted: subjects by IRI (ranges of characters by number), type and label first."""
    subjects: dict[str, list[tuple[str, str]]] = {}
    predicates: dict[str, str] = {}
    for line in lines:
        subject, predicate, object_ = line[:-2].split(" ", 2)
        subjects.setdefault(subject, []).append((predicates.setdefault(predicate, predicate), object_))
    found = []
    for subject in sorted(subjects, key=_place):
        pairs = _kept(subjects.pop(subject), facts_only, mentions)
        if pairs:
            pairs.sort(key=_rank)
            found.append((subject, pairs))
    return found


def _place(subject: str) -> str:
    if iri.SPAN in subject:
        return _RANGE.sub(lambda found: f"{int(found[1]):012d},{int(found[2]):012d}", subject)
    return subject[:-1]


def _rank(pair: tuple[str, str]) -> tuple[int, str, str]:
    return (_FIRST.get(pair[0], len(_FIRST)), *pair)


def _kept(pairs: list[tuple[str, str]], facts_only: bool, mentions: bool) -> list[tuple[str, str]]:
    if not facts_only and mentions:
        return pairs
    types = {object_ for predicate, object_ in pairs if predicate == _TYPE}
    if facts_only:
        return [] if types & _TEXTUAL else pairs
    if _MENTION not in types:
        return pairs
    if _SENTENCE not in types:
        return []
    return [pair for pair in pairs if pair[0] not in _OF_MENTIONS and pair != (_TYPE, _MENTION)]


def _turtle(graph: GraphStore, found: list[Block], terms: Terms) -> Iterator[str]:
    yield terms.head()
    yield from _chunks(_turtle_block(block, terms) for block in found)


def _turtle_block(block: Block, terms: Terms) -> str:
    subject, pairs = block
    parts = ["\n", terms.resource(subject)]
    last = ""
    for predicate, object_ in pairs:
        if predicate == last:
            parts.append(" , ")
        else:
            parts.append(" a " if predicate == _TYPE else f"{' ;' if last else ''}\n  {terms.resource(predicate)} ")
            last = predicate
        parts.append(terms.object(object_))
    parts.append(" .\n")
    return "".join(parts)


def _ntriples(graph: GraphStore, found: list[Block], terms: Terms) -> Iterator[str]:
    return _chunks(f"{subject} {predicate} {object_} .\n" for subject, pairs in found for predicate, object_ in pairs)


def _named(graph: GraphStore) -> list[tuple[str, list[Block]]]:
    """The named graphs by IRI, the build's last."""
    names = sorted((str(name) for name in graph.store.named_graphs()), key=lambda name: (BUILD_GRAPH in name, name))
    return [(name, blocks(_lines_of(graph, name))) for name in names]


def _lines_of(graph: GraphStore, name: str) -> list[str]:
    text = graph.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name[1:-1]))
    return (text or b"").decode().removesuffix("\n").split("\n")


def _nquads(graph: GraphStore, found: list[Block], terms: Terms) -> Iterator[str]:
    yield from _ntriples(graph, found, terms)
    for name, named in _named(graph):
        yield from _chunks(f"{s} {p} {o} {name} .\n" for s, pairs in named for p, o in pairs)


def _trig(graph: GraphStore, found: list[Block], terms: Terms) -> Iterator[str]:
    yield from _turtle(graph, found, terms)
    for name, named in _named(graph):
        yield f"\nGRAPH {terms.resource(name)} {{\n"
        yield from _chunks(_turtle_block(block, terms) for block in named)
        yield "}\n"


def _jsonld(graph: GraphStore, found: list[Block], terms: Terms) -> Iterator[str]:
    return _chunks(json_ld(found, base=terms.base))


def _rdfxml(graph: GraphStore, found: list[Block], terms: Terms) -> Iterator[str]:
    lines = "".join(_ntriples(graph, found, terms))
    lines = _ILLEGAL.sub("\ufffd", _ILLEGAL_ESCAPE.sub("\\1\ufffd", lines))
    triples = ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    prefixes = {prefix: namespace for prefix, namespace in terms.prefixes.items() if not namespace.startswith(terms.base)}
    text: bytes = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=prefixes) or b""
    yield _ROOT.sub(_ordered, text.decode(), count=1)


def _ordered(root: re.Match[str]) -> str:
    """The root element with its namespaces in order; the library writes them in any."""
    return f"<rdf:RDF {' '.join(sorted(root[1].split()))}>"


_WRITERS: dict[str, Callable[[GraphStore, list[Block], Terms], Iterator[str]]] = {
    "turtle": _turtle, "ntriples": _ntriples, "nquads": _nquads, "trig": _trig,
    "jsonld": _jsonld, "rdfxml": _rdfxml,
}


def _csv(graph: GraphStore) -> Iterator[str]:
    """A row a claim, in the order of documents and offsets (RFC 4180); several sentences of evidence are given in one piece."""
    solutions = select(graph.store, _CLAIMS)
    names = [variable.value for variable in solutions.variables]
    rows = [["" if term is None else term.value for term in solution] for solution in solutions]
    document, start, end, sentence = (names.index(name) for name in ("document", "start", "end", "sentence"))
    rows.sort(key=lambda row: (row[document], int(row[start]), row))
    claims: dict[str, list[str]] = {}
    for row in rows:
        first = claims.setdefault(row[0], row)
        if first is not row:
            first[end] = row[end]
            first[sentence] = _words(graph, row[document], int(first[start]), int(row[end]))
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    writer.writerows(claims.values())
    yield buffer.getvalue()


def _words(graph: GraphStore, document: str, start: int, end: int) -> str:
    """The stored text of a document from one offset to another."""
    text = next(select(graph.store, f"SELECT ?text {{ <{document}> nif:isString ?text }}"))["text"].value
    return str(text[start:end])


def _chunks(parts: Iterable[str]) -> Iterator[str]:
    waiting: list[str] = []
    for part in parts:
        waiting.append(part)
        if len(waiting) >= _CHUNK:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)
