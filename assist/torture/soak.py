"""Half an hour of an ordinary day.

The law: chats come and go, and somebody follows all of them; nothing but a bounded rest stays of
them in memory, and tasks and descriptors are as many in the end as at the start.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import linear_regression
from time import monotonic

from assist.torture.flow import Flow
from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import Peer, peer
from assist.torture.victim import Nursery, Probe, Victim, lifted

__all__ = ["GOAL", "soak"]

GOAL = "soak 30 min at 50 turns/s: memory slope < 1 MiB per 10 min; tasks and descriptors flat"
_SLOPE_MIB = 1.0
_TURNS_A_CHAT = 12
_CHATS = 50


async def soak(nursery: Nursery, scale: Scale) -> Outcome:
    """Have chats of a dozen turns follow each other, and watch what the service takes up."""
    seconds, rate = scale.seconds(1800.0, 1.0), float(scale.of(50, 40))
    chats = scale.of(_CHATS, 4)
    idle_s = 0.4 if scale.short else 20.0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "soak.sqlite"
        async with nursery.service(**lifted(store=f"sqlite:{store}", idle_s=idle_s)) as victim:
            rest = await victim.probe()
            sent = acked = rounds = 0
            seen: list[tuple[float, Probe]] = []
            started = monotonic()
            async with _supervised(victim):
                while monotonic() - started < seconds:
                    names = [f"soak-{rounds}-{number}" for number in range(chats)]
                    rounds += 1
                    async with Flow(victim.ws, names, agents=min(10, chats)) as flow:
                        taken = await flow.run(rate, chats * _TURNS_A_CHAT / rate)
                    sent, acked = sent + taken.sent, acked + taken.acked
                    seen.append((monotonic() - started, await victim.probe()))
            end = await _rested(victim, rest, idle_s)
            broken = ["a traceback"] * victim.crashed()
    return _judged(seen, (rest, end), sent, acked, broken)


@asynccontextmanager
async def _supervised(victim: Victim) -> AsyncIterator[None]:
    """Have somebody follow all chats: for their ears each that falls silent is called back."""
    async with peer(victim.ws, "supervisor") as supervisor:
        await supervisor.ask(type="subscribe", conversation="*")
        hearing = asyncio.create_task(_heard(supervisor))
        try:
            yield
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)


async def _heard(one: Peer) -> None:
    while True:
        await one.socket.recv()


async def _rested(victim: Victim, rest: Probe, idle_s: float) -> Probe:
    """Return a probe once idle chats have left memory."""
    await asyncio.sleep(idle_s * 2)
    return await victim.settled(rest)


def _judged(
    seen: Sequence[tuple[float, Probe]],
    ends: tuple[Probe, Probe],
    sent: int,
    acked: int,
    broken: list[str],
) -> Outcome:
    rest, end = ends
    slope = _slope(seen)
    more = {
        "tasks more": end.tasks - rest.tasks,
        "descriptors more": end.descriptors - rest.descriptors,
    }
    broken += [f"{what}: {count}" for what, count in more.items() if count > 0]
    broken += [f"turns not acked: {sent - acked}"] * (sent != acked)
    return Outcome(
        figures=(
            ("seconds", round(seen[-1][0])),
            ("turns", sent),
            ("memory at rest MiB", round(rest.memory, 1)),
            ("memory in the end MiB", round(end.memory, 1)),
            ("slope MiB per 10 min", round(slope, 2)),
            *more.items(),
        ),
        reached=not broken and slope < _SLOPE_MIB,
        broken=tuple(broken),
    )


def _slope(seen: Sequence[tuple[float, Probe]]) -> float:
    """Return by how many MiB in ten minutes memory grows, the first third left out."""
    late = seen[len(seen) // 3 :]
    if len(late) < 2:
        return 0.0
    line = linear_regression([at for at, _ in late], [probe.memory for _, probe in late])
    return line.slope * 600
