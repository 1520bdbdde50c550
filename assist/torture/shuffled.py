"""Every turn comes one to five times, in no order.

The law: one of each is stored, whatever comes how often; the chat is told in the order of its
times, the same as if everything had come once and in order.
"""

import asyncio
import random
from collections.abc import Iterator
from typing import Any

from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import Peer, greeted, peer, turn_of
from assist.torture.victim import Nursery, lifted

__all__ = ["GOAL", "shuffled"]

GOAL = "100,000 deliveries, each turn 1-5 times, shuffled: one stored each, order by time"
_TURNS = 24
_WINDOW = 8
_ON_THE_WAY = 64
_PEERS = 4


async def shuffled(nursery: Nursery, scale: Scale) -> Outcome:
    """Deliver them, then compare each chat with the same chat told in order."""
    rng = random.Random(scale.seed)  # noqa: S311 - dice of a test
    wanted, deliveries, chats = scale.of(100_000, 200), 0, 0
    wrong = {"turns missing or doubled": 0, "chats out of order": 0, "chats that read otherwise": 0}
    refused = 0
    async with nursery.service(**lifted()) as victim, peer(victim.ws, "supervisor") as watcher:
        platforms = [await greeted(victim.ws, "platform") for _ in range(_PEERS)]
        ordered = await _told_in_order(platforms[0], watcher)
        while deliveries < wanted:
            names = [f"shuffled-{chats + n}" for n in range(_PEERS)]
            chats += _PEERS
            plans = [_plan(rng) for _ in names]
            deliveries += sum(map(len, plans))
            told = await asyncio.gather(*map(_delivered, platforms, names, plans))
            refused += sum(told)
            for name in names:
                found = await _seen(watcher, name)
                wrong["turns missing or doubled"] += abs(found["turns"] - _TURNS)
                wrong["chats out of order"] += found["order"] != ordered["order"]
                wrong["chats that read otherwise"] += found["state"] != ordered["state"]
        for one in platforms:
            await one.socket.close()
        crashed = victim.crashed()
    broken = [f"{what}: {count}" for what, count in wrong.items() if count]
    broken += [f"deliveries refused: {refused}"] * bool(refused) + ["a traceback"] * crashed
    return Outcome(
        figures=(
            ("deliveries", deliveries),
            ("chats", chats),
            ("turns", chats * _TURNS),
            *wrong.items(),
        ),
        reached=not broken,
        broken=tuple(broken),
    )


def _plan(rng: random.Random) -> list[int]:
    """Return the numbers of the turns in the order they come: each 1-5 times, out of place."""
    copies = [number for number in range(_TURNS) for _ in range(rng.randint(1, 5))]
    return sorted(copies, key=lambda number: number + rng.uniform(0, _WINDOW))


async def _delivered(platform: Peer, name: str, plan: list[int]) -> int:
    """Deliver with some on the way at a time; return how many were not acknowledged."""
    refused = 0
    for some in _cut(plan):
        for number in some:
            await platform.send(**turn_of(name, number))
        for _ in some:
            refused += (await platform.get())["type"] != "ack"
    return refused


def _cut(plan: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(plan), _ON_THE_WAY):
        yield plan[start : start + _ON_THE_WAY]


async def _told_in_order(platform: Peer, watcher: Peer) -> dict[str, Any]:
    await _delivered(platform, "in-order", list(range(_TURNS)))
    return await _seen(watcher, "in-order")


async def _seen(watcher: Peer, name: str) -> dict[str, Any]:
    """Return how many turns a chat has, in which order, and how it reads."""
    state = await watcher.ask(type="subscribe", conversation=name)
    summary = await _until(watcher, "summary", type="summarise", conversation=name)
    await _until(watcher, "ack", type="unsubscribe", conversation=name)
    return {
        "turns": state["turns"],
        "order": [felt["turn"] for felt in summary["feeling"]],
        "state": (state["escalation"]["level"], state["escalation"]["score"], state["sentiment"]),
    }


async def _until(watcher: Peer, kind: str, **message: object) -> dict[str, Any]:
    await watcher.send(**message)
    while (found := await watcher.get())["type"] != kind:
        pass
    return found
