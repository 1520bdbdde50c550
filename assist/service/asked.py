"""What comes to a conversation: something a peer said, or time.

The law: whoever asked is answered through their own mailbox, and the answer names the question.
"""

from dataclasses import dataclass, field
from datetime import datetime

from assist.service.bus import Mailbox
from assist.service.load import Seat
from assist.wire.messages import ClientMessage, Peer, ServerMessage, encode

__all__ = [
    "Asked",
    "CameLate",
    "ChoiceChanged",
    "Erased",
    "FellDue",
    "LineChanged",
    "Matter",
    "Roused",
    "Who",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Somebody at the other end: the agent by the name they have inside, and the role."""

    agent: str | None = None
    peer: Peer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message, who sent it, and when it came (seconds of the service's clock).

    `agent` is who they are, `peer` in which role, and `tenant` whose; names in `message` are as
    they are called inside (see `tenancy`). `seat` is given back when all is done.
    """

    message: ClientMessage = field(repr=False)
    mailbox: Mailbox = field(repr=False)
    received: float
    agent: str | None = None
    peer: Peer | None = None
    tenant: str = ""
    seat: Seat | None = field(default=None, repr=False, compare=False)

    @property
    def who(self) -> Who:
        """Return who asked, without the question: may be kept for as long as they are there."""
        return Who(agent=self.agent, peer=self.peer)

    @property
    def re(self) -> str | None:
        """Return what the answer is to name."""
        return self.message.id

    def answer(self, message: ServerMessage) -> None:
        """Send `message` to whoever asked."""
        self.mailbox.put(encode(message).encode())

    def finish(self) -> None:
        """Note that all is done that this asked for: somebody else may have its seat."""
        if self.seat is not None:
            self.seat.leave()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Roused:
    """The conversation is to be recalled, so that it plans what is to come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """The log holds nothing of the conversation any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameLate:
    """What was read past its budget is there."""


Matter = Asked | CameLate | FellDue | LineChanged | ChoiceChanged | Roused | Erased
