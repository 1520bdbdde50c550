"""A conversation: the state after some turns, and what differs between two such states.

The law: a conversation is a value. It is only ever made by `assist.core.line`, from the
one before and an event, so the same events give the same conversation on every machine.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from assist.core.escalation import CALM, Contribution, Escalation, Level, Reason
from assist.core.gathered import Gathered
from assist.core.ledger import Entry
from assist.core.signals import Act, Evidence, Reading
from assist.core.suggestions import Held, Moment, Retracted, RetractReason, Suggestion
from assist.core.turns import Chosen, Edit, Event, Opened, Role, Turn

__all__ = [
    "Acknowledgement",
    "Act",
    "Alert",
    "Change",
    "Conversation",
    "Coverage",
    "Feeling",
    "LedgerChange",
    "Noted",
    "Part",
    "Shown",
    "Stage",
    "Summary",
    "changes",
]


class Stage(StrEnum):
    """Where a conversation stands."""

    OPENING = "opening"
    EXPLORING = "exploring"
    SOLVING = "solving"
    SETTLING = "settling"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """That a suggestion was shown, after so many turns of either side, at the turn `turn`."""

    technique: str
    rule: str
    lines: tuple[int, ...]
    customer_turns: int
    agent_turns: int = 0
    turn: str = ""
    by_time: bool = False

    @property
    def suggestion(self) -> str:
        """Return the id of the suggestion."""
        return f"{self.rule}:{self.turn}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """That a supervisor has seen an alert."""

    alert: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """The sentiment (−1..1) of one customer turn."""

    turn: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A technique, the agent's turns that used it, and the turns where a moment for it went by.

    Neutral by design; `text` says it in a sentence.
    """

    technique: str
    turns: tuple[str, ...]
    passed: tuple[str, ...] = ()
    text: str = ""


