"""What nobody asks for: old conversations go, and those whose time comes are looked at.

The law: little by little. At most a page of alarms is set from the log at a time, those that are
overdue ring one after the other and only for somebody's ears, and one conversation at a time is
recalled to see what it waits for. A store that fails is told as degraded until it can be written to
again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

import structlog

from assist.errors import StoreError
from assist.service.clock import Alarm
from assist.service.failures import told_of
from assist.service.parts import Parts
from assist.service.planning import LOOK_S
from assist.service.store import Planned

__all__ = ["Housekeeping"]

_PAGE = 256
_LATE_S = 2 * LOOK_S
"""What is overdue for no longer is looked at again, should its alarm have come to nothing."""
_SWEEP_S = 3600.0
_MEND_S = 5.0
_TIDY_S = 24 * 3600.0
_APART_S = 0.02

_log = structlog.get_logger("assist.service")


class Housekeeping:
    """The work of one service on its own log.

    `keep_s` is how long silent conversations stay in the log, `idle_s` how long in memory: who
    comes to follow all of them is told of what fell due since then.
    """

    def __init__(  # noqa: PLR0913  what housekeeping is done with
        self,
        parts: Parts,
        *,
        rouse: Callable[[str], Awaitable[None]],
        erase: Callable[[tuple[str, ...], bool], Awaitable[int]],
        heard: Callable[[str], bool],
        keep_s: float | None,
        idle_s: float,
    ) -> None:
        self._parts = parts
        self._rouse = rouse
        self._erase = erase
        self._keep_s = keep_s
        self._heard = heard
        self._idle_s = idle_s
        self._sound = parts.clock.wall()
        self._behind: tuple[float, str] | None = None
        self._back = False
        self._tidied = parts.clock.wall() - _TIDY_S + _SWEEP_S
        self._alarms: dict[Callable[[], Awaitable[float | None]], Alarm] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Look at everything now, and again when it is time."""
        for work in (self._sweep, self._look, self._reckon, self._mend):
            self._do(work)

    def look_back(self) -> None:
        """Look soon at what fell due while nobody was there to be told."""
        self._back = True
        self._later(self._look, 0.0)

    async def close(self) -> None:
        """Stop. Closing twice is fine."""
        for alarm in self._alarms.values():
            alarm.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _do(self, work: Callable[[], Awaitable[float | None]]) -> None:
        task = asyncio.get_running_loop().create_task(self._done(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: Callable[[], Awaitable[float | None]]) -> None:
        try:
            again_in = await work()
        except StoreError as error:
            self._parts.degraded.add("store")
            _log.error("housekeeping failed", **told_of(error))
            again_in = LOOK_S
        if again_in is not None:
            self._later(work, again_in)

    def _later(self, work: Callable[[], Awaitable[float | None]], seconds: float) -> None:
        if alarm := self._alarms.get(work):
            alarm.cancel()
        self._alarms[work] = self._parts.clock.call_later(seconds, lambda: self._do(work))

    async def _sweep(self) -> float:
        """Erase what was silent for too long, and once a day what traces of it are left."""
        now, gone = self._parts.clock.wall(), 0
        if self._keep_s is not None:
            while names := await self._parts.log.untouched(now - self._keep_s, _PAGE):
                gone += await self._erase(names, False)
        if gone:
            _log.info("conversations erased for their age", number=gone)
        if now - self._tidied >= _TIDY_S:
            await self._erase((), True)
            self._tidied = now
        return _SWEEP_S

    async def _mend(self) -> float:
        """Find out whether a store that failed can be written to again."""
        if "store" in self._parts.degraded:
            with suppress(StoreError):
                await self._parts.log.probe()
                self._parts.degraded.discard("store")
                self.look_back()
        else:
            self._sound = self._parts.clock.wall()
        return _MEND_S

    async def _look(self) -> float:
        """Set the alarms of the conversations that are to be looked at next."""
        now = self._parts.clock.wall()
        if self._back or self._behind is None:
            late = max(_LATE_S, self._idle_s) if self._back else _LATE_S
            self._behind, self._back = (min(now - late, self._sound), ""), False
        plans = await self._parts.log.planned(now + LOOK_S, _PAGE, behind=self._behind)
        self._set(plans, now)
        if len(plans) == _PAGE:
            self._behind = (plans[-1].rings, plans[-1].conversation)
            return _PAGE * _APART_S + 1.0
        self._behind = None
        return 0.0 if self._back else LOOK_S

    def _set(self, plans: tuple[Planned, ...], now: float) -> None:
        """Set the alarms that are not set, those that are overdue only where anybody listens."""
        alarms, number = self._parts.alarms, 0
        for plan in plans:
            overdue = plan.rings <= now
            if alarms.has(plan.conversation):
                continue
            if overdue and not self._heard(plan.conversation):
                continue
            seconds = max(plan.rings - now, number * _APART_S)
            alarms.put(plan.conversation, datetime.fromisoformat(plan.at), seconds)
            number += 1

    async def _reckon(self) -> None:
        """Have each conversation say what it waits for that was touched and did not say so."""
        after = ""
        while names := await self._parts.log.unplanned(after, _PAGE):
            for name in names:
                with suppress(StoreError):
                    await self._rouse(name)
            after = names[-1]
