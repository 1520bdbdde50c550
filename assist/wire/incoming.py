"""What a client may send, each message defined once.

The law: a field that holds a customer's or an agent's words, or a token, is not in the `repr`.
Every time has a zone.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from assist.core.turns import FeedbackAction, Role
from assist.wire.shapes import (
    ConversationId,
    Count,
    Id,
    Label,
    Position,
    Shape,
    Technique,
    Time,
    Words,
    absent,
)

__all__ = [
    "Acknowledge",
    "Assign",
    "Close",
    "Customer",
    "Draft",
    "Edit",
    "Erase",
    "Feedback",
    "Hello",
    "ListHeld",
    "Logout",
    "Open",
    "PastContact",
    "Peer",
    "Prefer",
    "Redact",
    "Renew",
    "SentTurn",
    "Snooze",
    "Subscribe",
    "Summarise",
    "TurnMessage",
    "Typing",
    "Unsubscribe",
]


class Peer(StrEnum):
    """Who is at the other end of a connection."""

    PLATFORM = "platform"
    AGENT = "agent"
    SUPERVISOR = "supervisor"


class _Asked(Shape):
    type: str
    id: Annotated[str, Field(max_length=64)] | None = absent()


class Hello(_Asked):
    """The first message of every connection."""

    type: Literal["hello"] = "hello"
    protocol: int
    role: Peer
    token: str | None = absent(repr=False, max_length=8192)
    agent: Id | None = absent()


class Renew(_Asked):
    """A newer token for the same role, agent and tenant; the connection and what it follows stay.

    It must reach at least as far as the one before, and is good once, like every token.
    """

    type: Literal["renew"] = "renew"
    token: Annotated[str, Field(repr=False, max_length=8192)]


class Logout(_Asked):
    """This connection ends for good; with `agent` (platforms, supervisors), all of that agent's.

    Tokens that were made for that agent before are good no longer.
    """

    type: Literal["logout"] = "logout"
    agent: Id | None = absent()


class PastContact(Shape):
    """An earlier contact, as the platform tells it."""

    at: Time
    summary: Words


class Customer(Shape):
    """What the platform knows of the customer; `id` is what `erase` may name."""

    id: Id | None = absent(repr=False)
    name: Label | None = absent(repr=False)
    history: tuple[PastContact, ...] = ()


class Open(_Asked):
    """A conversation begins."""

    type: Literal["open"] = "open"
    conversation: ConversationId
    channel: Label | None = absent()
    agent: Id | None = absent()
    customer: Customer | None = absent()
    pack: Label | None = absent()
    locale: Label | None = absent()


class SentTurn(Shape):
    """One thing one party said. `private` turns (internal notes) are kept but never read."""

    id: Id
    role: Role
    text: Words
    at: Time
    author: Label | None = absent()
    private: bool = False


class TurnMessage(_Asked):
    """Somebody said something. The same `turn.id` again is answered by the first ack again."""

    type: Literal["turn"] = "turn"
    conversation: ConversationId
    turn: SentTurn


class Edit(_Asked):
    """A turn's words were changed."""

    type: Literal["edit"] = "edit"
    conversation: ConversationId
    turn: Id
    text: Words
    at: Time


class Redact(_Asked):
    """A turn's words were taken back."""

    type: Literal["redact"] = "redact"
    conversation: ConversationId
    turn: Id
    at: Time


class Erase(_Asked):
    """Nothing of a conversation, or of all conversations of a customer, is to stay stored.

    `customer` is the `id` that `open` gave, or the name where it gave none. Exactly one is named.
    """

    type: Literal["erase"] = "erase"
    conversation: ConversationId | None = absent()
    customer: Id | None = absent(repr=False)

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.conversation is None) == (self.customer is None):
            raise PydanticCustomError("one", "it should name either a conversation or a customer")
        return self


class Typing(_Asked):
    """A party began (`on`) or stopped typing; never answered."""

    type: Literal["typing"] = "typing"
    conversation: ConversationId
    role: Role
    on: bool
    at: Time


class Assign(_Asked):
    """The conversation went to an agent, or with `null` to none."""

    type: Literal["assign"] = "assign"
    conversation: ConversationId
    agent: Id | None


class Close(_Asked):
    """The conversation ended."""

    type: Literal["close"] = "close"
    conversation: ConversationId
    at: Time
    outcome: Label | None = absent()


class Subscribe(_Asked):
    """Follow a conversation, or with `*` (supervisors) all; `after` asks for what was missed."""

    type: Literal["subscribe"] = "subscribe"
    conversation: Id
    after: Position | None = absent()


class Unsubscribe(_Asked):
    """Follow it no longer."""

    type: Literal["unsubscribe"] = "unsubscribe"
    conversation: Id


class Draft(_Asked):
    """What the agent has typed and not sent; only the newest revision is answered."""

    type: Literal["draft"] = "draft"
    conversation: ConversationId
    revision: Count
    text: Words


class Feedback(_Asked):
    """What the agent did with a suggestion."""

    type: Literal["feedback"] = "feedback"
    conversation: ConversationId
    suggestion: Id
    action: FeedbackAction
    reason: str | None = absent(repr=False, max_length=2000)
    at: Time


class Snooze(_Asked):
    """The agent sends a technique (`*`: all) to rest in this chat, or with `on` false wakes it."""

    type: Literal["snooze"] = "snooze"
    conversation: ConversationId
    technique: Technique
    on: bool
    at: Time


class Prefer(_Asked):
    """What the agent wants in all of their chats; what is left out stays as it is.

    `muted` names the techniques (`*`: all) they want no cards for; with `fewer`, techniques that
    they nearly always do by themselves or send away rest longer.
    """

    type: Literal["prefer"] = "prefer"
    muted: tuple[Technique, ...] | None = absent()
    fewer: bool | None = absent()


class ListHeld(_Asked):
    """Asks for what was held back in this chat, and why."""

    type: Literal["held"] = "held"
    conversation: ConversationId


class Acknowledge(_Asked):
    """A supervisor has seen an alert."""

    type: Literal["acknowledge"] = "acknowledge"
    conversation: ConversationId
    alert: Id


class Summarise(_Asked):
    """Asks for the `summary` of the conversation as it stands."""

    type: Literal["summarise"] = "summarise"
    conversation: ConversationId
