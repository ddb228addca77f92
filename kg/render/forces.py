"""Where the nodes of a large picture stand, and which community each belongs to; the same from run to run.

Communities first: modularity by the Louvain method (Blondel et al. 2008, "Fast unfolding of communities in large networks",
scikit-network), the many small components that it leaves taken together. Communities stand by the stress layout of the small
graph of communities, as discs that keep clear of each other. Members start on a sunflower spiral, the best linked innermost,
and settle by forces: springs along the lines, repulsion from the centroids of the cells of a grid around them (the first ring
of Barnes and Hut 1986), and a pull to their community.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx
import numpy
from scipy.sparse import coo_matrix, csr_matrix
from sknetwork.clustering import Louvain

from kg.render.layout import layout

Floats = numpy.ndarray[Any, numpy.dtype[numpy.float64]]
Whole = numpy.ndarray[Any, numpy.dtype[numpy.int64]]

SPACING = 26.0
"""Ideal distance of neighbours, in the units of the picture."""
SMALL = 600
"""Up to so many nodes the whole graph is laid out by stress."""
GROUPS = 120
"""Communities that a first view shows; the small ones beyond stand together."""
ROUNDS = 60
"""Rounds of settling; half as many for pictures of more than MANY nodes."""
MANY = 20_000
GOLDEN_ANGLE = numpy.pi * (3 - 5 ** 0.5)


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
    numpy.maximum.at(radii, groups, numpy.hypot(*(places - centres[groups]).T))
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
    middle = _discs(lines, groups, radius)
    places = middle[groups] + _spiral(groups, linked) * numpy.where(alone, 0.6, 1.0)[groups][:, None]
    free = (linked > 0)[:, None]
    inside = lines[groups[lines[:, 0]] == groups[lines[:, 1]]]
    degree = numpy.maximum(numpy.bincount(inside.ravel(), minlength=nodes), 1)
    rounds = ROUNDS if nodes <= MANY else ROUNDS // 2
    for step in range(rounds):
        moved = (_springs(places, inside, degree) + _repulsion(places, step) + 0.02 * (middle[groups] - places)) * free
        length = numpy.maximum(numpy.hypot(moved[:, 0], moved[:, 1]), 1e-9)
        most = SPACING * (1 - step / rounds) + 0.5
        places = places + moved * (numpy.minimum(length, most) / length)[:, None]
    return _inside(places, middle[groups], radius[groups] + SPACING / 2)


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
        gap = middle[:, None, :] - middle[None, :, :]
        away = numpy.maximum(numpy.hypot(gap[..., 0], gap[..., 1]), 1e-6)
        push = numpy.maximum(room - away, 0) / away
        numpy.fill_diagonal(push, 0)
        if step >= pull and not push.any():
            break
        middle = middle + 0.5 * (gap * push[..., None]).sum(axis=1) / numpy.maximum((push > 0).sum(axis=1), 1)[:, None]
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
    gap = places[lines[:, 1]] - places[lines[:, 0]]
    length = numpy.maximum(numpy.hypot(gap[:, 0], gap[:, 1]), 1e-6)
    pull = gap * ((length - SPACING) / length * 0.5)[:, None]
    moved = numpy.zeros_like(places)
    for axis in (0, 1):
        moved[:, axis] = (numpy.bincount(lines[:, 0], pull[:, axis], len(places)) - numpy.bincount(lines[:, 1], pull[:, axis], len(places)))
    return moved / degree[:, None]


def _repulsion(places: Floats, step: int) -> Floats:
    """From the centroid of each of the nine cells around a node, by the number of nodes in it; each round shifts the grid."""
    size = SPACING * 1.5
    shift = numpy.array([step * 0.618034 % 1, step * 0.7548777 % 1])
    cells = numpy.floor(places / size + shift).astype(numpy.int64)
    cells -= cells.min(axis=0) - 1
    wide = int(cells[:, 1].max()) + 2
    key = cells[:, 0] * wide + cells[:, 1]
    total = int(key.max()) + wide + 2
    count = numpy.bincount(key, minlength=total).astype(float)
    sums = [numpy.bincount(key, places[:, axis], total) for axis in (0, 1)]
    moved = numpy.zeros_like(places)
    for near in (a * wide + b for a in (-1, 0, 1) for b in (-1, 0, 1)):
        number = count[key + near] - (near == 0)
        there = numpy.stack([sums[axis][key + near] - (places[:, axis] if near == 0 else 0) for axis in (0, 1)], axis=1)
        gap = places - there / numpy.maximum(number, 1)[:, None]
        square = numpy.maximum((gap ** 2).sum(axis=1), SPACING ** 2 / 16)
        moved += gap * (numpy.where(number > 0, number, 0) * SPACING ** 2 * 0.35 / square)[:, None]
    return moved


def _inside(places: Floats, middle: Floats, radius: Floats) -> Floats:
    """Nodes that strayed brought back to the rim of their community."""
    gap = places - middle
    away = numpy.maximum(numpy.hypot(gap[:, 0], gap[:, 1]), 1e-9)
    return numpy.asarray(middle + gap * (numpy.minimum(away, radius) / away)[:, None])
