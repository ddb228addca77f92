"""The picture as columns of numbers and strings, which the browser reads in one go.

A table is a dictionary of columns of equal length; rows are numbered, and tables refer to each other by these numbers. The
tables: entity (the best supported first), group (communities), places, edge (a row for each subject, predicate and object),
claim, value, document. Columns that only grow are written as differences, which compress well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import Any, TypeVar

import numpy

from kg.model import ENTITY_TYPES, SUBTYPES
from kg.query.reading import ClaimRow, EntityRow, Evidence, ValueRow
from kg.render.bridge import RANKS, firmest, relations
from kg.render.forces import Arrangement, Whole
from kg.render.picture import Picture
from kg.vocab import ID

SUBTYPE_NAMES = tuple(name for names in SUBTYPES.values() for name in names)
KINDS = ("target", "result", "change")
OPERATORS = {">=": "≥", "<=": "≤", "~": "≈"}
Table = dict[str, Any]
Edge = tuple[int, int, str, Sequence[ClaimRow]]
"""Subject and object by their numbers, predicate, claims."""
Row = TypeVar("Row", bound=tuple[int, int, str, Any])


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


def edges(shown: Picture) -> list[Edge]:
    """The relations between the entities of a picture, in the order of their numbers."""
    number = {e.iri: n for n, e in enumerate(shown.drawn)}
    found: list[Edge] = [(number[subject], number[object_], predicate, claims) for (subject, predicate, object_), claims
             in relations(shown.claims).items() if subject in number and object_ in number]
    return _sorted(found)


def lines(between: Sequence[Edge]) -> Whole:
    """Edges as pairs of numbers (m × 2), which is what an arrangement asks for."""
    return numpy.array([edge[:2] for edge in between], dtype=numpy.int64).reshape(-1, 2)


def columns(shown: Picture, between: Sequence[Edge], places: Mapping[str, str]) -> Columns:
    """The tables of a picture and its edges; `places` gives the province or prefecture (an IRI) of an entity, where one is known."""
    number = {e.iri: n for n, e in enumerate(shown.drawn)}
    figures = [v for v in shown.values if v.about in number or v.scope in number]
    sentences = _ranked(between, figures, shown.support, shown.drawn)
    sentence = {evidence.sentence: n for n, evidence in enumerate(sentences)}
    papers = sorted({e.document for e in sentences} & shown.documents.keys(),
                    key=lambda iri: (shown.documents[iri].issued, shown.documents[iri].title, iri))
    paper = {iri: n for n, iri in enumerate(papers)}
    predicates = tuple(sorted({predicate for _, _, predicate, _ in between}))
    many = Counter(places[iri] for iri in number if iri in places)
    areas = sorted(many, key=lambda iri: (-many[iri], iri))
    area = {iri: n for n, iri in enumerate(areas)}
    tables: dict[str, Any] = {
        "places": {"name": [shown.known[iri].name if iri in shown.known else iri for iri in areas],
                   "entity": [number.get(iri, -1) for iri in areas]},
        "edge": _edges(between, {predicate: n for n, predicate in enumerate(predicates)}),
        "claim": _claims(between, paper, sentence), **_values(figures, number, paper, sentence),
        "document": _documents(shown, papers),
        "entity": _entities(shown, [area[places[iri]] if iri in places else -1 for iri in number])}
    return Columns(tables, sentences, predicates, number, paper)


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


def _edges(between: Sequence[Edge], predicates: Mapping[str, int]) -> Table:
    return {"from": _steps([edge[0] for edge in between]), "to": [edge[1] for edge in between],
            "predicate": [predicates[edge[2]] for edge in between], "how": [RANKS[firmest(edge[3])] for edge in between],
            "claims": [len(edge[3]) for edge in between]}


def _claims(between: Sequence[Edge], paper: Mapping[str, int], sentence: Mapping[str, int]) -> Table:
    rows = [(n, claim) for n, (*_, claims) in enumerate(between) for claim in (claims if len(claims) == 1 else sorted(
        claims, key=lambda c: (sentence[c.evidence.sentence], RANKS[c.modality], c.iri)))]
    return {"edge": _steps([n for n, _ in rows]), "modality": [RANKS[c.modality] for _, c in rows],
            "sentence": [sentence[c.evidence.sentence] for _, c in rows],
            "document": [paper.get(c.evidence.document, -1) for _, c in rows], "confidence": [round(100 * c.confidence) for _, c in rows]}


def _values(rows: Sequence[ValueRow], number: Mapping[str, int], paper: Mapping[str, int], sentence: Mapping[str, int]) -> Table:
    named = {name: sorted({getattr(v, name) for v in rows}) for name in ("indicator", "unit", "period")}
    index = {name: {text: n for n, text in enumerate(texts)} for name, texts in named.items()}
    table: Table = {name: [index[name][getattr(v, name)] for v in rows] for name in named}
    table |= {"about": [number.get(v.about, -1) for v in rows], "scope": [number.get(v.scope, -1) for v in rows],
              "kind": [KINDS.index(v.kind.lower()) for v in rows], "operator": [OPERATORS.get(v.operator, v.operator) for v in rows],
              "number": [v.number for v in rows], "upper": [v.upper for v in rows], "written": [v.written for v in rows],
              "modality": [RANKS[v.modality] for v in rows], "document": [paper.get(v.evidence.document, -1) for v in rows],
              "sentence": [sentence[v.evidence.sentence] for v in rows]}
    return {"value": table, "indicators": named["indicator"], "units": named["unit"], "periods": named["period"]}


def _documents(shown: Picture, papers: Sequence[str]) -> Table:
    rows = [shown.documents[iri] for iri in papers]
    return {"iri": [iri.removeprefix(ID) for iri in papers], "title": [d.title for d in rows], "issued": [d.issued for d in rows],
            "publisher": [d.publisher for d in rows], "year": [d.year for d in rows], "place": [d.place for d in rows]}


def _ranked(between: Iterable[Edge], figures: Iterable[ValueRow], support: Mapping[str, int],
            drawn: Sequence[EntityRow]) -> tuple[Evidence, ...]:
    """Each sentence once, those of the best supported facts first."""
    weight = [support.get(e.iri, 0) for e in drawn]
    found = [(-len(claims), -weight[subject] - weight[object_], c.evidence.sentence, c.evidence)
             for subject, object_, _, claims in between for c in claims]
    found += [(-1, -support.get(v.about or v.scope, 0), v.evidence.sentence, v.evidence) for v in figures]
    ranked: dict[str, Evidence] = {}
    for _, _, sentence, evidence in _sorted(found):
        ranked.setdefault(sentence, evidence)
    return tuple(ranked.values())


def _sorted(rows: list[Row]) -> list[Row]:
    """Rows by their first three fields: a sort for each, which takes half the time of a sort by tuples.

    >>> _sorted([(2, 1, "泾河", None), (1, 3, "渭河", None), (1, 2, "渭河", None)])
    [(1, 2, '渭河', None), (1, 3, '渭河', None), (2, 1, '泾河', None)]
    """
    for field in (2, 1, 0):
        rows.sort(key=itemgetter(field))
    return rows


def _steps(numbers: Sequence[int]) -> list[int]:
    """Differences between neighbours, the first as it is.

    >>> _steps([3, 3, 7])
    [3, 0, 4]
    """
    return [*numbers[:1], *(b - a for a, b in pairwise(numbers))]
