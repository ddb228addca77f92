"""Calls that a second process carries out while this one goes on: `python -m kg.engine.beside`, the calls on standard input.

The two share one file and a pipe on which the other says how far it has written. An executor of `concurrent.futures` would hold them
together by threads: its worker stays behind as an orphan when this process is killed, and the script that calls must guard its main
module.
"""

from __future__ import annotations

import mmap
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from tempfile import TemporaryFile
from types import TracebackType
from typing import TypeVar

from kg.errors import KgError

Outcome = TypeVar("Outcome")


class Beside:
    """Calls of functions of this package (or of the standard library), with arguments that pickle: a context manager.

    The other process begins on entering, and makes the calls one after the other; one that is still at work on leaving is ended.

    >>> beside = Beside()
    >>> counted = beside.call(len, "泾河")
    >>> with beside:
    ...     counted()
    2
    """

    def __init__(self) -> None:
        self._asked: list[tuple[Callable[..., object], tuple[object, ...]]] = []

    def call(self, call: Callable[..., Outcome], *arguments: object,
             otherwise: Callable[[], Outcome] | None = None) -> Callable[[], Outcome]:
        """What gives the outcome of a call, for which it waits. Where the other process fails, `otherwise` is called here, which is the
        call itself where none is given."""
        self._asked.append((call, arguments))
        return partial(self._outcome, len(self._asked) - 1, otherwise or partial(call, *arguments))

    def __enter__(self) -> Beside:
        self._room = TemporaryFile()
        try:
            pickle.dump(self._asked, self._room)
            self._ends = [self._room.tell()]
            self._room.seek(0)
            self._process = subprocess.Popen([sys.executable, "-P", "-m", "kg.engine.beside"], stdin=self._room, stdout=subprocess.PIPE)
        except BaseException:
            self._room.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.communicate()
        self._room.close()

    def _outcome(self, number: int, otherwise: Callable[[], Outcome]) -> Outcome:
        while len(self._ends) < number + 2:
            told = self._process.stdout.readline() if self._process.stdout else b""
            if not told:  # the other process ends
                self._process.wait()
                return otherwise()
            self._ends.append(int(told))
        start, stop = self._ends[number:number + 2]
        try:
            with mmap.mmap(self._room.fileno(), stop, access=mmap.ACCESS_READ) as written, memoryview(written)[start:stop] as answer:
                outcome: Outcome = pickle.loads(answer)  # noqa: S301, as the other process wrote it
        except Exception:  # unpickling raises errors of any kind
            return otherwise()
        return outcome


def _answered() -> None:
    """Read calls from standard input and write after them what each returns; what a call prints goes to standard error."""
    with os.fdopen(os.dup(0), "r+b") as room, os.fdopen(os.dup(1), "w", encoding="ascii") as told:
        os.dup2(2, 1)
        calls = pickle.load(room)  # noqa: S301, as it was written above
        room.seek(0, os.SEEK_END)
        for call, arguments in calls:
            try:
                pickle.dump(call(*arguments), room)
            except KgError as error:
                sys.exit(f"a second process could not help, and the first goes on without it: {error}")
            room.flush()
            print(room.tell(), file=told, flush=True)


if __name__ == "__main__":
    _answered()
