"""Where the nodes of a picture stand: by stress majorization, the same from run to run.

Distances on paper follow distances in the graph (Gansner, Koren and North 2004, "Graph drawing by stress
majorization"); hubs get longer lines so that their leaves have room. Components stand apart, the
largest first, the small ones in rows below it.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx
import numpy
from scipy.sparse.csgraph import shortest_path

Points = numpy.ndarray[tuple[int, int], numpy.dtype[numpy.float64]]
Position = tuple[int, int]

STEP = 92.0
"""Length in pixels of a line between two nodes of few neighbours."""
ROOM = 46.0
"""No two nodes stand closer than this."""
GAP = 70.0
ROUNDS = 160
GOLDEN_ANGLE = numpy.pi * (3 - 5 ** 0.5)


def layout(graph: networkx.Graph[int]) -> Mapping[int, Position]:
    """Node → its place in whole pixels, around the origin.

    >>> places = layout(networkx.path_graph(3))
    >>> len(set(places.values()))
    3
    """
    order = {node: n for n, node in enumerate(graph)}
    parts = sorted((sorted(part, key=order.__getitem__) for part in networkx.connected_components(graph)),
                   key=lambda part: (-len(part), order[part[0]]))
    blocks = [(part, _component(graph.subgraph(part), part)) for part in parts]
    placed: dict[int, Position] = {}
    for part, points in _packed(blocks):
        placed.update({node: (round(float(x)), round(float(y))) for node, (x, y) in zip(part, points, strict=True)})
    return placed


def _component(graph: networkx.Graph[int], nodes: list[int]) -> Points:
    if len(nodes) == 1:
        return numpy.zeros((1, 2))
    degrees = numpy.array([graph.degree(node) for node in nodes], dtype=float)
    number = {node: n for n, node in enumerate(nodes)}
    adjacency = numpy.zeros((len(nodes), len(nodes)))
    for one, other in graph.edges():
        adjacency[number[one], number[other]] = adjacency[number[other], number[one]] = 1
    lengths = adjacency * (1 + 0.22 * numpy.sqrt(numpy.maximum(degrees[:, None], degrees[None, :]) - 1))
    distances = numpy.asarray(shortest_path(lengths, directed=False)) * STEP
    return _level(_apart(_stress(distances, _start(distances, degrees))))


def _start(distances: Points, degrees: Points) -> Points:
    centre = int(numpy.argmax(degrees))
    rank = numpy.argsort(numpy.argsort(distances[centre], kind="stable"), kind="stable")
    radius = STEP * 0.5 * numpy.sqrt(rank)
    return numpy.stack([radius * numpy.cos(rank * GOLDEN_ANGLE), radius * numpy.sin(rank * GOLDEN_ANGLE)], axis=1)


def _stress(distances: Points, points: Points) -> Points:
    weights = 1 / numpy.maximum(distances, 1) ** 2
    numpy.fill_diagonal(weights, 0)
    total = weights.sum(axis=1, keepdims=True)
    for _ in range(ROUNDS):
        pull = weights * distances / _distances(points, 1e-6)
        points = (weights @ points + pull.sum(axis=1, keepdims=True) * points - pull @ points) / total
    return points


def _distances(points: Points, least: float) -> Points:
    x, y = points[:, 0], points[:, 1]
    return numpy.maximum(numpy.hypot(x[:, None] - x[None, :], y[:, None] - y[None, :]), least)


def _apart(points: Points) -> Points:
    for _ in range(ROUNDS):
        distance = _distances(points, 1e-3)
        push = numpy.maximum(ROOM - distance, 0) / distance
        numpy.fill_diagonal(push, 0)
        if not push.any():
            break
        points = points + 0.4 * (push.sum(axis=1, keepdims=True) * points - push @ points)
    return points


def _level(points: Points) -> Points:
    """Turn the longest extent to the horizontal, and put the middle at the origin."""
    points = points - points.mean(axis=0)
    xx, yy, xy = (points[:, 0] ** 2).sum(), (points[:, 1] ** 2).sum(), (points[:, 0] * points[:, 1]).sum()
    angle = 0.5 * numpy.arctan2(2 * xy, xx - yy)
    turn = numpy.array([[numpy.cos(angle), -numpy.sin(angle)], [numpy.sin(angle), numpy.cos(angle)]])
    return numpy.asarray(points @ turn)


def _packed(blocks: list[tuple[list[int], Points]]) -> list[tuple[list[int], Points]]:
    """The first block on top, the others in rows of about its width below it."""
    if not blocks:
        return []
    sizes = [points.max(axis=0) - points.min(axis=0) + GAP for _, points in blocks]
    area = sum(float(w * h) for w, h in sizes)
    width = max(float(sizes[0][0]), 1.4 * area ** 0.5)
    placed, x, y, row = [], 0.0, 0.0, 0.0
    for (part, points), (w, h) in zip(blocks, sizes, strict=True):
        if x and x + w > width:
            x, y, row = 0.0, y + row, 0.0
        placed.append((part, points - points.min(axis=0) + numpy.array([x, y])))
        x, row = x + float(w), max(row, float(h))
    everything = numpy.concatenate([points for _, points in placed])
    middle = (everything.max(axis=0) + everything.min(axis=0)) / 2
    return [(part, points - middle) for part, points in placed]
