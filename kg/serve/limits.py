"""What one answer may cost, and what is said where it would cost more."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import InputError

_LONGEST = 86_400
"""Seconds that a query may be given at most: a day."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server grants.

    `timeout` are the seconds a query may take from the moment that it runs until its last byte is fetched, `rows` the rows
    of an answer (triples of a CONSTRUCT or DESCRIBE; 0 for no limit), `concurrent` the queries that run at once (where others
    wait, long ones keep half of these places), `waiting` those that wait for a place, `memory` the bytes that the process of a
    query may hold, `query` and `update` the bytes of a request. Raises InputError for a timeout that is none.
    """

    timeout: float = 30.0
    rows: int = 100_000
    concurrent: int = 16
    waiting: int = 64
    memory: int = 1 << 30
    query: int = 1 << 20
    update: int = 32 << 20

    def __post_init__(self) -> None:
        if not 0 < self.timeout <= _LONGEST:
            raise InputError(f"A query cannot be given {self.timeout:g} seconds. Give it more than none, and {_LONGEST} at most.")

    @property
    def warm(self) -> int:
        """Processes that stand ready."""
        return min(self.concurrent, max(2, os.cpu_count() or 2))

    @property
    def patience(self) -> float:
        """Seconds that a query waits for its turn."""
        return max(10.0, self.timeout)

    @property
    def long(self) -> int:
        """Queries that keep their places beyond their first second while others wait."""
        return max(1, self.concurrent // 2)


DEFAULTS: Final = Limits()


class Refused(Exception):
    """A request that is answered with a status of 4xx or 5xx and a plain sentence."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {message}")
        self.status, self.message, self.headers = status, message, dict(headers or {})
