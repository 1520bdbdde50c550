"""From the core's values to messages.

The law: pure; the same change gives the same message. Nothing is computed here that the core knows.
"""

from datetime import datetime

from assist.core import rewrites
from assist.core.conversation import (
    Acknowledgement,
    Alert,
    Change,
    Conversation,
    LedgerChange,
    Summary,
)
from assist.core.coverage import coverage
from assist.core.escalation import Escalation
from assist.core.signals import Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import Retracted, Suggestion
from assist.errors import AssistError, ClientFault, LocalFault
from assist.wire.messages import (
    AcknowledgedMessage,
    AlertMessage,
    Emotion,
    ErrorMessage,
    EscalationMessage,
    HeldBack,
    LedgerMessage,
    Noticed,
    Position,
    ReadingMessage,
    Retract,
    Review,
    ServerEvent,
    Snapshot,
    SuggestionMessage,
    SummaryMessage,
)
from assist.wire.waiting import waiting_since

__all__ = ["error_message", "held_back", "render", "review_message", "snapshot", "summary_message"]

_UNREAD = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def render(  # noqa: PLR0913  what an event bears beside the change
    change: Change,
    *,
    conversation: str,
    position: Position,
    turn: str | None,
    version: str | None = None,
    since: datetime | None = None,
    customer: str | None = None,
) -> ServerEvent:
    """Return `change` as the event at `position` that `turn` caused (None where time did).

    `version` names the line that made it; `since` is when the customer began to wait, and
    `customer` what they are called.
    """
    event = _rendered(change, conversation, position, turn)
    if isinstance(event, EscalationMessage | AlertMessage):
        event = event.model_copy(update={"waiting_since": since, "customer": customer})
    return event.model_copy(update={"version": version}) if version else event


def _rendered(
    change: Change, conversation: str, position: Position, turn: str | None
) -> ServerEvent:
    match change:
        case Reading():
            return _reading(change, conversation, position)
        case Escalation():
            return _escalation(change, conversation, position, turn)
        case Suggestion():
            return SuggestionMessage(
                conversation=conversation, position=position, turn=turn, suggestion=change
            )
        case Retracted():
            return _retract(change, conversation, position, turn)
        case LedgerChange():
            return LedgerMessage(
                conversation=conversation, position=position, turn=turn, entries=change.entries
            )
        case Alert():
            return _alert(change, conversation, position, turn)
        case Acknowledgement(alert=alert):
            return AcknowledgedMessage(
                conversation=conversation, position=position, turn=turn, alert=alert
            )
        case Summary():
            return summary_message(change, conversation=conversation, position=position, turn=turn)


def snapshot(
    conversation: Conversation,
    position: Position,
    *,
    re: str | None = None,
    recovered: bool | None = None,
    version: str | None = None,
) -> Snapshot:
    """Return `conversation` as it stands at `position`."""
    read = conversation.customer_readings()
    turns = conversation.turns
    return Snapshot(
        re=re,
        conversation=conversation.id,
        position=position,
        turn=turns[-1].id if turns else None,
        escalation=conversation.escalation,
        sentiment=read[-1].sentiment if read else _UNREAD,
        suggestions=conversation.standing,
        ledger=conversation.ledger,
        turns=len(turns),
        coverage=coverage(conversation),
        alerts=conversation.open_alerts,
        waiting_since=waiting_since(conversation),
        customer=conversation.opened.customer_name,
        closed=conversation.summary is not None or None,
        recovered=recovered,
        version=version,
    )


def review_message(
    review: rewrites.Review, conversation: str, revision: int, *, re: str | None = None
) -> Review:
    """Return what is to be said of the draft with that revision."""
    return Review(
        re=re,
        conversation=conversation,
        revision=revision,
        findings=review.findings,
        tension=review.tension,
    )


def summary_message(
    summary: Summary,
    *,
    conversation: str,
    position: Position,
    turn: str | None,
    re: str | None = None,
) -> SummaryMessage:
    """Return the record of a conversation; with `re` where it was asked for."""
    return SummaryMessage(
        re=re,
        conversation=conversation,
        position=position,
        turn=turn,
        problem=summary.problem,
        causes=summary.causes,
        feeling=summary.feeling,
        offered=summary.offered,
        agreed=summary.agreed,
        open=summary.open,
        coverage=summary.coverage,
        record=summary.record,
    )


def held_back(conversation: Conversation, position: Position, *, re: str | None = None) -> HeldBack:
    """Return the log of what was held back in `conversation`."""
    return HeldBack(
        re=re,
        conversation=conversation.id,
        position=position,
        moments=conversation.moments,
        snoozed=tuple(sorted(conversation.snoozed)),
    )


def error_message(fault: AssistError, *, re: str | None = None) -> ErrorMessage:
    """Return the answer to a fault; of a fault of ours the peer is told nothing."""
    if isinstance(fault, LocalFault):
        return ErrorMessage(
            re=re,
            code=LocalFault.code,
            message="Something failed on the server; try again in a moment.",
            retry=True,
        )
    wait = fault.retry_after_s if isinstance(fault, ClientFault) else None
    return ErrorMessage(
        re=re, code=fault.code, message=fault.message, retry=fault.retry, retry_after_s=wait
    )


def _reading(reading: Reading, conversation: str, position: Position) -> ReadingMessage:
    return ReadingMessage(
        conversation=conversation,
        position=position,
        turn=reading.turn,
        sentiment=reading.sentiment,
        emotions=tuple(
            Emotion(name=signal.name.removeprefix("emotion."), score=signal.score)
            for signal in reading.family("emotion")
        ),
        causes=tuple(_noticed(signal, signal.name) for signal in reading.family("cause")),
        risks=tuple(_noticed(signal, signal.name) for signal in reading.family("risk")),
        needs=tuple(
            _noticed(signal, signal.name.removeprefix("need.")) for signal in reading.family("need")
        ),
    )


def _noticed(signal: Signal, name: str) -> Noticed:
    return Noticed(name=name, score=signal.score, evidence=signal.evidence)


def _escalation(
    escalation: Escalation, conversation: str, position: Position, turn: str | None
) -> EscalationMessage:
    return EscalationMessage(
        conversation=conversation,
        position=position,
        turn=turn,
        level=escalation.level,
        score=escalation.score,
        trend=escalation.trend,
        reasons=escalation.reasons,
    )


def _retract(
    retracted: Retracted, conversation: str, position: Position, turn: str | None
) -> Retract:
    return Retract(
        conversation=conversation,
        position=position,
        turn=turn,
        suggestion=retracted.suggestion,
        reason=retracted.reason,
    )


def _alert(alert: Alert, conversation: str, position: Position, turn: str | None) -> AlertMessage:
    return AlertMessage(
        conversation=conversation,
        position=position,
        turn=turn,
        alert=alert.id,
        level=alert.level,
        reasons=alert.reasons,
        summary=alert.summary,
    )
