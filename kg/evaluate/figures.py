"""Precision, recall and F1 of extracted documents against gold ones, strict and relaxed, by part and group, with every error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kg.evaluate.matching import Row
from kg.evaluate.relaxed import agrees, pairs
from kg.evaluate.sentences import Sentences
from kg.evaluate.statements import LEVELS, Judged, Statement, judge
from kg.model import ENTITY_TYPES, PREDICATES

PARTS = (*(f"entities:{t}" for t in sorted(ENTITY_TYPES)), *(f"relations:{p}" for p in PREDICATES))
"""The figures by entity type and by predicate."""
_EMPTY: Row = {"entities": [], "relations": [], "indicator_values": []}
_NO_TEXT = Sentences("", ())


@dataclass(frozen=True, slots=True)
class Error:
    """A row that was wrong or missed, in words, and the sentence it is about (empty where no text was at hand)."""

    level: str
    outcome: Literal["wrong", "missed"]
    document: str
    row: str
    sentence: str = ""

    def __str__(self) -> str:
        return f"{self.document}  {self.row}"


@dataclass(slots=True)
class Figure:
    """True positives, false positives and false negatives of one level, and the errors behind them.

    >>> f = Figure("entities", tp=3, fp=1, fn=2)
    >>> round(f.precision, 3), round(f.recall, 3), round(f.f1, 3)
    (0.75, 0.6, 0.667)
    """

    name: str
    tp: int = 0
    fp: int = 0
    fn: int = 0
    wrong: list[Error] = field(default_factory=list)
    missed: list[Error] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of extracted rows that are right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """The share of required gold rows that were extracted."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    def add(self, judged: Judged, part: str | None = None) -> None:
        """Count the statements of a document, or those of one part (an entity type, a predicate)."""
        right, wrong, missed = ([s for s in statements if part in (None, s.part)]
                                for statements in (judged.right, judged.wrong, judged.missed))
        self.tp += len(right)
        self.fp += len(wrong)
        self.fn += len(missed)
        self.wrong += [Error(judged.level, "wrong", judged.document, s.shown, s.sentence) for s in wrong]
        self.missed += [Error(judged.level, "missed", judged.document, s.shown, s.sentence) for s in missed]

    def to_json(self) -> dict[str, float]:
        """The figure as the reference scorer writes it: four digits, and the counts."""
        return {"precision": round(self.precision, 4), "recall": round(self.recall, 4), "f1": round(self.f1, 4),
                "tp": self.tp, "fp": self.fp, "fn": self.fn}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Figures by name (the five levels, `entities:<type>`, `relations:<predicate>`), strict and relaxed, of all documents and by group."""

    documents: int
    strict: Mapping[str, Figure]
    relaxed: Mapping[str, Figure]
    groups: Mapping[str, Evaluation] = field(default_factory=dict)

    def errors(self, *, relaxed: bool = False) -> list[Error]:
        """Every wrong and every missed row, by level."""
        figures = self.relaxed if relaxed else self.strict
        return [error for level in LEVELS for error in (*figures[level].wrong, *figures[level].missed)]

    def to_json(self) -> dict[str, Any]:
        """Figures without the errors, groups within."""
        shown: dict[str, Any] = {"documents": self.documents}
        for name, figures in (("strict", self.strict), ("relaxed", self.relaxed)):
            shown[name] = {level: figure.to_json() for level, figure in figures.items()}
        return {**shown, "groups": {name: group.to_json() for name, group in self.groups.items()}} if self.groups else shown


def evaluate(gold: Sequence[Row], found: Mapping[str, Row]) -> dict[str, Figure]:
    """The strict figures of extracted documents (by document name, in the form of `kg extract`) against gold documents.

    A gold document without an extraction counts as missed.

    >>> gold = {"document": "a.txt", "entities": [{"id": "e1", "type": "Place", "name": "甘肃省", "forms": ["甘肃"]}],
    ...         "relations": [], "indicator_values": []}
    >>> evaluate([gold], {"a.txt": gold})["names"].f1
    1.0
    """
    return dict(compare(gold, found).strict)


def compare(gold: Sequence[Row], found: Mapping[str, Row], sentences: Mapping[str, Sentences] | None = None) -> Evaluation:
    """Gold documents against extracted ones: strict and relaxed figures, by group where the rows of gold name one (`group`).

    `sentences` are those of the extracted documents by name; with them each error has its sentence.

    >>> gold = {"document": "a.txt", "group": "news", "entities": [{"id": "e1", "type": "WaterFeature", "name": "清江", "forms": ["清江"]}],
    ...         "relations": [], "indicator_values": []}
    >>> found = compare([gold], {}, {"a.txt": Sentences("今年治理清江。", ((0, 7),))})
    >>> found.groups["news"].strict["entities"].recall, found.errors()[0].sentence
    (0.0, '今年治理清江。')
    """
    texts = sentences or {}
    judged = {row["document"]: list(judge(row, {**_EMPTY, **found.get(row["document"], {})}, texts.get(row["document"], _NO_TEXT)))
              for row in gold}
    names = sorted({row["group"] for row in gold if row.get("group")})
    groups = {name: _evaluation([judged[row["document"]] for row in gold if row.get("group") == name]) for name in names}
    return _evaluation(list(judged.values()), groups)


def _evaluation(documents: Sequence[Sequence[Judged]], groups: Mapping[str, Evaluation] | None = None) -> Evaluation:
    strict = [level for document in documents for level in document]
    return Evaluation(len(documents), _figures(strict), _figures(map(_relaxed, strict)), groups or {})


def _figures(judged: Iterable[Judged]) -> dict[str, Figure]:
    figures = {name: Figure(name) for name in (*LEVELS, *PARTS)}
    for levels in judged:
        figures[levels.level].add(levels)
        for name in PARTS:
            level, part = name.split(":")
            if level == levels.level:
                figures[name].add(levels, part)
    return figures


def _relaxed(judged: Judged) -> Judged:
    """The same statements with those paired that agree by the looser rule."""
    paired = pairs(judged.level, judged.missed, judged.wrong)
    hit_gold, hit_found = {g for g, _ in paired}, {f for _, f in paired}
    right: list[Statement] = [*judged.right, *(judged.missed[i] for i in sorted(hit_gold))]
    wrong = [s for i, s in enumerate(judged.wrong) if i not in hit_found and not agrees(judged.level, judged.spare, s)]
    missed = [s for i, s in enumerate(judged.missed) if i not in hit_gold]
    return Judged(judged.level, judged.document, right, wrong, missed, judged.spare)
