"""The turn log: what was told to the service, in the order it was taken in.

The law: an append is answered only when it would survive the process. A message id is stored once
in a conversation, for ever. Sequence numbers of a conversation rise by one from 1, without gaps.
The log knows no message: payloads are bytes, and only inputs are in it, never what followed.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Protocol

__all__ = [
    "Appended",
    "Arrivals",
    "Conflict",
    "Duplicate",
    "Outcome",
    "Record",
    "TurnLog",
    "follow",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One stored input."""

    seq: int
    message_id: str
    payload: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """Stored, and safe."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """This message id was stored before, at `seq`; nothing was written."""

    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """The conversation stands at `last`, not where the writer believed; nothing was written."""

    last: int


Outcome = Appended | Duplicate | Conflict


class TurnLog(Protocol):
    """Where inputs are kept. `store_id` was made with the store and stays as long as it does."""

    kind: str
    store_id: str

    async def append(
        self, conversation: str, expected: int | None, message_id: str, payload: bytes
    ) -> Outcome:
        """Store one input after `expected` (None: at the end). A duplicate is told first."""
        ...

    async def replace(self, conversation: str, message_id: str, payload: bytes) -> bool:
        """Put `payload` in the place of a stored one, of which nothing stays. False: not here."""
        ...

    async def read(self, conversation: str, after: int = 0) -> tuple[Record, ...]:
        """Return what is stored behind `after`, in order."""
        ...

    async def last(self, conversation: str) -> int:
        """Return the highest sequence number of the conversation, 0 where there is none."""
        ...

    async def conversations(self) -> tuple[str, ...]:
        """Return the ids of all conversations, sorted."""
        ...

    def tail(self, conversation: str, after: int = 0) -> AsyncIterator[Record]:
        """Yield what is stored behind `after`, then what comes, until the log is closed."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the store. Closing twice is fine."""
        ...


class Arrivals:
    """Wakes those who wait for a conversation to grow."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Future[bool]]] = {}
        self._closed = False

    def expect(self, conversation: str) -> asyncio.Future[bool]:
        """Return a future of the next arrival: True when there is one, False when none can come."""
        future = asyncio.get_running_loop().create_future()
        if self._closed:
            future.set_result(False)
        else:
            self._waiting.setdefault(conversation, set()).add(future)
        return future

    def announce(self, conversation: str) -> None:
        """Wake those who wait for this conversation."""
        self._settle(conversation, grown=True)

    def close(self) -> None:
        """Tell everybody that nothing more will come."""
        self._closed = True
        for conversation in tuple(self._waiting):
            self._settle(conversation, grown=False)

    def forget(self, conversation: str, future: asyncio.Future[bool]) -> None:
        """Drop a future that nobody waits for any more."""
        if waiting := self._waiting.get(conversation):
            waiting.discard(future)
            if not waiting:
                del self._waiting[conversation]

    def _settle(self, conversation: str, *, grown: bool) -> None:
        for future in self._waiting.pop(conversation, ()):
            if not future.done():
                future.set_result(grown)


async def follow(
    log: TurnLog, arrivals: Arrivals, conversation: str, after: int
) -> AsyncIterator[Record]:
    """Yield the records behind `after` and go on as `arrivals` tells of more."""
    growing = True
    while growing:
        arrival = arrivals.expect(conversation)
        try:
            for record in await log.read(conversation, after):
                after = record.seq
                yield record
            growing = await arrival
        finally:
            arrivals.forget(conversation, arrival)
