"""Doc → indicator values, their subjects not yet known."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.model import Context, IndicatorValue, Mention


def find_values(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[IndicatorValue, ...]:
    """Indicator values in text order, `about` still None."""
    return ()
