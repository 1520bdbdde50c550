"""The turn log: what was told to the service, in the order it was taken in.

The law: an append is answered only when it would survive the process. A message id is stored once
in a conversation, for ever. Sequence numbers of a conversation rise by one from 1, without gaps.
The log knows no message: payloads are bytes, and only inputs are in it, never what followed.
Beside them it keeps of each conversation when it was last touched and when it wants to be looked at
again; what is erased is gone from all of it. And it keeps figures under names until their time, of
which nobody sees what they stand for. Times are seconds since 1970.
"""

import math
from dataclasses import dataclass, field
from typing import Final, Protocol

__all__ = [
    "FIRST",
    "Appended",
    "Conflict",
    "Duplicate",
    "Outcome",
    "Planned",
    "Record",
    "Reminder",
    "TurnLog",
    "Upkeep",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """At `rings` the conversation wants to be told that its own time has come to `at`."""

    conversation: str
    at: str
    rings: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A figure that is kept under a name until then."""

    name: bytes = field(repr=False)
    figure: float
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """What is kept of a conversation beside its inputs.

    `generation` counts the erasures before it began; of a new one, those until now.
    """

    generation: int
    plan: Planned | None = None


FIRST: Final = (-math.inf, "")
"""Before every plan."""

Outcome = Appended | Duplicate | Conflict


class TurnLog(Protocol):
    """Where inputs are kept. `store_id` was made with the store and stays as long as it does."""

    kind: str
    store_id: str

    async def append(
        self,
        conversation: str,
        expected: int | None,
        message_id: str,
        payload: bytes,
        *,
        touched: float | None = None,
    ) -> Outcome:
        """Store one input after `expected` (None: at the end). A duplicate is told first.

        With `touched` the conversation was talked in then, and its plan is void until it is told.
        """
        ...

    async def replace(
        self, conversation: str, message_id: str, payload: bytes, *, renamed: str | None = None
    ) -> bool:
        """Put `payload` in the place of a stored one, of which nothing stays. False: not here."""
        ...

    async def plan(self, conversation: str, at: str | None, rings: float | None) -> None:
        """Note when the conversation wants to be looked at; None for never."""
        ...

    async def planned(
        self, until: float, limit: int, *, behind: tuple[float, str] = FIRST
    ) -> tuple[Planned, ...]:
        """Return the plans that ring until then, first ones first, those of a moment by name.

        `behind` is the time and the name of one that is not asked for, nor any before it.
        """
        ...

    async def unplanned(self, after: str, limit: int) -> tuple[str, ...]:
        """Return conversations behind `after`, by name, that were touched and then not planned."""
        ...

    async def untouched(self, since: float, limit: int) -> tuple[str, ...]:
        """Return conversations that were last touched before `since`, oldest first."""
        ...

    async def upkeep(self, conversation: str) -> Upkeep:
        """Return what is kept of the conversation beside its inputs."""
        ...

    async def beginning_with(
        self, prefix: str, after: tuple[str, int], limit: int
    ) -> tuple[tuple[str, Record], ...]:
        """Return inputs whose id begins so, in order, behind that conversation and number."""
        ...

    async def erase(self, conversations: tuple[str, ...], *, thorough: bool = True) -> int:
        """Leave no trace of these conversations; return how many there were.

        Where that is costly, it may wait for the next `thorough` erasure, also of nothing.
        """
        ...

    async def remember(self, reminder: Reminder, now: float) -> None:
        """Keep it, in place of what was kept under its name, as durably as an input.

        What was to be kept until `now`, or less long, is forgotten.
        """
        ...

    async def remembered(self, now: float) -> tuple[Reminder, ...]:
        """Return what is to be kept for longer than until `now`."""
        ...

    async def read(self, conversation: str, after: int = 0) -> tuple[Record, ...]:
        """Return what is stored behind `after`, in order."""
        ...

    async def probe(self) -> None:
        """Write something that changes nothing, as durably as an input; raise where that fails."""
        ...

    async def last(self, conversation: str) -> int:
        """Return the highest sequence number of the conversation, 0 where there is none."""
        ...

    async def conversations(self) -> tuple[str, ...]:
        """Return the ids of all conversations, sorted."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the store. Closing twice is fine."""
        ...
