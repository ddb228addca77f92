"""What the routes of the server share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.serve.limits import Limits
from kg.serve.pool import Pool


@dataclass(frozen=True, slots=True)
class Service:
    """The folder that is served, its limits, the processes that read it, and what may write to it.

    `writer` and `token` are None where nothing may.
    """

    folder: Path
    limits: Limits
    readers: Pool
    writer: Pool | None = None
    token: str | None = None
