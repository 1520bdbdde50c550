"""What the server sends, each message defined once.

The law: values of the core are embedded as they are, never declared a second time. An event
carries its position and the turn that caused it; `null` there means that time did.
"""

from typing import Annotated, Literal

from pydantic import Field

from assist.core.conversation import Alert, Coverage, Feeling, Noted, Summary
from assist.core.escalation import Escalation, Level, Reason, Trend
from assist.core.feedback import Tally
from assist.core.rewrites import Finding, Tension
from assist.core.signals import Evidence, Sentiment
from assist.core.suggestions import Moment, RetractReason, Suggestion
from assist.wire.shapes import Count, Id, LedgerEntry, Position, Shape, Time, absent

__all__ = [
    "Ack",
    "AcknowledgedMessage",
    "AlertMessage",
    "Emotion",
    "Erased",
    "ErrorMessage",
    "EscalationMessage",
    "HeldBack",
    "LedgerMessage",
    "Limits",
    "LoggedOut",
    "Noticed",
    "Pack",
    "Preferences",
    "ReadingMessage",
    "Renewed",
    "Retract",
    "Review",
    "Snapshot",
    "SuggestionMessage",
    "SummaryMessage",
    "Welcome",
]


class _Answer(Shape):
    type: str
    re: str | None = absent()


class _Event(Shape):
    type: str
    # `turn` is the id of the turn that caused the event, or null where time did; `version` names
    # the rules, playbook, models and code that were in force.
    conversation: Id
    position: Position
    turn: Id | None
    version: str | None = absent()


class Pack(Shape):
    """The rules in force."""

    name: str
    version: str


class Limits(Shape):
    """What a client must stay within: a connection's turns, an agent's messages of all kinds."""

    frame_bytes: Count
    text_chars: Count
    turns_per_second: Annotated[float, Field(gt=0)]
    messages_per_second: Annotated[float, Field(gt=0)] | None = absent()


class Welcome(_Answer):
    """The connection may be used. Within `resume_window_s` a subscription can be resumed.

    With a token, the connection ends at `expires` unless a newer one comes in `renew`. Agents and
    supervisors are told in `techniques` what each technique is called, in English.
    """

    type: Literal["welcome"] = "welcome"
    protocol: int
    server: str
    pack: Pack
    limits: Limits
    resume_window_s: Annotated[float, Field(ge=0)]
    expires: Time | None = absent()
    techniques: dict[str, str] | None = absent()


class Renewed(_Answer):
    """The connection goes on with the newer token, until `expires`; without tokens, for ever."""

    type: Literal["renewed"] = "renewed"
    expires: Time | None = absent()


class LoggedOut(_Answer):
    """So many connections were ended (`sessions`), this one among them where it was meant."""

    type: Literal["logged-out"] = "logged-out"
    agent: Id | None = absent()
    sessions: Count


class Erased(_Answer):
    """Nothing of so many conversations is stored any more; 0 where there were none."""

    type: Literal["erased"] = "erased"
    conversations: Count


class Ack(_Answer):
    """It is done, and what had to be kept is stored. `position` is absent only for `*`."""

    type: Literal["ack"] = "ack"
    conversation: Id
    turn: Id | None = absent()
    position: Position | None = absent()


class Snapshot(_Answer, _Event):
    """A conversation as it stands at `position`.

    `turns` counts the turns so far and `turn` is the id of the last of them, or null before the
    first; `sentiment` is that of the customer's last turn, neutral before it. `recovered` answers
    `after`: true where all that was missed follows, false where this state replaces it. `alerts`
    are those that nobody has acknowledged. The customer has waited for an answer since
    `waiting_since`, and does not wait where it is absent. `customer` is the name that the platform
    gave. `closed` is there, and true, where the chat was closed and nobody spoke since.
    """

    type: Literal["snapshot"] = "snapshot"
    escalation: Escalation
    sentiment: Sentiment
    suggestions: tuple[Suggestion, ...]
    ledger: tuple[LedgerEntry, ...]
    turns: Count
    coverage: tuple[Coverage, ...]
    alerts: tuple[Alert, ...] = ()
    waiting_since: Time | None = absent()
    customer: str | None = absent(repr=False)
    closed: bool | None = absent()
    recovered: bool | None = absent()


