"""What a build did: counts, times, every file skipped and why."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the graph, why, and what to do about it.

    >>> str(Skipped("报告.doc", "old Word documents are not read", "save it as .docx"))
    '报告.doc: old Word documents are not read; save it as .docx'
    """

    file: str
    reason: str
    remedy: str
    trace: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that a shape refused, or a warning: the document, the node, the shape and why."""

    document: str
    focus: str
    shape: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build, as report.json has it.

    `documents` counts the documents of the graph; `built` those extracted now, `unchanged` those kept,
    `removed` those dropped. `duplicates` lists files of one text, several to a document. `seconds`
    holds the time of each step, and of all as `total`.
    """

    documents: int
    built: int
    unchanged: int
    removed: int
    entities: Mapping[str, int]
    relations: Mapping[str, int]
    indicator_values: int
    claims: int
    quads: int
    seconds: Mapping[str, float]
    skipped: tuple[Skipped, ...] = ()
    duplicates: tuple[tuple[str, ...], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[LeftOut, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The report as JSON, with a count of the claims left out by shape."""
        by_shape: dict[str, int] = {}
        for row in self.left_out:
            by_shape[row.shape] = by_shape.get(row.shape, 0) + 1
        body: dict[str, Any] = {**asdict(self), "left_out_by_shape": dict(sorted(by_shape.items()))}
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def carried_over(previous: str, documents: frozenset[str]) -> tuple[tuple[LeftOut, ...], tuple[LeftOut, ...]]:
    """What the previous report says of documents that stay: claims left out, and warnings.

    >>> carried_over("not a report", frozenset())
    ((), ())
    """
    try:
        body = json.loads(previous)
        rows = [tuple(LeftOut(**row) for row in body[key] if row["document"] in documents) for key in ("left_out", "warnings")]
    except (ValueError, KeyError, TypeError):
        return (), ()
    return rows[0], rows[1]


class Clock:
    """Seconds of each step of a build; `lap` names the step that has just ended.

    >>> clock = Clock()
    >>> clock.lap("read")
    >>> sorted(clock.seconds)
    ['read', 'total']
    """

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, step: str) -> None:
        """End a step."""
        now = time.perf_counter()
        self._laps[step], self._last = round(now - self._last, 3), now

    @property
    def seconds(self) -> dict[str, float]:
        return {**self._laps, "total": round(time.perf_counter() - self._start, 3)}
