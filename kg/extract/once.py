"""What several modules ask of a document, computed once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from spacy.tokens import Doc

Value = TypeVar("Value")


def once(doc: Doc, key: Hashable, compute: Callable[[], Value]) -> Value:
    """The value of `compute` for a document, kept in its user data under the key.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> doc = segment(Document("a.txt", "湖水清。", ""))
    >>> once(doc, "length", lambda: 4), once(doc, "length", lambda: 5)
    (4, 4)
    """
    known: dict[Hashable, Value] = doc.user_data.setdefault("once", {})
    if key not in known:
        known[key] = compute()
    return known[key]
