"""Five thousand agents who only sit there.

The law: what an agent costs while nothing happens is memory and nothing else; the service answers
meanwhile.
"""

import asyncio
from collections.abc import Awaitable
from time import perf_counter

from assist.torture.outcome import Outcome, Scale, percentile
from assist.torture.peers import Peer, greeted
from assist.torture.victim import Nursery, lifted

__all__ = ["GOAL", "idle"]

GOAL = "5,000 idle agents: ≤ 40 KiB each"
_KIB = 40.0
_CHATS = 50
_AT_ONCE = 50


async def idle(nursery: Nursery, scale: Scale) -> Outcome:
    """Have them all log in and follow a chat, and look at what the service takes up."""
    count = scale.of(5000, 100)
    async with nursery.service(**lifted()) as victim:
        first = await _seated(victim.ws, 0, _CHATS)  # what is made once is made now
        before = await victim.probe()
        agents = await _seated(victim.ws, _CHATS, _CHATS + count)
        await asyncio.sleep(scale.seconds(3.0, 0.2))
        full = await victim.probe()
        asked = [await _asked(victim.page("healthz")) for _ in range(scale.of(50, 5))]
        for start in range(0, len(agents), 500):
            some = agents[start : start + 500]
            await asyncio.gather(*(one.socket.close() for one in some))
        after = await victim.settled(before)
        await asyncio.gather(*(one.socket.close() for one in first))
        broken = ["a traceback"] * victim.crashed()
    for what, more in (
        ("tasks", after.tasks - before.tasks),
        ("descriptors", after.descriptors - before.descriptors),
    ):
        broken += [f"{more} {what} leaked"] * (more > 0)
    each = (full.memory - before.memory) * 1024 / count
    return Outcome(
        figures=(
            ("agents", count),
            ("KiB each", round(each, 1)),
            ("memory with all of them MiB", round(full.memory, 1)),
            ("memory after they left MiB", round(after.memory, 1)),
            ("/healthz p99 ms", round(percentile(asked, 0.99) * 1000, 1)),
            ("descriptors more afterwards", after.descriptors - before.descriptors),
            ("tasks more afterwards", after.tasks - before.tasks),
        ),
        reached=not broken and each <= _KIB,
        broken=tuple(broken),
    )


async def _seated(url: str, start: int, end: int) -> list[Peer]:
    """Return agents of these numbers, logged in, each following a chat."""
    numbers = iter(range(start, end))
    seated: list[Peer] = []

    async def work() -> None:
        for number in numbers:
            one = await greeted(url, "agent", agent=f"idle-{number}")
            await one.follow(f"idle-{number % _CHATS}")
            seated.append(one)

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return seated


async def _asked(page: Awaitable[str]) -> float:
    started = perf_counter()
    await page
    return perf_counter() - started
