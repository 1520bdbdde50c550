"""One socket: what it hears goes to the hub, what waits in its mailbox goes out.

The law: one task reads and one writes; only the mailbox is between the service and the socket, so
a peer that does not read stops nobody. Whoever is closed is told why, in a code of the protocol.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from assist.__about__ import __version__
from assist.errors import ClientFault
from assist.service.admission import Gate
from assist.service.asked import Asked
from assist.service.bus import Mailbox
from assist.service.clock import Alarm
from assist.service.hub import Hub
from assist.wire.closing import Closing
from assist.wire.messages import (
    PROTOCOL,
    ErrorMessage,
    Hello,
    Limits,
    Pack,
    ServerMessage,
    Welcome,
    encode,
)
from assist.wire.render import error_message
from assist.wire.session import HELLO_WITHIN, Accepted, Refused, Session

__all__ = ["Connection"]

_DRAIN_S = 2.0


class Connection:
    """A peer, from its first frame to its last."""

    def __init__(
        self, socket: ServerConnection, hub: Hub, limits: Limits, gate: Gate, resume_window_s: float
    ) -> None:
        self._socket = socket
        self._hub = hub
        self._limits = limits
        self._gate = gate
        self._resume_window_s = resume_window_s
        self._session = Session(limits, gate)
        self._mailbox = Mailbox(hub.parts.queue)
        self._ending: Closing | None = None
        self._alarms: list[Alarm] = []
        self._paused = False
        self._reader: asyncio.Task[None] | None = None

    async def converse(self) -> None:
        """Serve the socket until either side ends it."""
        self._alarm(HELLO_WITHIN, self._miss_hello)
        self._reader = asyncio.create_task(self._read())
        writer = asyncio.create_task(self._write())
        try:
            await self._mailbox.ended.wait()
            if not self._mailbox.slow:
                await asyncio.wait({writer}, timeout=_DRAIN_S)
            await _stopped(writer)
            await self._close()
        finally:
            await _stopped(writer, self._reader)
            self._forget()

    def pause(self) -> None:
        """Hear nothing more, and go on answering what was heard."""
        self._paused = True
        if self._reader is not None:
            self._reader.cancel()

    def end(self, closing: Closing) -> None:
        """Send what waits, then close with that code."""
        self._ending = closing
        self._mailbox.close()

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                if isinstance(frame, bytes):
                    self.end(Closing.BINARY)
                    return
                await self._hear(frame)
        except ConnectionClosed:
            pass
        finally:
            if not self._paused:
                self._mailbox.close()

    async def _hear(self, frame: str) -> None:
        received = self._hub.parts.clock.monotonic()
        match self._session.receive(frame, received):
            case Accepted(message=Hello() as hello):
                self._welcome(hello)
            case Accepted(message=message):
                try:
                    self._gate.check(message)
                except ClientFault as fault:
                    self._refuse(error_message(fault, re=message.id))
                    return
                said = self._session.hello
                agent = said.agent if said else None
                await self._hub.take(
                    Asked(
                        message=message,
                        mailbox=self._mailbox,
                        received=received,
                        agent=agent,
                        peer=self._session.peer,
                    )
                )
            case Refused() as refused:
                self._refuse(refused.error, refused.close)

    def _welcome(self, hello: Hello) -> None:
        line = self._hub.parts.line
        self._hub.parts.metrics.connections.labels(hello.role).inc()
        self._send(
            Welcome(
                re=hello.id,
                protocol=PROTOCOL,
                server=__version__,
                pack=Pack(name=line.pack_name, version=line.pack_version),
                limits=self._limits,
                resume_window_s=self._resume_window_s,
            )
        )
        left = self._gate.seconds_left(time.time())
        if left is not None:
            self._alarm(left, lambda: self.end(Closing.BAD_TOKEN))

    def _refuse(self, error: ErrorMessage, closing: Closing | None = None) -> None:
        self._hub.parts.metrics.errors.labels(error.code).inc()
        self._send(error)
        if closing is not None:
            self.end(closing)

    def _miss_hello(self) -> None:
        refused = self._session.hello_overdue()
        if refused is not None:
            self._refuse(refused.error, refused.close)

    def _send(self, message: ServerMessage) -> None:
        self._mailbox.put(encode(message).encode())

    async def _write(self) -> None:
        with suppress(ConnectionClosed):
            while messages := await self._mailbox.take():
                for message in messages:
                    await self._socket.send(message, text=True)

    async def _close(self) -> None:
        closing = Closing.SLOW_CONSUMER if self._mailbox.slow else self._ending
        if closing is None:
            return
        self._hub.parts.metrics.closings.labels(str(closing.value)).inc()
        try:
            async with asyncio.timeout(_DRAIN_S):
                await self._socket.close(closing.value, closing.sentence)
        except TimeoutError:
            self._socket.transport.abort()

    def _alarm(self, seconds: float, ring: Callable[[], None]) -> None:
        self._alarms.append(self._hub.parts.clock.call_later(seconds, ring))

    def _forget(self) -> None:
        for alarm in self._alarms:
            alarm.cancel()
        self._mailbox.close()
        self._hub.leave(self._mailbox)
        if (peer := self._session.peer) is not None:
            self._hub.parts.metrics.connections.labels(peer).dec()
        self._session.closed()


async def _stopped(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
