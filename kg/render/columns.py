"""The picture as columns of numbers and strings, which the browser reads in one go.

A table is a dictionary of columns of equal length; rows are numbered, and tables refer to each other by these numbers. The
tables: entity (the best supported first), group (communities), places, edge (a row for each subject, predicate and object),
claim, value, document. Columns that only grow are written as differences, which compress well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy

from kg.model import ENTITY_TYPES, MODALITIES, SUBTYPES
from kg.query.reading import ClaimRow, Evidence, ValueRow
from kg.render.bridge import firmest, relations
from kg.render.forces import Arrangement, arrange
from kg.render.picture import Picture
from kg.vocab import ID

SUBTYPE_NAMES = tuple(name for names in SUBTYPES.values() for name in names)
KINDS = ("target", "result", "change")
OPERATORS = {">=": "≥", "<=": "≤", "~": "≈"}
_YEAR = re.compile(r"\d{4}")
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """The tables, and the sentences in the order that the tables number them: those of the best supported facts first."""

    tables: Mapping[str, Any]
    sentences: tuple[Evidence, ...]
    predicates: tuple[str, ...]
    number: Mapping[str, int]
    papers: Mapping[str, int]


def columns(shown: Picture, places: Mapping[str, str]) -> Columns:
    """The tables of a picture; `places` gives the province or prefecture (an IRI) of an entity, where one is known."""
    number = {e.iri: n for n, e in enumerate(shown.drawn)}
    stated = [c for c in shown.claims if c.subject in number and c.object in number]
    between = sorted(relations(tuple(stated)).items(), key=lambda found: (number[found[0][0]], number[found[0][2]], found[0][1]))
    edges = {key: n for n, (key, _) in enumerate(between)}
    predicates = tuple(sorted({predicate for _, predicate, _ in edges}))
    sentences = _ranked(stated, shown.values, number, Counter((c.subject, c.predicate, c.object) for c in stated), shown.support)
    sentence = {evidence.sentence: n for n, evidence in enumerate(sentences)}
    papers = sorted({e.document for e in sentences if e.document in shown.documents},
                    key=lambda iri: (shown.documents[iri].issued, shown.documents[iri].title, iri))
    paper = {iri: n for n, iri in enumerate(papers)}
    lines = numpy.array([(number[s], number[o]) for (s, _, o), _ in between], dtype=numpy.int64).reshape(-1, 2)
    arrangement = arrange(len(number), lines)
    many = Counter(places[iri] for iri in number if iri in places)
    areas = sorted(many, key=lambda iri: (-many[iri], iri))
    tables: dict[str, Any] = {
        "entity": _entities(shown, arrangement, [areas.index(places[iri]) if iri in places else -1 for iri in number]),
        "group": _groups(arrangement),
        "places": {"name": [shown.known[iri].name if iri in shown.known else iri for iri in areas],
                   "entity": [number.get(iri, -1) for iri in areas]},
        "edge": {"from": _steps([number[s] for (s, _, _), _ in between]), "to": [number[o] for (_, _, o), _ in between],
                 "predicate": [predicates.index(p) for (_, p, _), _ in between],
                 "how": [_modality(firmest(modalities)) for _, modalities in between], "claims": [len(m) for _, m in between]},
        "claim": _claims(stated, edges, paper, sentence),
        **_values([v for v in shown.values if v.about in number or v.scope in number], number, paper, sentence),
        "document": _documents(shown, papers)}
    return Columns(tables, sentences, predicates, number, paper)


def _entities(shown: Picture, arrangement: Arrangement, areas: list[int]) -> Table:
    rows = shown.drawn
    return {"iri": [e.iri.removeprefix(ID) for e in rows], "name": [e.name for e in rows],
            "type": [ENTITY_TYPES.index(e.type) for e in rows],
            "subtype": [SUBTYPE_NAMES.index(e.subtype) if e.subtype else -1 for e in rows], "pinyin": [e.pinyin for e in rows],
            "weight": [shown.support.get(e.iri, 0) for e in rows], "documents": [e.documents for e in rows],
            "x": arrangement.places[:, 0].tolist(), "y": (-arrangement.places[:, 1]).tolist(),
            "group": arrangement.groups.tolist(), "place": areas,
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


def _claims(stated: Sequence[ClaimRow], edges: Mapping[tuple[str, str, str], int], paper: Mapping[str, int],
            sentence: Mapping[str, int]) -> Table:
    rows = sorted((edges[c.subject, c.predicate, c.object], sentence[c.evidence.sentence], _modality(c.modality), c.iri, c) for c in stated)
    return {"edge": _steps([row[0] for row in rows]), "modality": [row[2] for row in rows], "sentence": [row[1] for row in rows],
            "document": [paper.get(c.evidence.document, -1) for *_, c in rows], "confidence": [round(100 * c.confidence) for *_, c in rows]}


def _values(rows: Sequence[ValueRow], number: Mapping[str, int], paper: Mapping[str, int], sentence: Mapping[str, int]) -> Table:
    named = {name: sorted({getattr(v, name) for v in rows}) for name in ("indicator", "unit", "period")}
    index = {name: {text: n for n, text in enumerate(texts)} for name, texts in named.items()}
    table: Table = {name: [index[name][getattr(v, name)] for v in rows] for name in named}
    table |= {"about": [number.get(v.about, -1) for v in rows], "scope": [number.get(v.scope, -1) for v in rows],
              "kind": [KINDS.index(v.kind.lower()) for v in rows], "operator": [OPERATORS.get(v.operator, v.operator) for v in rows],
              "number": [v.number for v in rows], "upper": [v.upper for v in rows], "written": [v.written for v in rows],
              "modality": [_modality(v.modality) for v in rows], "document": [paper.get(v.evidence.document, -1) for v in rows],
              "sentence": [sentence[v.evidence.sentence] for v in rows]}
    return {"value": table, "indicators": named["indicator"], "units": named["unit"], "periods": named["period"]}


def _documents(shown: Picture, papers: Sequence[str]) -> Table:
    rows = [shown.documents[iri] for iri in papers]
    return {"iri": [iri.removeprefix(ID) for iri in papers], "title": [d.title for d in rows], "issued": [d.issued for d in rows],
            "publisher": [d.publisher for d in rows], "year": [d.year for d in rows], "place": [d.place for d in rows]}


def _ranked(stated: Iterable[ClaimRow], figures: Iterable[ValueRow], number: Mapping[str, int], count: Counter[tuple[str, str, str]],
            support: Mapping[str, int]) -> tuple[Evidence, ...]:
    """Each sentence once, those of the best supported facts first."""
    score: dict[str, tuple[int, int]] = {}
    found: dict[str, Evidence] = {}
    for c in stated:
        worth = (count[c.subject, c.predicate, c.object], support.get(c.subject, 0) + support.get(c.object, 0))
        score[c.evidence.sentence] = max(score.get(c.evidence.sentence, (0, 0)), worth)
        found[c.evidence.sentence] = c.evidence
    for v in figures:
        if v.about in number or v.scope in number:
            worth = (1, support.get(v.about or v.scope, 0))
            score[v.evidence.sentence] = max(score.get(v.evidence.sentence, (0, 0)), worth)
            found[v.evidence.sentence] = v.evidence
    return tuple(found[iri] for iri in sorted(found, key=lambda iri: (-score[iri][0], -score[iri][1], iri)))


def _modality(name: str) -> int:
    return MODALITIES.index(name)


def _steps(numbers: Sequence[int]) -> list[int]:
    """Differences between neighbours, the first as it is.

    >>> _steps([3, 3, 7])
    [3, 0, 4]
    """
    return [*numbers[:1], *(b - a for a, b in pairwise(numbers))]
