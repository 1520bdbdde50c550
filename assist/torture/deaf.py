"""One of fifty agents never reads.

The law: nobody else waits for it; it is closed as slow before much waits for it, and once it comes
back it is told all that it missed.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assist.torture.flow import Flow
from assist.torture.follow import Follower, heard_afresh
from assist.torture.outcome import Outcome, Scale
from assist.torture.raw import Raw, upgraded
from assist.torture.victim import Nursery, Victim, lifted

__all__ = ["GOAL", "deaf"]

GOAL = "one of 50 never reads: others' p99 ≤ 1.2 ×; closed within 256 messages or 1 MiB; resumes"
_TIMES = 1.2
_MESSAGES = 256
_KIB = 1024.0
_RATE = 20.0
_MOST_S = 60
_CLOSED = "assist_closings_total{code=4001}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    """How many messages and KiB had been published to it when it was closed as slow."""

    messages: int
    kib: float


async def deaf(nursery: Nursery, scale: Scale) -> Outcome:
    """Measure without it, then with it, then have it come back."""
    agents, seconds = scale.of(49, 4), scale.seconds(10.0, 0.4)
    names = [f"deaf-{number}" for number in range(scale.of(20, 2))]
    few, step_s = ({"queue": 16}, 0.2) if scale.short else ({}, 1.0)
    async with nursery.service(**lifted(**few)) as victim:
        async with Flow(victim.ws, names, agents=agents, everybody=True) as flow:
            before = await flow.run(_RATE, seconds)
            async with _never_reading(victim.ws, names) as places:
                watching = asyncio.create_task(_dropped(victim, flow, agents))
                after = await flow.run(_RATE, seconds)
                for _ in range(_MOST_S):
                    if watching.done():
                        break
                    await flow.run(scale.of(20, 400), step_s, settle=False)
                watching.cancel()
                (end,) = await asyncio.gather(watching, return_exceptions=True)
            await flow.run(len(names) / step_s, step_s)
        missed = [await _missed(victim, name, place) for name, place in places.items()]
        broken = ["a traceback"] * victim.crashed()
    broken += [f"chats not told in full afterwards: {sum(missed)}"] * any(missed)
    times = round(after.p(0.99) / before.p(0.99), 2)
    closed = end if isinstance(end, _End) else None
    few_enough = closed is not None and (closed.messages <= _MESSAGES or closed.kib <= _KIB)
    return Outcome(
        figures=(
            ("agents", agents + 1),
            ("others' p99 ms before", before.p(0.99)),
            ("others' p99 ms with it", after.p(0.99)),
            ("times", times),
            ("closed as slow", "yes" if closed else "no"),
            ("messages until then", closed.messages if closed else 0),
            ("KiB until then", closed.kib if closed else 0),
            ("told in full afterwards", "no" if any(missed) else "yes"),
        ),
        reached=not broken and few_enough and times <= _TIMES,
        broken=tuple(broken),
    )


@asynccontextmanager
async def _never_reading(url: str, names: Sequence[str]) -> AsyncIterator[dict[str, Any]]:
    """Follow these chats, read the snapshots, and nothing from then on; yield the positions."""
    place = urlsplit(url)
    own = socket.socket()
    own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    own.setblocking(False)
    await asyncio.get_running_loop().sock_connect(own, (place.hostname, place.port))
    reader, writer = await asyncio.open_connection(sock=own, limit=2048)
    one = Raw(reader, writer)
    try:
        await upgraded(one, url)
        await one.say(type="hello", protocol=1, role="agent", agent="deaf")
        await one.hear()
        places = {}
        for name in names:
            await one.say(type="subscribe", conversation=name)
            while True:
                _, told = await one.hear()
                if told["type"] == "snapshot":
                    break
            places[name] = told["position"]
        yield places
    finally:
        writer.transport.abort()
        with suppress(OSError):
            await writer.wait_closed()


async def _dropped(victim: Victim, flow: Flow, agents: int) -> _End:
    """Return what was published until the service has closed somebody as slow."""
    events, octets = flow.events, flow.octets
    while not (await victim.metrics()).get(_CLOSED):  # noqa: ASYNC110 - it happens elsewhere
        await asyncio.sleep(0.1)
    return _End(
        messages=(flow.events - events) // agents,
        kib=round((flow.octets - octets) / agents / 1024, 1),
    )


async def _missed(victim: Victim, name: str, place: Any) -> bool:
    """Tell whether somebody who comes back from there is not told all, gapless."""
    back = Follower(victim.ws, name, position=place)
    fresh = await heard_afresh(victim.ws, back, after=place)
    expected = list(range(place["offset"] + 1, place["offset"] + 1 + len(fresh.offsets)))
    return fresh.not_recovered > 0 or not fresh.offsets or fresh.offsets != expected
