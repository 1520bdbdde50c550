"""A port that keeps what it is told, and a door to knock at."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from assist.connectors import generic
from assist.connectors.door import Door, Guard
from assist.connectors.journal import Journal
from assist.connectors.port import Delivery, Ingest, Platform, Setup
from assist.connectors.pump import Pump

NOW = 1_780_000_000.0
SECRET = b"the-secret-of-the-tests"


@dataclass
class Listener(Ingest):
    """Keeps what it is told; fails as often as `failing` says."""

    heard: list[tuple[str, str, Any]] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)

    def _hear(self, kind: str, conversation: str, what: Any) -> None:
        if self.failing:
            raise self.failing.pop(0)
        self.heard.append((kind, conversation, what))

    async def open(self, conversation, opened):
        """Keep it."""
        self._hear("open", conversation, opened)

    async def turn(self, conversation, turn):
        """Keep it."""
        self._hear("turn", conversation, turn)

    async def edit(self, conversation, edit):
        """Keep it."""
        self._hear("edit", conversation, edit)

    async def redact(self, conversation, redaction):
        """Keep it."""
        self._hear("redact", conversation, redaction)

    async def typing(self, conversation, typing):
        """Keep it."""
        self._hear("typing", conversation, typing)

    async def assign(self, conversation, assigned):
        """Keep it."""
        self._hear("assign", conversation, assigned)

    async def close(self, conversation, closed):
        """Keep it."""
        self._hear("close", conversation, closed)


class Way:
    """A door, what is behind it, and how to knock."""

    def __init__(self, platform: Platform = generic.PLATFORM, **more: Any) -> None:
        self.now = NOW
        self.waits: list[float] = []
        self.listener = Listener()
        self.journal = more.pop("journal", None) or Journal(None, lambda: self.now)
        self.pump = Pump(self.journal, self.listener, Counter(), started=True, sleep=self._sleep)
        self.platform = platform
        guard = more.pop("guard", None) or Guard(verifier=platform.verifier, secret=SECRET)
        self.door = Door(
            platform,
            guard,
            Setup(own=frozenset({"our-bot"})),
            self.journal,
            self.listener,
            now=lambda: self.now,
            pump=self.pump,
            masks=more.pop("masks", None),
        )

    async def _sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def delivery(self, payload: Any, *, proven: bool = True, kind: str = "application/json"):
        """Return a delivery of `payload`, JSON or bytes as they are."""
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        plain = Delivery(headers={"content-type": kind}, body=body, received_at=self.now)
        return self.platform.verifier.stamped(plain, SECRET) if proven else plain

    async def knock(self, payload: Any, **more: Any):
        """Deliver `payload`; return the receipt once all was passed on."""
        receipt = await self.door.receive(self.delivery(payload, **more))
        await self.pump.settle()
        return receipt

    @property
    def told(self) -> list[str]:
        """What was passed on, in a word each."""
        return [
            f"{kind} {getattr(what, 'text', '')}".strip() for kind, _, what in self.listener.heard
        ]


def said(id_: str, text: str, at: str = "2026-03-02T10:31:05Z", **more: Any) -> dict[str, Any]:
    """Return a delivery in our own shape: a customer said something."""
    turn = {"id": id_, "role": "customer", "text": text, "at": at, **more}
    return {"type": "turn", "conversation": "c1", "turn": turn}


def changed(kind: str, id_: str, **more: Any) -> dict[str, Any]:
    """Return a delivery in our own shape: something became of a turn."""
    return {"type": kind, "conversation": "c1", "turn": id_, "at": "2026-03-02T10:32:00Z", **more}
