"""Worker processes: as many as are needed at once, each with one job, ended when it takes too long.

Nothing here opens the store or knows what a job is.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from kg.serve import frames
from kg.serve.limits import Limits, Refused

_PATIENCE = 0.05
"""Seconds that a job waits for a worker to become free before another is started."""
_QUICK = 0.1
"""Seconds after which a worker is busy for longer, so that another is to stand ready in its place."""
_LONG = 1.0
"""Seconds after which a job is a long one."""
_IDLE = 30.0
"""Seconds after which a worker that is not needed is ended."""
_AT_ONCE = 2
"""Workers that are started at once."""
_ALLOCATION = {"MALLOC_ARENA_MAX": "1"}
"""With an arena for each thread (glibc) a worker grows to half as much again, and goes on growing."""
_BUFFER = 1 << 18


class Worker:
    """A worker process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.idle_since = 0.0

    @classmethod
    async def start(cls, folder: Path, memory: int, *, writes: bool) -> Worker:
        """Start one in a process group of its own, so that Ctrl-C reaches the server alone; it is there when it stands ready.

        Raises EOFError where it does not come to that.
        """
        command = [sys.executable, "-P", "-m", "kg.serve.worker", str(folder), str(memory), *(["--writes"] if writes else [])]
        pipe = asyncio.subprocess.PIPE
        worker = cls(await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, process_group=0, limit=_BUFFER,
                                                          env={**os.environ, **_ALLOCATION}))
        try:
            await worker.frame()
        except BaseException:
            worker.kill()
            raise
        return worker

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def send(self, job: Mapping[str, Any]) -> None:
        """Give it a job."""
        if self._process.stdin is not None:
            self._process.stdin.write(frames.pack_json(frames.JOB, dict(job)))
            await self._process.stdin.drain()

    async def frame(self) -> tuple[bytes, bytes]:
        """The next frame; raises EOFError where it has ended."""
        if self._process.stdout is None:
            raise EOFError
        kind, size = frames.HEADER.unpack(await self._process.stdout.readexactly(frames.HEADER.size))
        return kind, await self._process.stdout.readexactly(size)

    def kill(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> None:
        """Wait until it has ended, and let go of its pipes."""
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


class Answer:
    """What a worker answers to one job: a head, then the pieces of a body."""

    def __init__(self, worker: Worker, head: dict[str, Any]) -> None:
        self.head = head
        self.end: dict[str, Any] | None = None
        self._worker = worker

    async def piece(self) -> bytes | None:
        """The next piece of the body; None at its end. Raises Refused where it breaks off."""
        kind, body = await self._worker.frame()
        if kind == frames.PIECE:
            return body
        if kind == frames.END:
            self.end = json.loads(body)
            return None
        raise refused(body)


class Pool:
    """The worker processes of a folder, opened with `start` and closed with `close`."""

    def __init__(self, folder: Path, limits: Limits, *, writes: bool = False) -> None:
        self.limits = limits
        self.long: list[_Watch] = []
        self._folder, self._writes = folder, writes
        self._places = limits.concurrent
        self._waiting: list[asyncio.Future[None]] = []
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._workers: set[Worker] = set()
        self._starting = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the workers that stand ready; raises RuntimeError where none comes to that."""
        while self._starting < self.limits.warm:
            self._starting += 1
            self._run(self._new())
        while self._starting:
            await asyncio.sleep(0.01)
        if not self._workers:
            raise RuntimeError("no worker process starts")
        self._run(self._keep())

    async def close(self) -> None:
        """End all workers."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in list(self._workers):
            self._discard(worker)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @asynccontextmanager
    async def ask(self, job: Mapping[str, Any]) -> AsyncIterator[Answer]:
        """Give a job to a worker; within the block its answer can be fetched, for as long as a job may take.

        Raises Refused where too many wait, where the answer is a refusal, where the job takes too long or ends its worker.
        """
        async with self._place():
            worker = await self._free_worker()
            watch = _Watch(self, worker)
            try:
                await worker.send({**job, "timeout": self.limits.timeout})
                kind, body = await worker.frame()
                if kind == frames.REFUSAL:
                    watch.done = True
                    raise refused(body)
                watch.begun = True
                answer = Answer(worker, json.loads(body))
                yield answer
                watch.done = answer.end is not None
            except (asyncio.IncompleteReadError, ConnectionError, EOFError):
                raise watch.why or self._broken() from None
            finally:
                watch.stop()
                self._give_back(worker) if watch.done and worker.alive and not watch.why else self._discard(worker)

    @asynccontextmanager
    async def _place(self) -> AsyncIterator[None]:
        """One of the places; where all are taken, the job that came last has the next, so that a burst of long ones keeps no other back."""
        busy = Refused(503, "Too many queries are at work. Send this one again in some seconds.", {"Retry-After": "5"})
        if self._places:
            self._places -= 1
        elif len(self._waiting) >= self.limits.waiting:
            raise busy
        else:
            turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            self.make_room()
            try:
                async with asyncio.timeout(self.limits.patience):
                    await turn
            except TimeoutError:
                self._leave(turn)
                raise busy from None
            except asyncio.CancelledError:
                self._leave(turn)
                raise
        try:
            yield
        finally:
            self._free_place()

    def _leave(self, turn: asyncio.Future[None]) -> None:
        """A job gives up waiting, at the moment perhaps in which it had its turn."""
        if turn in self._waiting:
            self._waiting.remove(turn)
        elif turn.done() and not turn.cancelled():
            self._free_place()

    def _free_place(self) -> None:
        while self._waiting:
            turn = self._waiting.pop()
            if not turn.done():
                turn.set_result(None)
                return
        self._places += 1

    def make_room(self) -> None:
        """Where jobs wait while long ones hold more than their share of the places, end the youngest of these."""
        ending = sum(watch.why is not None for watch in self.long)
        spare = [watch for watch in self.long if watch.why is None and not watch.begun]
        for watch in reversed(spare[self.limits.long:]):
            if ending >= len(self._waiting):
                return
            watch.end(Refused(503, "Too many long queries are at work. Send this one again in some seconds, or ask for less.",
                              {"Retry-After": "10"}))
            ending += 1

    def have_spare(self) -> None:
        """Where no worker stands ready, start one."""
        if self._idle.empty():
            self._grow()

    async def _free_worker(self) -> Worker:
        """A worker that stands ready; where none does for a while, another is started."""
        try:
            async with asyncio.timeout(self.limits.patience):
                while True:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_PATIENCE):
                            worker = await self._idle.get()
                        if worker.alive:
                            return worker
                        self._discard(worker)
                        continue
                    self._grow()
        except TimeoutError:
            raise Refused(503, "No process is free for this query. Send it again in some seconds.", {"Retry-After": "5"}) from None

    def _grow(self) -> None:
        if self._starting < _AT_ONCE and len(self._workers) + self._starting < self.limits.concurrent:
            self._starting += 1
            self._run(self._new())

    async def _new(self) -> None:
        """Start a worker; where that fails, the next attempt waits a little."""
        try:
            worker = await Worker.start(self._folder, self.limits.memory, writes=self._writes)
            self._workers.add(worker)
            self._give_back(worker)
        except (EOFError, OSError) as error:
            logging.getLogger(__name__).error("A worker process did not start (%s).", error or type(error).__name__)
            await asyncio.sleep(1)
        finally:
            self._starting -= 1

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _give_back(self, worker: Worker) -> None:
        worker.idle_since = asyncio.get_running_loop().time()
        self._idle.put_nowait(worker)

    def _discard(self, worker: Worker) -> None:
        worker.kill()
        self._workers.discard(worker)
        self._run(worker.ended())

    async def _keep(self) -> None:
        """Have workers ready, and end those that are not needed any more."""
        while True:
            await asyncio.sleep(1)
            if len(self._workers) + self._starting < self.limits.warm:
                self._grow()
            before = asyncio.get_running_loop().time() - _IDLE
            idle = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
            for worker in reversed(idle):  # the one that is idle the longest first
                if not worker.alive or (worker.idle_since < before and len(self._workers) > self.limits.warm):
                    self._discard(worker)
                else:
                    self._idle.put_nowait(worker)

    def _broken(self) -> Refused:
        return Refused(500, "The process of this query ended before it was answered; it may have needed more memory than "
                            f"{self.limits.memory >> 20:,} MB. Ask for less.")


class _Watch:
    """The time of one job: after a second it is a long one, after its time its worker is ended."""

    def __init__(self, pool: Pool, worker: Worker) -> None:
        self.why: Refused | None = None
        self.begun = self.done = False
        self._pool, self._worker = pool, worker
        loop = asyncio.get_running_loop()
        steps = ((_QUICK, pool.have_spare), (_LONG, self._is_long), (pool.limits.timeout, self._is_late))
        self._timers = [loop.call_later(seconds, step) for seconds, step in steps]

    def stop(self) -> None:
        """The job is over."""
        for timer in self._timers:
            timer.cancel()
        if self in self._pool.long:
            self._pool.long.remove(self)

    def end(self, why: Refused) -> None:
        """End the job."""
        self.why = why
        self._worker.kill()

    def _is_long(self) -> None:
        self._pool.long.append(self)
        self._pool.make_room()

    def _is_late(self) -> None:
        self.end(Refused(504, f"The query was ended after {self._pool.limits.timeout:g} seconds, the most that this server gives. "
                              "Ask for less: put the most selective pattern first, or add a LIMIT."))


def refused(body: bytes) -> Refused:
    """The refusal in a frame."""
    said = json.loads(body)
    return Refused(said["status"], said["message"], said.get("headers", {}))
