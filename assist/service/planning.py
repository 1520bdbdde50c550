"""When a conversation must be looked at although nobody says anything: now, and after a restart.

The law: the alarm is for this process, the plan in the log for the next. Plans are written behind
the turns and hold nobody up; one that could not be written is made again when the conversation is
next recalled.
"""

import asyncio
from datetime import datetime
from typing import Final

from assist.errors import StoreError
from assist.service.parts import Parts
from assist.service.store import Planned

__all__ = ["LOOK_S", "Planning"]

LOOK_S: Final = 60.0
"""How often the log is asked for the plans of so many seconds to come."""


class Planning:
    """The plan of the conversation `name`."""

    def __init__(self, name: str, parts: Parts) -> None:
        self._name = name
        self._parts = parts
        self._wanted: tuple[str | None, float | None] | None = None
        self._writing: asyncio.Task[None] | None = None
        self._written_down = False

    def take_up(self, at: datetime, plan: Planned | None) -> bool:
        """Go on with the alarm or the plan for `at`, where there is one; tell whether there was."""
        waits = self._parts.alarms.waits_for(self._name, at)
        if plan is None or plan.at != at.isoformat():
            return waits
        if not waits:
            self._parts.alarms.put(self._name, at, plan.rings - self._parts.clock.wall())
        self._write((plan.at, plan.rings))
        return True

    def put(self, at: datetime, seconds: float) -> None:
        """Ring in `seconds`, when the conversation's own time comes to `at`."""
        self._parts.alarms.put(self._name, at, seconds)
        self._write((at.isoformat(), self._parts.clock.wall() + seconds))

    def drop(self) -> None:
        """Ring not at all."""
        self._parts.alarms.drop(self._name)
        self._write((None, None))

    @property
    def written(self) -> bool:
        """Tell whether the log has the newest plan."""
        return self._written_down

    async def finish(self) -> None:
        """Return when the newest plan is written."""
        if self._writing is not None:
            await asyncio.shield(self._writing)

    def _write(self, wanted: tuple[str | None, float | None]) -> None:
        self._wanted, self._written_down = wanted, False
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._written())

    async def _written(self) -> None:
        while self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            try:
                await self._parts.log.plan(self._name, *wanted)
                self._written_down = self._wanted is None
            except StoreError:
                self._parts.degraded.add("store")
