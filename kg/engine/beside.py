"""A call that a second process carries out while this one goes on: `python -m kg.engine.beside`, the call on standard input."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Generic, TypeVar

Outcome = TypeVar("Outcome")


class Beside(Generic[Outcome]):
    """The call of a function of this package (or of the standard library), with arguments that pickle.

    The processes share nothing but two files, so that neither waits for the other, nor lives on for long when the other is ended.

    >>> Beside(len, "泾河").result()
    2
    """

    def __init__(self, call: Callable[..., Outcome], *arguments: object) -> None:
        self._call, self._arguments = call, arguments
        self._answer = TemporaryFile()  # noqa: SIM115, which `result` closes
        with TemporaryFile() as asked:
            pickle.dump((call, arguments), asked)
            asked.seek(0)
            self._process = subprocess.Popen([sys.executable, "-P", "-m", "kg.engine.beside"], stdin=asked, stdout=self._answer,
                                             stderr=subprocess.DEVNULL)

    def result(self) -> Outcome:
        """What the call returned; asked for once. Where the other process failed, the call is made again, here."""
        with self._answer:
            if self._process.wait():
                return self._call(*self._arguments)
            self._answer.seek(0)
            outcome: Outcome = pickle.load(self._answer)  # noqa: S301, as the other process wrote it
            return outcome


if __name__ == "__main__":
    asked, given = pickle.load(sys.stdin.buffer)  # noqa: S301, as it was written above
    pickle.dump(asked(*given), sys.stdout.buffer)
