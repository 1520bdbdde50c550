"""What may be said to the service, whatever carries it there.

The law: each method is one message of the protocol and returns its answer; what carries messages is
somebody else's matter, in `ask` and `send`.
"""

from abc import ABC, abstractmethod
from datetime import datetime
from typing import TypeVar

from assist.core.turns import FeedbackAction, Role
from assist.wire.messages import (
    Ack,
    Acknowledge,
    Assign,
    ClientMessage,
    Close,
    Customer,
    Edit,
    Feedback,
    HeldBack,
    ListHeld,
    LoggedOut,
    Logout,
    Open,
    Prefer,
    Preferences,
    Redact,
    Renew,
    Renewed,
    SentTurn,
    ServerMessage,
    Snooze,
    Summarise,
    SummaryMessage,
    TurnMessage,
    Typing,
    Unsubscribe,
)

__all__ = ["Answer", "Speech"]

Answer = TypeVar("Answer", bound=ServerMessage)


class Speech(ABC):
    """What may be said and asked; every method but `typing` waits for its answer."""

    @abstractmethod
    async def ask(self, message: ClientMessage, kind: type[Answer]) -> Answer:
        """Send `message` and return its answer, which must be of that kind."""

    @abstractmethod
    async def send(self, message: ClientMessage) -> None:
        """Send `message`, which is not answered."""

    async def open_conversation(
        self,
        conversation: str,
        *,
        customer: Customer | None = None,
        channel: str | None = None,
        agent: str | None = None,
        locale: str | None = None,
    ) -> Ack:
        """Say that a conversation begins."""
        message = Open(
            conversation=conversation,
            customer=customer,
            channel=channel,
            agent=agent,
            locale=locale,
        )
        return await self.ask(message, Ack)

    async def turn(self, conversation: str, turn: SentTurn) -> Ack:
        """Say what was said; the answer means that it is stored."""
        return await self.ask(TurnMessage(conversation=conversation, turn=turn), Ack)

    async def edit(self, conversation: str, turn: str, *, text: str, at: datetime) -> Ack:
        """Say that a turn's words were changed."""
        return await self.ask(Edit(conversation=conversation, turn=turn, text=text, at=at), Ack)

    async def redact(self, conversation: str, turn: str, *, at: datetime) -> Ack:
        """Say that a turn's words were taken back."""
        return await self.ask(Redact(conversation=conversation, turn=turn, at=at), Ack)

    async def typing(self, conversation: str, role: Role, *, on: bool, at: datetime) -> None:
        """Say that somebody began or stopped typing; nothing answers."""
        await self.send(Typing(conversation=conversation, role=role, on=on, at=at))

    async def assign(self, conversation: str, agent: str | None) -> Ack:
        """Say who has the conversation now."""
        return await self.ask(Assign(conversation=conversation, agent=agent), Ack)

    async def close_conversation(
        self, conversation: str, *, at: datetime, outcome: str | None = None
    ) -> Ack:
        """Say that the conversation ended."""
        return await self.ask(Close(conversation=conversation, at=at, outcome=outcome), Ack)

    async def unsubscribe(self, conversation: str) -> Ack:
        """Follow it no longer."""
        return await self.ask(Unsubscribe(conversation=conversation), Ack)

    async def feedback(
        self,
        conversation: str,
        suggestion: str,
        action: FeedbackAction,
        *,
        at: datetime,
        reason: str | None = None,
    ) -> Ack:
        """Say what the agent did with a suggestion."""
        message = Feedback(
            conversation=conversation, suggestion=suggestion, action=action, at=at, reason=reason
        )
        return await self.ask(message, Ack)

    async def snooze(self, conversation: str, technique: str, *, on: bool, at: datetime) -> Ack:
        """Send a technique (`*`: all) to rest in this chat, or wake it."""
        message = Snooze(conversation=conversation, technique=technique, on=on, at=at)
        return await self.ask(message, Ack)

    async def prefer(
        self, *, muted: tuple[str, ...] | None = None, fewer: bool | None = None
    ) -> Preferences:
        """Choose for all of this agent's chats, or with nothing named ask what is chosen."""
        return await self.ask(Prefer(muted=muted, fewer=fewer), Preferences)

    async def held_back(self, conversation: str) -> HeldBack:
        """Ask what was held back in this chat, and why."""
        return await self.ask(ListHeld(conversation=conversation), HeldBack)

    async def acknowledge(self, conversation: str, alert: str) -> Ack:
        """Say that a supervisor has seen an alert."""
        return await self.ask(Acknowledge(conversation=conversation, alert=alert), Ack)

    async def summarise(self, conversation: str) -> SummaryMessage:
        """Ask for the summary as the conversation stands."""
        return await self.ask(Summarise(conversation=conversation), SummaryMessage)

    async def renew(self, token: str) -> datetime | None:
        """Go on with a newer token; return when that ends, None where no token is asked for.

        `welcome.expires` says by when that must be done.
        """
        return (await self.ask(Renew(token=token), Renewed)).expires

    async def logout(self, agent: str | None = None) -> int:
        """End this connection for good, or all of `agent`; return how many were ended."""
        return (await self.ask(Logout(agent=agent), LoggedOut)).sessions
