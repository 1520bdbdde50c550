"""A turn log in memory: for demonstrations and tests.

The law: it keeps every promise of `TurnLog` but one: it ends with the process.
"""

import secrets
from collections.abc import AsyncIterator
from dataclasses import replace

from assist.service.store import (
    Appended,
    Arrivals,
    Conflict,
    Duplicate,
    Outcome,
    Record,
    TurnLog,
    follow,
)

__all__ = ["MemoryLog"]


class MemoryLog(TurnLog):
    """Lists of records, one a conversation."""

    kind = "memory"

    def __init__(self) -> None:
        self.store_id = secrets.token_hex(8)
        self._records: dict[str, list[Record]] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._arrivals = Arrivals()

    async def append(
        self, conversation: str, expected: int | None, message_id: str, payload: bytes
    ) -> Outcome:
        """Store one input."""
        place = self._places.get((conversation, message_id))
        if place is not None:
            return Duplicate(seq=place)
        records = self._records.setdefault(conversation, [])
        if expected is not None and expected != len(records):
            return Conflict(last=len(records))
        seq = len(records) + 1
        records.append(Record(seq=seq, message_id=message_id, payload=payload))
        self._places[conversation, message_id] = seq
        self._arrivals.announce(conversation)
        return Appended(seq=seq)

    async def replace(self, conversation: str, message_id: str, payload: bytes) -> bool:
        """Put `payload` in the place of an older one."""
        place = self._places.get((conversation, message_id))
        if place is None:
            return False
        records = self._records[conversation]
        records[place - 1] = replace(records[place - 1], payload=payload)
        return True

    async def read(self, conversation: str, after: int = 0) -> tuple[Record, ...]:
        """Return what is stored behind `after`."""
        return tuple(self._records.get(conversation, ())[after:])

    async def last(self, conversation: str) -> int:
        """Return the highest sequence number."""
        return len(self._records.get(conversation, ()))

    async def conversations(self) -> tuple[str, ...]:
        """Return the ids of all conversations."""
        return tuple(sorted(name for name, records in self._records.items() if records))

    def tail(self, conversation: str, after: int = 0) -> AsyncIterator[Record]:
        """Yield what is there and what comes."""
        return follow(self, self._arrivals, conversation, after)

    async def close(self) -> None:
        """Let the tails end."""
        self._arrivals.close()
