"""The whole graph as rows, read predicate by predicate.

A join over every claim looks each of its terms up by itself, which takes minutes at some millions of quads; a predicate at a
time is one pass over the index, and the store writes it as TSV outside the interpreter's lock. (Its CSV leaves IRIs with a comma
unquoted, which the IRIs of sentences have.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

import pyoxigraph as ox

from kg import vocab
from kg.graph.store import GraphStore
from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query.reading import ClaimRow, EntityRow, Evidence, ValueRow, local, unit_name

Column = Mapping[str, str]
Columns = Mapping[str, Column]
CLAIM = ("rdf:subject", "rdf:predicate", "rdf:object", "eco:modality", "eco:evidence", "eco:confidence")
IRIS = frozenset({"rdf:subject", "rdf:object", "eco:evidence", "eco:about", "eco:scopePlace", "eco:states"})
FEW = frozenset({"rdf:predicate", "eco:modality"})
STATED = ("eco:states", "eco:modality", "eco:evidence", "eco:asWritten")
VALUE = ("eco:indicator", "eco:value", "eco:upperValue", "eco:operator", "eco:unit", "eco:period", "eco:about", "eco:scopePlace")
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPE = re.compile(r"\\(.)")


@dataclass(slots=True)
class Whole:
    """A graph read predicate by predicate; a column that was read once is kept, an IRI stands in memory once."""

    graph: GraphStore
    _columns: dict[str, Column] = field(default_factory=dict)
    _sentences: dict[str, Evidence] = field(default_factory=dict)
    _known: dict[str, str] = field(default_factory=dict)

    def columns(self, predicates: Sequence[str]) -> Columns:
        """For each predicate (a prefixed name) its subjects with one value each: IRIs and literals as plain strings."""
        missing = [p for p in predicates if p not in self._columns]
        with ThreadPoolExecutor(2) as pool:
            read = pool.map(self._column, missing)
            self._columns.update(zip(missing, read, strict=True))
        return {p: self._columns[p] for p in predicates}

    def _column(self, predicate: str) -> Column:
        known = self._known.setdefault
        if predicate in FEW:
            return {known(subject, subject): value for subject, value in _repeated(self.graph, predicate).items()}
        rows = _rows(self.graph, f"SELECT ?s ?o {{ ?s {predicate} ?o }}")
        return {known(subject, subject): known(value, value) if predicate in IRIS else value for subject, value in rows}

    def entities(self) -> tuple[EntityRow, ...]:
        """All entities, by IRI."""
        broad, narrow = self._types(ENTITY_TYPES), self._types([s for found in SUBTYPES.values() for s in found])
        found = self.columns(("rdfs:label", "eco:pinyin", "eco:pinyinInitials", "eco:documentCount"))
        label, count = found["rdfs:label"], found["eco:documentCount"]
        sound = [found["eco:pinyin"], found["eco:pinyinInitials"]]
        aliases, hidden = (self._several(name) for name in ("skos:altLabel", "skos:hiddenLabel"))
        return tuple(EntityRow(iri, kind, narrow.get(iri, ""), label.get(iri) or local(iri), tuple(sorted(aliases.get(iri, ()))),
                               tuple(sorted(hidden.get(iri, ()))), " ".join(said for part in sound if (said := part.get(iri))),
                               int(count.get(iri, "0")))
                     for iri, kind in sorted(broad.items()))

    def claims(self) -> tuple[ClaimRow, ...]:
        """All claims that relate two entities, by IRI."""
        found = self.columns(CLAIM)
        predicate, object_, modality, evidence, confidence = (found[name] for name in CLAIM[1:])
        sentences = self.sentences()
        rows = [ClaimRow(claim, subject, _local(predicate[claim]), object_[claim], _local(modality[claim]), sentences[evidence[claim]],
                         float(confidence.get(claim, 1)))
                for claim, subject in sorted(found["rdf:subject"].items())]
        for name in ("rdf:subject", "rdf:predicate", "rdf:object"):
            del self._columns[name]
        return tuple(rows)

    def values(self) -> tuple[ValueRow, ...]:
        """All claims of indicator values; sorted."""
        stated, value = self.columns(STATED), self.columns(VALUE)
        labels, sentences = self.columns(("rdfs:label",))["rdfs:label"], self.sentences()
        kinds = self._types(("Target", "Result", "Change"))
        get = {name: value[name].get for name in VALUE}
        rows = [ValueRow(claim, iri, kinds[iri], labels[value["eco:indicator"][iri]], get["eco:operator"](iri, "="),
                         value["eco:value"][iri], get["eco:upperValue"](iri, ""), unit_name(get["eco:unit"](iri, "")),
                         get["eco:period"](iri, ""), local(stated["eco:modality"][claim]), stated["eco:asWritten"].get(claim, ""),
                         sentences[stated["eco:evidence"][claim]], get["eco:about"](iri, ""), get["eco:scopePlace"](iri, ""))
                for claim, iri in stated["eco:states"].items()]
        return tuple(sorted(rows, key=lambda v: (v.indicator, v.period, v.number, v.evidence.sentence, v.claim)))

    def sentences(self) -> Mapping[str, Evidence]:
        """Every sentence by IRI."""
        if not self._sentences:
            found = self.columns(("nif:anchorOf",))["nif:anchorOf"]
            self._sentences.update({iri: Evidence(iri, text, iri.partition("#")[0]) for iri, text in found.items()})
        return self._sentences

    def _several(self, predicate: str) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subject, value in _rows(self.graph, f"SELECT ?s ?o {{ ?s {predicate} ?o }}"):
            found.setdefault(subject, []).append(value)
        return found

    def _types(self, names: Sequence[str]) -> dict[str, str]:
        return {subject: name for name in names for subject in _subjects(self.graph, f"a <{vocab.eco(name)}>")}


def _repeated(graph: GraphStore, predicate: str) -> Column:
    """A column of few different IRIs: the subjects of each, so that it is not decoded again for every row."""
    objects = sorted(line[1:-1] for line in _lines(graph, f"SELECT DISTINCT ?o {{ ?s {predicate} ?o }}"))
    return {subject: object_ for object_ in objects for subject in _subjects(graph, f"{predicate} <{object_}>")}


def _subjects(graph: GraphStore, said: str) -> list[str]:
    return [line[1:-1] for line in _lines(graph, f"SELECT ?s {{ ?s {said} }}")]


def _rows(graph: GraphStore, query: str) -> list[tuple[str, str]]:
    lines = (line.partition("\t") for line in _lines(graph, query))
    return [(subject[1:-1], value[1:-1] if value[0] == "<" else _plain(value)) for subject, _, value in lines]


def _lines(graph: GraphStore, query: str) -> list[str]:
    body = cast(ox.QuerySolutions, graph.query(query)).serialize(format=ox.QueryResultsFormat.TSV)
    return cast(bytes, body).decode().split("\n")[1:-1]


_local = lru_cache(maxsize=256)(local)


def _plain(literal: str) -> str:
    """The lexical form of a literal as TSV writes it.

    >>> _plain('"泾河"@zh'), _plain("87.2"), _plain('"一\\\\t二"')
    ('泾河', '87.2', '一\\t二')
    """
    if literal[0] != '"':
        return literal
    text = literal[1:literal.rindex('"')]
    return _ESCAPE.sub(lambda found: _ESCAPES[found[1]], text) if "\\" in text else text
