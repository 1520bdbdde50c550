"""Conversations that are not in memory and whose time has come: who calls them back, and when.

The law: a conversation is called back for somebody's ears. While nobody follows all chats of its
tenant its plan waits in the log, and its next turn or the next to follow it brings what fell due.
A few are called back at once; the others wait their turn, each once, and no more than a bound of
them: one that is let go comes with its next turn, or with who follows it.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from assist.service.asked import FellDue
from assist.service.bus import Bus
from assist.service.failures import told_of
from assist.service.parts import supervisors_of
from assist.service.tenancy import tenant_of

__all__ = ["Calling", "is_heard"]

_AT_ONCE = 2
"""Being recalled, a conversation is read again: more at a time would keep live turns waiting."""
_MOST = 4096

_log = structlog.get_logger("assist.service")


def is_heard(conversation: str, bus: Bus) -> bool:
    """Tell whether anybody would be told of a conversation that is not in memory."""
    return bus.listeners(supervisors_of(tenant_of(conversation))) > 0


class Calling:
    """Those that wait to be called back; `call` recalls one and has its time come."""

    def __init__(self, call: Callable[[str, FellDue], Awaitable[None]]) -> None:
        self._call = call
        self._waiting: dict[str, FellDue] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    def put(self, conversation: str, due: FellDue) -> None:
        """Have it called back in its turn; past the bound, who waits longest is let go."""
        self._waiting[conversation] = due
        if len(self._waiting) > _MOST:
            del self._waiting[next(iter(self._waiting))]
        if len(self._tasks) < _AT_ONCE:
            task = asyncio.get_running_loop().create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Call nobody any more."""
        self._waiting.clear()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while self._waiting:
            conversation = next(iter(self._waiting))
            due = self._waiting.pop(conversation)
            try:
                await self._call(conversation, due)
            except Exception as error:  # noqa: BLE001  one fails, the others are called
                _log.error("calling back failed", **told_of(error))
