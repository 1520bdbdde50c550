"""What happens in a chat: what was said, by whom, when; and everything else that can happen.

The law: an event is a value, complete in itself. Time is in it, so silence is an event (`Tick`)
like any other. No event shows its words in its `repr`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

__all__ = [
    "Acknowledged",
    "Assigned",
    "Chosen",
    "Closed",
    "Draft",
    "Edit",
    "Event",
    "Feedback",
    "FeedbackAction",
    "Opened",
    "PastContact",
    "Redaction",
    "Role",
    "Snoozed",
    "Tick",
    "Turn",
    "Typing",
]


class Role(StrEnum):
    """Who speaks."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"
    SYSTEM = "system"


class FeedbackAction(StrEnum):
    """What an agent did with a suggestion."""

    SHOWN = "shown"
    INSERTED = "inserted"
    COPIED = "copied"
    EDITED = "edited"
    DISMISSED = "dismissed"
    SNOOZED = "snoozed"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing one party said. `private` turns (internal notes) are kept but never read."""

    id: str
    role: Role
    text: str = field(repr=False)
    at: datetime
    author: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What the agent has typed and not sent. `revision` rises with every change."""

    text: str = field(repr=False)
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PastContact:
    """An earlier contact, as the platform tells it."""

    at: datetime
    summary: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A conversation begins, with what the platform knows of the customer."""

    at: datetime | None = None
    channel: str | None = None
    agent: str | None = None
    customer_id: str | None = field(default=None, repr=False)
    customer_name: str | None = field(default=None, repr=False)
    history: tuple[PastContact, ...] = ()
    pack: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A turn's words were changed on the platform."""

    turn: str
    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """A turn's words were taken back on the platform."""

    turn: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A party began or stopped typing. Passing: it is never stored."""

    role: Role
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """The conversation went to an agent, or to none."""

    agent: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What an agent did with a suggestion. `reason` is kept for reports, never acted upon."""

    suggestion: str
    action: FeedbackAction
    at: datetime
    reason: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed:
    """An agent sent a technique (`*`: all) to rest in this chat, or with `on` false woke it."""

    technique: str
    on: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What an agent chose for all of their chats: techniques muted, and such as rest longer."""

    agent: str
    muted: tuple[str, ...] = ()
    resting: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A supervisor has seen an alert."""

    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """The conversation ended on the platform."""

    at: datetime
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Nothing happened until `at`."""

    at: datetime


Event = (
    Opened
    | Turn
    | Edit
    | Redaction
    | Typing
    | Assigned
    | Feedback
    | Snoozed
    | Chosen
    | Acknowledged
    | Closed
    | Tick
)
