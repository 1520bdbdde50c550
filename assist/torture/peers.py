"""Peers of the service as a torture needs them: raw, quick, and as rude as they are told to be.

The law: they speak JSON over the socket and trust no code of the service or its client; what they
count is what came over the line.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.typing import Subprotocol

from assist.errors import LocalFault

__all__ = ["LOST", "START", "TEXTS", "Peer", "greeted", "peer", "turn_of"]

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TEXTS = (
    "Hello, my order has not arrived yet",
    "I am sorry about that, let me look into it for you right now",
    "This is the third time I ask! It was promised for THURSDAY!!",
    "We can't tell you where it is until the carrier answers",
    "I am really disappointed, I will leave and write a review",
    "ok",
    "I will call you back tomorrow by noon",
    "thanks, that helps a lot",
)
LOST = (ConnectionClosed, InvalidHandshake, InvalidMessage, OSError, TimeoutError)
"""What a connection may end with that the service did not choose."""
_WITHIN_S = 60.0
_LAST = "the-last-one"


class Peer:
    """One connection after its welcome."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def send(self, **message: object) -> None:
        """Send one message."""
        await self.socket.send(json.dumps(message, ensure_ascii=False))

    async def get(self, within_s: float = _WITHIN_S) -> dict[str, Any]:
        """Return the next message."""
        async with asyncio.timeout(within_s):
            found: dict[str, Any] = json.loads(await self.socket.recv())
        return found

    async def ask(self, **message: object) -> dict[str, Any]:
        """Send one message and return what comes next."""
        await self.send(**message)
        return await self.get()

    async def follow(self, conversation: str, after: object = None) -> dict[str, Any]:
        """Subscribe and return the snapshot."""
        asked: dict[str, object] = {"type": "subscribe", "conversation": conversation}
        if after is not None:
            asked["after"] = after
        return await self.ask(**asked)

    async def rest(self, role: str) -> AsyncIterator[str]:
        """Yield every frame until the service has answered all that was said before."""
        kind = "assign" if role == "platform" else "unsubscribe"
        await self.send(type=kind, conversation="the-last", agent=None, id=_LAST)
        answered = False
        async with asyncio.timeout(_WITHIN_S):
            while not answered:
                frame = str(await self.socket.recv())
                answered = json.loads(frame).get("re") == _LAST
                yield frame


async def greeted(url: str, role: str, **hello: object) -> Peer:
    """Connect, say hello, and return the peer; it must be closed by whoever asked."""
    socket = await connect(
        url,
        subprotocols=[Subprotocol("assist.v1")],
        compression=None,
        max_size=None,
        ping_interval=None,
        open_timeout=_WITHIN_S,
        proxy=None,
    )
    one = Peer(socket)
    try:
        welcome = await one.ask(**{"type": "hello", "protocol": 1, "role": role, **hello})
    except BaseException:
        socket.transport.abort()
        raise
    if welcome["type"] != "welcome":
        socket.transport.abort()
        raise LocalFault(f"the service under test refused a {role}: {welcome.get('code')}")
    return one


@asynccontextmanager
async def peer(url: str, role: str, **hello: object) -> AsyncIterator[Peer]:
    """Have a peer for a while."""
    one = await greeted(url, role, **hello)
    try:
        yield one
    finally:
        await one.socket.close()


def turn_of(conversation: str, number: int, **more: object) -> dict[str, Any]:
    """Return the turn message of that number: one every ten seconds of the chat, by turns."""
    return {
        "type": "turn",
        "conversation": conversation,
        "turn": {
            "id": f"t{number}",
            "role": "agent" if number % 2 else "customer",
            "text": TEXTS[number % len(TEXTS)],
            "at": (START + timedelta(seconds=10 * number)).isoformat(),
            **more,
        },
    }
