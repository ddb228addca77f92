"""An index of names for a server: entities and documents by name, alias, pinyin, initials, or a part of one of these.

All forms stand in one string, which is searched as a whole: at a hundred thousand entities that takes some milliseconds. For
one search over rows at hand see `kg.query.search`.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice

from kg.query.reading import DocumentRow, EntityRow
from kg.text.fold import fold

DOCUMENT = "Document"
"""The type under which documents are found."""
_MOST = 20_000
"""Places of a word in the forms that are looked at."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity or document that was found, and the form that answered where that is not its name."""

    row: EntityRow
    form: str = ""


@dataclass(slots=True)
class Index:
    """An index over rows; `Index.of` makes one."""

    rows: tuple[EntityRow, ...]
    _text: str = ""
    _starts: list[int] = field(default_factory=list)
    _owners: list[int] = field(default_factory=list)
    _forms: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, entities: Iterable[EntityRow], documents: Iterable[DocumentRow] = ()) -> Index:
        """An index of entities and documents (by title, and the names of their files).

        >>> index = Index.of([EntityRow("urn:1", "Place", "", "平凉市", ("平凉",), pinyin="ping liang shi pls")])
        >>> [[found.row.name for found in index.find(query)] for query in ("平凉", "pingl", "PLS", "凉市", "陇南")]
        [['平凉市'], ['平凉市'], ['平凉市'], ['平凉市'], []]
        """
        papers = (EntityRow(d.iri, DOCUMENT, "", d.title, d.sources, documents=1) for d in documents)
        index = cls((*entities, *papers))
        folded, at = [], 0
        for owner, row in enumerate(index.rows):
            for form in dict.fromkeys((*row.names, *sounds(row.pinyin))):
                text = key(form)
                folded.append(text)
                index._starts.append(at)
                index._owners.append(owner)
                index._forms.append(form)
                at += len(text) + 1
        index._text = "\n".join(folded)
        return index

    def find(self, query: str, types: Sequence[str] = (), most: int = 50) -> list[Found]:
        """What answers to every word of a query, the closest first; all of the types where the query is empty."""
        return self.count(query, types, most)[1]

    def count(self, query: str, types: Sequence[str] = (), most: int = 50) -> tuple[int, list[Found]]:
        """How many answer to a query, and the closest of them."""
        words = [key(word) for word in query.split()]
        if len(words) > 1 and all(word.isascii() for word in words):
            words = ["".join(words)]
        fitting = self._answers(words) if words else dict.fromkeys(range(len(self.rows)), (9, ""))
        kept = [n for n in fitting if not types or self.rows[n].type in types]
        best = nsmallest(most, kept, key=lambda n: (fitting[n][0], -self.rows[n].documents, len(self.rows[n].name), self.rows[n].iri))
        return len(kept), [Found(self.rows[n], fitting[n][1]) for n in best]

    def _answers(self, words: Sequence[str]) -> dict[int, tuple[int, str]]:
        first, *others = [self._answer(word) for word in words]
        return {n: (max(best[0], *(other[n][0] for other in others)) if others else best[0], best[1])
                for n, best in first.items() if all(n in other for other in others)}

    def _answer(self, word: str) -> dict[int, tuple[int, str]]:
        """Row → how closely its closest form answers to a word (0: it is the form), and the form where it is not the name."""
        found: dict[int, tuple[int, str]] = {}
        for form, start in islice(self._places(word), _MOST):
            owner, text = self._owners[form], self._forms[form]
            whole = len(word) == self._end(form) - self._starts[form]
            named = text == self.rows[owner].name
            rank = (0 if whole else 2 if start == self._starts[form] else 4) + (not named)
            if owner not in found or rank < found[owner][0]:
                found[owner] = (rank, "" if named else text)
        return found

    def _places(self, word: str) -> Iterator[tuple[int, int]]:
        """The first place of a word in each form that holds it, and the number of the form."""
        at = self._text.find(word)
        while word and at >= 0:
            form = bisect_right(self._starts, at) - 1
            yield form, at
            at = self._text.find(word, self._end(form))

    def _end(self, form: int) -> int:
        return self._starts[form + 1] - 1 if form + 1 < len(self._starts) else len(self._text)


def sounds(pinyin: str) -> tuple[str, ...]:
    """The forms that pinyin is typed in: all syllables in one, and their initials.

    >>> sounds("ping liang shi pls"), sounds("")
    (('pingliangshi', 'pls'), ())
    """
    *syllables, initials = pinyin.split() or [""]
    return tuple(form for form in ("".join(syllables), initials) if form)


def key(form: str) -> str:
    """A form as it is compared: simplified, without case, width and white space.

    >>> key("PM２.５ 濃度")
    'pm2.5浓度'
    """
    return "".join(fold(unicodedata.normalize("NFC", form)).casefold().split())
