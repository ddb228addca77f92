"""The words of a document as plain values: offsets, forms and tags, taken from spaCy once."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Words:
    """Where words begin (with the end of the text last), how they read and their tags."""

    offsets: tuple[int, ...]
    forms: tuple[str, ...]
    tags: tuple[str, ...]
    bounds: frozenset[int]


def words_of(doc: Doc) -> Words:
    """The words of a document.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> words_of(segment(Document("a.txt", "湖水清。", ""))).offsets
    (0, 2, 3, 4)
    """
    if "words" not in doc.user_data:
        tokens = list(doc)
        offsets = [token.idx for token in tokens]
        forms = tuple(token.text for token in tokens)
        end = offsets[-1] + len(forms[-1]) if tokens else 0
        tags = tuple(token.tag_ for token in tokens)
        doc.user_data["words"] = Words((*offsets, end), forms, tags, frozenset([0, *offsets, end]))
    words: Words = doc.user_data["words"]
    return words
