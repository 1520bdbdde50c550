"""What was promised and agreed, by whom, and by when.

The law: an entry holds only what was said in a turn; where it stands follows from later turns and
from the conversation's own time, never from a clock. Words that were taken back leave no entry.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from assist.core.signals import Evidence

__all__ = [
    "PENDING",
    "Entry",
    "EntryKind",
    "EntryState",
    "Owner",
    "overdue",
    "reminder",
]


class EntryKind(StrEnum):
    """What kind of word was given."""

    PROMISE = "promise"
    AGREEMENT = "agreement"
    FOLLOW_UP = "follow-up"


class EntryState(StrEnum):
    """Where it stands. `DROPPED` is what was openly withdrawn or no longer wanted."""

    OPEN = "open"
    KEPT = "kept"
    OVERDUE = "overdue"
    CONTRADICTED = "contradicted"
    DROPPED = "dropped"


PENDING = frozenset({EntryState.OPEN, EntryState.OVERDUE})
"""The states in which something still has to happen."""


class Owner(StrEnum):
    """Who has to do it."""

    AGENT = "agent"
    CUSTOMER = "customer"
    COMPANY = "company"
    THIRD_PARTY = "third-party"

    @property
    def ours(self) -> bool:
        """Tell whether the agent has to see to it."""
        return self in {Owner.AGENT, Owner.COMPANY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One promise, agreement or follow-up.

    `who` names a colleague, department or third party as the turn named them; `condition` is what
    has to happen first; `said` is the time of the turn. The first evidence is where it was said,
    later ones are what it was confirmed, kept, contradicted or dropped by.
    """

    id: str
    kind: EntryKind
    owner: Owner
    what: str = field(repr=False)
    due: datetime | None = None
    state: EntryState = EntryState.OPEN
    evidence: tuple[Evidence, ...] = ()
    who: str | None = field(default=None, repr=False)
    condition: str | None = field(default=None, repr=False)
    said: datetime | None = None

    @property
    def pending(self) -> bool:
        """Tell whether it still has to happen."""
        return self.state in PENDING


def overdue(entries: tuple[Entry, ...], at: datetime) -> tuple[Entry, ...]:
    """Return `entries` with those past their due time marked."""
    return tuple(
        replace(entry, state=EntryState.OVERDUE)
        if entry.state is EntryState.OPEN and entry.due is not None and entry.due <= at
        else entry
        for entry in entries
    )


def reminder(entry: Entry, seconds: int) -> datetime | None:
    """Return when to remind of an open entry: `seconds` before it is due, or later.

    What was promised for soon is not reminded of before three quarters of its time have passed.
    """
    if entry.state is not EntryState.OPEN or entry.due is None:
        return None
    ahead = timedelta(seconds=seconds)
    if entry.said is not None:
        ahead = min(ahead, (entry.due - entry.said) / 4)
    return entry.due - ahead
