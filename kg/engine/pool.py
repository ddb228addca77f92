"""One step over many documents, in this process or in several, with the outcomes in the order of the tasks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from kg.errors import KgError

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

WORTH_A_POOL = 8
"""Fewer tasks than this are done before a second process has loaded its dictionaries."""
IN_FLIGHT = 4
"""Tasks that wait for each process, so that a large folder is never in memory as a whole."""


@dataclass(frozen=True, slots=True)
class Crash:
    """A step raised what nobody expected: the error in one line, and its traceback."""

    error: str
    trace: str


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(step: Callable[[Task], Outcome], tasks: Sequence[Task], *, workers: int | None = None) -> Iterator[Outcome | Crash]:
    """The outcome of the step for each task, in the order of the tasks; a Crash where the step raised.

    The step must pickle where `workers` is above one (default: as many as cores, one for a handful of tasks).
    Raises KgError when a process dies (killed, or out of memory).

    >>> list(run(len, ["泾河", "黄河流域"]))
    [2, 4]
    >>> next(run(len, [34])).error
    "TypeError: object of type 'int' has no len()"
    """
    number = min(workers or (cores() if len(tasks) > WORTH_A_POOL else 1), max(len(tasks), 1))
    guarded = partial(_guarded, step)
    return map(guarded, tasks) if number == 1 else _pooled(guarded, tasks, number)


def _guarded(step: Callable[[Task], Outcome], task: Task) -> Outcome | Crash:
    try:
        return step(task)
    except KgError:
        raise
    except Exception as error:
        return Crash(f"{type(error).__name__}: {error}", traceback.format_exc())


def _pooled(step: Callable[[Task], Outcome | Crash], tasks: Sequence[Task], workers: int) -> Iterator[Outcome | Crash]:
    # fork where it is the custom: the dictionaries loaded so far are shared, and no script needs a main guard
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    executor = ProcessPoolExecutor(workers, mp_context=context, initializer=_ignore_interrupt)
    waiting: deque[Future[Outcome | Crash]] = deque()
    done = False
    try:
        for task in tasks:
            waiting.append(executor.submit(step, task))
            if len(waiting) >= workers * IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        done = True
    except BrokenProcessPool:
        raise KgError("A worker process died, probably for want of memory. Build again with --workers 1.") from None
    finally:
        executor.shutdown(wait=done, cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
