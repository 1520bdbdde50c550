"""A desk at work in a process of its own, so that who measures is not who storms.

The law: it is told what to do by one JSON object on standard input, and tells when each turn was
due (seconds of the machine's own clock) and how long it took, as one on standard output.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from assist.service.tokens import signed
from assist.torture.flow import Flow
from assist.torture.outcome import percentile
from assist.wire.messages import Peer as Role

__all__ = ["Apart", "apart", "main"]

_TTL_S = 3600.0
_WITHIN_S = 120.0


@dataclass(slots=True)
class Apart:
    """What a desk apart has told: (due, milliseconds) of each turn, and of how many none."""

    turns: list[tuple[float, float]] = field(default_factory=list)
    silent: int = 0

    def p(self, share: float, begin: float, end: float) -> float:
        """Return the milliseconds that this share of the turns due in between did not exceed."""
        return round(percentile([ms for due, ms in self.turns if begin <= due < end], share), 1)


@asynccontextmanager
async def apart(url: str, *, rate: float, seconds: float, secret: str = "") -> AsyncIterator[Apart]:
    """Have a desk work beside what is done here; what it tells is there in the end."""
    order = {"url": url, "rate": rate, "seconds": seconds, "secret": secret}
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "assist.torture.apart",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=2**26,
    )
    found = Apart()
    assert child.stdin is not None  # noqa: S101 - it was asked for
    assert child.stdout is not None  # noqa: S101 - it was asked for
    try:
        child.stdin.write(json.dumps(order).encode() + b"\n")
        await asyncio.wait_for(child.stdout.readline(), _WITHIN_S)  # it has begun
        yield found
        told = json.loads(await asyncio.wait_for(child.stdout.readline(), _WITHIN_S + seconds))
        found.turns = [(due, ms) for due, ms in told["turns"]]
        found.silent = told["silent"]
    finally:
        if child.returncode is None:
            child.kill()
        child.stdin.close()
        await child.wait()


def main() -> None:
    """Do what the order says."""
    asyncio.run(_work(json.loads(sys.stdin.readline())))


async def _work(order: dict[str, object]) -> None:
    names: Sequence[str] = [f"apart-{number}" for number in range(20)]
    secret = str(order["secret"]).encode()
    token = partial(_token, secret) if secret else None
    async with Flow(str(order["url"]), names, agents=4, token=token) as flow:
        _tell("begun")
        taken = await flow.run(float(str(order["rate"])), float(str(order["seconds"])))
    _tell({"turns": taken.timed, "silent": taken.sent - len(taken.latencies) - taken.refused})


def _token(secret: bytes, role: Role, agent: str | None) -> str:
    return signed(secret, role=role, ttl_s=_TTL_S, agent=agent)


def _tell(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
