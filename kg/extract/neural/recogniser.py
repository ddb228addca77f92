"""Sentences → labelled spans, by weights that somebody else trained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Protocol

import numpy as np

from kg.errors import InputError
from kg.extract.neural.decoding import Chain, Floats, Ints, Path, decode
from kg.extract.neural.weights import PACKAGE, find, installed

EXTRACTORS = ("rules", "neural", "auto")
NETWORK = "kg.extract.neural.network"
"""Imported by name where a recogniser is asked for, and nowhere else: rules alone never load torch."""
LONGEST = 400
"""Characters read at once; what is longer is cut, after a mark where there is one."""
BATCH = 4096
"""Positions of a batch, padding included."""
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
    """Offsets of the characters of a sentence, or of part of a long one, white space left out."""

    offsets: tuple[int, ...]


class Recogniser:
    """A network with its labels and characters. Equal text gives equal spans, alone or in any process."""

    def __init__(self, scorer: Scorer, *, labels: Sequence[str], vocabulary: dict[str, int], identity: str) -> None:
        self.identity = identity
        self._scorer, self._vocabulary = scorer, vocabulary
        self._parts = [tuple(label.split("-", 1)) if "-" in label else ("O", "") for label in labels]

    def spans(self, text: str, sentences: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        """The labelled spans of the sentences (half-open offsets into `text`), in text order."""
        pieces = [piece for start, end in sentences for piece in cut(text, start, end)]
        found: list[Span] = []
        for batch in batches(pieces):
            ids, lengths = self._numbered(text, batch)
            paths = decode(self._scorer.emissions(ids, lengths), lengths, self._scorer.chain)
            for piece, path in zip(batch, paths, strict=True):
                found.extend(self._read(piece, path))
        return tuple(sorted(found, key=lambda span: span.start))

    def _numbered(self, text: str, batch: Sequence[Piece]) -> tuple[Ints, Ints]:
        lengths = np.array([len(piece.offsets) + 2 for piece in batch], np.int64)
        ids = np.zeros((len(batch), int(lengths.max())), np.int64)
        known, unknown = self._vocabulary, self._vocabulary[_UNKNOWN]
        for row, piece in enumerate(batch):
            inside = [known.get(text[at].lower(), unknown) for at in piece.offsets]
            ids[row, :lengths[row]] = [known[_FIRST], *inside, known[_LAST]]
        return ids, lengths

    def _read(self, piece: Piece, path: Path) -> Iterator[Span]:
        """The spans from a B to the next E of the same kind, and each S; a path that breaks off gives none."""
        opened, kind = 0, ""
        for at, state in enumerate(path.labels.tolist()):
            mark, here = self._parts[state]
            if mark in "BS":
                opened, kind = at, here
            elif here != kind:
                kind = ""
            if mark in "ES" and kind and opened > 0 and at <= len(piece.offsets):
                yield Span(piece.offsets[opened - 1], piece.offsets[at - 1] + 1, kind, path.probability(opened, at + 1))
            if mark in "ESO":
                kind = ""


def cut(text: str, start: int, end: int) -> Iterator[Piece]:
    """A sentence as pieces of at most LONGEST characters without white space.

    >>> [len(piece.offsets) for piece in cut("泾 河，" * 300, 0, 1200)]
    [399, 399, 102]
    """
    offsets = [at for at in range(start, end) if not text[at].isspace()]
    while offsets:
        taken = len(offsets)
        if taken > LONGEST:
            marks = (i + 1 for i in range(LONGEST - 1, LONGEST // 2, -1) if _MARKS.match(text, offsets[i]))
            taken = next(marks, LONGEST)
        yield Piece(tuple(offsets[:taken]))
        offsets = offsets[taken:]


def batches(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces of about one length together, so that little is padding; the order depends on nothing but their lengths."""
    batch: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: len(p.offsets)):
        longest = len(piece.offsets) + 2
        if batch and ((len(batch) + 1) * longest > BATCH or longest > 1.25 * len(batch[0].offsets) + 10):
            yield batch
            batch = []
        batch.append(piece)
    if batch:
        yield batch


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
