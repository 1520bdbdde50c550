"""A desk at work: turns at a rate over many chats, and how long until the agents heard of each.

The law: open loop, so a slow answer does not slow the asking; a latency counts from the moment the
turn was due to its last event at the last agent, and a turn of which nothing came is counted too.
Chats side by side are not at the same point of their talk: in step, all customers would speak at
once and then all agents, which no desk sees.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Self

from websockets.exceptions import ConnectionClosed

from assist.torture.outcome import percentile
from assist.torture.peers import TEXTS, Peer, greeted, turn_of
from assist.wire.messages import Peer as Role

__all__ = ["Flow", "Taken"]

_QUIET_S = 0.4
_DRAIN_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of some seconds: turns sent, of which acked and refused, and latencies in ms."""

    sent: int
    acked: int
    refused: int
    timed: tuple[tuple[float, float], ...] = field(repr=False)
    """When each turn was due, in seconds, and how long it took to its last event."""
    acks: tuple[float, ...] = field(repr=False)

    @property
    def latencies(self) -> tuple[float, ...]:
        """Return how long each turn took that was heard of."""
        return tuple(ms for _, ms in self.timed)

    def p(self, share: float) -> float:
        """Return the latency that this share of the turns does not exceed, in milliseconds."""
        return round(percentile(self.latencies, share), 1)


@dataclass(slots=True)
class Flow:
    """Platforms and agents of one desk; `names` are its chats. Use it in an `async with`."""

    url: str
    names: Sequence[str]
    agents: int = 1
    platforms: int = 1
    everybody: bool = False
    """Whether every agent follows every chat, not only some of them."""
    customers: bool = False
    """Whether customers alone speak: of each of their turns the agents are told something."""
    token: Callable[[Role, str | None], str] | None = None
    """Makes a token for a role and an agent, where one is asked for."""
    refusals: Counter[str] = field(default_factory=Counter)
    events: int = 0
    octets: int = 0
    broken_off: int = 0
    _number: int = 0
    _due: dict[str, float] = field(default_factory=dict)
    _heard: dict[str, float] = field(default_factory=dict)
    _acked: dict[str, float] = field(default_factory=dict)
    _refused: set[str] = field(default_factory=set)
    _platforms: list[Peer] = field(default_factory=list)
    _agents: list[Peer] = field(default_factory=list)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        for _ in range(self.platforms):
            self._platforms.append(await self._greeted(Role.PLATFORM, None))
        for number in range(self.agents):
            one = await self._greeted(Role.AGENT, f"kim-{number}")
            self._agents.append(one)
            for name in self.names if self.everybody else self.names[number :: self.agents]:
                await one.follow(name)
        self._tasks = [
            asyncio.create_task(self._listen(one)) for one in (*self._platforms, *self._agents)
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        closing = (one.socket.close() for one in (*self._platforms, *self._agents))
        await asyncio.gather(*closing, return_exceptions=True)

    async def _greeted(self, role: Role, agent: str | None) -> Peer:
        hello = {"agent": agent} if agent else {}
        if self.token is not None:
            hello["token"] = self.token(role, agent)
        return await greeted(self.url, role, **hello)

    @property
    def acked(self) -> dict[str, float]:
        """Return when each turn was acknowledged, by its id."""
        return self._acked

    async def run(
        self, rate: float, seconds: float, *, settle: bool = True, grace_s: float = 0.0
    ) -> Taken:
        """Send so many turns a second for so long, and return what came of them.

        Without `settle`, what has not come after another `grace_s` is not waited for.
        """
        known = set(self._due)
        started = perf_counter()
        for count in range(int(rate * seconds)):
            due = started + count / rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            await self._send(due)
        await asyncio.sleep(grace_s)
        if settle:
            await self._settled()
        return self._taken(set(self._due) - known)

    async def _send(self, due: float) -> None:
        place, number = divmod(self._number, len(self.names))
        self._number += 1
        name = self.names[number]
        spoken = 2 * place if self.customers else place + number % len(TEXTS)
        message = turn_of(name, spoken, id=f"{name}.{place}")
        self._due[f"{name}.{place}"] = due
        platform = self._platforms[number % len(self._platforms)]
        with suppress(ConnectionClosed):
            await platform.send(**message, id=f"{name}.{place}")

    async def _listen(self, one: Peer) -> None:
        try:
            while True:
                frame = await one.socket.recv()
                self.octets += len(frame)
                self._take(json.loads(frame))
        except ConnectionClosed:
            self.broken_off += 1

    def _take(self, message: dict[str, Any]) -> None:
        now = perf_counter()
        match message["type"]:
            case "ack":
                self._acked.setdefault(str(message.get("re")), now)
            case "error":
                self.refusals[message["code"]] += 1
                self._refused.add(str(message.get("re")))
            case _:
                self.events += 1
                turn = message.get("turn")
                if isinstance(turn, str) and turn in self._due:
                    self._heard[turn] = now

    async def _settled(self) -> None:
        """Wait until every turn was answered and nothing has come for a while, or it is late."""
        end, seen, since = perf_counter() + _DRAIN_S, 0, perf_counter()
        while (now := perf_counter()) < end:
            if self.events != seen:
                seen, since = self.events, now
            answered = self._due.keys() <= self._acked.keys() | self._refused
            if answered and (now - since > _QUIET_S or self._due.keys() <= self._heard.keys()):
                return
            await asyncio.sleep(0.02)

    def _taken(self, turns: set[str]) -> Taken:
        return Taken(
            sent=len(turns),
            acked=len(turns & self._acked.keys()),
            refused=len(turns & self._refused),
            timed=tuple(
                (self._due[turn], (self._heard[turn] - self._due[turn]) * 1000)
                for turn in turns & self._heard.keys()
            ),
            acks=tuple((self._acked[t] - self._due[t]) * 1000 for t in turns & self._acked.keys()),
        )
