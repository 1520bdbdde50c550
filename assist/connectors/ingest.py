"""The two ends that take turns in: the hub in this process, and a service over a connection.

The law: both say the same message of the wire protocol and wait for its ack, so that a connector
behaves the same wherever it runs.
"""

from assist.client import Lasting
from assist.connectors.port import Ingest
from assist.connectors.written import Message, message_of
from assist.core import turns
from assist.core.turns import Assigned, Closed, Opened, Redaction, Turn, Typing
from assist.errors import ClientFault
from assist.service.asked import Asked
from assist.service.bus import Mailbox
from assist.service.hub import Hub
from assist.service.tenancy import keyed_message
from assist.wire.messages import (
    Ack,
    Edit,
    ErrorMessage,
    Limits,
    Peer,
    TurnMessage,
    encode,
    parse_server,
)

__all__ = ["ClientIngest", "HubIngest"]

_ID_BYTES = 100  # what the client's own `id` adds, and more


class _Ingest(Ingest):
    """The port, made of one way to say a message."""

    async def tell(self, message: Message) -> None:
        """Say `message` and wait until it is taken."""
        raise NotImplementedError

    async def open(self, conversation: str, opened: Opened) -> None:
        """Say that a conversation begins."""
        await self.tell(message_of(conversation, opened))

    async def turn(self, conversation: str, turn: Turn) -> None:
        """Say what was said."""
        await self.tell(message_of(conversation, turn))

    async def edit(self, conversation: str, edit: turns.Edit) -> None:
        """Say that a turn's words were changed."""
        await self.tell(message_of(conversation, edit))

    async def redact(self, conversation: str, redaction: Redaction) -> None:
        """Say that a turn's words were taken back."""
        await self.tell(message_of(conversation, redaction))

    async def typing(self, conversation: str, typing: Typing) -> None:
        """Say that somebody began or stopped typing."""
        await self.tell(message_of(conversation, typing))

    async def assign(self, conversation: str, assigned: Assigned) -> None:
        """Say who has the conversation now."""
        await self.tell(message_of(conversation, assigned))

    async def close(self, conversation: str, closed: Closed) -> None:
        """Say that the conversation ended."""
        await self.tell(message_of(conversation, closed))


class HubIngest(_Ingest):
    """The port of the service in this process."""

    def __init__(self, hub: Hub, text_chars: int) -> None:
        self._hub = hub
        self._text_chars = text_chars

    async def tell(self, message: Message) -> None:
        """Hand `message` to the hub and wait for its ack; raise what is answered instead."""
        message = _cut(message, self._text_chars)
        mailbox = Mailbox(1)
        received = self._hub.parts.clock.monotonic()
        named = keyed_message("", message)  # a name of a stranger's may not be a tenant's in here
        await self._hub.take(
            Asked(message=named, mailbox=mailbox, received=received, peer=Peer.PLATFORM)
        )
        if message.type == "typing":
            return
        for answer in await mailbox.take():
            told = parse_server(answer.decode())
            if isinstance(told, ErrorMessage):
                raise ClientFault(told.message, code=told.code, retry=told.retry)


class ClientIngest(_Ingest):
    """The port of a service at the other end of a connection."""

    def __init__(self, client: Lasting) -> None:
        self._client = client

    async def tell(self, message: Message) -> None:
        """Send `message` and wait for its ack; a line that breaks meanwhile is mended first."""
        if message.type == "typing":
            await self._client.send(message)
        else:
            await self._client.welcomed()
            await self._client.ask(_fitting(message, self._client.welcome.limits), Ack)


def _fitting(message: Message, limits: Limits) -> Message:
    """Return `message` with no more words than the service takes, and those in one frame."""
    message = _cut(message, limits.text_chars)
    over = len(encode(message).encode()) + _ID_BYTES - limits.frame_bytes
    text = message.turn.text if isinstance(message, TurnMessage) else getattr(message, "text", "")
    kept = text.encode()[: max(0, len(text.encode()) - over)].decode(errors="ignore")
    return message if over <= 0 else _cut(message, len(kept))


def _cut(message: Message, chars: int) -> Message:
    """Return `message` with no more words than the service takes: the first say most."""
    match message:
        case TurnMessage(turn=turn) if len(turn.text) > chars:
            shorter = turn.model_copy(update={"text": turn.text[:chars]})
            return message.model_copy(update={"turn": shorter})
        case Edit() if len(message.text) > chars:
            return message.model_copy(update={"text": message.text[:chars]})
        case _:
            return message
