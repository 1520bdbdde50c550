"""A turn log in memory: for demonstrations and tests.

The law: it keeps every promise of `TurnLog` but one: it ends with the process.
"""

import secrets
from dataclasses import dataclass, replace
from itertools import islice
from operator import itemgetter

from assist.service.store import (
    FIRST,
    Appended,
    Conflict,
    Duplicate,
    Outcome,
    Planned,
    Record,
    Reminder,
    TurnLog,
    Upkeep,
)

__all__ = ["MemoryLog"]


@dataclass(slots=True)
class _Kept:
    touched: float
    generation: int
    planned: bool = False
    plan: Planned | None = None


class MemoryLog(TurnLog):
    """Lists of records, one a conversation."""

    kind = "memory"

    def __init__(self) -> None:
        self.store_id = secrets.token_hex(8)
        self._records: dict[str, list[Record]] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._upkeep: dict[str, _Kept] = {}
        self._erasures = 0
        self._reminders: dict[bytes, Reminder] = {}

    async def append(
        self,
        conversation: str,
        expected: int | None,
        message_id: str,
        payload: bytes,
        *,
        touched: float | None = None,
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
        if touched is not None:
            upkeep = self._upkeep.setdefault(conversation, _Kept(touched, self._erasures))
            upkeep.touched, upkeep.planned = touched, False
        return Appended(seq=seq)

    async def replace(
        self, conversation: str, message_id: str, payload: bytes, *, renamed: str | None = None
    ) -> bool:
        """Put `payload` in the place of an older one."""
        place = self._places.pop((conversation, message_id), None)
        if place is None:
            return False
        records, name = self._records[conversation], renamed or message_id
        records[place - 1] = replace(records[place - 1], message_id=name, payload=payload)
        self._places[conversation, name] = place
        return True

    async def plan(self, conversation: str, at: str | None, rings: float | None) -> None:
        """Note when the conversation wants to be looked at."""
        if upkeep := self._upkeep.get(conversation):
            known = at is not None and rings is not None
            upkeep.planned = True
            upkeep.plan = (
                Planned(conversation=conversation, at=at or "", rings=rings or 0.0)
                if known
                else None
            )

    async def planned(
        self, until: float, limit: int, *, behind: tuple[float, str] = FIRST
    ) -> tuple[Planned, ...]:
        """Return the plans that ring until then."""
        plans = (upkeep.plan for upkeep in self._upkeep.values())
        due = [
            ((plan.rings, plan.conversation), plan)
            for plan in plans
            if plan is not None and plan.rings <= until
        ]
        return tuple(plan for place, plan in sorted(due, key=itemgetter(0)) if place > behind)[
            :limit
        ]

    async def unplanned(self, after: str, limit: int) -> tuple[str, ...]:
        """Return conversations that were touched and then not planned."""
        open_ones = (name for name, upkeep in self._upkeep.items() if not upkeep.planned)
        return tuple(sorted(name for name in open_ones if name > after)[:limit])

    async def untouched(self, since: float, limit: int) -> tuple[str, ...]:
        """Return conversations that were last touched before `since`."""
        found = ((upkeep.touched, name) for name, upkeep in self._upkeep.items())
        return tuple(name for touched, name in sorted(found) if touched < since)[:limit]

    async def upkeep(self, conversation: str) -> Upkeep:
        """Return what is kept of the conversation beside its inputs."""
        kept = self._upkeep.get(conversation)
        if kept is None:
            return Upkeep(generation=self._erasures)
        return Upkeep(generation=kept.generation, plan=kept.plan)

    async def beginning_with(
        self, prefix: str, after: tuple[str, int], limit: int
    ) -> tuple[tuple[str, Record], ...]:
        """Return inputs whose id begins so."""
        found = (
            (name, record)
            for name in sorted(self._records)
            for record in self._records[name]
            if record.message_id.startswith(prefix) and (name, record.seq) > after
        )
        return tuple(islice(found, limit))

    async def remember(self, reminder: Reminder, now: float) -> None:
        """Keep a figure until its time."""
        for past in [one.name for one in self._reminders.values() if one.until <= now]:
            del self._reminders[past]
        self._reminders[reminder.name] = reminder

    async def remembered(self, now: float) -> tuple[Reminder, ...]:
        """Return what is still kept."""
        return tuple(one for one in self._reminders.values() if one.until > now)

    async def erase(self, conversations: tuple[str, ...], *, thorough: bool = True) -> int:
        """Forget these conversations."""
        del thorough
        gone = [name for name in conversations if self._records.pop(name, None)]
        for name in gone:
            self._upkeep.pop(name, None)
        for key in [key for key in self._places if key[0] in set(gone)]:
            del self._places[key]
        self._erasures += bool(gone)
        return len(gone)

    async def read(self, conversation: str, after: int = 0) -> tuple[Record, ...]:
        """Return what is stored behind `after`."""
        return tuple(self._records.get(conversation, ())[after:])

    async def probe(self) -> None:
        """Do nothing: memory can always be written to."""

    async def last(self, conversation: str) -> int:
        """Return the highest sequence number."""
        return len(self._records.get(conversation, ()))

    async def conversations(self) -> tuple[str, ...]:
        """Return the ids of all conversations."""
        return tuple(sorted(name for name, records in self._records.items() if records))

    async def close(self) -> None:
        """Do nothing: memory is let go of by itself."""
