"""The messages of the wire protocol, version 1: all of them, and the way in and out of text.

The law: what is on the wire is here and nowhere else; the schema, the AsyncAPI document, the
golden files and the widget's types are made from it. Text is parsed once and encoded once, and
the same message gives the same text everywhere.
"""

from typing import Annotated, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from assist.wire.faults import fault_of
from assist.wire.incoming import (
    Acknowledge,
    Assign,
    Close,
    Customer,
    Draft,
    Edit,
    Erase,
    Feedback,
    Hello,
    ListHeld,
    Logout,
    Open,
    PastContact,
    Peer,
    Prefer,
    Redact,
    Renew,
    SentTurn,
    Snooze,
    Subscribe,
    Summarise,
    TurnMessage,
    Typing,
    Unsubscribe,
)
from assist.wire.outgoing import (
    Ack,
    AcknowledgedMessage,
    AlertMessage,
    Emotion,
    Erased,
    ErrorMessage,
    EscalationMessage,
    HeldBack,
    LedgerMessage,
    Limits,
    LoggedOut,
    Noticed,
    Pack,
    Preferences,
    ReadingMessage,
    Renewed,
    Retract,
    Review,
    Snapshot,
    SuggestionMessage,
    SummaryMessage,
    Welcome,
)
from assist.wire.shapes import ANY_CONVERSATION, Position

__all__ = [
    "ANY_CONVERSATION",
    "PROTOCOL",
    "SUBPROTOCOL",
    "Ack",
    "Acknowledge",
    "AcknowledgedMessage",
    "AlertMessage",
    "Assign",
    "ClientMessage",
    "Close",
    "Customer",
    "Draft",
    "Edit",
    "Emotion",
    "Erase",
    "Erased",
    "ErrorMessage",
    "EscalationMessage",
    "Feedback",
    "HeldBack",
    "Hello",
    "LedgerMessage",
    "Limits",
    "ListHeld",
    "LoggedOut",
    "Logout",
    "Noticed",
    "Open",
    "Pack",
    "PastContact",
    "Peer",
    "Position",
    "Prefer",
    "Preferences",
    "ReadingMessage",
    "Redact",
    "Renew",
    "Renewed",
    "Retract",
    "Review",
    "SentTurn",
    "ServerEvent",
    "ServerMessage",
    "Snapshot",
    "Snooze",
    "Subscribe",
    "SuggestionMessage",
    "Summarise",
    "SummaryMessage",
    "TurnMessage",
    "Typing",
    "Unsubscribe",
    "Welcome",
    "encode",
    "parse",
    "parse_server",
]

PROTOCOL = 1
SUBPROTOCOL = "assist.v1"

ClientMessage = (
    Hello
    | Renew
    | Logout
    | Open
    | TurnMessage
    | Edit
    | Redact
    | Erase
    | Typing
    | Assign
    | Close
    | Subscribe
    | Unsubscribe
    | Draft
    | Feedback
    | Snooze
    | Prefer
    | ListHeld
    | Acknowledge
    | Summarise
)
ServerEvent = (
    ReadingMessage
    | EscalationMessage
    | SuggestionMessage
    | Retract
    | LedgerMessage
    | AlertMessage
    | AcknowledgedMessage
    | SummaryMessage
)
ServerMessage = (
    Welcome
    | Renewed
    | LoggedOut
    | Erased
    | Ack
    | Snapshot
    | Review
    | HeldBack
    | Preferences
    | ErrorMessage
    | ServerEvent
)

_Message = TypeVar("_Message")

_CLIENT: TypeAdapter[ClientMessage] = TypeAdapter(
    Annotated[ClientMessage, Field(discriminator="type")]
)
_SERVER: TypeAdapter[ServerMessage] = TypeAdapter(
    Annotated[ServerMessage, Field(discriminator="type")]
)


def parse(text: str) -> ClientMessage:
    """Return the client's message in `text`, or raise ClientFault."""
    return _parsed(_CLIENT, text)


def parse_server(text: str) -> ServerMessage:
    """Return the server's message in `text`, or raise ClientFault."""
    return _parsed(_SERVER, text)


def encode(message: ClientMessage | ServerMessage) -> str:
    """Return `message` as compact JSON; the same message gives the same text everywhere."""
    return message.model_dump_json()


def _parsed(adapter: TypeAdapter[_Message], text: str) -> _Message:
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        fault = fault_of(error)
    raise fault  # outside the except clause, so that the fault carries no cause holding the words
