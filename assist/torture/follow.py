"""Platforms that send until they are acknowledged, and agents that come back to where they were.

The law: a turn counts as acknowledged once its ack was read; an event counts as heard as often as
it came. What went wrong is counted here and judged elsewhere.
"""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from assist.service.entries import decoded, turn_of
from assist.service.store_sqlite import SqliteLog
from assist.torture.peers import LOST, Peer, peer
from assist.torture.peers import turn_of as written

__all__ = ["Follower", "Kept", "Sender", "compared", "heard_afresh", "kept"]

_BETWEEN_TRIES_S = 0.02
_LAST = "told-afresh"
_ANSWER_WITHIN_S = 60.0


@dataclass(slots=True)
class Sender:
    """The platform of one conversation."""

    url: str
    conversation: str
    pause_s: float = 0.005
    acked: dict[str, Any] = field(default_factory=dict)
    resent: int = 0
    ack_changed: int = 0
    refused: int = 0
    stopping: bool = False

    async def work(self) -> None:
        """Send until told to stop, through as many connections as it takes."""
        while not self.stopping:
            with suppress(*LOST):
                async with asyncio.timeout(120), peer(self.url, "platform") as one:
                    await self._send(one)
            await asyncio.sleep(_BETWEEN_TRIES_S)

    async def _send(self, one: Peer) -> None:
        if self.acked:  # the last one again, as a platform would that is not sure
            number = len(self.acked) - 1
            self.resent += 1
            self.ack_changed += await self._asked(one, number) != self.acked[f"t{number}"]
        while not self.stopping:
            number = len(self.acked)
            self.acked[f"t{number}"] = await self._asked(one, number)
            await asyncio.sleep(self.pause_s)

    async def _asked(self, one: Peer, number: int) -> Any:
        await one.send(**written(self.conversation, number))
        ack = await one.get(_ANSWER_WITHIN_S)
        if ack["type"] != "ack":
            self.refused += 1
            raise TimeoutError
        return ack


@dataclass(slots=True)
class Follower:
    """An agent who follows one conversation."""

    url: str
    conversation: str
    heard: list[Any] = field(default_factory=list)
    position: Any = None
    resumed: int = 0
    not_recovered: int = 0
    hello: dict[str, object] = field(default_factory=dict)

    async def begin(self) -> None:
        """Learn where the conversation begins, so that everything must be heard."""
        async with peer(self.url, "agent", **self.hello) as one:
            self.position = (await one.follow(self.conversation))["position"]

    async def work(self) -> None:
        """Listen for ever, through as many connections as it takes."""
        while True:
            with suppress(*LOST):
                async with peer(self.url, "agent", **self.hello) as one:
                    await self.listen(one)
            await asyncio.sleep(_BETWEEN_TRIES_S)

    async def listen(self, one: Peer) -> None:
        """Subscribe from the last known position and listen."""
        state = await one.follow(self.conversation, self.position)
        if self.position is not None:
            self.resumed += 1
            self.not_recovered += not state.get("recovered")
        self.position = state["position"]
        while True:
            self.take(await one.get(3600))

    def take(self, event: Any) -> None:
        """Count one event."""
        if "position" in event and event.get("type") != "ack":
            self.heard.append(event)
            self.position = event["position"]

    @property
    def offsets(self) -> list[int]:
        """Return the offsets in the order they came."""
        return [event["position"]["offset"] for event in self.heard]


async def heard_afresh(url: str, follower: Follower, after: Any = None) -> Follower:
    """Return an agent that was told everything from `after` on, or from the first event on."""
    first = after or {"epoch": follower.position["epoch"], "offset": 0}
    fresh = Follower(url, follower.conversation, position=first)
    async with peer(url, "agent") as one:
        state = await one.follow(fresh.conversation, first)
        fresh.not_recovered = int(not state.get("recovered"))
        # A chat answers one thing after the other: what came before this has been told by then.
        await one.send(type="summarise", conversation=fresh.conversation, id=_LAST)
        while (event := await one.get()).get("re") != _LAST:
            fresh.take(event)
    return fresh


async def compared(url: str, followers: Iterable[Follower]) -> dict[str, int]:
    """Return what the followers heard beside what is told afresh, once nothing more comes."""
    chosen = list(followers)
    again = await asyncio.gather(*(heard_afresh(url, one) for one in chosen))
    await _caught_up(chosen, again)
    counts = dict.fromkeys(("events", "gaps", "doubles", "disordered", "changed"), 0)
    for one, fresh in zip(chosen, again, strict=True):
        told = {event["position"]["offset"]: event for event in fresh.heard}
        heard = one.offsets
        counts["events"] += len(heard)
        counts["gaps"] += len(told.keys() - set(heard))
        counts["doubles"] += len(heard) - len(set(heard))
        counts["disordered"] += heard != sorted(heard)
        counts["changed"] += sum(told.get(o) != e for o, e in zip(heard, one.heard, strict=True))
    return counts


async def _caught_up(followers: Iterable[Follower], fresh: Iterable[Follower]) -> None:
    """Wait until everybody has heard the last event, or is late."""
    pairs = list(zip(followers, fresh, strict=True))
    end = perf_counter() + _ANSWER_WITHIN_S
    while perf_counter() < end:
        if all(max(one.offsets, default=0) >= max(f.offsets, default=0) for one, f in pairs):
            return
        await asyncio.sleep(0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the log has of the turns that were acknowledged."""

    acked: int
    lost: int
    doubled: int
    disordered: int


async def kept(store: Path, senders: Iterable[Sender]) -> Kept:
    """Read the log and compare; every sender sent its turns in order."""
    log = SqliteLog(store)
    acked = lost = doubled = disordered = 0
    try:
        for sender in senders:
            stored = [decoded(record.payload) for record in await log.read(sender.conversation)]
            turns = [turn for entry in stored if (turn := turn_of(entry)) is not None]
            acked += len(sender.acked)
            lost += len(set(sender.acked) - set(turns))
            doubled += len(turns) - len(set(turns))
            disordered += turns != [f"t{n}" for n in range(len(turns))]
    finally:
        await log.close()
    return Kept(acked=acked, lost=lost, doubled=doubled, disordered=disordered)
