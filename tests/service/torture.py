"""Kill the real service again and again under load, and look for what was lost.

`torture(folder, kills)` runs the service on an SQLite log in its own process; platforms send turns,
each again until it is acknowledged, and agents follow with resume. The process is killed (SIGKILL)
at random moments. Then the log is read: every acknowledged turn must be in it once, in the order it
was sent, and every agent must have heard every event once, in order, the same as told afterwards.

    python tests/service/torture.py --kills 20
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from assist.service.entries import decoded, turn_of
from assist.service.store_sqlite import SqliteLog

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TEXTS = (
    "Hello, my order has not arrived yet",
    "This is the third time I ask! It was promised for THURSDAY!!",
    "ok",
    "I am really disappointed, I will leave and write a review",
    "thanks, that helps a lot",
)
# Loads the rules once, so that an edit of theirs meanwhile is not taken for a loss, and gives birth
# to one service after the other; each is a process of its own.
PROGRAM = """
import os, sys
from assist.line import load_line
from assist.service.server import run
from assist.settings import load_settings
line, settings = load_line(), load_settings(
    port=int(sys.argv[1]), http_port=int(sys.argv[2]), store=sys.argv[3]
)
for _ in sys.stdin:
    if child := os.fork():
        print("born", child, file=sys.stderr, flush=True)
        os.waitpid(child, 0)
        print("gone", file=sys.stderr, flush=True)
    else:
        run(settings, line)
        os._exit(0)
"""
LOST = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)


@dataclass
class Result:
    """What came of it. All but the first four must be 0."""

    kills: int = 0
    acked: int = 0
    resent: int = 0
    events: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    ack_changed: int = 0
    event_gaps: int = 0
    event_changes: int = 0
    not_recovered: int = 0
    ready_s: list[float] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Tell whether nothing went wrong, and something was tried at all."""
        wrong = (
            self.lost, self.doubled, self.disordered, self.ack_changed,
            self.event_gaps, self.event_changes, self.not_recovered,
        )  # fmt: skip
        return not any(wrong) and self.acked > 0 and self.events > 0


