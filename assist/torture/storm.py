"""A thousand agents come back at once, each with a token and twenty messages to be told.

The law: every one of them gets what it missed, all of it, once and in order; the agents who stayed
hear of their chats meanwhile.
"""

import asyncio
import json
import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from assist.service.tokens import signed
from assist.torture.apart import apart
from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import LOST, Peer, greeted, peer, turn_of
from assist.torture.victim import Nursery, lifted
from assist.wire.messages import Peer as Role

__all__ = ["GOAL", "storm"]

GOAL = "1,000 agents with token and 20 messages to resume: < 10 s, the others' p99 < 250 ms"
_MISSED = 20
_WITHIN_S = 10.0
_OTHERS_MS = 250.0
_TTL_S = 3600.0


@dataclass(slots=True)
class _Told:
    """What the agents of the storm were told."""

    resumed: int = 0
    wrong: int = 0
    lost: int = 0
    seconds: list[float] = field(default_factory=list)


async def storm(nursery: Nursery, scale: Scale) -> Outcome:
    """Fill the chats, then have everybody come back while others work."""
    agents, chats = scale.of(1000, 24), scale.of(50, 6)
    names = [f"storm-{number}" for number in range(chats)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "secret"
        secret = secrets.token_hex(32).encode()
        file.write_bytes(secret)
        async with nursery.service(**lifted(token_secret_file=str(file))) as victim:
            after = await _filled(victim.ws, names, secret)
            seconds = scale.seconds(16.0, 1.0)
            calm_s = seconds * 0.4
            beside = apart(victim.ws, rate=20.0, seconds=seconds, secret=secret.decode())
            async with beside as others:
                await asyncio.sleep(calm_s)
                probe = await victim.probe()
                started = perf_counter()
                told = await _all_back(victim.ws, secret, after, agents)
                ended = perf_counter()
                worked_s = (await victim.probe()).cpu_s - probe.cpu_s
            took = ended - started
            before = others.p(0.99, 0, started)
            meanwhile = others.p(0.99, started, max(ended, started + 1.0))
            crashed = victim.crashed()
    broken = [f"agents told wrongly: {told.wrong}"] * bool(told.wrong)
    broken += [f"agents never let in: {told.lost}"] * bool(told.lost)
    broken += ["a traceback"] * crashed
    return Outcome(
        figures=(
            ("agents", agents),
            ("resumed", told.resumed),
            ("told wrongly", told.wrong),
            ("all back s", round(took, 2)),
            ("CPU s of the service meanwhile", round(worked_s, 2)),
            ("others' p99 ms before", before),
            ("others' p99 ms meanwhile", meanwhile),
        ),
        reached=not broken and took < _WITHIN_S and meanwhile < _OTHERS_MS,
        broken=tuple(broken),
    )


def _token(secret: bytes, role: Role, agent: str | None = None) -> str:
    return signed(secret, role=role, ttl_s=_TTL_S, agent=agent)


async def _filled(url: str, names: Sequence[str], secret: bytes) -> dict[str, Any]:
    """Have something happen in every chat; return the position twenty events before its end."""
    supervisor = {"token": _token(secret, Role.SUPERVISOR)}
    places: dict[str, Any] = {}
    async with (
        peer(url, "platform", token=_token(secret, Role.PLATFORM)) as platform,
        peer(url, "supervisor", **supervisor) as watcher,
    ):
        for name in names:
            position: dict[str, Any] = {"offset": 0}
            number = 0
            while position["offset"] < _MISSED:
                await platform.ask(**turn_of(name, number))
                number += 1
                if number % 8 == 0:
                    position = (await watcher.follow(name))["position"]
                    await _deaf_to(watcher, name)
            places[name] = {**position, "offset": position["offset"] - _MISSED}
    return places


async def _deaf_to(watcher: Peer, name: str) -> None:
    """Leave a chat and let pass what came of it meanwhile."""
    await watcher.send(type="unsubscribe", conversation=name)
    while (await watcher.get())["type"] != "ack":
        pass


async def _all_back(url: str, secret: bytes, after: dict[str, Any], agents: int) -> _Told:
    told = _Told()
    names = list(after)

    async def back(number: int) -> None:
        name = names[number % len(names)]
        for _ in range(5):
            token = _token(secret, Role.AGENT, f"a{number}")
            try:
                one = await greeted(url, "agent", agent=f"a{number}", token=token)
            except LOST:
                await asyncio.sleep(0.2)
                continue
            await _resumed(one, name, after[name], told)
            return
        told.lost += 1

    await asyncio.gather(*map(back, range(agents)))
    return told


async def _resumed(one: Peer, name: str, after: dict[str, Any], told: _Told) -> None:
    state = await one.follow(name, after)
    events = [json.loads(await one.socket.recv()) for _ in range(_MISSED)]
    offsets = [event["position"]["offset"] for event in events]
    right = state.get("recovered") is True and offsets == [
        after["offset"] + place for place in range(1, _MISSED + 1)
    ]
    told.resumed += right
    told.wrong += not right
    one.socket.transport.abort()
