"""One connection to the service, seen from the client's side.

The law: a question is matched with its answer by `id` and `re`; whatever answers nothing is an
event, in the order it came. A refusal is raised as the ClientFault it is. No words are logged.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as connect_socket
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from assist.client.speech import Answer, Speech
from assist.errors import ClientFault
from assist.wire.closing import comes_back
from assist.wire.messages import (
    PROTOCOL,
    SUBPROTOCOL,
    ClientMessage,
    Draft,
    ErrorMessage,
    Hello,
    Peer,
    Position,
    Review,
    ServerMessage,
    Snapshot,
    Subscribe,
    Welcome,
    encode,
    parse_server,
)

__all__ = ["MOST_EVENTS", "Client", "connect"]

MOST_EVENTS = 10_000
_LARGEST_FRAME = 16 * 2**20
_WELCOME_WITHIN = 10.0
# The socket library writes frames, words and all, to its log at DEBUG; this one never goes there.
_LOG = logging.getLogger("assist.client.socket")
_LOG.setLevel(logging.INFO)


@asynccontextmanager
async def connect(
    url: str, *, role: Peer | str, agent: str | None = None, token: str | None = None
) -> AsyncIterator["Client"]:
    """Connect, say hello, and yield the client; raise ClientFault where the server refuses."""
    hello = Hello(protocol=PROTOCOL, role=Peer(role), agent=agent, token=token)
    async with connect_socket(
        url, subprotocols=[Subprotocol(SUBPROTOCOL)], max_size=_LARGEST_FRAME, logger=_LOG
    ) as socket:
        client = Client(socket)
        reader = asyncio.create_task(client.read())
        try:
            async with asyncio.timeout(_WELCOME_WITHIN):
                client.welcome = await client.ask(hello, Welcome)
            yield client
        finally:
            await socket.close()
            await reader


class Client(Speech):
    """One connection, from its welcome to its end."""

    welcome: Welcome

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = count(1)
        self._waiting: dict[str, asyncio.Future[ServerMessage | None]] = {}
        self._drafts: dict[str, str] = {}
        self._events: asyncio.Queue[ServerMessage | None] = asyncio.Queue()
        self._fault: ClientFault | None = None

    async def subscribe(self, conversation: str, after: Position | None = None) -> Snapshot:
        """Follow a conversation; what comes after the snapshot comes through `events`."""
        return await self.ask(Subscribe(conversation=conversation, after=after), Snapshot)

    async def draft(self, conversation: str, *, revision: int, text: str) -> Review | None:
        """Ask what is to be said of a draft; None where a newer revision took its place."""
        name = self._name()
        older = self._waiting.get(self._drafts.get(conversation, ""))
        if older is not None and not older.done():
            older.set_result(None)
        self._drafts[conversation] = name
        message = Draft(id=name, conversation=conversation, revision=revision, text=text)
        answer = await self._answer(message, name)
        return None if answer is None else _expected(answer, Review)

    async def events(self) -> AsyncIterator[ServerMessage]:
        """Yield what answers no question, in order, until the connection ends.

        Raises the fault where the connection ended otherwise than by an ordinary close.
        """
        while (message := await self._events.get()) is not None:
            yield message
        self._events.put_nowait(None)
        if self._fault is not None and self._fault.close != 1000:
            raise self._fault

    async def ask(self, message: ClientMessage, kind: type[Answer]) -> Answer:
        """Send `message` and return its answer, which must be of that kind."""
        name = self._name()
        answer = await self._answer(message.model_copy(update={"id": name}), name)
        return _expected(answer, kind)

    async def read(self) -> None:
        """Read until the connection ends; `connect` runs this beside the caller."""
        fault = None
        try:
            async for frame in self._socket:
                self._take(str(frame))
        except ClientFault as unread:
            fault = unread
            await self._socket.close(1002)
        except ConnectionClosed:
            pass
        finally:
            self._end(fault or self._closed())

    def _take(self, frame: str) -> None:
        try:
            message = parse_server(frame)
        except ClientFault as fault:
            if fault.code == "message.unknown-type":  # a newer server may know more messages
                return
            raise
        name = getattr(message, "re", None)
        asked = self._waiting.pop(name, None) if name is not None else None
        if asked is not None:
            _settle(asked, message)
        elif name is None or isinstance(message, ErrorMessage):
            self._tell(message)  # an answer nobody waits for any more is dropped

    def _tell(self, message: ServerMessage) -> None:
        if self._events.qsize() >= MOST_EVENTS:
            raise ClientFault(
                "Events come faster than `events` is read; read it all the time, or use `lasting`.",
                code="client.slow-reader",
                retry=True,
            )
        self._events.put_nowait(message)

    def _end(self, fault: ClientFault) -> None:
        self._fault = fault
        for asked in self._waiting.values():
            if not asked.done():
                asked.set_exception(fault)
        self._events.put_nowait(None)

    def _closed(self) -> ClientFault:
        code = self._socket.close_code
        reason = self._socket.close_reason or "the connection has ended"
        return ClientFault(reason, code="connection.closed", retry=comes_back(code), close=code)

    async def _answer(self, message: ClientMessage, name: str) -> ServerMessage | None:
        asked: asyncio.Future[ServerMessage | None] = asyncio.get_running_loop().create_future()
        self._waiting[name] = asked
        try:
            await self.send(message)
            return await asked
        finally:
            self._waiting.pop(name, None)
            if not asked.cancel() and not asked.cancelled():
                asked.exception()  # looked at here, so that one nobody awaited is not complained of

    async def send(self, message: ClientMessage) -> None:
        """Send `message`, which is not answered; waits while the socket is full."""
        frame = encode(message)
        most = self.welcome.limits.frame_bytes if hasattr(self, "welcome") else None
        if most is not None and len(frame.encode()) > most:  # it would end the connection
            raise ClientFault(
                "The message is over `limits.frame_bytes`; send a smaller one.",
                code="message.too-long",
            )
        try:
            await self._socket.send(frame)
        except ConnectionClosed as gone:
            raise self._fault or self._closed() from gone

    def _name(self) -> str:
        return str(next(self._numbers))


def _settle(asked: asyncio.Future[ServerMessage | None], message: ServerMessage) -> None:
    if asked.done():
        return
    if isinstance(message, ErrorMessage):
        asked.set_exception(
            ClientFault(
                message.message,
                code=message.code,
                retry=message.retry,
                retry_after_s=message.retry_after_s,
            )
        )
    else:
        asked.set_result(message)


def _expected(answer: ServerMessage | None, kind: type[Answer]) -> Answer:
    if not isinstance(answer, kind):
        raise ClientFault(
            "The server gave another kind of answer than asked for; check its version.",
            code="message.unexpected",
        )
    return answer
