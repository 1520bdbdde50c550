"""The network goes away for two seconds, again and again, under two hundred agents.

The law: every agent has heard every event once and in order in the end; nobody is told a thing
twice, and nobody loses one, because they come back with their position.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import urlsplit

from assist.torture.flow import Flow
from assist.torture.follow import Follower, compared
from assist.torture.outcome import Outcome, Scale
from assist.torture.victim import Nursery, lifted

__all__ = ["GOAL", "Road", "drops"]

GOAL = "2 s network drops, 200 agents, 10 minutes of traffic: 100 % delivered in order, 0 doubles"
_RATE = 20.0


@dataclass(slots=True)
class Road:
    """A road to a service that can be cut and mended; use it in an `async with`."""

    to: str
    cuts: int = 0
    open: bool = True
    port: int = 0
    _server: asyncio.Server | None = None
    _travelling: set[asyncio.StreamWriter] = field(default_factory=set)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._travel, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def url(self) -> str:
        """Return the address at this end of the road."""
        return f"ws://127.0.0.1:{self.port}{urlsplit(self.to).path}"

    def cut(self) -> None:
        """Let nothing through, and drop what is on the way."""
        self.open = False
        self.cuts += 1
        for writer in self._travelling:
            writer.transport.abort()

    def mend(self) -> None:
        """Let everything through again."""
        self.open = True

    async def _travel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - the server runs this in a task
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        place = urlsplit(self.to)
        ends = {writer}
        try:
            if not self.open:
                return
            far_reader, far_writer = await asyncio.open_connection(place.hostname, place.port)
            ends.add(far_writer)
            self._travelling |= ends
            await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))
        except OSError:
            pass
        finally:
            self._travelling -= ends
            for end in ends:
                end.transport.abort()


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while octets := await reader.read(65_536):
            writer.write(octets)
            await writer.drain()
    writer.transport.abort()


async def drops(nursery: Nursery, scale: Scale) -> Outcome:
    """Cut the road every other two seconds while turns come in by another way."""
    agents, seconds = scale.of(200, 12), scale.seconds(600, 1.6)
    away = 0.2 if scale.short else 2.0
    names = [f"drop-{number}" for number in range(agents)]
    async with nursery.service(**lifted()) as victim, Road(victim.ws) as road:
        followers = [Follower(road.url, name) for name in names]
        await asyncio.gather(*(one.begin() for one in followers))
        following = [asyncio.create_task(one.work()) for one in followers]
        try:
            async with Flow(victim.ws, names, agents=0) as flow:
                cutting = asyncio.create_task(_cut(road, away))
                taken = await flow.run(_RATE, seconds)
                cutting.cancel()
                await asyncio.gather(cutting, return_exceptions=True)
            road.mend()
            await asyncio.sleep(2 * away)
            told = await compared(victim.ws, followers)
        finally:
            for task in following:
                task.cancel()
            await asyncio.gather(*following, return_exceptions=True)
        wrong = {
            "events missing": told["gaps"],
            "events doubled": told["doubles"],
            "agents told out of order": told["disordered"],
            "events changed": told["changed"],
            "not recovered": sum(one.not_recovered for one in followers),
            "turns not acked": taken.sent - taken.acked,
            "tracebacks": int(victim.crashed()),
        }
    if not told["events"] or not sum(one.resumed for one in followers):
        wrong["nothing was tried"] = 1
    broken = tuple(f"{what}: {count}" for what, count in wrong.items() if count)
    return Outcome(
        figures=(
            ("agents", agents),
            ("seconds", round(seconds, 1)),
            ("cuts", road.cuts - 1),
            ("resumed", sum(one.resumed for one in followers)),
            ("turns", taken.sent),
            ("events", told["events"]),
            *wrong.items(),
        ),
        reached=not broken,
        broken=broken,
    )


async def _cut(road: Road, away: float) -> None:
    while True:
        await asyncio.sleep(away)
        road.cut()
        await asyncio.sleep(away)
        road.mend()
