"""Where the nodes of a large picture stand, and which community each belongs to; the same from run to run.

Communities first: modularity by the Louvain method (Blondel et al. 2008, "Fast unfolding of communities in large networks",
scikit-network), the many small components that it leaves taken together. Communities stand by the stress layout of the small
graph of communities, as discs that keep clear of each other. Members start on a sunflower spiral, the best linked innermost,
and settle by forces: springs along the lines, repulsion from the centroids of the cells of a grid around them (the first ring
of Barnes and Hut 1986), and a pull to their community.
"""

from __future__ import annotations

from typing import Any

import networkx
import numpy
from scipy.sparse import coo_matrix, csr_matrix
from sknetwork.clustering import Louvain

from kg.render.arrangement import SMALL, Arrangement, Whole
from kg.render.layout import layout

Floats = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

SPACING = 26.0
"""Ideal distance of neighbours, in the units of the picture."""
GROUPS = 120
"""Communities that a first view shows; the small ones beyond stand together."""
ROUNDS = 60
"""Rounds of settling; half as many for pictures of more than MANY nodes."""
MANY = 20_000
GOLDEN_ANGLE = numpy.pi * (3 - 5 ** 0.5)


def arrange(nodes: int, lines: Whole) -> Arrangement:
    """Arrange nodes 0 … n−1, the most important first, that `lines` (m × 2) join.

    >>> arrange(3, numpy.array([[0, 1], [1, 2]])).groups.tolist()
    [0, 0, 0]
    """
    groups, rest = communities(nodes, lines)
    if nodes <= SMALL:
        drawn: networkx.Graph[int] = networkx.Graph()
        drawn.add_nodes_from(range(nodes))
        drawn.add_edges_from((int(a), int(b)) for a, b in lines if a != b)
        found = layout(drawn)
        places = numpy.array([found[n] for n in range(nodes)], dtype=float).reshape(-1, 2)
    else:
        places = _settled(nodes, lines, groups)
    centres, radii = _extent(places, groups)
    if nodes > SMALL:
        moved = _cleared(centres, radii[:, None] + radii[None, :] + SPACING, 200) - centres
        places, centres = places + moved[groups], centres + moved
    return Arrangement(_rounded(places), groups, _rounded(centres), _rounded(radii), rest)


def _extent(places: Floats, groups: Whole) -> tuple[Floats, Floats]:
    """Centre and radius of each community."""
    count = int(groups.max(initial=-1)) + 1
    size = numpy.maximum(numpy.bincount(groups, minlength=count), 1)
    centres = numpy.stack([numpy.bincount(groups, places[:, axis], count) / size for axis in (0, 1)], axis=1)
    radii = numpy.zeros(count)
    numpy.maximum.at(radii, groups, _length((places - centres[groups]).T))
    return centres, radii


def _rounded(numbers: Floats) -> Whole:
    return numpy.rint(numbers).astype(numpy.int64)


def communities(nodes: int, lines: Whole) -> tuple[Whole, int]:
    """The community of each node, numbered by their first members, and the one that takes the rest together (or −1).

    >>> groups, rest = communities(6, numpy.array([[0, 1], [2, 3], [3, 4], [2, 4]]))
    >>> groups.tolist(), rest
    ([0, 0, 1, 1, 1, 2], 2)
    """
    if not len(lines):
        return numpy.zeros(nodes, dtype=numpy.int64), 0 if nodes else -1
    adjacency = _adjacency(nodes, lines)
    found = numpy.asarray(Louvain(random_state=0).fit_predict(adjacency), dtype=numpy.int64)
    merged = _joined(found, adjacency, least=3 if nodes > SMALL else 2)
    _, first, numbers = numpy.unique(merged, return_index=True, return_inverse=True)
    order = numpy.argsort(numpy.argsort(first, kind="stable"), kind="stable")
    rest = numpy.flatnonzero(merged == len(numpy.bincount(found)))
    groups = numpy.asarray(order[numbers], dtype=numpy.int64)
    return groups, int(groups[rest[0]]) if len(rest) else -1


def _joined(found: Whole, adjacency: csr_matrix, *, least: int) -> Whole:
    """The largest communities kept; a smaller one joins the kept one that most lines lead to, or the rest."""
    sizes = numpy.bincount(found)
    count = len(sizes)
    kept = numpy.zeros(count, dtype=bool)
    kept[numpy.argsort(-sizes, kind="stable")[:GROUPS]] = True
    kept &= sizes >= least
    member = coo_matrix((numpy.ones(len(found)), (numpy.arange(len(found)), found)), shape=(len(found), count)).tocsr()
    between = csr_matrix(member.T @ adjacency @ member)
    target = numpy.where(kept, numpy.arange(count), -1)
    for _ in range(4):
        settled = numpy.flatnonzero(target >= 0)
        if not len(settled):
            break
        towards = coo_matrix((numpy.ones(len(settled)), (settled, target[settled])), shape=(count, count)).tocsr()
        links = csr_matrix(between @ towards)
        best = numpy.asarray(links.argmax(axis=1)).ravel()
        linked = numpy.asarray(links.max(axis=1).todense()).ravel() > 0
        target = numpy.where((target < 0) & linked, best, target)
    return numpy.asarray(numpy.where(target < 0, count, target)[found], dtype=numpy.int64)


def _adjacency(nodes: int, lines: Whole) -> csr_matrix:
    ones = numpy.ones(len(lines))
    one_way = coo_matrix((ones, (lines[:, 0], lines[:, 1])), shape=(nodes, nodes))
    return csr_matrix(one_way + one_way.T)


