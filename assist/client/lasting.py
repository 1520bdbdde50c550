"""A client that outlives its connections.

The law: what was asked and not answered is asked again after a break, so whatever is said reaches
the service at least once; ids make that once. Waiting between tries doubles and is spread, so that
many clients do not come back at the same moment. Nothing is kept without bound: at most `IN_FLIGHT`
questions are out, and a follower that does not read is sent nothing until it does.
"""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from websockets.exceptions import InvalidHandshake

from assist.client.connection import Client, connect
from assist.client.speech import Answer, Speech
from assist.errors import AssistError, ClientFault
from assist.wire.closing import Closing
from assist.wire.messages import (
    ANY_CONVERSATION,
    ClientMessage,
    Peer,
    Position,
    ServerMessage,
    Snapshot,
    Subscribe,
    Welcome,
)

__all__ = ["IN_FLIGHT", "Lasting", "lasting", "wait_before"]

IN_FLIGHT = 64
_MOST_EVENTS = 1024
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0

Dial = Callable[[], AbstractAsyncContextManager[Client]]
Sleep = Callable[[float], Awaitable[None]]
Told = Callable[[ClientFault | None], None]
"""Hears how each try went: None is welcome."""
_TOKEN_FAULTS = frozenset({"session.bad-token", "session.not-allowed"})


def wait_before(attempt: int, chance: float) -> float:
    """Return the seconds to wait before try `attempt` (from 0), `chance` being from 0 to 1."""
    longest = min(_LONGEST_WAIT_S, _FIRST_WAIT_S * float(2 ** min(attempt, 16)))
    return longest * (0.5 + chance / 2)


@asynccontextmanager
async def lasting(  # noqa: PLR0913  what `connect` takes, and how to wait
    url: str,
    *,
    role: Peer | str,
    agent: str | None = None,
    token: str | Callable[[], str] | None = None,
    wait: bool = True,
    most_in_flight: int = IN_FLIGHT,
    sleep: Sleep = asyncio.sleep,
    told: Told | None = None,
) -> AsyncIterator["Lasting"]:
    """Connect and stay connected; yields once welcome, raises ClientFault where refused for good.

    A service that is not up yet is waited for: put a timeout around it where that is not wanted,
    or with `wait=False` begin at once; then each question waits. `token` may be a function; it is
    then asked before every connection, so that tokens may expire, and one that the service does not
    take is no end: the next may be good. `told` hears how each try went.
    """

    def dial() -> AbstractAsyncContextManager[Client]:
        given = token() if callable(token) else token
        return connect(url, role=role, agent=agent, token=given)

    client = Lasting(
        dial, most_in_flight=most_in_flight, renews=callable(token), sleep=sleep, told=told
    )
    staying = asyncio.create_task(client.stay())
    try:
        if wait:
            await client.welcomed()
        yield client
    finally:
        staying.cancel()
        with suppress(asyncio.CancelledError):
            await staying


