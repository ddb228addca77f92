"""Which extracted claims gold annotations bear out, one by one: what the precision of a rule is counted from."""

from __future__ import annotations

from collections.abc import Iterator

from kg.evaluate.matching import Row, align, same_value

Triple = tuple[str, str, str]


def judge_relations(gold: Row, found: Row) -> Iterator[bool | None]:
    """For each extracted relation of a document: right, wrong, or None where gold leaves it open.

    A relation outside gold is open where it touches an optional entity, or follows from a name alone:
    neither kind is annotated throughout.
    """
    optional = {e["id"] for e in gold["entities"] if e.get("optional")}
    aligned = align(gold["entities"], found["entities"])
    triples = {_both_ways(r["subject"], r["predicate"], r["object"]) for r in gold["relations"]}
    for row in found["relations"]:
        subject, object_ = aligned.get(row["subject"], "?"), aligned.get(row["object"], "?")
        if _both_ways(subject, row["predicate"], object_) in triples:
            yield True
        else:
            yield None if row.get("implicit") or {subject, object_} & optional else False


def judge_values(gold: Row, found: Row) -> Iterator[bool]:
    """For each extracted indicator value of a document: whether value, unit and indicator stand in gold."""
    for row in found["indicator_values"]:
        yield any(same_value(g, row) for g in gold["indicator_values"])


def _both_ways(subject: str, predicate: str, object_: str) -> Triple:
    if predicate == "collaboratesWith":
        subject, object_ = sorted((subject, object_))
    return subject, predicate, object_
