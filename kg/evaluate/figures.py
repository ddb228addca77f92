"""Precision, recall and F1 of extracted documents against gold ones, with every error listed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from kg.evaluate.matching import NameOf, Row, align, distinct_values, fold, keys_of, pair_values, same_value
from kg.model import ENTITY_TYPES

LEVELS = ("entities", "names", "relations", "values", "indicator_values")
Keys = AbstractSet[Hashable]
_SYMMETRIC = {"collaboratesWith"}
_EMPTY: Row = {"entities": [], "relations": [], "indicator_values": []}


@dataclass(slots=True)
class Figure:
    """True positives, false positives and false negatives of one level, and the rows behind them.

    >>> f = Figure("entities", tp=3, fp=1, fn=2)
    >>> round(f.precision, 3), round(f.recall, 3), round(f.f1, 3)
    (0.75, 0.6, 0.667)
    """

    name: str
    tp: int = 0
    fp: int = 0
    fn: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

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

    def add_sets(self, required: Keys, allowed: Keys, found: Keys, document: str) -> None:
        """Count sets of keys: found keys outside `required` and `allowed` are wrong."""
        self.tp += len(required & found)
        self.add_errors((f"{document}  {key}" for key in sorted(found - required - allowed, key=str)),
                        (f"{document}  {key}" for key in sorted(required - found, key=str)))

    def add_errors(self, wrong: Iterable[str], missed: Iterable[str]) -> None:
        """Count and list rows that were wrong and rows that were missed."""
        wrong, missed = list(wrong), list(missed)
        self.fp += len(wrong)
        self.fn += len(missed)
        self.wrong += wrong
        self.missed += missed


def evaluate(gold: Sequence[Row], found: Mapping[str, Row]) -> dict[str, Figure]:
    """The figures of extracted documents (by document name, in the form of `kg extract`) against gold documents.

    Keys are the five levels, then `entities:<type>`. A gold document without an extraction counts as missed.

    >>> gold = {"document": "a.txt", "entities": [{"id": "e1", "type": "Place", "name": "甘肃省", "forms": ["甘肃"]}],
    ...         "relations": [], "indicator_values": []}
    >>> evaluate([gold], {"a.txt": gold})["names"].f1
    1.0
    """
    figures = {name: Figure(name) for name in (*LEVELS, *(f"entities:{t}" for t in sorted(ENTITY_TYPES)))}
    for document in gold:
        name = document["document"]
        _add_document(name, document, {**_EMPTY, **found.get(name, {})}, figures)
    return figures


def _add_document(name: str, gold: Row, found: Row, figures: dict[str, Figure]) -> None:
    optional = {e["id"] for e in gold["entities"] if e.get("optional")}
    aligned = align(gold["entities"], found["entities"])
    _add_entities(name, gold, found, optional, aligned, figures)
    gold_names = {e["id"]: e["name"] for e in gold["entities"]}
    found_names = {e["id"]: e["name"] for e in found["entities"]}

    def resolved(id_: str | None) -> str | None:
        return None if id_ is None else gold_names.get(aligned.get(id_, ""), f"?{found_names.get(id_, id_)}")

    stated = [r for r in found["relations"] if not r.get("implicit") and r.get("modality") not in ("negated", "prohibited")
              and aligned.get(r["subject"]) not in optional and aligned.get(r["object"]) not in optional]
    lenient = [r for r in gold["relations"] if r.get("optional") or r.get("implicit")]
    strict = [r for r in gold["relations"] if not (r.get("optional") or r.get("implicit"))]
    figures["relations"].add_sets(_triples(strict, gold_names.get), _triples(lenient, gold_names.get), _triples(stated, resolved), name)

    values = list(distinct_values(found["indicator_values"], resolved))
    _add_values(name, gold["indicator_values"], values, lambda i: None if i in optional else gold_names.get(i or ""), resolved, figures)


def _add_entities(name: str, gold: Row, found: Row, optional: set[str], aligned: dict[str, str], figures: dict[str, Figure]) -> None:
    def forms(rows: Iterable[Row]) -> set[tuple[str, str]]:
        return {(e["type"], fold(form)) for e in rows for form in e["forms"]}

    def names(rows: Iterable[Row]) -> set[tuple[str, str]]:
        return {(e["type"], fold(e["name"])) for e in rows}

    required = [e for e in gold["entities"] if e["id"] not in optional]
    listed = {key for e in gold["entities"] for key in keys_of(e)}
    required_forms, found_forms = forms(required), forms(found["entities"])
    figures["entities"].add_sets(required_forms, listed, found_forms, name)
    for type_ in ENTITY_TYPES:
        figures[f"entities:{type_}"].add_sets({k for k in required_forms if k[0] == type_}, listed,
                                              {k for k in found_forms if k[0] == type_}, name)
    figures["names"].add_sets(names(required), names(e for e in gold["entities"] if e["id"] in optional),
                              names(e for e in found["entities"] if aligned.get(e["id"]) not in optional), name)


def _triples(rows: Iterable[Row], name: NameOf) -> set[Hashable]:
    keys: set[Hashable] = set()
    for row in rows:
        subject, object_ = name(row["subject"]), name(row["object"])
        if row["predicate"] in _SYMMETRIC:
            subject, object_ = sorted((str(subject), str(object_)))
        keys.add((subject, row["predicate"], object_))
    return keys


def _add_values(name: str, gold: Sequence[Row], found: Sequence[Row], gold_name: NameOf, found_name: NameOf,
                figures: dict[str, Figure]) -> None:
    for level in ("values", "indicator_values"):
        pairs = pair_values(gold, found, gold_name, found_name, full=level == "indicator_values")
        hit_gold, hit_found = {g for g, _ in pairs}, {f for _, f in pairs}
        required = [i for i, row in enumerate(gold) if not row.get("optional")]
        spare = [row for i, row in enumerate(gold) if row.get("optional") and i not in hit_gold]
        figures[level].tp += sum(i in hit_gold for i in required)
        wrong = [row for i, row in enumerate(found) if i not in hit_found and not any(same_value(o, row) for o in spare)]
        figures[level].add_errors((f"{name}  {_described(row)}" for row in wrong),
                                  (f"{name}  {_described(gold[i])}" for i in required if i not in hit_gold))


def _described(row: Row) -> str:
    return f"{row.get('indicator')} {row.get('value')} {row.get('unit')} {row.get('kind')} {row.get('period')}"