class Lasting(Speech):
    """Says and asks like a `Client`; waits out the breaks in between."""

    welcome: Welcome

    def __init__(
        self,
        dial: Dial,
        *,
        most_in_flight: int,
        renews: bool = False,
        sleep: Sleep,
        told: Told | None = None,
    ) -> None:
        self._dial = dial
        self._told = told or (lambda _fault: None)
        self._renews = renews
        self._sleep = sleep
        self._room = asyncio.Semaphore(most_in_flight)
        self._client: Client | None = None
        self._changed = asyncio.Event()
        self._fault: ClientFault | None = None
        self._followers: dict[str, set[_Follower]] = {}

    @property
    def connected(self) -> bool:
        """Tell whether there is a connection just now."""
        return self._client is not None

    async def welcomed(self) -> None:
        """Return when connected; raise ClientFault where that is refused for good."""
        await self._connection()

    async def ended(self) -> ClientFault:
        """Wait until the service refuses for good, and return why."""
        while self._fault is None:
            self._changed.clear()
            await self._changed.wait()
        return self._fault

    async def ask(self, message: ClientMessage, kind: type[Answer]) -> Answer:
        """Send `message`, after every break again, and return its answer.

        Waits while many questions are out. Raises ClientFault where the service refuses.
        """
        async with self._room:
            attempt = 0
            while True:
                client = await self._connection()
                try:
                    return await client.ask(message, kind)
                except ClientFault as fault:
                    if not self._mends(fault):
                        raise
                    if fault.code == "connection.closed":
                        self._drop(client)
                        continue
                await self._pause(attempt)
                attempt += 1

    async def send(self, message: ClientMessage) -> None:
        """Send `message` if connected; what is not answered is stale after a break."""
        client = self._client
        if client is not None:
            with suppress(ClientFault):
                await client.send(message)

    async def follow(
        self, conversation: str, after: Position | None = None
    ) -> AsyncIterator[ServerMessage]:
        """Yield the snapshot of a conversation (`*`: all), then its events, each once and in order.

        After a break it goes on where it was; a further snapshot comes only where the events in
        between cannot be had any more. Ends with ClientFault where it is refused for good.
        """
        follower = _Follower()
        self._followers.setdefault(conversation, set()).add(follower)
        try:
            while True:
                snapshot = await self._subscribed(follower, conversation, after)
                if after is None or not snapshot.recovered:
                    yield snapshot
                    after = snapshot.position
                async for event in follower.events(conversation, after):
                    yield event
                    after = getattr(event, "position", after)
                if self._fault is not None:
                    raise self._fault
        finally:
            await self._leave(follower, conversation)

    async def stay(self) -> None:
        """Connect again and again; `lasting` runs this beside the caller."""
        attempt = 0
        while self._fault is None:
            try:
                async with self._dial() as client:
                    attempt = 0
                    self._take(client)
                    await self._hear(client)
            except ClientFault as fault:
                self._told(fault)
                if not (self._mends(fault) or (self._renews and fault.code in _TOKEN_FAULTS)):
                    self._fault = fault
            except AssistError as error:
                self._fault = ClientFault(error.message, code=error.code)
            except (OSError, InvalidHandshake, TimeoutError):
                self._told(_unreachable())
            finally:
                self._drop(self._client)
            if self._fault is None:
                await self._pause(attempt)
                attempt += 1
        self._wake()

    def _mends(self, fault: ClientFault) -> bool:
        """Tell whether to try again: a token that ran out is no end where there can be others."""
        return fault.retry or (self._renews and fault.close == Closing.BAD_TOKEN)

    async def _hear(self, client: Client) -> None:
        async for event in client.events():
            named = getattr(event, "conversation", None)
            for name in {named, ANY_CONVERSATION}:
                for follower in self._followers.get(name or "", ()):
                    follower.put(event)
        raise ClientFault("the service has ended the connection", code="connection.closed")

    async def _subscribed(
        self, follower: "_Follower", conversation: str, after: Position | None
    ) -> Snapshot:
        follower.begin()
        # A client of all chats has no place to resume from: each has its own.
        place = None if conversation == ANY_CONVERSATION else after
        return await self.ask(Subscribe(conversation=conversation, after=place), Snapshot)

    async def _leave(self, follower: "_Follower", conversation: str) -> None:
        others = self._followers.get(conversation, set())
        others.discard(follower)
        if not others:
            self._followers.pop(conversation, None)
            if self._client is not None:
                with suppress(ClientFault):
                    await self._client.unsubscribe(conversation)

    async def _connection(self) -> Client:
        while self._client is None:
            if self._fault is not None:
                raise self._fault
            self._changed.clear()
            await self._changed.wait()
        return self._client

    async def _pause(self, attempt: int) -> None:
        await self._sleep(wait_before(attempt, random.random()))  # noqa: S311  only to spread

    def _take(self, client: Client) -> None:
        self.welcome = client.welcome
        self._client = client
        self._told(None)
        self._wake()

    def _drop(self, client: Client | None) -> None:
        if client is self._client:
            self._client = None
        self._wake()
        for followers in self._followers.values():
            for follower in followers:
                follower.cut()

    def _wake(self) -> None:
        self._changed.set()


def _unreachable() -> ClientFault:
    return ClientFault("the service cannot be reached", code="connection.unreachable", retry=True)


class _Follower:
    """The events of one `follow`, as long as it reads them."""

    def __init__(self) -> None:
        self._events: deque[ServerMessage] = deque()
        self._cut = False
        self._arrival = asyncio.Event()

    def begin(self) -> None:
        """Expect the events of a new subscription."""
        self._events.clear()
        self._cut = False

    def put(self, event: ServerMessage) -> None:
        """Add an event; one that has too many waiting is cut, and subscribes again later."""
        if self._cut:
            return
        if len(self._events) >= _MOST_EVENTS:
            self.cut()
            return
        self._events.append(event)
        self._arrival.set()

    def cut(self) -> None:
        """Expect nothing more."""
        self._cut = True
        self._arrival.set()

    async def events(self, conversation: str, after: Position) -> AsyncIterator[ServerMessage]:
        """Yield what came behind `after`, until nothing more is to be expected."""
        while self._events or not self._cut:
            if not self._events:
                self._arrival.clear()
                await self._arrival.wait()
                continue
            event = self._events.popleft()
            place = getattr(event, "position", None)
            if place is not None and conversation != ANY_CONVERSATION:
                # Events of the subscription before may come first; these are sent again in order.
                if place.offset != after.offset + 1:
                    continue
                after = place
            yield event
