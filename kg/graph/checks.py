"""What a claim must be before it enters the graph: the shapes that need no graph, as plain comparisons.

The names are those of the shapes in `ontology/shapes.ttl`, which say the same of a built graph.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.lines import days_of
from kg.graph.model import Violation
from kg.model import Entity, Extraction, IndicatorValue, Relation
from kg.vocab import DOMAIN, RANGE, SHAPES, eco

_SHARES = ("%", "‰")


@dataclass(frozen=True, slots=True)
class Offence:
    """What a shape refuses (or, as a warning, doubts) in a relation or value of an extraction."""

    claim: Relation | IndicatorValue
    violation: Violation


def offending(extraction: Extraction) -> tuple[Offence, ...]:
    """What is wrong or implausible in the claims of an extraction, in their order; all but warnings are to be left out."""
    entities = {entity.id: entity for entity in extraction.entities}
    length = len(extraction.document.text)
    found: list[Offence] = []
    for relation in extraction.relations:
        words = extraction.document.text[relation.start:relation.end]
        found.extend(Offence(relation, Violation(words, eco(relation.predicate), why, "violation", SHAPES + shape))
                     for shape, why in (*_bounds(relation.start, relation.end, length), *_relation(relation, entities)))
    for value in extraction.indicator_values:
        words = extraction.document.text[value.start:value.end]
        found.extend(Offence(value, Violation(words, eco("states"), why, "violation", SHAPES + shape))
                     for shape, why in (*_bounds(value.start, value.end, length), *_value(value, entities)))
        if _implausible(value):
            found.append(Offence(value, Violation(words, eco("value"), f"a share of {value.as_written} lies outside 0 to 100",
                                                  "warning", SHAPES + "Share")))
    return tuple(found)


def _bounds(start: int, end: int, length: int) -> Iterator[tuple[str, str]]:
    if not 0 <= start < end <= length:
        yield "Sentence-anchorOf", f"the evidence {start}–{end} is no part of a text of {length} characters"


def _relation(relation: Relation, entities: dict[str, Entity]) -> Iterator[tuple[str, str]]:
    subject, object_ = entities.get(relation.subject), entities.get(relation.object)
    if subject is None or object_ is None:
        yield "RelationClaim-subject", "the subject or the object is no entity of the document"
        return
    if subject.iri == object_.iri:
        yield "RelationClaim-subject", f"{subject.name} is related to itself"
    if subject.type not in DOMAIN[relation.predicate]:
        yield f"{relation.predicate}-subject", f"{subject.name} ({subject.type}) cannot be the subject of {relation.predicate}"
    if object_.type not in RANGE[relation.predicate]:
        yield f"{relation.predicate}-object", f"{object_.name} ({object_.type}) cannot be the object of {relation.predicate}"
    elif relation.predicate == "partOf" and subject.type != object_.type:
        yield "PartOfOwnType", f"{subject.name} ({subject.type}) cannot be part of {object_.name} ({object_.type})"


def _value(value: IndicatorValue, entities: dict[str, Entity]) -> Iterator[tuple[str, str]]:
    if not value.indicator.strip():
        yield "IndicatorValue-indicator", "the value has no indicator"
    if not math.isfinite(value.value) or (value.upper is not None and not math.isfinite(value.upper)):
        yield "IndicatorValue-value", "the value is no finite number"
    elif value.upper is not None and value.upper <= value.value:
        yield "Range", f"the upper bound {value.upper} does not lie above {value.value}"
    if value.about is not None and value.about not in entities:
        yield "IndicatorValue-about", "what the value is about is no entity of the document"
    if value.period is not None:
        try:
            days_of(value.period)
        except ValueError as error:
            yield "Period", str(error)


def _implausible(value: IndicatorValue) -> bool:
    if value.kind == "change" or value.measure in ("growth", "difference", "rank") or value.unit not in _SHARES:
        return False
    top = value.value if value.upper is None else value.upper
    whole = 100 if value.unit == "%" else 1000
    return value.kind == "result" and (value.value < 0 or top > whole)
