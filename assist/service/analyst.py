"""Where the line runs: on threads of its own, never on the loop, and not for longer than allowed.

The law: what is asked first is begun first; what fails there fails for its asker alone. Who needs
one thing done before another waits for it. Work that takes long is set aside, and a new thread goes
on with what waits. Who asks is told at once when the budget is over, whether or not their work goes
on for a grace. What overruns for good, or is wanted no more, is given up: its thread is asked to
end, and counted until it has.
"""

import asyncio
import ctypes
import math
import os
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Generic, TypeVar

from assist.errors import LocalFault, Overrun
from assist.service.clock import Alarm, Clock, LoopClock
from assist.service.metrics import Metrics

__all__ = ["Analyst"]

T = TypeVar("T")

_LOOKS = 20
"""How often work is looked at before its budget is over. A stopped process sees one look, not
twenty, so being paused is not mistaken for overrunning."""
_LONG = 2
_MOST_ASIDE = 4
_MOST_THREADS = 4
_AMPLE = 4
"""How many times as long as budget and grace together what did end once may take again."""


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Analyst:
    """A few worker threads, and those that were set aside.

    There is one thread a core, four at most, unless `threads` says otherwise: the models let others
    go on while they reckon, the rest of the line does not.
    """

    def __init__(
        self,
        *,
        budget_s: float = 5.0,
        grace_s: float = 0.0,
        threads: int | None = None,
        clock: Clock | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        self._clock = clock or LoopClock()
        self._metrics = metrics or Metrics()
        self._every_s = budget_s / _LOOKS
        self._grace = math.ceil(grace_s / self._every_s)
        self._jobs: SimpleQueue[_Job[Any] | None] = SimpleQueue()
        count = threads or min(_MOST_THREADS, _cores())
        self._workers = [_Worker(self._jobs) for _ in range(count)]
        self._aside: list[_Worker] = []
        self._given_up: list[_Worker] = []
        self._asked = 0
        self._watch: Alarm | None = None
        self._closed = False

    @property
    def waiting(self) -> int:
        """Return how many questions wait for a thread."""
        return self._jobs.qsize()

    @property
    def abandoned(self) -> int:
        """Return how many threads were given up and have not ended."""
        self._given_up = [worker for worker in self._given_up if worker.alive]
        return len(self._given_up)

    async def ask(self, work: Callable[[], T], *, ample: bool = False) -> T:
        """Return what `work` gives, done off the loop; raises `Overrun` where it takes too long.

        With `ample` it may take several times as long: for what did end once.
        """
        limit = _AMPLE * (_LOOKS + self._grace) if ample else _LOOKS
        return await self._begun(_Job(work, limit=limit, ample=ample)).answer

    async def ask_on(self, work: Callable[[], T]) -> "T | asyncio.Future[T]":
        """Return what `work` gives, or where that overruns, what will be there within the grace.

        That raises `Overrun` where it is over too. Cancelled, the work is wanted no more.
        """
        job = self._begun(_Job(work, limit=_LOOKS, grace=self._grace))
        try:
            await asyncio.wait((job.answer, job.overran), return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            job.answer.cancel()
            raise
        return await job.answer if job.answer.done() else job.answer

    def _begun(self, job: "_Job[T]") -> "_Job[T]":
        self._asked += 1
        job.answer.add_done_callback(lambda _: self._answered(job))
        if self._watch is None:
            self._look_later()
        self._jobs.put(job)
        return job

    def _answered(self, job: "_Job[Any]") -> None:
        self._asked -= 1
        if self._watch is not None and not (self._asked or self._aside):
            self._watch.cancel()
            self._rest()
        if not job.answer.cancelled():
            job.answer.exception()  # of what comes late nobody need ask
        self._observe(job)

    def close(self) -> None:
        """Do nothing more; what runs now is finished, what waits is dropped."""
        self._closed = True
        while True:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is not None:
                job.answer.cancel()
        for worker in tuple(self._aside):
            if worker.excused:
                self._give_up(worker)
        for worker in self._workers:
            worker.retire()
            self._jobs.put(None)

    def _observe(self, job: "_Job[Any]") -> None:
        if job.begun is not None and job.ended is not None:
            self._metrics.stages.labels("queue").observe(job.begun - job.asked)
            self._metrics.stages.labels("analyse").observe(job.ended - job.begun)

    def _look_later(self) -> None:
        wanted = self._asked or self._aside
        if wanted and not self._closed:
            self._watch = self._clock.call_later(self._every_s, self._look)
        else:
            self._rest()

    def _rest(self) -> None:
        """Look no more, and hold on to nothing that is over."""
        self._watch = None
        for worker in self._workers:
            worker.rest()

    def _look(self) -> None:
        """Set aside what takes long while others wait, or overruns; give up what may not go on."""
        for worker in (*self._workers, *self._aside):
            worker.look()
            if worker.overdue:
                self._give_up(worker)
        self._aside = [worker for worker in self._aside if worker.alive]
        for worker in tuple(self._workers):
            if worker.excused or (worker.looks >= _LONG and self.waiting):
                self._set_aside(worker)
        self._look_later()

    def _set_aside(self, worker: "_Worker") -> None:
        if len(self._aside) >= _MOST_ASIDE:
            room = min(self._aside, key=lambda one: (one.spared, not one.excused))
            if room.spared:
                return
            self._give_up(room)
        worker.retire()
        self._aside.append(worker)
        self._replace(worker)

    def _replace(self, worker: "_Worker") -> None:
        self._workers[self._workers.index(worker)] = _Worker(self._jobs)

    def _give_up(self, worker: "_Worker") -> None:
        if worker in self._workers:
            self._replace(worker)
        else:
            self._aside.remove(worker)
        worker.end()
        self._given_up.append(worker)


class _Job(Generic[T]):
    """A piece of work, who waits for it, and how often it is looked at before it has overrun.

    It may go on for `grace` looks more; who waits is told by `overran`. What is `ample` makes no
    room for others.
    """

    def __init__(
        self, work: Callable[[], T], *, limit: int, grace: int = 0, ample: bool = False
    ) -> None:
        self._work: Callable[[], T] | None = work
        self._loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[T] = self._loop.create_future()
        self.overran: asyncio.Future[None] = self._loop.create_future()
        self.limit = limit
        self.grace = grace
        self.ample = ample
        self.asked = time.perf_counter()
        self.begun: float | None = None
        self.ended: float | None = None

    def do(self) -> None:
        """Do it here and now, and hand the result to the loop that waits."""
        work, self._work = self._work, None
        if work is None or self.answer.done():
            return
        self.begun = time.perf_counter()
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001  whatever it was, it is the asker's
            self.ended = time.perf_counter()
            self._settle(self.fail, _told(error))
        else:
            self.ended = time.perf_counter()
            self._settle(self._succeed, result)

    def fail(self, error: Exception) -> None:
        """Tell the asker, unless they were told already."""
        if not self.answer.done():
            self.answer.set_exception(error)

    def _succeed(self, result: T) -> None:
        if not self.answer.done():
            self.answer.set_result(result)

    def _settle(self, settle: Callable[[Any], None], what: object) -> None:
        with suppress(RuntimeError):  # the loop was closed: nobody waits any more
            self._loop.call_soon_threadsafe(settle, what)


def _told(error: BaseException) -> Exception:
    """Return what a task can be told; it must never be ended, or left waiting, by it."""
    if isinstance(error, Exception) and not isinstance(error, StopIteration):
        return error
    return LocalFault(f"the line ended with {type(error).__name__}")


class _Worker:
    """A thread that takes jobs until it is retired; `looks` counts how long it is at one."""

    def __init__(self, jobs: "SimpleQueue[_Job[Any] | None]") -> None:
        self._jobs = jobs
        self._job: _Job[Any] | None = None
        self._seen: _Job[Any] | None = None
        self._retired = False
        self.looks = 0
        self._thread = Thread(target=self._work, name="analyst", daemon=True)
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Tell whether the thread has not ended."""
        return self._thread.is_alive()

    @property
    def excused(self) -> bool:
        """Tell whether it goes on though the budget is over, and who asked was told so."""
        return self._seen is not None and self._seen.overran.done()

    @property
    def spared(self) -> bool:
        """Tell whether it is not given up to make room: it did end once, and is waited for."""
        job = self._seen
        return job is not None and job.ample and not job.answer.done()

    @property
    def overdue(self) -> bool:
        """Tell whether its job may not go on: its time is over, or nobody wants it any more."""
        job = self._seen
        if job is None or job.ended is not None or self.looks <= job.limit:
            return False
        return job.answer.done() or self.looks > job.limit + job.grace

    def look(self) -> None:
        """Count one more look at the same job, or begin anew; excuse it where it overruns."""
        job = self._job
        self.looks = 0 if job is None else self.looks + 1 if job is self._seen else 1
        self._seen = job
        if job is not None and self.looks > job.limit and job.grace and not job.overran.done():
            job.overran.set_result(None)

    def rest(self) -> None:
        """Hold on to no job that is over."""
        job = self._seen
        if job is not None and (job.begun is None or job.ended is not None):
            self._seen = None

    def retire(self) -> None:
        """Take no more jobs after this one."""
        self._retired = True

    def end(self) -> None:
        """Tell who waits that it took too long, and ask the thread to end.

        Python code is ended at its next step; code of a library ends when it returns.
        """
        self.retire()
        if self._seen is not None:
            self._seen.fail(Overrun("reading took longer than `analysis_budget_s` allows"))
        ident = self._thread.ident
        if self.alive and ident is not None:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(ident), ctypes.py_object(SystemExit)
            )

    def _work(self) -> None:
        while not self._retired and (job := self._jobs.get()) is not None:
            self._job = job
            job.do()
            self._job = job = None
