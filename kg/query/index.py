"""An index of names: entities and documents by name, alias, pinyin, initials, or a part of one of these; and what resembles them.

All forms stand in one string, which is searched as a whole: at a hundred thousand entities that takes some milliseconds. A name
as it is needs no index: see `kg.query.lookup`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from heapq import nlargest, nsmallest
from itertools import islice
from urllib.parse import unquote

from kg.graph.store import GraphStore
from kg.query import whole
from kg.query.forms import key, sounds
from kg.query.kept import kept
from kg.query.reading import DocumentRow, EntityRow

DOCUMENT = "Document"
"""The type under which documents are found."""
_MOST = 20_000
"""Places of a word in the forms that are looked at."""
_PAIRS, _NEAR, _CUTOFF = 40, 400, 0.5
"""Pairs of characters by which names are compared, names that are looked at closer, and how much these have to resemble the words."""


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
        >>> [[found.row.name for found in index.find(query)] for query in ("平凉", "pingl", "PLS", "凉市", "urn:1", "陇南")]
        [['平凉市'], ['平凉市'], ['平凉市'], ['平凉市'], ['平凉市'], []]
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

    def find(self, query: str, types: Collection[str] = (), most: int = 50) -> list[Found]:
        """What answers to every word of a query, or to it as an IRI, the closest first; all of the types where the query is empty."""
        return self.count(query, types, most)[1]

    def count(self, query: str, types: Collection[str] = (), most: int = 50) -> tuple[int, list[Found]]:
        """How many answer to a query, and the closest of them."""
        fitting = self._fitting(query)
        kept = [n for n in fitting if not types or self.rows[n].type in types]
        best = nsmallest(most, kept, key=lambda n: (fitting[n][0], -self.rows[n].documents, len(self.rows[n].name), self.rows[n].iri))
        return len(kept), [Found(self.rows[n], fitting[n][1]) for n in best]

    def near(self, name: str, types: Collection[str] = (), most: int = 8) -> tuple[EntityRow, ...]:
        """What a name may be meant for: what answers to it, else what has a name that resembles it.

        >>> index = Index.of([EntityRow("urn:1", "Agency", "", "甘肃省生态环境厅"), EntityRow("urn:2", "Place", "", "甘肃省")])
        >>> [[row.name for row in index.near(name)] for name in ("环境厅", "甘肃生态厅", "泾河", "")]
        [['甘肃省生态环境厅'], ['甘肃省生态环境厅', '甘肃省'], [], []]
        """
        held = self.find(name, types, most) if name.strip() else []
        return tuple(found.row for found in held) or self._resembling(key(name), types, most)

    def _fitting(self, query: str) -> Mapping[int, tuple[int, str]]:
        """Row → how closely it answers to a query (0 the closest), and the form where it is not the name."""
        named = {query.strip(), unquote(query.strip())} if ":" in query else set()
        if exact := [n for n, row in enumerate(self.rows) if row.iri in named] if named else []:
            return dict.fromkeys(exact, (0, ""))
        words = [key(word) for word in query.split()]
        if len(words) > 1 and all(word.isascii() for word in words):
            words = ["".join(words)]
        return self._answers(words) if words else dict.fromkeys(range(len(self.rows)), (9, ""))

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

    def _resembling(self, word: str, types: Collection[str], most: int) -> tuple[EntityRow, ...]:
        """The rows whose forms are most like a word, among those that share most pairs of characters with it."""
        pairs = sorted({word[at:at + 2] for at in range(len(word) - 1)})[:_PAIRS]
        shared = Counter(form for pair in pairs for form, _ in islice(self._places(pair), _MOST)
                         if not types or self.rows[self._owners[form]].type in types)
        owners: dict[str, list[int]] = {}
        for form in nlargest(_NEAR, shared, key=lambda form: shared[form] / (len(pairs) + self._end(form) - self._starts[form])):
            owners.setdefault(self._text[self._starts[form]:self._end(form)], []).append(self._owners[form])
        close = get_close_matches(word, owners, n=3 * most, cutoff=_CUTOFF)
        return tuple(self.rows[n] for n in islice(dict.fromkeys(n for form in close for n in owners[form]), most))

    def _places(self, word: str) -> Iterator[tuple[int, int]]:
        """The first place of a word in each form that holds it, and the number of the form."""
        at = self._text.find(word)
        while word and at >= 0:
            form = bisect_right(self._starts, at) - 1
            yield form, at
            at = self._text.find(word, self._end(form))

    def _end(self, form: int) -> int:
        return self._starts[form + 1] - 1 if form + 1 < len(self._starts) else len(self._text)


@kept
def index_of(graph: GraphStore) -> Index:
    """The index of a graph; at a million quads it takes a second to make."""
    return Index.of(whole.entities(graph), whole.documents(graph).values())
