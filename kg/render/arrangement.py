"""Where the nodes of a large picture stand, as `kg.render.forces` finds it: here, or in a second process.

The libraries that this takes load for half a second, in that process alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy

from kg import render
from kg.engine.beside import Beside

Whole = numpy.ndarray[Any, numpy.dtype[numpy.int64]]
SMALL = 600
"""Up to so many nodes the whole graph is laid out by stress."""
BESIDE = 20_000
"""Nodes from which on a second process arranges them."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places (n × 2 whole numbers), the community of each node, and centre and radius of each community.

    `rest` is the community that takes together the nodes of no larger community, or −1.
    """

    places: Whole
    groups: Whole
    centres: Whole
    radii: Whole
    rest: int = -1


def arranged(nodes: int, lines: Whole) -> Arrangement:
    """The arrangement of nodes 0 … n−1, the most important first, that `lines` (m × 2) join.

    >>> arranged(3, numpy.array([[0, 1], [1, 2]])).groups.tolist()
    [0, 0, 0]
    """
    return render.arrange(nodes, lines)


@contextmanager
def arranging(nodes: int, lines: Whole) -> Iterator[Callable[[], Arrangement]]:
    """The arrangement, which a second process begins at once where there is much to arrange."""
    if nodes > BESIDE:
        beside = Beside()
        there = beside.call(arranged, nodes, lines)
        with beside:
            yield there
    else:
        yield partial(arranged, nodes, lines)
