"""Doc, mentions → relations between mentions, clause by clause."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.model import Context, Mention, RelationMention


def find_relations(doc: Doc, *, mentions: Sequence[Mention], context: Context) -> tuple[RelationMention, ...]:
    """Relations in text order."""
    return ()
