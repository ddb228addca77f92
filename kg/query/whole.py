"""The whole graph as rows, read predicate by predicate.

A join over every claim looks each of its terms up by itself, which takes minutes at some millions of quads; a predicate at a
time is one pass over the index, and the store writes it as TSV outside the interpreter's lock. (Its CSV leaves IRIs with a comma
unquoted, which the IRIs of sentences have.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import cast

import pyoxigraph as ox

from kg import vocab
from kg.graph.store import GraphStore
from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query.reading import ClaimRow, EntityRow, Evidence, ValueRow, local, unit_name

Column = Mapping[str, str]
Columns = Mapping[str, Column]
Sentences = Mapping[str, Evidence]
CLAIM = ("rdf:subject", "rdf:predicate", "rdf:object", "eco:modality", "eco:evidence", "eco:confidence")
STATED = ("eco:states", "eco:modality", "eco:evidence", "eco:asWritten")
VALUE = ("eco:indicator", "eco:value", "eco:upperValue", "eco:operator", "eco:unit", "eco:period", "eco:about", "eco:scopePlace")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")
NAMES = ("skos:altLabel", "skos:hiddenLabel")


def entities(graph: GraphStore) -> tuple[EntityRow, ...]:
    """All entities, by IRI."""
    broad, narrow = _types(graph, ENTITY_TYPES), _types(graph, [s for found in SUBTYPES.values() for s in found])
    found = columns(graph, ("rdfs:label", "eco:pinyin", "eco:pinyinInitials", "eco:documentCount"))
    label, count = found["rdfs:label"], found["eco:documentCount"]
    sound = [found["eco:pinyin"], found["eco:pinyinInitials"]]
    others = {name: _several(graph, name) for name in NAMES}
    return tuple(EntityRow(iri, kind, narrow.get(iri, ""), label.get(iri) or local(iri), tuple(sorted(others[NAMES[0]].get(iri, ()))),
                           tuple(sorted(others[NAMES[1]].get(iri, ()))), " ".join(said for part in sound if (said := part.get(iri))),
                           int(count.get(iri, "0")))
                 for iri, kind in sorted(broad.items()))


def claims(graph: GraphStore, sentences: Sentences) -> tuple[ClaimRow, ...]:
    """All claims that relate two entities; sorted."""
    found = columns(graph, CLAIM)
    predicate, object_, modality, evidence, confidence = (found[name] for name in CLAIM[1:])
    rows = [ClaimRow(claim, subject, local(predicate[claim]), object_[claim], local(modality[claim]), sentences[evidence[claim]],
                     float(confidence.get(claim, "1")))
            for claim, subject in found["rdf:subject"].items()]
    return tuple(sorted(rows, key=lambda c: (c.subject, c.predicate, c.object, c.evidence.sentence, c.iri)))


def values(graph: GraphStore, sentences: Sentences) -> tuple[ValueRow, ...]:
    """All claims of indicator values; sorted."""
    stated, value = columns(graph, STATED), columns(graph, VALUE)
    labels, kinds = columns(graph, ("rdfs:label",))["rdfs:label"], _types(graph, ("Target", "Result", "Change"))
    get = {name: value[name].get for name in VALUE}
    rows = [ValueRow(claim, iri, kinds[iri], labels[value["eco:indicator"][iri]], get["eco:operator"](iri, "="), value["eco:value"][iri],
                     get["eco:upperValue"](iri, ""), unit_name(get["eco:unit"](iri, "")), get["eco:period"](iri, ""),
                     local(stated["eco:modality"][claim]), stated["eco:asWritten"].get(claim, ""), sentences[stated["eco:evidence"][claim]],
                     get["eco:about"](iri, ""), get["eco:scopePlace"](iri, ""))
            for claim, iri in stated["eco:states"].items()]
    return tuple(sorted(rows, key=lambda v: (v.indicator, v.period, v.number, v.evidence.sentence, v.claim)))


def sentences(graph: GraphStore) -> Sentences:
    """Every sentence by IRI."""
    found = columns(graph, ("nif:anchorOf",))["nif:anchorOf"]
    return {sentence: Evidence(sentence, text, sentence.partition("#")[0]) for sentence, text in found.items()}


def columns(graph: GraphStore, predicates: Sequence[str]) -> Columns:
    """For each predicate (a prefixed name) its subjects with one value each: IRIs and literals as plain strings."""
    return dict(zip(predicates, _read(graph, [f"SELECT ?s ?o {{ ?s {p} ?o }}" for p in predicates]), strict=True))


def _several(graph: GraphStore, predicate: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for subject, value in _rows(graph, f"SELECT ?s ?o {{ ?s {predicate} ?o }}"):
        found.setdefault(subject, []).append(value)
    return found


def _types(graph: GraphStore, names: Sequence[str]) -> dict[str, str]:
    asked = [f'SELECT ?s ("{name}" AS ?o) {{ ?s a <{vocab.eco(name)}> }}' for name in names]
    return {subject: name for column in _read(graph, asked) for subject, name in column.items()}


def _read(graph: GraphStore, queries: Sequence[str]) -> list[Column]:
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda query: {row[0]: row[1] for row in _rows(graph, query)}, queries))


def _rows(graph: GraphStore, query: str) -> list[tuple[str, str]]:
    body = cast(ox.QuerySolutions, graph.query(query)).serialize(format=ox.QueryResultsFormat.TSV)
    lines = (line.partition("\t") for line in cast(bytes, body).decode().split("\n")[1:-1])
    return [(subject[1:-1], value[1:-1] if value[0] == "<" else _plain(value)) for subject, _, value in lines]


def _plain(literal: str) -> str:
    """The lexical form of a literal as TSV writes it.

    >>> _plain('"泾河"@zh'), _plain("87.2"), _plain('"一\\\\t二"')
    ('泾河', '87.2', '一\\t二')
    """
    if literal[0] != '"':
        return literal
    text = literal[1:literal.rindex('"')]
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text
