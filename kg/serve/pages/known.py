"""What the graph says of given entities, documents and sentences, and of no others: what one page needs, at any size of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import pyoxigraph as ox

from kg.graph.store import GraphStore
from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query.reading import DocumentRow, EntityRow, Row, local, rows, year_of
from kg.vocab import ALT_LABEL, DCTERMS, ECO, HIDDEN_LABEL, LABEL, RDF, eco

_BATCH = 500
_NAMES: Final = (RDF + "type", LABEL, ALT_LABEL, HIDDEN_LABEL, eco("pinyin"), eco("pinyinInitials"), eco("documentCount"))
_PAPERS: Final = (DCTERMS + "title", DCTERMS + "issued", eco("contextYear"), eco("jurisdiction"), DCTERMS + "publisher", DCTERMS + "source")
_MARKS: Final = """SELECT ?sentence ?entity ?begin ?end WHERE { VALUES ?sentence { %s }
  ?mention eco:inSentence ?sentence ; itsrdf:taIdentRef ?entity ; nif:beginIndex ?begin ; nif:endIndex ?end }"""
_NARROW: Final = tuple(name for found in SUBTYPES.values() for name in found)
Marks = Mapping[str, Sequence[tuple[int, int, str]]]


def nodes(iris: Iterable[str]) -> Iterator[str]:
    """IRIs as SPARQL writes them, some hundreds at a time; what is no IRI is left out."""
    batch: list[str] = []
    for iri in sorted(set(iris)):
        try:
            batch.append(str(ox.NamedNode(iri)))
        except ValueError:
            continue
        if len(batch) == _BATCH:
            yield " ".join(batch)
            batch = []
    if batch:
        yield " ".join(batch)


def asked(graph: GraphStore, query: str, iris: Iterable[str]) -> Iterator[Row]:
    """The rows of a query for each of the IRIs, which take the place of its %s."""
    for batch in nodes(iris):
        yield from rows(graph, query % batch)


def entities_of(graph: GraphStore, iris: Iterable[str]) -> Mapping[str, EntityRow]:
    """The entities among the IRIs, by IRI."""
    made = {iri: _entity(iri, said(graph, iri, _NAMES)) for iri in set(iris)}
    return {iri: entity for iri, entity in made.items() if entity is not None}


def said(graph: GraphStore, iri: str, predicates: Sequence[str]) -> dict[str, list[str]]:
    """What is said of a resource by some predicates: local name → IRIs and literals as strings.

    They are looked up one by one: a query with the entities and the predicates as two tables joins these first, and reads all
    labels of the graph.
    """
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return {}
    found: dict[str, list[str]] = {}
    for predicate in predicates:
        for quad in graph.store.quads_for_pattern(node, ox.NamedNode(predicate), None, ox.DefaultGraph()):
            found.setdefault(local(predicate), []).append(getattr(quad.object, "value", ""))
    return found


def _entity(iri: str, about: Mapping[str, list[str]]) -> EntityRow | None:
    kinds = {name.removeprefix(ECO) for name in about.get("type", ()) if name.startswith(ECO)}
    broad = next((name for name in ENTITY_TYPES if name in kinds), None)
    if broad is None:
        return None
    return EntityRow(iri, broad, next((name for name in _NARROW if name in kinds), ""), min(about.get("label", [local(iri)])),
                     tuple(sorted(about.get("altLabel", ()))), tuple(sorted(about.get("hiddenLabel", ()))),
                     " ".join((*about.get("pinyin", ()), *about.get("pinyinInitials", ()))), int(min(about.get("documentCount", ["0"]))))


def documents_of(graph: GraphStore, iris: Iterable[str]) -> Mapping[str, DocumentRow]:
    """Title, date, publisher, place and files of the documents, by IRI; publisher and place by name."""
    found = {iri: about for iri in set(iris) if (about := said(graph, iri, _PAPERS))}
    named = names_of(graph, (iri for about in found.values() for key in ("jurisdiction", "publisher") for iri in about.get(key, ())))
    return {iri: _paper(iri, about, named) for iri, about in found.items()}


def _paper(iri: str, about: Mapping[str, list[str]], named: Mapping[str, str]) -> DocumentRow:
    first = {key: min(values) for key, values in about.items() if values}
    sources = tuple(sorted(about.get("source", ())))
    issued, publisher, place = first.get("issued", ""), first.get("publisher", ""), first.get("jurisdiction", "")
    return DocumentRow(iri, first.get("title") or next(iter(sources), local(iri)), issued, named.get(publisher, publisher), sources,
                       year_of(issued, first.get("contextYear", "")), named.get(place, ""))


def names_of(graph: GraphStore, iris: Iterable[str]) -> Mapping[str, str]:
    """IRI → its label in Chinese, where it has one."""
    found = {iri: said(graph, iri, (LABEL,)).get("label") for iri in set(iris)}
    return {iri: min(names) for iri, names in found.items() if names}


def marks_of(graph: GraphStore, sentences: Iterable[str]) -> Marks:
    """Sentence → (first character, last, entity) of the mentions in it, counted from the begin of the sentence."""
    found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for row in asked(graph, _MARKS, sentences):
        begin = begin_of(row["sentence"])
        found[row["sentence"]].append((int(row["begin"]) - begin, int(row["end"]) - begin, row["entity"]))
    return {sentence: sorted(marks, key=lambda m: (m[0], -m[1])) for sentence, marks in found.items()}


def begin_of(sentence: str) -> int:
    """The offset at which a sentence begins, from its IRI.

    >>> begin_of("urn:d#char=120,180"), begin_of("urn:d")
    (120, 0)
    """
    begin = sentence.rpartition("#char=")[2].partition(",")[0]
    return int(begin) if begin.isdecimal() else 0


def number_of(graph: GraphStore, pattern: str) -> int:
    """How many solutions a pattern has."""
    return int(next(rows(graph, f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}"))["n"])


def exists(graph: GraphStore, iri: str) -> bool:
    """Whether anything is said of a resource."""
    try:
        node = ox.NamedNode(iri)
    except ValueError:
        return False
    return next(graph.store.quads_for_pattern(node, None, None, ox.DefaultGraph()), None) is not None


def kind_of(graph: GraphStore, iri: str) -> str:
    """What page shows a resource: document, indicator, entity, resource, or empty where nothing is said of it."""
    if not exists(graph, iri):
        return ""
    kinds = set(said(graph, iri, (RDF + "type",)).get("type", ()))
    if eco("Document") in kinds:
        return "document"
    if any(eco(name) in kinds for name in ENTITY_TYPES):
        return "entity"
    return "indicator" if "/indicator/" in iri else "resource"


def described(graph: GraphStore, iri: str) -> list[tuple[str, Any]]:
    """Every triple that has the resource as its subject, as predicate and term."""
    found = graph.store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
    return sorted(((quad.predicate.value, quad.object) for quad in found), key=lambda pair: (pair[0] != DCTERMS, pair[0], str(pair[1])))