class Emotion(Shape):
    """An emotion and how sure (0..1)."""

    name: str
    score: float


class Noticed(Shape):
    """A cause, risk or need, how sure (0..1), and the words that say so."""

    name: str
    score: float
    evidence: tuple[Evidence, ...]


class ReadingMessage(_Event):
    """What one customer turn says.

    `turn` is the turn that was read. It is as a rule the one that caused the event; after an edit,
    a redaction or a late turn, each later turn that now reads differently is told again.
    """

    type: Literal["reading"] = "reading"
    turn: Id
    sentiment: Sentiment
    emotions: tuple[Emotion, ...]
    causes: tuple[Noticed, ...]
    risks: tuple[Noticed, ...]
    needs: tuple[Noticed, ...]


class EscalationMessage(_Event):
    """Where the conversation stands; the weights of the reasons add up to the score.

    The customer has waited for an answer since `waiting_since`; where it is absent, nobody waits.
    `customer` is the name that the platform gave.
    """

    type: Literal["escalation"] = "escalation"
    level: Level
    score: Annotated[float, Field(ge=0, le=1)]
    trend: Trend
    reasons: tuple[Reason, ...]
    waiting_since: Time | None = absent()
    customer: str | None = absent(repr=False)


class SuggestionMessage(_Event):
    """Wording offered for the next turn."""

    type: Literal["suggestion"] = "suggestion"
    suggestion: Suggestion


class Retract(_Event):
    """A suggestion leaves the screen."""

    type: Literal["retract"] = "retract"
    suggestion: Id
    reason: RetractReason


class Review(_Answer):
    """What is to be said of the newest draft."""

    type: Literal["review"] = "review"
    conversation: Id
    revision: Count
    findings: tuple[Finding, ...]
    tension: Tension


class LedgerMessage(_Event):
    """The whole ledger as it now stands."""

    type: Literal["ledger"] = "ledger"
    entries: tuple[LedgerEntry, ...]


class AlertMessage(_Event):
    """A call to the supervisors, once a crossing, with the record so far to hand over.

    `waiting_since` and `customer` are as in `escalation`.
    """

    type: Literal["alert"] = "alert"
    alert: Id
    level: Level
    reasons: tuple[Reason, ...]
    waiting_since: Time | None = absent()
    customer: str | None = absent(repr=False)
    summary: Summary | None = absent()


class AcknowledgedMessage(_Event):
    """A supervisor has seen the alert."""

    type: Literal["acknowledged"] = "acknowledged"
    alert: Id


class HeldBack(_Answer):
    """All that was held back in a chat: each moment, what was shown then, what not, and why."""

    type: Literal["held-back"] = "held-back"
    conversation: Id
    position: Position
    moments: tuple[Moment, ...]
    snoozed: tuple[str, ...]


class Preferences(_Answer):
    """What the agent chose; told to nobody else. With `fewer`, `resting` says what rests longer.

    Counted since they chose it: done by themselves (`own`), sent away, and used.
    """

    type: Literal["preferences"] = "preferences"
    agent: Id
    muted: tuple[str, ...]
    fewer: bool
    resting: tuple[Tally, ...]


class SummaryMessage(_Answer, _Event):
    """The record of a conversation: on close, and with `re` when asked for."""

    type: Literal["summary"] = "summary"
    problem: Annotated[str | None, Field(repr=False)]
    causes: tuple[str, ...]
    feeling: tuple[Feeling, ...]
    offered: Annotated[tuple[str, ...], Field(repr=False)]
    agreed: Annotated[tuple[str, ...], Field(repr=False)]
    open: Annotated[tuple[str, ...], Field(repr=False)]
    coverage: tuple[Coverage, ...]
    record: tuple[Noted, ...] = ()


class ErrorMessage(_Answer):
    """Something was not accepted: a stable `code`, what to do, and whether trying again helps.

    Where waiting helps, `retry_after_s` says for how many seconds.
    """

    type: Literal["error"] = "error"
    code: str
    message: str
    retry: bool
    retry_after_s: Annotated[float, Field(ge=0)] | None = absent()
