"""The words of a document as plain values: offsets, forms and tags, taken from spaCy once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from spacy.tokens import Doc

from kg.extract.once import once


@dataclass(frozen=True)
class Words:
    """Where words begin (with the end of the text last), how they read in the folded text, and their tags."""

    offsets: tuple[int, ...]
    forms: tuple[str, ...]
    tags: tuple[str, ...]

    @cached_property
    def bounds(self) -> frozenset[int]:
        """Offsets at which a word begins or ends."""
        return frozenset((0, *self.offsets))

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return dict(zip(self.offsets, range(len(self.tags)), strict=False))

    def begins(self, at: int) -> bool:
        """Whether a word begins at an offset."""
        return at in self._numbers

    def at(self, start: int) -> tuple[int, str]:
        """The end and the tag of the word that begins at an offset; 0 and no tag where none does."""
        number = self._numbers.get(start)
        return (0, "") if number is None else (self.offsets[number + 1], self.tags[number])


def words_of(doc: Doc) -> Words:
    """The words of a document, read off it once.

    >>> from kg.model import Document
    >>> from kg.text.segment import segment
    >>> words = words_of(segment(Document("a.txt", "湖水清。", "")))
    >>> words.offsets, words.forms, words.at(2)
    ((0, 2, 3, 4), ('湖水', '清', '。'), (3, 't'))
    """
    return once(doc, "words", lambda: _read(doc))


def _read(doc: Doc) -> Words:
    folded: str = doc.user_data["folded"]
    lengths, tags = doc.to_array(["LENGTH", "TAG"]).T.tolist() if len(doc) else ([], [])
    names = {key: doc.vocab.strings[key] if key else "" for key in set(tags)}
    offsets = (0, *accumulate(lengths))
    return Words(offsets, tuple(map(folded.__getitem__, map(slice, offsets, offsets[1:]))), tuple([names[key] for key in tags]))
