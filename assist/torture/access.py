"""Who may not come in does not, and who is in one tenant learns nothing of another.

The law: a case counts as refused only where the service closed or answered with a code for it;
what leaks is looked for by marks in everything that came over the line.
"""

import asyncio
import json
import secrets
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from assist.errors import LocalFault
from assist.service.tokens import signed
from assist.torture.cases import Case, cases
from assist.torture.outcome import Outcome, Scale
from assist.torture.peers import Peer, greeted, turn_of
from assist.torture.victim import Nursery, Victim, lifted
from assist.wire.messages import Peer as Role

__all__ = ["GOAL", "access"]

GOAL = "≥ 40 cases refused; 1,000 generated attempts across tenants: 0 leaks"
_LEAST = 40
_OURS, _THEIRS = "acme", "zeta"
_CHATS = 10
_BATCH = 8
_CLOSES_WITHIN_S = 30.0
_AFTER_LOGOUT_S = 0.003  # a token of the very moment of a logout is refused, to be sure


async def access(nursery: Nursery, scale: Scale) -> Outcome:
    """Try every case at the door, then every way from one tenant into another."""
    attempts = scale.of(1000, 96)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "secret"
        secret = secrets.token_hex(32).encode()
        file.write_bytes(secret)
        async with nursery.service(**lifted(token_secret_file=str(file))) as victim:
            all_cases = cases(secret)
            let_in = [one.name for one in all_cases if not await _refused(victim.ws, one)]
            leaks = await _Tenants(victim, secret, Random(scale.seed)).tried(attempts)  # noqa: S311 - dice of a test
            crashed = victim.crashed()
    broken = [f"not refused: {name}" for name in let_in]
    broken += [f"{what}: {count}" for what, count in leaks.items() if count]
    broken += ["a traceback"] * crashed
    return Outcome(
        figures=(
            ("cases", len(all_cases)),
            ("refused", len(all_cases) - len(let_in)),
            ("attempts across tenants", attempts),
            ("frames that leaked", leaks["frames that leaked"]),
            ("chats of the other tenant changed", leaks["chats of the other tenant changed"]),
        ),
        reached=not broken and len(all_cases) >= _LEAST,
        broken=tuple(broken),
    )


async def _refused(url: str, case: Case) -> bool:
    """Tell whether the last thing a case says is refused with one of its codes."""
    try:
        async with connect(
            url, compression=None, proxy=None, additional_headers=case.headers
        ) as socket:
            told: Any = None
            for number, message in enumerate(case.says):
                await socket.send(json.dumps(message))
                told = json.loads(await socket.recv())
                if number < len(case.says) - 1 and told["type"] == "error":
                    return False
            if told["type"] == "error" and told["code"] in case.codes:
                return True
            with suppress(TimeoutError):
                await asyncio.wait_for(socket.recv(), _CLOSES_WITHIN_S)
            return False
    except InvalidStatus as refused:
        return refused.response.status_code in case.codes
    except ConnectionClosed as closed:
        return closed.rcvd is not None and closed.rcvd.code in case.codes


