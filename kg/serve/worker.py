"""A worker process: `python -m kg.serve.worker FOLDER MEMORY [--writes]`, jobs on standard input, frames on standard output.

It does one job at a time and can be ended at any moment. Each job runs in a thread of its own, which is set behind all others
as soon as it is no quick one, so that a long query does not keep short ones waiting. Before each job it looks whether
another graph has taken the place of the one it has open.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

if sys.platform != "win32":
    import resource

from kg.errors import StoreError
from kg.graph.store import GraphStore
from kg.serve import frames
from kg.serve.jobs import JOBS, Channel, refusal, update

_QUICK = 0.02
"""Seconds after which a job is no quick one."""
_GRACE = 5.0
"""Seconds after its time that a job ends itself, where nobody did."""
_BEHIND = 10
"""How far jobs that take long stand behind all others (nice)."""


class Reader:
    """The graph of a folder as it is now."""

    def __init__(self, folder: Path) -> None:
        self._store = folder / "store"
        self._graph: GraphStore | None = None

    def graph(self) -> GraphStore:
        """The graph, opened again where it is another than the last time; raises StoreError."""
        now = GraphStore.identity(self._store)
        if self._graph is None or self._graph.opened != now:
            self._graph = None
            try:
                self._graph = GraphStore.open(self._store)
            except StoreError:
                if now == GraphStore.identity(self._store):
                    raise
                self._graph = GraphStore.open(self._store)
        return self._graph


def work(source: IO[bytes], send: Callable[[bytes], object], folder: Path, *, writes: bool) -> None:
    """Do the jobs that come until no more come."""
    reader = Reader(folder)
    if not writes:
        with suppress(StoreError):
            reader.graph()
    send(frames.pack(frames.READY, b""))
    while header := source.read(frames.HEADER.size):
        _, size = frames.HEADER.unpack(header)
        asked = json.loads(source.read(size))
        with Path(os.devnull).open("w") as nowhere:
            faulthandler.dump_traceback_later(asked["timeout"] + _GRACE, exit=True, file=nowhere)
            thread = threading.Thread(target=_do, args=(asked, reader, folder, send, writes))
            thread.start()
            thread.join(_QUICK)
            if thread.is_alive():
                _set_behind(thread)
                thread.join()
            faulthandler.cancel_dump_traceback_later()


def _do(asked: Mapping[str, Any], reader: Reader, folder: Path, send: Callable[[bytes], object], writes: bool) -> None:
    out = Channel(send)
    try:
        if writes:
            update(folder, asked, out)
        else:
            JOBS[asked["job"]](reader.graph(), asked, out)
    except BaseException as error:  # a panic of the store is no Exception
        found = refusal(error)
        said = {"status": found.status, "message": found.message, "headers": dict(found.headers)}
        send(frames.pack_json(frames.REFUSAL, said))


def _set_behind(thread: threading.Thread) -> None:
    """On Linux a thread has a nice value of its own."""
    if sys.platform == "linux" and thread.native_id is not None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread.native_id, _BEHIND)


def _restrict(memory: int) -> None:
    """Only Linux counts what a process holds in a way that leaves out files."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: str, memory: str, *options: str) -> None:
    """Stand ready for jobs; nothing but frames goes to what was standard output."""
    _restrict(int(memory))
    out = os.dup(1)
    os.dup2(2, 1)

    def send(frame: bytes) -> None:
        left = memoryview(frame)
        while left:
            left = left[os.write(out, left):]

    with suppress(BrokenPipeError):
        work(sys.stdin.buffer, send, Path(folder), writes="--writes" in options)


if __name__ == "__main__":
    main(*sys.argv[1:])
