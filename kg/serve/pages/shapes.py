"""The marks of the types: one shape each, the same as in the picture of the graph."""

from __future__ import annotations

from typing import Final

_POINTS: Final = {"Programme": ((-0.86, -0.86), (0.86, -0.86), (0.86, 0.86), (-0.86, 0.86)),
                  "Project": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
                  "Place": ((0, -1.32), (1.247, 0.84), (-1.247, 0.84)),
                  "value": ((-0.5, -0.9), (0.5, -0.9), (1, 0), (0.5, 0.9), (-0.5, 0.9), (-1, 0)),
                  "Document": ((-0.7, -1), (0.35, -1), (0.75, -0.6), (0.75, 1), (-0.7, 1))}


def mark(kind: str, r: float) -> str:
    """The outline of a type's mark around the origin, as an SVG path.

    >>> mark("Project", 4)
    'M0 -5L5 0L0 5L-5 0Z'
    """
    if kind in _POINTS:
        return "M" + "L".join(f"{x * r:g} {y * r:g}" for x, y in _POINTS[kind]) + "Z"
    if kind == "WaterFeature":
        return f"M0 {-1.22 * r:.2f}L{0.696 * r:.2f} {-0.19 * r:.2f}A{0.84 * r:.2f} {0.84 * r:.2f} 0 1 1 {-0.696 * r:.2f} {-0.19 * r:.2f}Z"
    return f"M0 {-r:g}a{r:g} {r:g} 0 1 0 .01 0Z"
