"""Load on a service: turns sent at a rate, and how long until the last event of each came back.

The law: open loop, so a slow answer does not slow the asking; latency counts from the moment a turn
was due, and a turn whose events never came is counted, not left out.
"""

import asyncio
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import perf_counter

from websockets.asyncio.client import ClientConnection, connect

__all__ = ["Figures", "echo_load", "percentile", "service_load", "service_rush"]

_START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_SETTLE = 0.5
_AGENTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Latencies in milliseconds, how many turns were sent, in what time, and how many got lost."""

    conversations: int
    sent: int
    lost: int
    seconds: float
    latencies: tuple[float, ...] = field(repr=False)

    @property
    def rate(self) -> float:
        """Return the turns a second."""
        return self.sent / self.seconds if self.seconds else math.nan


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0..1) of `values` do not exceed; NaN without values."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


@dataclass(slots=True, kw_only=True)
class _Watch:
    """When each turn was due, and when its last event came."""

    due: dict[str, float] = field(default_factory=dict)
    heard: dict[str, float] = field(default_factory=dict)

    def hear(self, frame: str | bytes) -> None:
        now = perf_counter()
        message = json.loads(frame)
        turn = message.get("turn")
        if isinstance(turn, str) and turn in self.due and message["type"] != "snapshot":
            self.heard[turn] = now

    def figures(self, conversations: int, seconds: float) -> Figures:
        taken = [(self.heard[t] - due) * 1000 for t, due in self.due.items() if t in self.heard]
        return Figures(
            conversations=conversations,
            sent=len(self.due),
            lost=len(self.due) - len(taken),
            seconds=seconds,
            latencies=tuple(taken),
        )


async def service_load(
    url: str, texts: Sequence[str], *, conversations: int, rate: float, seconds: float
) -> Figures:
    """Return the figures of `conversations` chats that together bring `rate` turns a second."""
    names = [f"bench-{conversations}-{index}" for index in range(conversations)]
    watch = _Watch()
    platform = await _greeted(url, {"role": "platform"})
    agents = [
        await _following(url, names[start :: min(_AGENTS, conversations)])
        for start in range(min(_AGENTS, conversations))
    ]
    listening = [asyncio.create_task(_listened(socket, watch)) for socket in (platform, *agents)]
    started = perf_counter()
    count = int(rate * seconds)
    for number in range(count):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        frame, turn = _turn(names[number % conversations], number, conversations, texts)
        watch.due[turn] = due
        await platform.send(frame)
    taken = perf_counter() - started
    await _settled(watch)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for socket in (platform, *agents):
        await socket.close()
    return watch.figures(conversations, taken)


async def service_rush(
    url: str, texts: Sequence[str], *, conversations: int, turns: int, window: int = 64
) -> Figures:
    """Return how many turns a second are acknowledged when `window` are always on the way."""
    platform = await _greeted(url, {"role": "platform"})
    watch = _Watch()
    started = perf_counter()
    sent = acked = 0
    while acked < turns:
        while sent < turns and sent - acked < window:
            name = f"rush-{sent % conversations}"
            frame, turn = _turn(name, sent, conversations, texts)
            watch.due[turn] = perf_counter()
            await platform.send(frame)
            sent += 1
        watch.hear(await platform.recv())
        acked += 1
    taken = perf_counter() - started
    await platform.close()
    return watch.figures(conversations, taken)


async def echo_load(
    url: str, texts: Sequence[str], *, conversations: int, rate: float, seconds: float
) -> Figures:
    """Return the figures of the same frames, at the same rate, through a bare echo."""
    watch = _Watch()
    sockets = [await connect(url, compression=None) for _ in range(min(_AGENTS, conversations))]
    listening = [asyncio.create_task(_listened(socket, watch)) for socket in sockets]
    started = perf_counter()
    for number in range(int(rate * seconds)):
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - perf_counter()))
        frame, turn = _turn("echo", number, 1, texts)
        watch.due[turn] = due
        echoed = json.dumps({**json.loads(frame), "turn": turn})
        await sockets[number % len(sockets)].send(echoed)
    taken = perf_counter() - started
    await _settled(watch)
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    for socket in sockets:
        await socket.close()
    return watch.figures(conversations, taken)


async def _greeted(url: str, who: dict[str, str]) -> ClientConnection:
    socket = await connect(url, subprotocols=["assist.v1"], compression=None, max_size=None)  # type: ignore[list-item]
    await socket.send(json.dumps({"type": "hello", "protocol": 1, **who}))
    await socket.recv()
    return socket


async def _following(url: str, names: Sequence[str]) -> ClientConnection:
    socket = await _greeted(url, {"role": "agent", "agent": "bench"})
    for name in names:
        await socket.send(json.dumps({"type": "subscribe", "conversation": name}))
        await socket.recv()
    return socket


async def _listened(socket: ClientConnection, watch: _Watch) -> None:
    async for frame in socket:
        watch.hear(frame)


async def _settled(watch: _Watch) -> None:
    """Wait until nothing new has come for a while, ten seconds at most."""
    for _ in range(20):
        before = dict(watch.heard)
        await asyncio.sleep(_SETTLE)
        if watch.heard == before:
            return


def _turn(name: str, number: int, conversations: int, texts: Sequence[str]) -> tuple[str, str]:
    place = number // conversations
    turn = f"{name}.{place}"
    at = _START + timedelta(seconds=20 * place)
    said = {
        "id": turn,
        "role": "agent" if place % 3 == 2 else "customer",
        "text": texts[number % len(texts)],
        "at": at.isoformat(),
    }
    message = {"type": "turn", "conversation": name, "turn": said}
    return json.dumps(message, ensure_ascii=False), turn
