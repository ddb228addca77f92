"""Sentences → labelled spans, by weights that somebody else trained."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import groupby
from typing import Protocol

import numpy as np

from kg.errors import InputError
from kg.extract.neural.decoding import Chain, Floats, Ints, Path, decode
from kg.extract.neural.weights import PACKAGE, find, installed

EXTRACTORS = ("rules", "neural", "auto")
NETWORK = "kg.extract.neural.network"
"""Imported by name where a recogniser is asked for, and nowhere else: rules alone never load torch."""
STEP = 16
"""Rows are padded to a multiple of this, which the processor multiplies quickest."""
USUAL = 8 * STEP - 2
"""Characters up to which sentences in a row are read as one piece."""
LONGEST = 16 * STEP - 2
"""Characters of the longest piece; a longer sentence is cut, after a mark where there is one."""
BATCH = 16384
"""Positions of a batch, padding included."""
WORTH_A_BATCH = 6
"""Rows that cost as much as the steps of the LSTM over one more batch."""
_MARKS = re.compile(r"[；;，,、：:。]")
_FIRST, _LAST, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class Scorer(Protocol):
    """What scores the labels of characters."""

    chain: Chain
    precision: str

    def emissions(self, ids: Ints, lengths: Ints) -> Floats:
        """Numbers of characters (sentence × position, padded with 0) → sentence × position × state."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that the recogniser takes for a name of a kind, with the probability of just this span and kind."""

    start: int
    end: int
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Offsets of the characters of sentences in a row, or of part of a long one, white space left out."""

    offsets: tuple[int, ...]


class Recogniser:
    """A network with its labels and characters. Equal text gives equal spans, alone or in any process."""

    def __init__(self, scorer: Scorer, *, labels: Sequence[str], vocabulary: dict[str, int], identity: str) -> None:
        self.identity = identity
        self._scorer = scorer
        self._vocabulary = {character.upper(): number for character, number in vocabulary.items() if len(character) == 1} | vocabulary
        self._parts = [tuple(label.split("-", 1)) if "-" in label else ("O", "") for label in labels]

    def spans(self, text: str, sentences: Sequence[tuple[int, int]], *, labels: Collection[str] | None = None) -> tuple[Span, ...]:
        """The spans of the sentences (half-open offsets into `text`) that bear one of the labels, or any, in text order."""
        wanted = np.array([kind != "" and (labels is None or kind in labels) for _, kind in self._parts])
        pieces = list(joined(piece for start, end in sentences for piece in cut(text, start, end)))
        found: list[Span] = []
        for batch in batches(pieces):
            ids, lengths = self._numbered(text, batch)
            paths = decode(self._scorer.emissions(ids, lengths), lengths, self._scorer.chain, wanted=wanted)
            for piece, path in zip(batch, paths, strict=True):
                if path is not None:
                    found.extend(span for span in self._read(piece, path) if labels is None or span.label in labels)
        return tuple(sorted(found, key=lambda span: span.start))

    def _numbered(self, text: str, batch: Sequence[Piece]) -> tuple[Ints, Ints]:
        lengths = np.array([len(piece.offsets) + 2 for piece in batch], np.int64)
        ids = np.zeros((len(batch), _width(batch[-1])), np.int64)
        known, unknown = self._vocabulary, self._vocabulary[_UNKNOWN]
        for row, piece in enumerate(batch):
            ids[row, 1:lengths[row] - 1] = [known.get(text[at], unknown) for at in piece.offsets]
        ids[:, 0], ids[np.arange(len(batch)), lengths - 1] = known[_FIRST], known[_LAST]
        return ids, lengths

    def _read(self, piece: Piece, path: Path) -> Iterator[Span]:
        """The spans from a B to the next E of the same kind, and each S; a path that breaks off gives none."""
        opened, kind = 0, ""
        for at, state in enumerate(path.labels[1:-1].tolist(), 1):
            mark, here = self._parts[state]
            if mark in "BS":
                opened, kind = at, here
            elif here != kind:
                kind = ""
            if mark in "ES" and kind:
                yield Span(piece.offsets[opened - 1], piece.offsets[at - 1] + 1, kind, path.probability(opened, at + 1))
                kind = ""


def cut(text: str, start: int, end: int) -> Iterator[Piece]:
    """A sentence as pieces of at most LONGEST characters without white space.

    >>> [len(piece.offsets) for piece in cut("泾 河，" * 200, 0, 800)]
    [252, 252, 96]
    """
    offsets = [at for at in range(start, end) if not text[at].isspace()]
    while offsets:
        taken = len(offsets)
        if taken > LONGEST:
            marks = (i + 1 for i in range(LONGEST - 1, LONGEST // 2, -1) if _MARKS.match(text, offsets[i]))
            taken = next(marks, LONGEST)
        yield Piece(tuple(offsets[:taken]))
        offsets = offsets[taken:]


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces in a row as one where they have at most USUAL characters together: few long rows are read faster than many short ones.

    >>> [len(piece.offsets) for piece in joined(Piece(tuple(range(n))) for n in (70, 50, 30, 200, 9))]
    [120, 30, 200, 9]
    """
    row: tuple[int, ...] = ()
    for piece in pieces:
        if row and len(row) + len(piece.offsets) > USUAL:
            yield Piece(row)
            row = ()
        row += piece.offsets
    if row:
        yield Piece(row)


def batches(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces of about one length together, the longest last; what they are depends on nothing but the pieces.

    The shorter ones are padded with the next longer where that costs less than a batch of their own.
    """
    batch: list[Piece] = []
    for width, group in groupby(sorted(pieces, key=lambda p: len(p.offsets)), key=_width):
        if batch and len(batch) * (width - _width(batch[-1])) > WORTH_A_BATCH * _width(batch[-1]):
            yield batch
            batch = []
        for piece in group:
            if (len(batch) + 1) * width > BATCH:
                yield batch
                batch = []
            batch.append(piece)
    if batch:
        yield batch


def _width(piece: Piece) -> int:
    """The positions of a piece with its two marks, padded."""
    return -(-(len(piece.offsets) + 2) // STEP) * STEP


def chosen(extractor: str) -> Recogniser | None:
    """The recogniser that a choice of extractor calls for, None for the rules alone.

    `rules` never loads it, `neural` always does, `auto` where the neural extra is installed. Raises InputError for
    another word, KgError where `neural` is asked for and the extra is missing.

    >>> chosen("rules") is None
    True
    """
    if extractor not in EXTRACTORS:
        raise InputError(f"{extractor}: there is no such extractor. Give one of {', '.join(EXTRACTORS)}.")
    return load() if extractor == "neural" or (extractor == "auto" and installed()) else None


@lru_cache(maxsize=1)
def load() -> Recogniser:
    """The recogniser as installed; loaded once a process. Raises KgError where the neural extra is missing."""
    weights = find()
    network = import_module(NETWORK).load(weights)
    identity = f"{PACKAGE} {weights.version} {weights.digest} {network.precision}"
    return Recogniser(network, labels=weights.labels, vocabulary=weights.vocabulary, identity=identity)