class Victim:
    """The service in a process of its own, always on the same ports."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self.port, self.http_port = _free_ports()
        self.url = f"ws://127.0.0.1:{self.port}/v1"
        self.pid = 0
        self.nursery: asyncio.subprocess.Process | None = None

    async def start(self) -> float:
        """Start it; return the seconds until it said that it was ready."""
        if self.nursery is None:
            self.nursery = await asyncio.create_subprocess_exec(
                sys.executable, "-c", PROGRAM, str(self.port), str(self.http_port),
                f"sqlite:{self.store}",
                stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(b"go\n")
        self.pid = int((await self._told("born")).split()[1])
        begun = time.monotonic()
        await self._told("ready ws://")
        return time.monotonic() - begun

    async def kill(self, how: int = signal.SIGKILL) -> None:
        """End it and wait until it is gone."""
        os.kill(self.pid, how)
        await self._told("gone")

    async def close(self) -> None:
        """End it in order, and what it was born from."""
        await self.kill(signal.SIGTERM)
        assert self.nursery is not None
        await self.nursery.communicate(b"")

    async def _told(self, words: str) -> str:
        assert self.nursery is not None
        assert self.nursery.stderr is not None
        said = ""
        async with asyncio.timeout(60):
            while words not in said:
                said = (await self.nursery.stderr.readline()).decode()
                assert said, f"the service ended before it said {words!r}"
        return said


@dataclass
class Platform:
    """Sends the turns of one conversation, each until it is acknowledged."""

    url: str
    conversation: str
    acked: dict[str, Any] = field(default_factory=dict)
    resent: int = 0
    ack_changed: int = 0
    stopping: bool = False

    async def work(self) -> None:
        """Send until told to stop, through as many connections as it takes."""
        while not self.stopping:
            with suppress(*LOST):
                async with asyncio.timeout(30), connect(self.url, compression=None) as ws:
                    await ws.send(json.dumps({"type": "hello", "protocol": 1, "role": "platform"}))
                    await ws.recv()
                    await self._send(ws)
            await asyncio.sleep(0.02)

    async def _send(self, ws: ClientConnection) -> None:
        if self.acked:  # the last one again, as a platform would that is not sure
            number = len(self.acked) - 1
            self.resent += 1
            ack = await self._ask(ws, number)
            self.ack_changed += ack != self.acked[f"t{number}"]
        while not self.stopping:
            number = len(self.acked)
            self.acked[f"t{number}"] = await self._ask(ws, number)
            await asyncio.sleep(0.005)

    async def _ask(self, ws: ClientConnection, number: int) -> Any:
        turn = {
            "id": f"t{number}",
            "role": "customer",
            "text": TEXTS[number % len(TEXTS)],
            "at": (START + timedelta(seconds=number)).isoformat(),
        }
        await ws.send(json.dumps({"type": "turn", "conversation": self.conversation, "turn": turn}))
        async with asyncio.timeout(10):
            ack = json.loads(await ws.recv())
        if ack["type"] != "ack":
            raise TimeoutError
        return ack


@dataclass
class Agent:
    """Follows one conversation and comes back to where it was."""

    url: str
    conversation: str
    heard: list[Any] = field(default_factory=list)
    position: Any = None
    not_recovered: int = 0

    async def work(self) -> None:
        """Listen for ever, through as many connections as it takes."""
        while True:
            with suppress(*LOST):
                async with connect(self.url, compression=None) as ws:
                    await self.follow(ws)
            await asyncio.sleep(0.02)

    async def follow(self, ws: ClientConnection) -> None:
        """Subscribe from the last known position and listen."""
        await ws.send(json.dumps({"type": "hello", "protocol": 1, "role": "agent"}))
        await ws.recv()
        asked = {"type": "subscribe", "conversation": self.conversation}
        if self.position is not None:
            asked["after"] = self.position
        await ws.send(json.dumps(asked))
        state = json.loads(await ws.recv())
        self.not_recovered += self.position is not None and not state.get("recovered")
        self.position = state["position"]
        async for frame in ws:
            event = json.loads(frame)
            self.heard.append(event)
            self.position = event["position"]


async def torture(folder: Path, kills: int, *, conversations: int = 6, seed: int = 1) -> Result:
    """Run the whole thing and return what came of it."""
    rng = random.Random(seed)
    victim = Victim(folder / "torture.sqlite")
    names = [f"c{n}" for n in range(conversations)]
    platforms = [Platform(victim.url, name) for name in names]
    agents = [Agent(victim.url, name) for name in names]
    result = Result(kills=kills, ready_s=[round(await victim.start(), 2)])
    for agent in agents:  # each begins at the very start, so that it must hear everything
        async with connect(victim.url, compression=None) as ws:
            await _first_position(agent, ws)
    working = [asyncio.create_task(one.work()) for one in (*platforms, *agents)]
    for _ in range(kills):
        await asyncio.sleep(rng.uniform(0.2, 1.5))
        await victim.kill()
        result.ready_s.append(round(await victim.start(), 2))
    await asyncio.sleep(0.5)
    for platform in platforms:
        platform.stopping = True
    await asyncio.gather(*working[:conversations])
    await _settled(victim.url, agents, result)
    for task in working[conversations:]:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await victim.close()
    await _judge(victim.store, platforms, agents, result)
    return result


async def _first_position(agent: Agent, ws: ClientConnection) -> None:
    await ws.send(json.dumps({"type": "hello", "protocol": 1, "role": "agent"}))
    await ws.recv()
    await ws.send(json.dumps({"type": "subscribe", "conversation": agent.conversation}))
    agent.position = json.loads(await ws.recv())["position"]


async def _settled(url: str, agents: list[Agent], result: Result) -> None:
    """Wait until the agents have heard all, then compare with what the log tells afresh."""
    again = await asyncio.gather(*(_told_afresh(url, agent) for agent in agents))
    for agent, fresh in zip(agents, again, strict=True):
        offsets = [event["position"]["offset"] for event in agent.heard]
        result.events += len(offsets)
        result.event_gaps += offsets != list(range(1, len(fresh.heard) + 1))
        result.event_changes += agent.heard != fresh.heard
        result.not_recovered += agent.not_recovered + fresh.not_recovered


async def _told_afresh(url: str, agent: Agent) -> Agent:
    """Return an agent that was told everything from the first event on."""
    first = {"epoch": agent.position["epoch"], "offset": 0}
    fresh = Agent(url, agent.conversation, position=first)
    async with connect(url, compression=None) as ws:
        following = asyncio.create_task(fresh.follow(ws))
        heard = -1
        while len(fresh.heard) != heard:  # until nothing more comes
            heard = len(fresh.heard)
            await asyncio.sleep(1.5)
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
    return fresh


async def _judge(
    store: Path, platforms: list[Platform], agents: list[Agent], result: Result
) -> None:
    log = SqliteLog(store)
    for platform in platforms:
        stored = [decoded(record.payload) for record in await log.read(platform.conversation)]
        turns = [turn for entry in stored if (turn := turn_of(entry)) is not None]
        result.acked += len(platform.acked)
        result.resent += platform.resent
        result.ack_changed += platform.ack_changed
        result.lost += len(set(platform.acked) - set(turns))
        result.doubled += len(turns) - len(set(turns))
        result.disordered += turns != [f"t{n}" for n in range(len(turns))]
    await log.close()


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def main() -> int:
    """Run from the command line; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description="kill the service under load and count losses")
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--conversations", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(
            torture(Path(folder), given.kills, conversations=given.conversations, seed=given.seed)
        )
    sys.stdout.write(json.dumps({**asdict(result), "clean": result.clean}) + "\n")
    return 0 if result.clean else 1


if __name__ == "__main__":
    sys.exit(main())
