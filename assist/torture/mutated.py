"""Valid JSON, made from the schema and bent.

The law: whatever it is, it is answered with a message of the protocol or not at all; an error has
a code that is known, and never the one that means a fault of ours.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle

from websockets.exceptions import ConnectionClosed

from assist.errors import ClientFault, LocalFault
from assist.torture.made import Maker
from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import greeted
from assist.torture.victim import Nursery, Victim, lifted
from assist.wire.messages import parse_server

__all__ = ["GOAL", "mutated"]

GOAL = "50,000 messages made from the schema and bent: only typed errors"
_ROLES = ("platform", "agent", "supervisor")
_AT_ONCE = 4
_TOO_MANY_BAD, _LOGGED_OUT = 4008, 4104
_RIGHT = frozenset((_TOO_MANY_BAD, _LOGGED_OUT))  # `logout` is one of the messages
_OURS = LocalFault.code


@dataclass(slots=True)
class _Met:
    """What came back."""

    sent: int = 0
    codes: Counter[str] = field(default_factory=Counter)
    untyped: int = 0
    closings: Counter[int] = field(default_factory=Counter)
    silent: int = 0

    def take(self, frame: str) -> None:
        """Count one frame."""
        told = json.loads(frame)
        try:
            parse_server(frame)
        except ClientFault:
            self.untyped += 1
        if told.get("type") == "error":
            self.codes[told.get("code", "")] += 1


async def mutated(nursery: Nursery, scale: Scale) -> Outcome:
    """Send them over as many connections as it takes."""
    maker, met, count = Maker(scale.seed), _Met(), scale.of(50_000, 400)
    async with nursery.service(**lifted()) as victim:
        roles = cycle(_ROLES)

        async def work() -> None:
            while met.sent < count:
                await _spoken(victim, next(roles), maker, met, count)

        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
        metrics = await victim.metrics()
        said = victim.said()
        crashed = victim.crashed()
    ours = int(metrics.get(f"assist_errors_total{{code={_OURS}}}", 0))
    wrong = {
        "answers that are no message": met.untyped,
        "faults of ours": ours + met.codes[_OURS],
        "errors without a code": met.codes[""],
        "connections closed otherwise": sum(
            number for code, number in met.closings.items() if code not in _RIGHT
        ),
        "connections gone silent": met.silent,
        "tracebacks": int(crashed),
        "failures logged": said.count("failed"),
    }
    broken = tuple(f"{what}: {number}" for what, number in wrong.items() if number)
    errors = ", ".join(f"{code} × {number}" for code, number in met.codes.most_common())
    return Outcome(
        figures=(
            ("messages", met.sent),
            ("errors answered", sum(met.codes.values())),
            ("of which", errors),
            ("closings", ", ".join(f"{code} × {n}" for code, n in sorted(met.closings.items()))),
            *wrong.items(),
        ),
        reached=not broken,
        broken=broken,
    )


async def _spoken(victim: Victim, role: str, maker: Maker, met: _Met, count: int) -> None:
    """Send on one connection until it is closed or enough was sent."""
    one = await greeted(victim.ws, role, agent="kim")
    try:
        while met.sent < count:
            for _ in range(5):
                met.sent += 1
                await one.socket.send(maker.message())
            async for frame in one.rest(role):
                met.take(frame)
    except ConnectionClosed as closed:
        met.closings[closed.rcvd.code if closed.rcvd else 1006] += 1
    except TimeoutError:
        met.silent += 1
    finally:
        await one.socket.close()
