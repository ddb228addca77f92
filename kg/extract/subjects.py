"""Which mention an indicator value is about."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.model import Context, IndicatorValue, Mention


def find_subjects(doc: Doc, values: Sequence[IndicatorValue], *, mentions: Sequence[Mention], context: Context) -> tuple[int | None, ...]:
    """For each value the index of the mention it is about, CONTEXT_PLACE for the jurisdiction, None where unknown."""
    return tuple(None for _ in values)
