"""What a snapshot tells of one moment of a conversation, and how each event changes it.

The law: it holds what is on a screen and nothing of the way there, so that a long chat may keep one
for every event. Coverage and waiting are no part of it: not every change of theirs is an event, so
they are always told as of now.
"""

from dataclasses import dataclass, field, replace

from assist.core.conversation import Acknowledgement, Alert, Change, Conversation, LedgerChange
from assist.core.coverage import coverage
from assist.core.escalation import Escalation
from assist.core.ledger import Entry
from assist.core.signals import Reading, Sentiment, SentimentLabel
from assist.core.suggestions import Retracted, Suggestion
from assist.core.turns import Role
from assist.wire.messages import Position, Snapshot
from assist.wire.waiting import waiting_since

__all__ = ["Standing", "after", "before_step", "shot", "standing_of"]

_UNREAD = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The last turn, how many there are, how the customer feels, and what is on the screen."""

    turn: str | None
    turns: int
    heard: str | None
    sentiment: Sentiment
    escalation: Escalation
    suggestions: tuple[Suggestion, ...] = field(repr=False)
    ledger: tuple[Entry, ...] = field(repr=False)
    alerts: tuple[Alert, ...] = field(repr=False)


def standing_of(conversation: Conversation) -> Standing:
    """Return what stands now."""
    heard, sentiment = _feeling(conversation)
    return Standing(
        turn=conversation.turns[-1].id if conversation.turns else None,
        turns=len(conversation.turns),
        heard=heard,
        sentiment=sentiment,
        escalation=conversation.escalation,
        suggestions=conversation.standing,
        ledger=conversation.ledger,
        alerts=conversation.open_alerts,
    )


def before_step(before: Standing, stepped: Standing) -> Standing:
    """Return what stood before, with what a step changes without telling of it."""
    return replace(before, turn=stepped.turn, turns=stepped.turns, heard=stepped.heard)


def after(standing: Standing, change: Change) -> Standing:
    """Return what stands once `change` was told."""
    match change:
        case Reading() if change.turn == standing.heard:
            return replace(standing, sentiment=change.sentiment)
        case Escalation():
            return replace(standing, escalation=change)
        case Suggestion():
            return replace(standing, suggestions=(*standing.suggestions, change))
        case Retracted():
            left = tuple(one for one in standing.suggestions if one.id != change.suggestion)
            return replace(standing, suggestions=left)
        case LedgerChange():
            return replace(standing, ledger=change.entries)
        case Alert():
            return replace(standing, alerts=(*standing.alerts, change))
        case Acknowledgement(alert=alert):
            left_open = tuple(one for one in standing.alerts if one.id != alert)
            return replace(standing, alerts=left_open)
        case _:
            return standing


def shot(  # noqa: PLR0913  what a snapshot is made of
    standing: Standing,
    now: Conversation,
    position: Position,
    *,
    re: str | None = None,
    recovered: bool | None = None,
    version: str | None = None,
) -> Snapshot:
    """Return `standing` as the state at `position`, with the coverage and the waiting of `now`."""
    return Snapshot(
        re=re,
        conversation=now.id,
        position=position,
        turn=standing.turn,
        escalation=standing.escalation,
        sentiment=standing.sentiment,
        suggestions=standing.suggestions,
        ledger=standing.ledger,
        turns=standing.turns,
        coverage=coverage(now),
        alerts=standing.alerts,
        waiting_since=waiting_since(now),
        customer=now.opened.customer_name,
        closed=now.summary is not None or None,
        recovered=recovered,
        version=version,
    )


def _feeling(conversation: Conversation) -> tuple[str | None, Sentiment]:
    """Return the last turn of the customer that was read, and how it reads.

    Both lists are in the order of the turns, so the search seldom goes far from their ends.
    """
    readings = iter(reversed(conversation.readings))
    reading = next(readings, None)
    for turn in reversed(conversation.turns):
        if reading is None:
            break
        if reading.turn != turn.id:
            continue
        if turn.role is Role.CUSTOMER and not turn.private:
            return turn.id, reading.sentiment
        reading = next(readings, None)
    return None, _UNREAD
