"""A WebSocket by hand: for frames that no library would send.

The law: it sends whatever it is given and reads only what a server may send: whole, unmasked.
"""

import asyncio
import json
import os
import struct
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

__all__ = ["BINARY", "CLOSE", "CONTINUED", "PING", "TEXT", "Raw", "framed", "raw", "upgraded"]

CONTINUED, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_LENGTHS = {126: ("!H", 2), 127: ("!Q", 8)}
_WITHIN_S = 60.0


def framed(
    opcode: int, payload: bytes, *, last: bool = True, reserved: int = 0, masked: bool = True
) -> bytes:
    """Return a frame; `reserved` are the three reserved bits as a number of 0 to 7."""
    first = (0x80 if last else 0) | reserved << 4 | opcode
    size = len(payload)
    bit = 0x80 if masked else 0
    if size < 126:
        head = struct.pack("!BB", first, bit | size)
    elif size < 65_536:
        head = struct.pack("!BBH", first, bit | 126, size)
    else:
        head = struct.pack("!BBQ", first, bit | 127, size)
    # A mask of zeros is a mask: the payload goes as it is.
    return head + (bytes(4) if masked else b"") + payload


@dataclass(slots=True)
class Raw:
    """An open socket after the handshake."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def say(self, **message: object) -> None:
        """Send a message as it should be sent."""
        await self.put(framed(TEXT, json.dumps(message).encode()))

    async def put(self, octets: bytes) -> None:
        """Send these octets; a peer that has closed meanwhile is none of our trouble."""
        with suppress(ConnectionError):
            self.writer.write(octets)
            await self.writer.drain()

    async def hear(self) -> tuple[str, Any]:
        """Return ("message", object), ("closed", code) or ("gone", None); pings are answered."""
        try:
            async with asyncio.timeout(_WITHIN_S):
                while True:
                    opcode, payload = await self._frame()
                    if opcode == PING:
                        await self.put(framed(PONG, payload))
                    elif opcode == CLOSE:
                        code = int.from_bytes(payload[:2]) if len(payload) >= 2 else 1005
                        return "closed", code
                    elif opcode == TEXT:
                        return "message", json.loads(payload)
        except (asyncio.IncompleteReadError, ConnectionError):
            return "gone", None
        except TimeoutError:
            return "silent", None

    async def _frame(self) -> tuple[int, bytes]:
        first, size = await self.reader.readexactly(2)
        if size in _LENGTHS:
            form, octets = _LENGTHS[size]
            (size,) = struct.unpack(form, await self.reader.readexactly(octets))
        return first & 0x0F, await self.reader.readexactly(size)


async def upgraded(one: Raw, url: str) -> None:
    """Make a WebSocket of an open connection; ConnectionError where it is refused."""
    place = urlsplit(url)
    await one.put(
        (
            f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {b64encode(os.urandom(16)).decode()}\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: assist.v1\r\n\r\n"
        ).encode()
    )
    async with asyncio.timeout(_WITHIN_S):
        head = await one.reader.readuntil(b"\r\n\r\n")
    if b" 101 " not in head.split(b"\r\n", 1)[0]:
        raise ConnectionError("the handshake was refused")


@asynccontextmanager
async def raw(url: str) -> AsyncIterator[Raw]:
    """Connect by hand to a `ws://` address; ends without a goodbye."""
    place = urlsplit(url)
    one = Raw(*await asyncio.open_connection(place.hostname, place.port))
    try:
        await upgraded(one, url)
        yield one
    finally:
        one.writer.transport.abort()
        with suppress(OSError):
            await one.writer.wait_closed()
