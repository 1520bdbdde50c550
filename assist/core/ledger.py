"""What was promised and agreed, by whom, and by when.

The law: an entry holds only what was said in a turn; a due time is read from that turn's own time,
never from a clock.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assist.core.signals import Evidence
from assist.core.text import fold, lowered
from assist.core.turns import Role

__all__ = ["Entry", "EntryKind", "EntryState", "due_time", "overdue"]


class EntryKind(StrEnum):
    """What kind of word was given."""

    PROMISE = "promise"
    AGREEMENT = "agreement"
    FOLLOW_UP = "follow-up"


class EntryState(StrEnum):
    """Where it stands."""

    OPEN = "open"
    KEPT = "kept"
    OVERDUE = "overdue"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One promise, agreement or follow-up."""

    id: str
    kind: EntryKind
    owner: Role
    what: str = field(repr=False)
    due: datetime | None = None
    state: EntryState = EntryState.OPEN
    evidence: tuple[Evidence, ...] = ()


_AMOUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "ten": 10, "couple": 2, "few": 3, "half": 0.5,
}  # fmt: skip
_UNITS = {"minute": 1, "min": 1, "hour": 60, "hr": 60, "day": 1440, "week": 10080}
_WITHIN = re.compile(
    r"\b(?:in|within)\s+(?:the next\s+)?(?:about\s+)?(?:a\s+(?=couple|few))?"
    r"(\d{1,3}|[a-z]+)(?:\s+(?:of|an|a))?\s+"
    r"(?:working\s+|business\s+)?(minute|min|hour|hr|day|week)s?\b"
)
_CLOCK = re.compile(
    r"\b(?:by|before|at)\s+(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\b"
    r"(?![:.]\d|\s*(?:[%/-]|(?:working|business|minute|min|hour|hr|day|week|month|of)))"
)
_TODAY = re.compile(
    r"\b(?:by the end of (?:the )?(?:day|today)|today|tonight|end of (?:the )?day)\b"
)
_TOMORROW = re.compile(r"\btomorrow\b")
_TONIGHT = re.compile(r"\btonight\b")


def due_time(text: str, at: datetime) -> datetime | None:
    """Return when something said at `at` falls due, or None where the words give no time."""
    try:
        return _due_time(lowered(fold(text)), at)
    except OverflowError:
        return None


def _due_time(plain: str, at: datetime) -> datetime | None:
    if match := _WITHIN.search(plain):
        amount = _AMOUNTS.get(match[1]) if not match[1].isdigit() else int(match[1])
        if amount is not None:
            return at + timedelta(minutes=amount * _UNITS[match[2]])
    day = at + timedelta(days=1) if _TOMORROW.search(plain) else at
    if match := _CLOCK.search(plain):
        return _on_the_clock(match, at, day)
    if day is not at or _TODAY.search(plain):
        return _end_of(day, at, late=_TONIGHT.search(plain) is not None)
    return None


def _end_of(day: datetime, at: datetime, *, late: bool) -> datetime | None:
    """Return six in the evening of `day`, or its last minute where that is past or too early."""
    evening = day.replace(hour=18, minute=0, second=0, microsecond=0)
    if late or evening <= at:
        evening = day.replace(hour=23, minute=59, second=0, microsecond=0)
    return evening if evening > at else None


def _on_the_clock(match: re.Match[str], at: datetime, day: datetime) -> datetime | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] is not None and hour <= 12:
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        return None
    due = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if due <= at and match[3] is None and hour < 12:
        due += timedelta(hours=12)
    return due if due > at else None


def overdue(entries: tuple[Entry, ...], at: datetime) -> tuple[Entry, ...]:
    """Return `entries` with those past their due time marked."""
    return tuple(
        replace(entry, state=EntryState.OVERDUE)
        if entry.state is EntryState.OPEN and entry.due is not None and entry.due <= at
        else entry
        for entry in entries
    )
