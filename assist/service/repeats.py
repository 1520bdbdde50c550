"""What needs nothing more, because it was said before or means nothing any longer.

The law: said again it is answered again, and nothing else happens. What names something that this
conversation never had is refused with a code; it is not quietly taken in.
"""

from collections.abc import Set as AbstractSet

from assist.core.conversation import Conversation
from assist.core.turns import Closed
from assist.errors import ClientFault
from assist.service.entries import Entry, event_of
from assist.wire.messages import Acknowledge, Close, Edit, Feedback, Redact

__all__ = ["is_settled"]


def is_settled(conversation: Conversation, entry: Entry, told: AbstractSet[str]) -> bool:
    """Tell whether `entry` changes nothing; raise ClientFault where it names nothing there is.

    `told` are the ids of the suggestions that were told in this conversation.
    """
    match entry:
        case Acknowledge():
            _check_alert(conversation, entry)
            return entry.alert in conversation.acknowledged
        case Feedback():
            _check_suggestion(conversation, entry, told)
            return event_of(entry) in conversation.events
        case Edit():
            newest = conversation.edit(entry.turn)
            older = newest is not None and entry.at < newest.at
            return entry.turn in conversation.redacted or older or newest == event_of(entry)
        case Redact():
            return entry.turn in conversation.redacted
        case Close():
            closed = Closed(at=entry.at, outcome=entry.outcome)
            return conversation.summary is not None and closed in conversation.events
        case _:
            return False


def _check_alert(conversation: Conversation, entry: Acknowledge) -> None:
    if all(alert.id != entry.alert for alert in conversation.alerts):
        raise ClientFault(
            "`alert`: this conversation has no such alert; take the id from the `alert`.",
            code="alert.unknown",
        )


def _check_suggestion(conversation: Conversation, entry: Feedback, told: AbstractSet[str]) -> None:
    name = entry.suggestion
    if (
        name not in told
        and all(card.id != name for card in conversation.standing)
        and all(shown.suggestion != name for shown in conversation.shown)
    ):
        raise ClientFault(
            "`suggestion`: this conversation had no such suggestion; take the id from the "
            "`suggestion`.",
            code="suggestion.unknown",
        )
