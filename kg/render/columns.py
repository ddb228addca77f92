"""The picture as columns of numbers and strings, which the browser reads in one go.

A table is a dictionary of columns of equal length; rows are numbered, and tables refer to each other by these numbers. The
tables: entity (the best supported first), group (communities), places, edge (a row for each subject, predicate and object),
claim, value, document. Columns that only grow are written as differences, which compress well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query.reading import ClaimRow, EntityRow, Evidence, ValueRow
from kg.render.arrangement import Arrangement, Whole
from kg.render.bridge import RANKS
from kg.render.picture import Picture
from kg.vocab import ID

SUBTYPE_NAMES = tuple(name for names in SUBTYPES.values() for name in names)
KINDS = ("target", "result", "change")
OPERATORS = {">=": "≥", "<=": "≤", "~": "≈"}
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edges:
    """The relations between the entities of a picture: edges by subject, object and predicate, and their claims in this order.

    `lines` (m × 2) are subject and object of each edge by their numbers, `predicate` the numbers of `predicates`; `edge` is the number
    of the edge of each claim, `modality` how firm it is (0 is the firmest).
    """

    claims: Sequence[ClaimRow]
    edge: Whole
    modality: Whole
    lines: Whole
    predicate: Whole
    predicates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """The tables, and the sentences in the order that the tables number them: those of the best supported facts first.

    What an arrangement says of entities and groups enters with `placed`.
    """

    tables: Mapping[str, Any]
    sentences: tuple[Evidence, ...]
    predicates: tuple[str, ...]
    number: Mapping[str, int]
    papers: Mapping[str, int]


def edges(shown: Picture) -> Edges:
    """The relations between the entities of a picture."""
    number = {e.iri: n for n, e in enumerate(shown.drawn)}
    claims = [c for c in shown.claims if c.subject in number and c.object in number]
    predicates = tuple(sorted({c.predicate for c in claims}))
    row = {predicate: n for n, predicate in enumerate(predicates)}
    keys = numpy.array([[number[c.subject] for c in claims], [number[c.object] for c in claims], [row[c.predicate] for c in claims]],
                       dtype=numpy.int64)
    order = numpy.lexsort(keys[::-1])
    keys = keys[:, order]
    fresh = numpy.ones(len(claims), dtype=bool)
    fresh[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    ordered = [claims[n] for n in order]
    return Edges(ordered, numpy.cumsum(fresh) - 1, _whole([RANKS[c.modality] for c in ordered]), keys[:2, fresh].T, keys[2, fresh],
                 predicates)


def columns(shown: Picture, between: Edges, places: Mapping[str, str]) -> Columns:
    """The tables of a picture and its edges; `places` gives the province or prefecture (an IRI) of an entity, where one is known."""
    number = {e.iri: n for n, e in enumerate(shown.drawn)}
    figures = [v for v in shown.values if v.about in number or v.scope in number]
    sentences, sentence = _ranked(between, figures, shown.support, shown.drawn)
    papers = sorted({e.document for e in sentences} & shown.documents.keys(),
                    key=lambda iri: (shown.documents[iri].issued, shown.documents[iri].title, iri))
    paper = {iri: n for n, iri in enumerate(papers)}
    stating, figuring = numpy.split(sentence, [len(between.claims)])
    many = Counter(places[iri] for iri in number if iri in places)
    areas = sorted(many, key=lambda iri: (-many[iri], iri))
    area = {iri: n for n, iri in enumerate(areas)}
    tables: dict[str, Any] = {
        "places": {"name": [shown.known[iri].name if iri in shown.known else iri for iri in areas],
                   "entity": [number.get(iri, -1) for iri in areas]},
        "edge": _edges(between), "claim": _claims(between, paper, stating), **_values(figures, number, paper, figuring),
        "document": _documents(shown, papers),
        "entity": _entities(shown, [area[places[iri]] if iri in places else -1 for iri in number])}
    return Columns(tables, sentences, between.predicates, number, paper)


def placed(found: Columns, arrangement: Arrangement) -> Mapping[str, Any]:
    """The tables with places and groups of the entities."""
    entity = {**found.tables["entity"], "x": arrangement.places[:, 0].tolist(), "y": (-arrangement.places[:, 1]).tolist(),
              "group": arrangement.groups.tolist()}
    return {**found.tables, "entity": entity, "group": _groups(arrangement)}


def _entities(shown: Picture, areas: list[int]) -> Table:
    rows = shown.drawn
    return {"iri": [e.iri.removeprefix(ID) for e in rows], "name": [e.name for e in rows],
            "type": [ENTITY_TYPES.index(e.type) for e in rows],
            "subtype": [SUBTYPE_NAMES.index(e.subtype) if e.subtype else -1 for e in rows], "pinyin": [e.pinyin for e in rows],
            "weight": [shown.support.get(e.iri, 0) for e in rows], "documents": [e.documents for e in rows], "place": areas,
            "alias": {n: e.aliases for n, e in enumerate(rows) if e.aliases},
            "hidden": {n: e.hidden for n, e in enumerate(rows) if e.hidden}}


def _groups(arrangement: Arrangement) -> Table:
    count = len(arrangement.radii)
    first = numpy.zeros(count, dtype=numpy.int64)
    numbers, at = numpy.unique(arrangement.groups, return_index=True)
    first[numbers] = at
    return {"entity": first.tolist(), "size": numpy.bincount(arrangement.groups, minlength=count).tolist(),
            "x": arrangement.centres[:, 0].tolist(), "y": (-arrangement.centres[:, 1]).tolist(), "radius": arrangement.radii.tolist(),
            "rest": arrangement.rest}


def _edges(between: Edges) -> Table:
    start = numpy.flatnonzero(numpy.diff(between.edge, prepend=-1))
    return {"from": _steps(between.lines[:, 0]), "to": between.lines[:, 1].tolist(), "predicate": between.predicate.tolist(),
            "how": numpy.minimum.reduceat(between.modality, start).tolist() if len(start) else [],
            "claims": numpy.bincount(between.edge).tolist()}


def _claims(between: Edges, paper: Mapping[str, int], sentence: Whole) -> Table:
    order = numpy.lexsort((between.modality, sentence, between.edge))
    rows = [between.claims[n] for n in order]
    return {"edge": _steps(between.edge), "modality": between.modality[order].tolist(), "sentence": sentence[order].tolist(),
            "document": [paper.get(c.evidence.document, -1) for c in rows], "confidence": [round(100 * c.confidence) for c in rows]}


def _values(rows: Sequence[ValueRow], number: Mapping[str, int], paper: Mapping[str, int], sentence: Whole) -> Table:
    named = {name: sorted({getattr(v, name) for v in rows}) for name in ("indicator", "unit", "period")}
    index = {name: {text: n for n, text in enumerate(texts)} for name, texts in named.items()}
    table: Table = {name: [index[name][getattr(v, name)] for v in rows] for name in named}
    table |= {"about": [number.get(v.about, -1) for v in rows], "scope": [number.get(v.scope, -1) for v in rows],
              "kind": [KINDS.index(v.kind.lower()) for v in rows], "operator": [OPERATORS.get(v.operator, v.operator) for v in rows],
              "number": [v.number for v in rows], "upper": [v.upper for v in rows], "written": [v.written for v in rows],
              "modality": [RANKS[v.modality] for v in rows], "document": [paper.get(v.evidence.document, -1) for v in rows],
              "sentence": sentence.tolist()}
    return {"value": table, "indicators": named["indicator"], "units": named["unit"], "periods": named["period"]}


def _documents(shown: Picture, papers: Sequence[str]) -> Table:
    rows = [shown.documents[iri] for iri in papers]
    return {"iri": [iri.removeprefix(ID) for iri in papers], "title": [d.title for d in rows], "issued": [d.issued for d in rows],
            "publisher": [d.publisher for d in rows], "year": [d.year for d in rows], "place": [d.place for d in rows]}


def _ranked(between: Edges, figures: Sequence[ValueRow], support: Mapping[str, int],
            drawn: Sequence[EntityRow]) -> tuple[tuple[Evidence, ...], Whole]:
    """Each sentence once, those of the best supported facts first; and which of them each claim and each value has."""
    weight = _whole([support.get(e.iri, 0) for e in drawn])
    stated = [c.evidence for c in between.claims] + [v.evidence for v in figures]
    names: dict[str, int] = {}
    name = _whole([names.setdefault(evidence.sentence, len(names)) for evidence in stated])
    claims = numpy.append(numpy.bincount(between.edge)[between.edge], _whole([1] * len(figures)))
    weights = numpy.append(weight[between.lines].sum(axis=1)[between.edge], _whole([support.get(v.about or v.scope, 0) for v in figures]))
    order = numpy.lexsort((name, -weights, -claims))
    _, first = numpy.unique(name[order], return_index=True)
    first.sort()
    number = numpy.empty(len(names), dtype=numpy.int64)
    number[name[order[first]]] = numpy.arange(len(names))
    return tuple(stated[n] for n in order[first]), number[name]


def _whole(numbers: Sequence[int]) -> Whole:
    return numpy.array(numbers, dtype=numpy.int64)


def _steps(numbers: Whole) -> list[int]:
    """Differences between neighbours, the first as it is.

    >>> _steps(numpy.array([3, 3, 7]))
    [3, 0, 4]
    """
    steps: list[int] = numpy.diff(numbers, prepend=0).tolist()
    return steps
