"""Whether a peer is still there: it is asked now and then, and given up for its own silence only.

The law: while we do not read, nobody is silent. The answer may stand behind all that was sent and
that we have not taken in yet, so our own slowness never ends a connection.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol

from websockets.exceptions import ConnectionClosed

from assist.service.clock import Alarm, Clock

__all__ = ["Pulse"]

_EVERY_S = 20.0
_PATIENCE_S = 20.0
_ROUNDS = 10


class _Askable(Protocol):
    async def ping(self) -> Awaitable[float]:
        """Ask, and return what waits for the answer."""
        ...


class Pulse:
    """One peer's; `gone` is called where it is silent for too long, until it is stopped."""

    __slots__ = (
        "_alarm", "_asked", "_begun", "_clock", "_doubt", "_gone", "_heard", "_hearing", "_socket",
    )  # fmt: skip

    def __init__(self, socket: _Askable, clock: Clock, gone: Callable[[], None]) -> None:
        self._socket = socket
        self._clock = clock
        self._gone = gone
        self._asked: asyncio.Task[None] | None = None
        self._doubt: asyncio.Task[None] | None = None
        self._alarm: Alarm | None = None
        self._begun = self._hearing = False
        self._heard = 0.0

    def start(self) -> None:
        """Begin to ask."""
        self._alarm = self._clock.call_later(_EVERY_S, self._beat)

    def stop(self) -> None:
        """Ask no more. Stopping twice is fine."""
        if self._alarm is not None:
            self._alarm.cancel()
        for task in (self._asked, self._doubt):
            if task is not None:
                task.cancel()

    def hear(self, *, hearing: bool) -> None:
        """Note that something of theirs is being worked on, and we do not read; or no longer."""
        self._hearing = hearing
        self._heard = self._clock.monotonic()

    def _beat(self) -> None:
        now = self._clock.monotonic()
        if self._asked is not None and not self._begun:
            self._heard = now  # the loop stood still: nothing was asked yet
        elif self._asked is None or self._asked.done():
            self._heard, self._begun = now, False
            self._asked = asyncio.get_running_loop().create_task(self._ask())
        elif not self._hearing and now - self._heard >= _PATIENCE_S:
            self._doubt = asyncio.get_running_loop().create_task(self._give_up())
        self._alarm = self._clock.call_later(_EVERY_S, self._beat)

    async def _ask(self) -> None:
        self._begun = True
        with suppress(ConnectionClosed):
            await (await self._socket.ping())

    async def _give_up(self) -> None:
        """Look once more: after a sleep of the whole machine the answer may lie there unread."""
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
        if self._asked is not None and not self._asked.done():
            self._gone()
