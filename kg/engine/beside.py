"""A call that a second process carries out while this one goes on: `python -m kg.engine.beside`, the call on standard input.

The two share nothing but files. An executor of `concurrent.futures` would hold them together by pipes and threads: its worker stays
behind as an orphan when this process is killed, and the script that calls must guard its main module.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from tempfile import TemporaryFile
from types import TracebackType
from typing import Generic, TypeVar

from kg.errors import KgError

Outcome = TypeVar("Outcome")


class Beside(Generic[Outcome]):
    """The call of a function of this package (or of the standard library), with arguments that pickle: a context manager.

    It begins on entering; a process that is still at work on leaving is ended. Where the other process fails, `otherwise` is called
    here, which is the call itself where none is given.

    >>> with Beside(len, "泾河") as counting:
    ...     counting.result()
    2
    """

    def __init__(self, call: Callable[..., Outcome], *arguments: object, otherwise: Callable[[], Outcome] | None = None) -> None:
        self._asked = call, arguments
        self._otherwise = otherwise or partial(call, *arguments)

    def __enter__(self) -> Beside[Outcome]:
        self._answer = TemporaryFile()
        try:
            with TemporaryFile() as asked:
                pickle.dump(self._asked, asked)
                asked.seek(0)
                self._process = subprocess.Popen([sys.executable, "-P", "-m", "kg.engine.beside"], stdin=asked, stdout=self._answer)
        except BaseException:
            self._answer.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        self._answer.close()

    def result(self) -> Outcome:
        """What the call returned, which is waited for."""
        if self._process.wait():
            return self._otherwise()
        self._answer.seek(0)
        try:
            outcome: Outcome = pickle.load(self._answer)  # noqa: S301, as the other process wrote it
        except Exception:  # unpickling raises errors of any kind
            return self._otherwise()
        return outcome


def _answered() -> None:
    """Read a call from standard input and write what it returns to standard output; what the call prints goes to standard error."""
    with os.fdopen(os.dup(1), "wb") as answer:
        os.dup2(2, 1)
        call, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301, as it was written above
        try:
            pickle.dump(call(*arguments), answer)
        except KgError as error:
            sys.exit(f"a second process could not help, and the first goes on without it: {error}")


if __name__ == "__main__":
    _answered()
