"""From a message to the core's event.

The law: every message that changes a conversation has exactly one event; nothing is added to it,
and no clock is asked.
"""

from assist.core import turns
from assist.wire.incoming import (
    Acknowledge,
    Assign,
    Close,
    Customer,
    Edit,
    Feedback,
    Open,
    Redact,
    Snooze,
    TurnMessage,
    Typing,
)

__all__ = ["Eventful", "to_event"]

Eventful = (
    Open | TurnMessage | Edit | Redact | Typing | Assign | Feedback | Snooze | Acknowledge | Close
)


def to_event(message: Eventful) -> turns.Event:
    """Return what `message` says happened."""
    match message:
        case Open():
            return _opened(message)
        case TurnMessage(turn=said):
            return turns.Turn(
                id=said.id,
                role=said.role,
                text=said.text,
                at=said.at,
                author=said.author,
                private=said.private,
            )
        case Edit():
            return turns.Edit(turn=message.turn, text=message.text, at=message.at)
        case Redact():
            return turns.Redaction(turn=message.turn, at=message.at)
        case Typing():
            return turns.Typing(role=message.role, on=message.on, at=message.at)
        case Assign():
            return turns.Assigned(agent=message.agent)
        case Feedback():
            return _told(message)
        case Snooze():
            return turns.Snoozed(technique=message.technique, on=message.on, at=message.at)
        case Acknowledge():
            return turns.Acknowledged(alert=message.alert)
        case Close():
            return turns.Closed(at=message.at, outcome=message.outcome)


def _opened(message: Open) -> turns.Opened:
    customer = message.customer or Customer()
    return turns.Opened(
        channel=message.channel,
        agent=message.agent,
        customer_id=customer.id,
        customer_name=customer.name,
        history=tuple(
            turns.PastContact(at=contact.at, summary=contact.summary)
            for contact in customer.history
        ),
        pack=message.pack,
        locale=message.locale,
    )


def _told(message: Feedback) -> turns.Feedback:
    return turns.Feedback(
        suggestion=message.suggestion,
        action=message.action,
        at=message.at,
        reason=message.reason,
    )
