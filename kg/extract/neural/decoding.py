"""Emissions and transitions → the best path of labels and how sure it is: a linear-chain CRF over its likeliest states.

Viterbi and forward-backward (Rabiner, 1989) over the `TOP` states of each position that score best there; the
others are tens of nats away. All arrays are padded batches: sentence × position × state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

TOP = 8
"""States kept a position."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The transitions of a CRF in nats: from nothing to a state, from state to state, from a state to nothing."""

    start: Floats
    step: Floats
    end: Floats


@dataclass(frozen=True, slots=True)
class Path:
    """The best labels of one sentence, and the log-probability of each run of them from one position to another."""

    labels: Ints
    rising: Floats
    falling: Floats
    along: NDArray[np.float64]
    total: float

    def probability(self, start: int, end: int) -> float:
        """How likely the labels from position `start` to before `end` are, all together, between 0 and 1."""
        inside = float(self.along[end - 1] - self.along[start])
        return float(np.exp(min(0.0, float(self.rising[start]) + inside + float(self.falling[end - 1]) - self.total)))


def decode(emissions: Floats, lengths: Ints, chain: Chain, *, wanted: NDArray[np.bool_] | None = None, top: int = TOP) -> list[Path | None]:
    """The best path of each sentence of a padded batch; None where it holds no `wanted` state (by default all are).

    `emissions` is sentence × position × state, `lengths` counts the positions of each sentence, at least 1.

    >>> chain = Chain(np.zeros(2, np.float32), np.array([[0, 0], [-9, 0]], np.float32), np.zeros(2, np.float32))
    >>> scores = np.array([[[0, 4], [1, 0], [2, 0]]], np.float32)
    >>> [path.labels.tolist() for path in decode(scores, np.array([3]), chain)]
    [[1, 1, 1]]
    """
    count, longest, states = emissions.shape
    kept = min(top, states)
    chosen = np.sort(np.argpartition(-emissions, kept - 1, axis=2)[:, :, :kept], axis=2)
    scores = np.take_along_axis(emissions, chosen, axis=2)
    steps = chain.step[chosen[:, :-1, :, None], chosen[:, 1:, None, :]]
    present = np.arange(longest)[None, :] < lengths[:, None]
    start, last = chain.start[chosen[:, 0]], chain.end[chosen[np.arange(count), lengths - 1]]
    best, came = _viterbi(scores, steps, start, present)
    at = _followed(best + last, came, lengths)
    labels = np.take_along_axis(chosen, at[:, :, None], axis=2)[:, :, 0]
    rows = np.flatnonzero(present.any(axis=1) if wanted is None else (wanted[labels] & present).any(axis=1))
    paths: list[Path | None] = [None] * count
    if len(rows):
        rising = _forward(scores[rows], steps[rows], start[rows], present[rows])
        falling = _backward(scores[rows], steps[rows], last[rows], lengths[rows])
        total = _logsum(rising[:, -1] + last[rows], axis=1)
        for n, i in enumerate(rows.tolist()):
            length = int(lengths[i])
            paths[i] = _path(labels[i, :length], at[i, :length], scores[i], steps[i], rising[n], falling[n], float(total[n]))
    return paths


def _viterbi(scores: Floats, steps: Floats, start: Floats, present: NDArray[np.bool_]) -> tuple[Floats, NDArray[np.int8]]:
    """The best score of each state at the end of its sentence, and which state before it each came from."""
    best = start + scores[:, 0]
    came = np.zeros(scores.shape, np.int8)
    for t in range(1, scores.shape[1]):
        reached = best[:, :, None] + steps[:, t - 1]
        came[:, t] = reached.argmax(axis=1)
        best = np.where(present[:, t, None], reached.max(axis=1) + scores[:, t], best)
    return best, came


def _forward(scores: Floats, steps: Floats, start: Floats, present: NDArray[np.bool_]) -> Floats:
    rising = np.empty_like(scores)
    rising[:, 0] = start + scores[:, 0]
    for t in range(1, scores.shape[1]):
        reached = _logsum(rising[:, t - 1, :, None] + steps[:, t - 1], axis=1) + scores[:, t]
        rising[:, t] = np.where(present[:, t, None], reached, rising[:, t - 1])
    return rising


def _backward(scores: Floats, steps: Floats, last: Floats, lengths: Ints) -> Floats:
    falling = np.empty_like(scores)
    falling[:, -1] = last
    for t in range(scores.shape[1] - 2, -1, -1):
        reached = _logsum(steps[:, t] + (scores[:, t + 1] + falling[:, t + 1])[:, None, :], axis=2)
        falling[:, t] = np.where((t < lengths - 1)[:, None], reached, last)
    return falling


def _followed(ends: Floats, came: NDArray[np.int8], lengths: Ints) -> Ints:
    """Which of the kept states the best path takes at each position."""
    at = np.zeros(came.shape[:2], np.int64)
    here = ends.argmax(axis=1)
    rows = np.arange(len(here))
    for t in range(came.shape[1] - 1, -1, -1):
        at[:, t] = here
        if t:
            here = np.where(t < lengths, came[rows, t, here], here)
    return at


def _path(labels: Ints, at: Ints, scores: Floats, steps: Floats, rising: Floats, falling: Floats, total: float) -> Path:
    position = np.arange(len(at))
    stepped = steps[position[:-1], at[:-1], at[1:]] + scores[position[1:], at[1:]]
    along = np.concatenate([np.zeros(1), np.cumsum(stepped, dtype=np.float64)])
    return Path(labels, rising[position, at], falling[position, at], along, total)


def _logsum(values: Floats, *, axis: int) -> Floats:
    peak = values.max(axis=axis, keepdims=True)
    summed: Floats = np.log(np.exp(values - peak).sum(axis=axis)) + peak.squeeze(axis)
    return summed