@dataclass(slots=True)
class _Tenants:
    """Two tenants of one service, of which one looks for the other's chats."""

    victim: Victim
    secret: bytes
    rng: Random

    async def tried(self, attempts: int) -> Counter[str]:
        """Return what came of so many attempts."""
        mark = f"mark{secrets.token_hex(6)}"
        names = [f"{mark}-{number}" for number in range(_CHATS)]
        async with _Closing(await self._peer(Role.PLATFORM, _THEIRS)) as owner:
            for name in names:
                await owner.ask(**turn_of(name, 0, text=f"{mark} this is the third time I ask!!"))
        before = [await self._state(name) for name in names]
        kept = self._token(Role.SUPERVISOR, _THEIRS)
        found: Counter[str] = Counter()
        for start in range(0, attempts, _BATCH):
            role = self.rng.choice(tuple(Role))
            async with _Closing(await self._peer(role, _OURS)) as one:
                with suppress(ConnectionClosed):
                    asked = [self._attempt(names) for _ in range(min(_BATCH, attempts - start))]
                    for message in asked:
                        await one.send(**message)
                    async for frame in one.rest(role):
                        found["frames that leaked"] += _leaks(frame, mark)
        after = [await self._state(name) for name in names]
        changed = sum(one != other for one, other in zip(before, after, strict=True))
        found["chats of the other tenant changed"] = changed
        # A token from before is still good unless somebody of ours could log out one of theirs.
        found["logged out by the other tenant"] = not await _good(self.victim.ws, kept)
        return found

    def _attempt(self, names: list[str]) -> dict[str, Any]:
        """Return a message about one of their chats, called in one of many ways."""
        name = self.rng.choice(names)
        called = self.rng.choice(
            (
                name, f"{_THEIRS}/{name}", f"{_THEIRS}:{name}", f"\x1f{_THEIRS}\x1f{name}",
                f"../{_THEIRS}/{name}", f"{name}\x00", f"{_THEIRS}\x1f{name}", "*",
                f"\x1f\x1f{name}", f"{name}%00", f"{name}' OR '1'='1",
            )
        )  # fmt: skip
        at = "2026-03-02T11:00:00Z"
        kinds: tuple[dict[str, Any], ...] = (
            {"type": "subscribe"},
            {"type": "subscribe", "after": {"epoch": "0", "offset": 0}},
            {"type": "summarise"},
            {"type": "held"},
            {"type": "redact", "turn": "t0", "at": at},
            {"type": "edit", "turn": "t0", "text": "changed", "at": at},
            {"type": "turn", "turn": {"id": "t0", "role": "customer", "text": "again", "at": at}},
            {"type": "turn", "turn": {"id": "t9", "role": "customer", "text": "more", "at": at}},
            {"type": "assign", "agent": "kim"},
            {"type": "close", "at": at},
            {"type": "draft", "revision": 1, "text": "we can't do that"},
            {"type": "acknowledge", "alert": "high:t0"},
            {"type": "snooze", "technique": "*", "on": True, "at": at},
            {"type": "feedback", "suggestion": "s", "action": "shown", "at": at},
            {"type": "unsubscribe"},
            {"type": "prefer", "muted": ["*"]},
            {"type": "logout", "agent": "kim"},
        )  # fmt: skip
        message = {**self.rng.choice(kinds), "conversation": called}
        return {**message, "tenant": _THEIRS} if self.rng.random() < 0.3 else message

    async def _state(self, name: str) -> Any:
        """Return how one of their chats stands, as they see it."""
        async with _Closing(await self._peer(Role.SUPERVISOR, _THEIRS)) as own:
            return await own.follow(name)

    async def _peer(self, role: Role, tenant: str) -> Peer:
        await asyncio.sleep(_AFTER_LOGOUT_S)
        token = self._token(role, tenant)
        return await greeted(self.victim.ws, role, agent="kim", token=token)

    def _token(self, role: Role, tenant: str) -> str:
        return signed(self.secret, role=role, ttl_s=600, agent="kim", tenant=tenant)


async def _good(url: str, token: str) -> bool:
    """Tell whether somebody of the other tenant is let in with it."""
    try:
        one = await greeted(url, Role.SUPERVISOR, agent="kim", token=token)
    except LocalFault:
        return False
    await one.socket.close()
    return True


class _Closing:
    """A peer that is closed in the end."""

    def __init__(self, one: Peer) -> None:
        self._one = one

    async def __aenter__(self) -> Peer:
        return self._one

    async def __aexit__(self, *_: object) -> None:
        await self._one.socket.close()


def _leaks(frame: str, mark: str) -> bool:
    """Tell whether words of the other tenant stand in what was told."""
    told = json.loads(frame)
    for own in ("conversation", "re"):  # how the asker called it
        told.pop(own, None)
    return mark in json.dumps(told, ensure_ascii=False)
