"""The drawing of the browsing page beside the server."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

import pytest

from kg.serve.pages import drawn
from kg.serve.pages.drawn import Drawer


def test_a_drawing_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "below"
    slow = (f"import subprocess, sys, time, pathlib; process = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
            f"pathlib.Path({str(below)!r}).write_text(str(process.pid)); time.sleep(60)")
    create = asyncio.create_subprocess_exec
    monkeypatch.setattr(drawn, "_PATIENCE", 2.0)
    monkeypatch.setattr(asyncio, "create_subprocess_exec", lambda *command, **given: create(sys.executable, "-c", slow, **given))

    async def draw() -> str:
        drawer = Drawer(tmp_path)
        drawing = drawer.drawing()
        assert drawer._task is not None
        await asyncio.wait_for(drawer._task, 20)
        drawing.room.cleanup()
        return drawing.failed

    assert "longer than 2 seconds" in asyncio.run(draw())
    process = int(below.read_text())
    until = time.monotonic() + 10
    while alive(process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(process)


def alive(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
