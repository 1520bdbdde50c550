"""What another program erased from the log while a conversation was held in memory here.

The law: who erases (`assist erase` beside a running service, or a second service of that log) need
tell nobody: within seconds no word of it is left in memory, and followers are told that nothing
stands. Little is asked of the log for that: how often it was erased from, and only where that is
another number, how far each conversation goes that is held here.
"""

import asyncio
from typing import Final

import structlog

from assist.core.remembering import forget_words
from assist.errors import StoreError
from assist.service.clock import Alarm
from assist.service.failures import told_of
from assist.service.hub import Hub
from assist.service.room import Room

__all__ = ["LOOK_S", "NOBODY", "Elsewhere"]

LOOK_S: Final = 5.0
# No conversation is called so (see `tenancy`): of one that is not there, the log tells how often it
# was erased from until now.
NOBODY: Final = "\x1f"

_log = structlog.get_logger("assist.service")


class Elsewhere:
    """Looks every few seconds whether conversations of `hub` were erased behind its back."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._seen: int | None = None
        self._own: set[str] = set()
        hub.also_forget.append(self._note_own)
        self._alarm: Alarm | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._task = asyncio.get_running_loop().create_task(self._looked())

    async def close(self) -> None:
        """Stop. Closing twice is fine, and so is closing what was never begun."""
        if self._alarm is not None:
            self._alarm.cancel()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _note_own(self, conversations: tuple[str, ...]) -> None:
        self._own.update(conversations)

    async def _looked(self) -> None:
        try:
            await self._look()
        except StoreError as error:
            _log.error("housekeeping failed", **told_of(error))
        self._alarm = self._hub.parts.clock.call_later(LOOK_S, self.start)

    async def _look(self) -> None:
        """Have those begin anew that were erased since the last look, by somebody else."""
        erasures = (await self._hub.parts.log.upkeep(NOBODY)).generation
        own, self._own = self._own, set()
        if erasures == self._seen:
            return
        self._hub.parts.asleep.clear()  # of which some are erased, nobody tells
        forget_words()
        for room in self._hub.rooms if self._seen is not None else ():
            if room.name not in own and await self._erased(room, self._seen or 0):
                self._hub.parts.alarms.drop(room.name)
                if room not in self._hub.rooms:  # let go meanwhile: nobody would take it in
                    self._hub.parts.asleep.forget((room.name,))
                    continue
                await room.begin_anew()
        self._seen = erasures

    async def _erased(self, room: Room, seen: int) -> bool:
        """Tell whether the log holds less than is known here, or has begun it since then."""
        log, known = self._hub.parts.log, room.past.course.seq if room.past is not None else 0
        if known and await log.last(room.name) < known:
            return True
        return (await log.upkeep(room.name)).generation > seen
