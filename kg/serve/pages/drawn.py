"""The browsing page of the graph, drawn by a process beside the server and kept until another graph takes its place."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.graph.store import GraphStore, Identity

_PATIENCE = 900.0
"""Seconds that drawing may take."""


@dataclass(slots=True)
class Drawing:
    """One drawing of the graph: under way, done, or failed with a reason."""

    of: Identity | None
    room: tempfile.TemporaryDirectory[str]
    began: float = field(default_factory=time.monotonic)
    done: bool = False
    failed: str = ""

    @property
    def page(self) -> Path:
        return Path(self.room.name) / "graph.html"

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of the page."""
        return self.page.with_name("graph.html.csp").read_text(encoding="utf-8")

    @property
    def seconds(self) -> int:
        return int(time.monotonic() - self.began)


class Drawer:
    """The drawings of a folder's graph; a new one begins when it is asked for and the graph is another."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._latest: Drawing | None = None
        self._task: asyncio.Task[None] | None = None

    def drawing(self) -> Drawing:
        """The drawing of the graph as it is now, begun where there is none."""
        seen = GraphStore.identity(self._folder / "store")
        if self._latest is None or (self._latest.of != seen and (self._latest.done or self._latest.failed)):
            self._latest = Drawing(seen, tempfile.TemporaryDirectory(prefix="shanshui-", ignore_cleanup_errors=True))
            self._task = asyncio.create_task(self._draw(self._latest))
        return self._latest

    async def _draw(self, drawing: Drawing) -> None:
        command = [sys.executable, "-P", "-m", "kg.serve.pages.drawing", str(self._folder), str(drawing.page)]
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE, start_new_session=True)
        try:
            async with asyncio.timeout(_PATIENCE):
                _, said = await process.communicate()
            if process.returncode:
                drawing.failed = said.decode(errors="replace").strip().splitlines()[-1] if said.strip() else "the process ended"
            drawing.done = not drawing.failed
        except TimeoutError:
            drawing.failed = f"it took longer than {_PATIENCE:g} seconds"
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                await process.communicate()
