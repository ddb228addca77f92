"""The folder a build writes into: one build at a time, and no half-written file."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from filelock import FileLock, Timeout

from kg.errors import InputError, StoreBusy


@contextmanager
def exclusive(directory: Path) -> Iterator[None]:
    """Hold a folder (made where missing) for one build; raises StoreBusy where another build holds it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = FileLock(directory / ".lock", timeout=0)
        lock.acquire()
    except Timeout:
        raise StoreBusy(f"{directory}: another build is writing there. "
                        "Wait until it is done, or build into another folder with -o.") from None
    except OSError as error:
        raise InputError(f"{directory} cannot be written: {error.strerror or error}. Choose another folder with -o.") from None
    try:
        yield
    finally:
        lock.release()


def replace(path: Path, chunks: Iterable[str]) -> None:
    """Write a file as UTF-8 beside its place, then put it there in one step.

    >>> replace(getfixture("tmp_path") / "a.ttl", ["泾", "河"])
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(chunks)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def finishing() -> Iterator[None]:
    """Put off one interruption (Ctrl-C) until the files that belong together are all in place."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    before = signal.getsignal(signal.SIGINT)

    def hold(number: int, _frame: FrameType | None) -> None:
        if held:
            raise KeyboardInterrupt
        held.append(number)

    signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt
