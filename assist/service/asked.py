"""What comes to a conversation: something a peer said, or time.

The law: whoever asked is answered through their own mailbox, and the answer names the question.
"""

from dataclasses import dataclass, field
from datetime import datetime

from assist.service.bus import Mailbox
from assist.wire.messages import ClientMessage, Peer, ServerMessage, encode

__all__ = ["Asked", "ChoiceChanged", "FellDue", "LineChanged", "Matter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message, who sent it, and when it came (seconds of the service's clock).

    `agent` is who they said they are in `hello`, `peer` in which role.
    """

    message: ClientMessage = field(repr=False)
    mailbox: Mailbox = field(repr=False)
    received: float
    agent: str | None = None
    peer: Peer | None = None

    @property
    def re(self) -> str | None:
        """Return what the answer is to name."""
        return self.message.id

    def answer(self, message: ServerMessage) -> None:
        """Send `message` to whoever asked."""
        self.mailbox.put(encode(message).encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class FellDue:
    """The conversation's time has come to `at`, and nothing was said meanwhile."""

    at: datetime
    received: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanged:
    """Other rules are in force from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceChanged:
    """Some agent chose otherwise for all of their chats."""


Matter = Asked | FellDue | LineChanged | ChoiceChanged
