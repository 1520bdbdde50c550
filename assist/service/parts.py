"""What every conversation is given to work with, and the names of the bus's subjects."""

from dataclasses import dataclass, field

from assist.service.alarms import Alarms
from assist.service.analyst import Analyst
from assist.service.asleep import Asleep
from assist.service.bus import Bus
from assist.service.choices import Choices
from assist.service.clock import Clock
from assist.service.course import LineLike
from assist.service.masks import Masks
from assist.service.metrics import Metrics
from assist.service.store import TurnLog

__all__ = ["SUPERVISORS", "Parts", "subject_of", "supervisors_of"]

SUPERVISORS = "supervisors"


@dataclass(slots=True, kw_only=True)
class Parts:
    """The line, the log, the bus and the clock.

    Only the line is ever exchanged, when rules change. `degraded` names what does not work just
    now, `trouble` says why where that is known.
    """

    line: LineLike
    log: TurnLog
    bus: Bus
    analyst: Analyst
    alarms: Alarms
    choices: Choices
    clock: Clock
    metrics: Metrics
    queue: int
    share_coverage: bool = False
    masks: Masks = field(default_factory=Masks)
    asleep: Asleep = field(default_factory=Asleep)
    degraded: set[str] = field(default_factory=set)
    trouble: dict[str, str] = field(default_factory=dict)


def subject_of(conversation: str) -> str:
    """Return where a conversation's events are published."""
    return f"conversation.{conversation}"


def supervisors_of(tenant: str) -> str:
    """Return where the supervisors who follow all conversations of a tenant listen."""
    return f"{SUPERVISORS}.{tenant}" if tenant else SUPERVISORS
