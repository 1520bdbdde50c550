"""One socket: what it hears goes to the hub, what waits in its mailbox goes out.

The law: one task reads and one writes; only the mailbox is between the service and the socket, so
a peer that does not read stops nobody. Whoever is closed is told why, in a code of the protocol.
"""

import asyncio
from contextlib import suppress

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from assist.errors import ClientFault
from assist.service.admission import Gate
from assist.service.bus import Mailbox
from assist.service.clock import Alarm
from assist.service.hearing import Hearing
from assist.service.hub import Hub
from assist.service.pulse import Pulse
from assist.service.rations import Share
from assist.service.terms import Terms
from assist.wire.closing import Closing
from assist.wire.messages import ErrorMessage, encode
from assist.wire.render import error_message
from assist.wire.session import HELLO_WITHIN, Accepted, Refused, Session

__all__ = ["Connection"]

_DRAIN_S = 2.0


class Connection:
    """A peer, from its first frame to its last. `address` is where it comes from, for its share."""

    def __init__(self, socket: ServerConnection, hub: Hub, terms: Terms, address: str) -> None:
        self._socket = socket
        self._hub = hub
        self._terms = terms
        self._address = address
        self._gate = Gate(terms.door)
        self._session = Session(terms.limits, self._gate)
        self._mailbox = Mailbox(terms.queue, terms.queue_bytes)
        self._hearing = Hearing(
            hub=hub,
            terms=terms,
            gate=self._gate,
            mailbox=self._mailbox,
            address=address,
            greeted=self._greeted,
            end=self.end,
        )
        self._ending: Closing | None = None
        self._overdue: Alarm | None = None
        self._expiry: Alarm | None = None
        self._pulse = Pulse(socket, hub.parts.clock, self._let_go)
        self._counted = False
        self._paused = False
        self._reader: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """Return how many messages wait to be sent."""
        return len(self._mailbox)

    async def converse(self) -> None:
        """Serve the socket until either side ends it."""
        self._overdue = self._hub.parts.clock.call_later(HELLO_WITHIN, self._miss_hello)
        self._pulse.start()
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

    def _let_go(self) -> None:
        if self._ending is None:
            self.end(Closing.GOING_AWAY)

    async def _read(self) -> None:
        try:
            async for frame in self._socket:
                if isinstance(frame, bytes):
                    self.end(Closing.BINARY)
                    return
                if not self._mailbox.shut:  # who was ended is not heard any more
                    self._pulse.hear(hearing=True)
                    await self._hear(frame)
                    self._pulse.hear(hearing=False)
        except ConnectionClosed:
            pass
        finally:
            if not self._paused:
                self._mailbox.close()

    async def _hear(self, frame: str) -> None:
        received = self._hub.parts.clock.monotonic()
        with self._hub.parts.metrics.stages.labels("parse").time():
            heard = self._session.receive(frame, received)
        match heard:
            case Accepted(message=message):
                try:
                    await self._hearing.take(message, received)
                except ClientFault as fault:
                    closing = None if fault.close is None else Closing(fault.close)
                    self._refuse(error_message(fault, re=message.id), closing)
            case Refused() as refused:
                with suppress(ClientFault):  # it is refused anyway, and counts
                    self._terms.rations.take(Share.ADDRESS, self._address, received)
                self._refuse(refused.error, refused.close)

    def _greeted(self) -> None:
        """Note who is there, and see that the connection ends with the token."""
        if agent := self._hearing.agent:
            self._terms.sessions.enter(agent, self)
        if not self._counted and (peer := self._session.peer) is not None:
            self._counted = True
            self._hub.parts.metrics.connections.labels(peer).inc()
        if self._expiry is not None:
            self._expiry.cancel()
        if (left := self._gate.seconds_left()) is not None:
            expire = self._hub.parts.clock.call_later
            self._expiry = expire(left, lambda: self.end(Closing.BAD_TOKEN))

    def _refuse(self, error: ErrorMessage, closing: Closing | None = None) -> None:
        self._hub.parts.metrics.errors.labels(error.code).inc()
        self._mailbox.put(encode(error).encode())
        if closing is not None:
            self.end(closing)

    def _miss_hello(self) -> None:
        refused = self._session.hello_overdue()
        if refused is not None:
            self._refuse(refused.error, refused.close)

    async def _write(self) -> None:
        with suppress(ConnectionClosed):
            while messages := await self._mailbox.take():
                with self._hub.parts.metrics.stages.labels("send").time():
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

    def _forget(self) -> None:
        for alarm in (self._overdue, self._expiry):
            if alarm is not None:
                alarm.cancel()
        self._pulse.stop()
        self._mailbox.close()
        self._hub.leave(self._mailbox)
        if agent := self._hearing.agent:
            self._terms.sessions.leave(agent, self)
        if self._counted and (peer := self._session.peer) is not None:
            self._hub.parts.metrics.connections.labels(peer).dec()
        self._session.closed()
        # They know this connection: without them no circle is left to be collected.
        del self._hearing, self._pulse


async def _stopped(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
