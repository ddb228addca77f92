"""Doc → proposed mentions: programmes."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc

from kg.gazetteer import Gazetteer
from kg.model import Context, Mention


def propose(doc: Doc, *, gazetteer: Gazetteer, context: Context) -> Iterable[Mention]:
    """Proposed mentions, which may overlap those of other modules."""
    return ()
