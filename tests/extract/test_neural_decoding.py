"""The decoder against brute force: the best path, its score and the probability of runs of labels."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.neural.decoding import Chain, decode


def chain_of(rng, states):
    return Chain(*(rng.normal(size=size).astype(np.float32) for size in ((states,), (states, states), (states,))))


def all_paths(emissions, length, chain):
    for labels in itertools.product(range(emissions.shape[1]), repeat=length):
        score = chain.start[labels[0]] + chain.end[labels[-1]] + sum(emissions[t, label] for t, label in enumerate(labels))
        yield labels, float(score + sum(chain.step[a, b] for a, b in itertools.pairwise(labels)))


@given(st.integers(0, 10_000), st.integers(1, 4), st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_best_path_and_probabilities_are_those_of_brute_force(seed, states, lengths):
    rng = np.random.default_rng(seed)
    chain = chain_of(rng, states)
    emissions = rng.normal(size=(len(lengths), max(lengths), states)).astype(np.float32)
    paths = decode(emissions, np.array(lengths), chain, top=states)
    for row, (path, length) in enumerate(zip(paths, lengths, strict=True)):
        scored = list(all_paths(emissions[row], length, chain))
        best = max(scored, key=lambda pair: pair[1])[0]
        assert tuple(path.labels.tolist()) == best
        total = np.logaddexp.reduce([score for _, score in scored])
        for start, end in itertools.combinations(range(length + 1), 2):
            agreeing = [score for labels, score in scored if labels[start:end] == best[start:end]]
            assert path.probability(start, end) == pytest.approx(float(np.exp(np.logaddexp.reduce(agreeing) - total)), abs=1e-4)


def test_states_left_out_are_those_that_score_least():
    rng = np.random.default_rng(7)
    chain = Chain(np.zeros(40, np.float32), rng.normal(size=(40, 40)).astype(np.float32) * 0.1, np.zeros(40, np.float32))
    emissions = rng.normal(size=(3, 12, 40)).astype(np.float32) * 6
    lengths = np.array([12, 5, 9])
    few, every = (decode(emissions, lengths, chain, top=top) for top in (8, 40))
    assert [p.labels.tolist() for p in few] == [p.labels.tolist() for p in every]


def test_padding_does_not_count():
    rng = np.random.default_rng(3)
    chain = chain_of(rng, 5)
    emissions = rng.normal(size=(2, 9, 5)).astype(np.float32)
    together = decode(emissions, np.array([4, 9]), chain)[0]
    alone = decode(emissions[:1, :4], np.array([4]), chain)[0]
    assert together.labels.tolist() == alone.labels.tolist()
    assert together.probability(1, 3) == pytest.approx(alone.probability(1, 3), abs=1e-5)