class Part(StrEnum):
    """What a line of the record is about."""

    PROBLEM = "problem"
    CAUSE = "cause"
    FEELING = "feeling"
    OFFERED = "offered"
    AGREED = "agreed"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One line of the record, in plain words, and where it was said."""

    part: Part
    text: str = field(repr=False)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The record of a conversation."""

    problem: str | None = field(repr=False)
    causes: tuple[str, ...] = ()
    feeling: tuple[Feeling, ...] = ()
    offered: tuple[str, ...] = field(default=(), repr=False)
    agreed: tuple[str, ...] = field(default=(), repr=False)
    open: tuple[str, ...] = field(default=(), repr=False)
    coverage: tuple[Coverage, ...] = ()
    record: tuple[Noted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A call to the supervisors, raised once a crossing, with the record so far to hand over.

    The id counts the crossings into a level, so that a crossing keeps it where turns come late.
    """

    id: str
    level: Level
    reasons: tuple[Reason, ...]
    turn: str
    summary: Summary | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerChange:
    """The ledger as it now stands."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The state after some turns; `now` is the conversation's own time.

    `events` is all that happened, in order, for the day a turn comes late or is taken back.
    `belief` and `scores` (one a customer turn) carry the escalation; `standing` is what the agent
    sees, `held` what was kept back at the last turn, `moments` the log of all that was,
    `snoozed` the techniques the agent sent to rest here, `chosen` what the agent wants everywhere,
    `acknowledged` the alerts that were seen, `edits` the newest edit of each turn, also of one that
    is yet to come (no part of how the conversation stands), `redacted` the turns whose words were
    taken back: for good, whatever comes later or came before. `_gathered` goes on to the next
    state as it is, which gathers only what is new.
    """

    id: str
    opened: Opened = field(default_factory=Opened)
    now: datetime | None = None
    events: tuple[Event, ...] = field(default=(), repr=False)
    turns: tuple[Turn, ...] = ()
    readings: tuple[Reading, ...] = ()
    belief: tuple[Contribution, ...] = ()
    scores: tuple[float, ...] = ()
    escalation: Escalation = CALM
    stage: Stage = Stage.OPENING
    acts: tuple[Act, ...] = ()
    standing: tuple[Suggestion, ...] = ()
    retracted: tuple[Retracted, ...] = ()
    shown: tuple[Shown, ...] = ()
    held: tuple[Held, ...] = ()
    moments: tuple[Moment, ...] = ()
    snoozed: frozenset[str] = frozenset()
    chosen: Chosen | None = None
    edits: tuple[Edit, ...] = field(default=(), compare=False)
    redacted: frozenset[str] = frozenset()
    ledger: tuple[Entry, ...] = ()
    alerts: tuple[Alert, ...] = ()
    acknowledged: frozenset[str] = frozenset()
    typing: frozenset[Role] = frozenset()
    agent: str | None = None
    summary: Summary | None = None
    _gathered: Gathered = field(default_factory=Gathered, repr=False, compare=False)

    @property
    def gathered(self) -> Gathered:
        """Return what turns, readings and acts come to, from where the state before had come to."""
        known = self._gathered
        # Asked some thirty times a turn.
        if (
            known.turns is not self.turns
            or known.readings is not self.readings
            or known.acts is not self.acts
        ):
            known = known.gone_on(self.turns, self.readings, self.acts)
            object.__setattr__(self, "_gathered", known)
        return known

    @property
    def customer_turns(self) -> tuple[Turn, ...]:
        """Return what the customer said, in order."""
        return self.gathered.customer_turns

    @property
    def agent_turns(self) -> tuple[Turn, ...]:
        """Return what the agents said to the customer, in order."""
        return self.gathered.agent_turns

    @property
    def last_acts(self) -> tuple[Act, ...]:
        """Return what the agent did in the last turn of theirs."""
        last = self.agent_turns[-1].id if self.agent_turns else ""
        return tuple(takewhile(lambda act: act.turn == last, reversed(self.acts)))[::-1]

    @property
    def open_alerts(self) -> tuple[Alert, ...]:
        """Return the alerts that nobody has acknowledged."""
        return tuple(alert for alert in self.alerts if alert.id not in self.acknowledged)

    @property
    def last(self) -> Turn | None:
        """Return the last turn that was not private, or None."""
        return next((turn for turn in reversed(self.turns) if not turn.private), None)

    def edit(self, turn: str) -> Edit | None:
        """Return the newest edit of that turn, or None."""
        return next((edit for edit in self.edits if edit.turn == turn), None)

    def reading(self, turn: str) -> Reading | None:
        """Return the reading of that turn, or None; the newest is looked at first."""
        return next((reading for reading in reversed(self.readings) if reading.turn == turn), None)

    def customer_readings(self) -> tuple[Reading, ...]:
        """Return the readings of the customer's turns, in order."""
        return self.gathered.customer_readings


Change = (
    Reading | Escalation | Suggestion | Retracted | LedgerChange | Alert | Acknowledgement | Summary
)


def changes(before: Conversation, after: Conversation) -> tuple[Change, ...]:
    """Return what a listener must be told to come from `before` to `after`, in a fixed order."""
    told: list[Change] = list(_new_readings(before, after))
    if after.escalation != before.escalation:
        told.append(after.escalation)
    told.extend(_suggestion_changes(before, after))
    if after.ledger != before.ledger:
        told.append(LedgerChange(entries=after.ledger))
    seen = {alert.id for alert in before.alerts}
    told.extend(alert for alert in after.alerts if alert.id not in seen)
    newly = sorted(after.acknowledged - before.acknowledged)
    told.extend(Acknowledgement(alert=alert) for alert in newly)
    if after.summary is not None and after.summary != before.summary:
        told.append(after.summary)
    return tuple(told)


def _new_readings(before: Conversation, after: Conversation) -> tuple[Reading, ...]:
    """Return the readings of customer turns that are new or differ.

    What is the very same value at the very same place needs no second look: a conversation that
    only went on shares its past with the one before.
    """
    old, new = before.readings, after.readings
    went_on = bool(old) and len(new) >= len(old) and new[len(old) - 1] is old[-1]
    fresh = new[len(old) :] if went_on else new
    said = after.turns[len(before.turns) :] if went_on else after.turns
    theirs = {turn.id for turn in said if turn.role is Role.CUSTOMER and not turn.private}
    known = {} if went_on else {reading.turn: reading for reading in old}
    return tuple(read for read in fresh if read.turn in theirs and known.get(read.turn) != read)


def _suggestion_changes(before: Conversation, after: Conversation) -> tuple[Change, ...]:
    """Return what goes and what comes; a suggestion whose words changed goes and comes again."""
    reasons = {gone.suggestion: gone.reason for gone in after.retracted}
    gone = tuple(
        Retracted(
            suggestion=suggestion.id,
            reason=reasons.get(suggestion.id, RetractReason.SUPERSEDED),
        )
        for suggestion in before.standing
        if suggestion not in after.standing
    )
    return (*gone, *(new for new in after.standing if new not in before.standing))
