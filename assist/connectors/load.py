"""How many webhooks a second are taken in: sent on time whatever the answers, and counted after.

The law: the service is a process of its own with a durable store; times are taken where a platform
would take them, from the moment a delivery was due, so that a late answer makes no later one early.
What was answered 200 and is not in the turn log is lost.
"""

import asyncio
import json
import math
import os
import re
import sqlite3
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assist.connectors.generic import SIGNED
from assist.connectors.port import Delivery
from assist.errors import LocalFault

__all__ = ["Load", "Took", "loaded"]

_SECRET = b"the-secret-of-the-load"
_HTTP = re.compile(r"http://127\.0\.0\.1:(\d+)/")
_SOCKET = re.compile(r"(ws://127\.0\.0\.1:\d+/v1)")
_CONNECTIONS = 64
_START_S, _DRAIN_S = 120.0, 900.0
_STILL_S = 120.0
_COUNT = "SELECT count(*) FROM inputs WHERE message_id >= 'turn:' AND message_id < 'turn;'"
_WORDS = "I have asked about order 48213 twice and nobody answers. Where is it?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """So many webhooks a second, for so long, over so many chats.

    `apart`: they are taken in by a connector in a process of its own, not by the service itself.
    """

    rate: float
    seconds: float
    conversations: int = 500
    apart: bool = False

    @property
    def count(self) -> int:
        """Return how many are sent."""
        return int(self.rate * self.seconds)


@dataclass(slots=True, kw_only=True)
class Took:
    """What came of it; times in seconds."""

    answers: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    sending: float = 0.0
    draining: float = 0.0
    stored: int = 0

    def percentile(self, share: float) -> float:
        """Return the time within which that share of the answers came."""
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]

    @property
    def lost(self) -> int:
        """Return how many were answered 200 and never came to the turn log."""
        return self.statuses.get(200, 0) - self.stored


async def loaded(load: Load, folder: Path) -> Took:
    """Return what came of `load` on a service of its own, with its files in `folder`."""
    took = Took()
    async with _taking_in(load, folder) as port:
        bodies = [_request(load, number, port) for number in range(load.count)]
        began = time.perf_counter()
        await _send(bodies, load.rate, port, took)
        took.sending = time.perf_counter() - began
        began = time.perf_counter()
        await _drain(folder / "load.sqlite", took)
        took.draining = time.perf_counter() - began
    return took


@asynccontextmanager
async def _taking_in(load: Load, folder: Path) -> AsyncIterator[int]:
    """Yield the port that takes deliveries in."""
    store = ["--store", f"sqlite:{folder / 'load.sqlite'}"]
    serve = ["serve", "--port", "0", "--http-port", "0", *store]
    async with AsyncExitStack() as stack:
        if not load.apart:
            told = await stack.enter_async_context(
                _running([*serve, "--connect", "generic"], folder)
            )
            yield int(_found(_HTTP, told))
            return
        told = await stack.enter_async_context(_running(serve, folder))
        journal = ["--journal", str(folder / "journal.sqlite")]
        connect = ["connect", "generic", "--port", "0", "--to", _found(_SOCKET, told), *journal]
        told = await stack.enter_async_context(_running(connect, folder))
        yield int(_found(_HTTP, told))


@asynccontextmanager
async def _running(arguments: list[str], folder: Path) -> AsyncIterator[str]:
    """Run a command of ours, and yield what it logged until it was ready."""
    secret, log = folder / "secret", folder / f"{arguments[0]}.log"
    secret.write_bytes(_SECRET)
    environ = {**os.environ, "ASSIST_CONNECT_GENERIC_SECRET_FILE": str(secret)}
    command = [sys.executable, "-m", "assist", *arguments]
    with log.open("wb") as out:
        running = await asyncio.create_subprocess_exec(
            *command, env=environ, stdout=out, stderr=out
        )
    try:
        async with asyncio.timeout(_START_S):
            while "ready " not in (told := log.read_text("utf-8")):
                if running.returncode is not None:
                    raise LocalFault(f"`assist {arguments[0]}` did not start: see {log}")
                await asyncio.sleep(0.2)
        yield told
    finally:
        if running.returncode is None:
            running.terminate()
            await running.wait()


def _found(pattern: re.Pattern[str], told: str) -> str:
    found = pattern.search(told)
    if found is None:
        raise LocalFault("a process that is ready did not say where")
    return found[1]


def _request(load: Load, number: int, port: int) -> tuple[bytes, bytes]:
    """Return a body, and the head of its request without the signature."""
    at = f"2026-03-02T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}Z"
    turn = {"id": f"m{number}", "role": "customer", "text": _WORDS, "at": at}
    message = {
        "type": "turn",
        "conversation": f"c{number % load.conversations}",
        "turn": turn,
    }
    body = json.dumps(message).encode()
    head = (
        f"POST /in/generic HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    return body, head.encode()


async def _send(bodies: list[tuple[bytes, bytes]], rate: float, port: int, took: Took) -> None:
    """Send each when it is due, on the next connection that is free."""
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(_CONNECTIONS):
        free.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    began = time.perf_counter()

    async def one(number: int, body: bytes, head: bytes) -> None:
        reader, writer = await free.get()
        writer.write(_stamped(body, head))
        status = int((await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1])
        free.put_nowait((reader, writer))
        took.answers.append(time.perf_counter() - began - number / rate)
        took.statuses[status] = took.statuses.get(status, 0) + 1

    sent = []
    for number, (body, head) in enumerate(bodies):
        await asyncio.sleep(max(0.0, number / rate - (time.perf_counter() - began)))
        sent.append(asyncio.create_task(one(number, body, head)))
    await asyncio.gather(*sent)
    while not free.empty():
        free.get_nowait()[1].close()


def _stamped(body: bytes, head: bytes) -> bytes:
    proven = SIGNED.stamped(Delivery(headers={}, body=body, received_at=time.time()), _SECRET)
    lines = "".join(f"{name}: {value}\r\n" for name, value in proven.headers.items())
    return head + lines.encode() + b"\r\n" + body


async def _drain(store: Path, took: Took) -> None:
    """Wait until everything answered is in the turn log, or nothing comes any more."""
    wanted, began = took.statuses.get(200, 0), time.perf_counter()
    moved = began
    while took.stored < wanted and (now := time.perf_counter()) - began < _DRAIN_S:
        before, took.stored = took.stored, await asyncio.to_thread(_stored, store)
        moved = now if took.stored != before else moved
        if now - moved > _STILL_S:
            return
        await asyncio.sleep(0.2)


def _stored(store: Path) -> int:
    db = sqlite3.connect(store)
    try:
        return int(db.execute(_COUNT).fetchone()[0])
    finally:
        db.close()
