"""What is offered to the agent, as values.

The law: a suggestion carries the words that caused it and one sentence of why. Its id is derived
from the rule, the conversation and the turn, so the same chat gives the same id everywhere.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from assist.core.signals import Evidence
from assist.core.text import Span

__all__ = [
    "Held",
    "HeldReason",
    "Kind",
    "Moment",
    "RetractReason",
    "Retracted",
    "Slot",
    "Suggestion",
]


class Kind(StrEnum):
    """How a suggestion is meant: a line to send, a prompt to the agent, or a call upwards."""

    REPLY = "reply"
    NUDGE = "nudge"
    ALERT = "alert"


class RetractReason(StrEnum):
    """Why a suggestion left the screen."""

    USED = "used"
    MOVED_ON = "moved-on"
    SUPERSEDED = "superseded"
    SNOOZED = "snoozed"


class HeldReason(StrEnum):
    """Why a suggestion that applied was not shown."""

    RESTING = "resting"
    DONE = "already-done"
    BUDGET = "budget"
    STANDING = "standing"
    SNOOZED = "snoozed"
    SPENT = "no-line-left"
    MUTED = "muted"
    FEWER = "fewer-asked"
    UNSURE = "unsure"
    CALM = "calm-chat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in one of the lines that only the agent can fill. `line` counts from 0."""

    name: str
    line: int
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Wording offered for the next turn, with its reasons.

    `priority` is 0..100, higher first. `expires_after_turn` counts customer turns.
    """

    id: str
    technique: str
    rule: str
    kind: Kind
    lines: tuple[str, ...] = field(repr=False)
    slots: tuple[Slot, ...] = ()
    why: str
    evidence: tuple[Evidence, ...]
    priority: int
    expires_after_turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A suggestion that applied and was kept back, with the reason."""

    technique: str
    rule: str
    turn: str
    reason: HeldReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time at which rules applied: the id of what was shown, if any, and all that was held back.

    `turn` is the last turn by then; `by_time` where nobody spoke and time alone brought it.
    """

    turn: str
    by_time: bool = False
    shown: str | None = None
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Retracted:
    """A suggestion that left the screen."""

    suggestion: str
    reason: RetractReason
