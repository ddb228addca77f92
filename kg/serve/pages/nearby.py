"""A small picture of what lies around an entity: itself in the middle, the best supported others on a ring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from kg.query.profile import Fact
from kg.query.reading import EntityRow

MOST = 10
"""Entities of the ring."""
SIZE, RING, LETTERS = 420, 150, 8
"""Pixels of the picture and of the ring, letters of a name."""
_ENDS = 14
_FRACTIONS = (0.62, 0.42)
"""Where along a line its word stands, by turns, so that words of neighbouring lines do not meet."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the picture."""

    entity: EntityRow
    x: float
    y: float
    name: str

    @property
    def under(self) -> float:
        """Where its name stands: under it, or over it in the upper half."""
        return round(self.y + 26 if self.y > SIZE / 2 - 1 else self.y - 15, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A relation in the picture, from its subject to its object; `how` is its modality."""

    x1: float
    y1: float
    x2: float
    y2: float
    predicate: str
    how: str
    text: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture; `all` counts the entities that are one relation away."""

    focus: Node
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    all: int


def picture(entity: EntityRow, facts: Sequence[Fact]) -> Picture | None:
    """The picture around an entity; None where nothing is."""
    support: dict[str, int] = {}
    first: dict[str, Fact] = {}
    for fact in facts:
        support[fact.other.iri] = support.get(fact.other.iri, 0) + len(fact.statements)
        first.setdefault(fact.other.iri, fact)
    support.pop(entity.iri, None)
    if not support:
        return None
    chosen = sorted(support, key=lambda iri: (-support[iri], first[iri].other.name, iri))[:MOST]
    chosen.sort(key=lambda iri: (not first[iri].outgoing, first[iri].predicate, first[iri].other.name))
    middle = SIZE / 2
    nodes, lines = [], []
    for place, iri in enumerate(chosen):
        angle = 2 * pi * place / len(chosen) - pi / 2
        other = first[iri].other
        node = Node(other, round(middle + RING * cos(angle), 1), round(middle + RING * sin(angle), 1), cut(other.name))
        nodes.append(node)
        lines.append(_line(node, middle, first[iri], _FRACTIONS[place % 2]))
    return Picture(Node(entity, middle, middle, cut(entity.name, LETTERS + 4)), tuple(nodes), tuple(lines), len(support))


def cut(name: str, most: int = LETTERS) -> str:
    """A name in so many letters.

    >>> cut("平凉市生态环境保护委员会办公室")
    '平凉市生态环境…'
    """
    return name if len(name) <= most else name[:most - 1] + "…"


def _line(node: Node, middle: float, fact: Fact, fraction: float) -> Line:
    dx, dy = (node.x - middle) / RING, (node.y - middle) / RING
    near, far = (middle + dx * _ENDS, middle + dy * _ENDS), (node.x - dx * _ENDS, node.y - dy * _ENDS)
    (x1, y1), (x2, y2) = (near, far) if fact.outgoing else (far, near)
    how = fact.statements[0][0] if fact.statements else "done"
    return Line(round(x1, 1), round(y1, 1), round(x2, 1), round(y2, 1), fact.predicate, how,
                (round(middle + dx * RING * fraction, 1), round(middle + dy * RING * fraction + 4, 1)))
