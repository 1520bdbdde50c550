"""What stands in the turn log: the inputs of a conversation, and nothing that followed from them.

The law: an input is the client's own message, without the `id` of its connection; what no client
sends is the tick that fired, what the agent chose for all of their chats, and that an input which
had overrun was read in full. From the inputs alone everything else can be made again.
"""

from datetime import UTC, datetime
from hashlib import blake2s
from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

from assist.core.turns import Chosen, Event, FeedbackAction, Tick
from assist.errors import StoreError
from assist.wire.events import to_event
from assist.wire.messages import (
    Acknowledge,
    Assign,
    ClientMessage,
    Close,
    Edit,
    Feedback,
    Open,
    Redact,
    Snooze,
    TurnMessage,
)
from assist.wire.shapes import ConversationId, Id, Shape

__all__ = [
    "Chose",
    "Entry",
    "Fired",
    "ReadInFull",
    "Sent",
    "decoded",
    "encoded",
    "event_of",
    "message_id",
    "only_seen",
    "redacted",
    "turn_of",
    "without_words",
]


_EVER = datetime.min.replace(tzinfo=UTC)


class Fired(Shape):
    """Nothing happened until `at`, and that mattered."""

    type: Literal["tick"] = "tick"
    conversation: ConversationId
    at: AwareDatetime


class Chose(Shape):
    """What the agent who has the conversation chose for all of their chats."""

    type: Literal["choice"] = "choice"
    conversation: ConversationId
    agent: Id
    muted: tuple[str, ...]
    resting: tuple[str, ...]


class ReadInFull(Shape):
    """Input number `input` overran and is noted so; then it was read in full, and that was told."""

    type: Literal["read-in-full"] = "read-in-full"
    conversation: ConversationId
    input: int = Field(ge=1)


Sent: TypeAlias = (
    Open | TurnMessage | Edit | Redact | Assign | Close | Feedback | Snooze | Acknowledge
)
Entry: TypeAlias = Sent | Chose | Fired | ReadInFull

_ENTRIES: TypeAdapter[Entry] = TypeAdapter(Annotated[Entry, Field(discriminator="type")])


def encoded(entry: Entry) -> bytes:
    """Return `entry` as it is stored."""
    if not isinstance(entry, Fired | Chose | ReadInFull) and entry.id is not None:
        entry = entry.model_copy(update={"id": None})
    return entry.model_dump_json().encode()


def decoded(payload: bytes) -> Entry:
    """Return the entry stored as `payload`."""
    try:
        return _ENTRIES.validate_json(payload)
    except ValidationError:
        pass
    raise StoreError(
        "the turn log holds an input that this version cannot read", code="store.unreadable"
    )


def event_of(entry: Entry) -> Event:
    """Return what happened; where nothing did, that time went on to where it was already."""
    match entry:
        case Chose():
            return Chosen(agent=entry.agent, muted=entry.muted, resting=entry.resting)
        case Fired():
            return Tick(at=entry.at)
        case ReadInFull():
            return Tick(at=_EVER)
        case _:
            return to_event(entry)


def message_id(entry: Entry, seq: int) -> str:
    """Return what makes this input the same as one sent before: a turn's id, an opening's content.

    Everything else may rightly be said again, and is told apart by its place.
    """
    match entry:
        case TurnMessage():
            return f"turn:{entry.turn.id}"
        case Open():
            return f"open:{blake2s(encoded(entry), digest_size=16).hexdigest()}"
        case _:
            return f"{entry.type}:{seq}"


def only_seen(entry: Entry) -> bool:
    """Tell whether nothing happened but that a suggestion came on somebody's screen."""
    return isinstance(entry, Feedback) and entry.action is FeedbackAction.SHOWN


def turn_of(message: ClientMessage | Chose | Fired | ReadInFull) -> str | None:
    """Return the id of the turn that the message is about."""
    match message:
        case TurnMessage():
            return message.turn.id
        case Edit() | Redact():
            return message.turn
        case _:
            return None


def redacted(entries: tuple[Entry, ...]) -> tuple[int, ...]:
    """Return the places of those entries that still hold words taken back by a redaction."""
    found = []
    gone = {entry.turn for entry in entries if isinstance(entry, Redact)}
    for place in range(len(entries) - 1, -1, -1):
        entry = entries[place]
        match entry:
            case TurnMessage() if entry.turn.id in gone and entry.turn.text:
                found.append(place)
            case Edit() if entry.turn in gone and entry.text:
                found.append(place)
            case _:
                pass
    return tuple(found)


def without_words(entry: Entry) -> Entry:
    """Return a turn or an edit with its words taken out."""
    match entry:
        case TurnMessage():
            return entry.model_copy(update={"turn": entry.turn.model_copy(update={"text": ""})})
        case Edit():
            return entry.model_copy(update={"text": ""})
        case _:
            return entry