def _settled(nodes: int, lines: Whole, groups: Whole) -> Floats:
    lines = lines[lines[:, 0] != lines[:, 1]]
    sizes = numpy.bincount(groups)
    linked = numpy.bincount(lines.ravel(), minlength=nodes)
    alone = numpy.bincount(groups, linked) == 0
    radius = SPACING * numpy.where(alone, 0.4, 0.62) * numpy.sqrt(sizes)
    middle = _discs(lines, groups, radius)[groups]
    start = middle + _spiral(groups, linked) * numpy.where(alone, 0.6, 1.0)[groups][:, None]
    inside = numpy.ascontiguousarray(lines[groups[lines[:, 0]] == groups[lines[:, 1]]].T)
    degree = numpy.maximum(numpy.bincount(inside.ravel(), minlength=nodes), 1)
    home, places = numpy.ascontiguousarray(middle.T), numpy.ascontiguousarray(start.T)
    rounds = ROUNDS if nodes <= MANY else ROUNDS // 2
    for step in range(rounds):
        moved = (_springs(places, inside, degree) + _repulsion(places, step) + 0.02 * (home - places)) * (linked > 0)
        length = numpy.maximum(_length(moved), 1e-9)
        most = SPACING * (1 - step / rounds) + 0.5
        places = places + moved * (numpy.minimum(length, most) / length)
    return _inside(places.T, middle, radius[groups] + SPACING / 2)


def _discs(lines: Whole, groups: Whole, radius: Floats) -> Floats:
    """The middle of each community: by stress, then pushed apart until no discs overlap and drawn together."""
    count = len(radius)
    between = numpy.unique(numpy.sort(groups[lines], axis=1), axis=0)
    drawn: networkx.Graph[int] = networkx.Graph()
    drawn.add_nodes_from(range(count))
    drawn.add_edges_from((int(a), int(b)) for a, b in between if a != b)
    found = layout(drawn)
    middle = numpy.array([found[n] for n in range(count)], dtype=float)
    middle *= max(float(radius.mean()) / 40, 1.0)
    return _cleared(middle, radius[:, None] + radius[None, :] + 2 * SPACING, 400, pull=300)


def _cleared(middle: Floats, room: Floats, rounds: int, pull: int = 0) -> Floats:
    """Discs pushed apart until each pair has room; in the first `pull` rounds also drawn together."""
    for step in range(rounds):
        gap = middle.T[:, :, None] - middle.T[:, None, :]
        away = numpy.maximum(_length(gap), 1e-6)
        push = numpy.maximum(room - away, 0) / away
        numpy.fill_diagonal(push, 0)
        if step >= pull and not push.any():
            break
        middle = middle + (0.5 * (gap * push).sum(axis=2) / numpy.maximum((push > 0).sum(axis=1), 1)).T
        if step < pull:
            middle = middle * 0.985
    return middle


def _spiral(groups: Whole, degree: Whole) -> Floats:
    order = numpy.lexsort((numpy.arange(len(groups)), -degree, groups))
    starts = numpy.searchsorted(groups[order], numpy.arange(int(groups.max()) + 1))
    rank = numpy.empty(len(groups))
    rank[order] = numpy.arange(len(groups)) - starts[groups[order]]
    radius = SPACING * 0.6 * numpy.sqrt(rank)
    return numpy.stack([radius * numpy.cos(rank * GOLDEN_ANGLE), radius * numpy.sin(rank * GOLDEN_ANGLE)], axis=1)


def _springs(places: Floats, lines: Whole, degree: Whole) -> Floats:
    """How the lines (2 × m) move the nodes (2 × n, which is quicker here than n × 2)."""
    start, end = lines
    gap = places.take(end, axis=1) - places.take(start, axis=1)
    length = numpy.maximum(_length(gap), 1e-6)
    pull = gap * ((length - SPACING) / length * 0.5)
    return numpy.stack([numpy.bincount(start, along, len(degree)) - numpy.bincount(end, along, len(degree)) for along in pull]) / degree


def _repulsion(places: Floats, step: int) -> Floats:
    """From the centroid of each of the nine cells around a node, by the number of nodes in it; each round shifts the grid."""
    shift = numpy.array([[step * 0.618034 % 1], [step * 0.7548777 % 1]])
    cells = numpy.floor(places / (SPACING * 1.5) + shift).astype(numpy.int64)
    cells -= cells.min(axis=1, keepdims=True) - 1
    wide = int(cells[1].max()) + 2
    key = cells[0] * wide + cells[1]
    total = int(key.max()) + wide + 2
    count = numpy.bincount(key, minlength=total).astype(float)
    sums = numpy.stack([numpy.bincount(key, along, total) for along in places])
    centroids = sums / numpy.maximum(count, 1)
    moved = numpy.zeros_like(places)
    for near in (a * wide + b for a in (-1, 0, 1) for b in (-1, 0, 1)):
        there = key + near
        if near:
            number, gap = count.take(there), places - centroids.take(there, axis=1)
        else:
            number = count.take(there) - 1
            gap = places - (sums.take(there, axis=1) - places) / numpy.maximum(number, 1)
        square = numpy.maximum(gap[0] ** 2 + gap[1] ** 2, SPACING ** 2 / 16)
        moved += gap * (number * SPACING ** 2 * 0.35 / square)
    return moved


def _length(gap: Floats) -> Floats:
    """Of vectors (2 × n). Unlike `numpy.hypot`, the same on every machine, and quicker."""
    return numpy.asarray(numpy.sqrt(gap[0] ** 2 + gap[1] ** 2))


def _inside(places: Floats, middle: Floats, radius: Floats) -> Floats:
    """Nodes that strayed brought back to the rim of their community."""
    gap = places - middle
    away = numpy.maximum(_length(gap.T), 1e-9)
    return numpy.asarray(middle + gap * (numpy.minimum(away, radius) / away)[:, None])
