"""A line with three simple rules, a clock that stands still, and a service to talk to.

A customer turn with `!` raises the escalation, calls the supervisors and gives a suggestion; any
customer turn is read; after 60 silent seconds there is a nudge, once. `boom` makes the line fail;
`poison` makes it wait for its gate where it has one, without models too unless `plain_helps`.
Unless `plain_sees`, it takes `?` for `!` without models, and so is wrong about both.
"""

import asyncio
import heapq
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from inspect import iscoroutinefunction
from itertools import count
from pathlib import Path
from threading import Event as Gate

import pytest
from websockets.asyncio.client import connect

from assist.core.conversation import Acknowledgement, Alert, Conversation, Summary
from assist.core.escalation import Escalation, Level, Reason, Trend
from assist.core.rewrites import Review, Tension
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel
from assist.core.suggestions import Kind, Suggestion
from assist.core.text import Span
from assist.core.turns import (
    Acknowledged,
    Assigned,
    Chosen,
    Closed,
    Opened,
    Redaction,
    Role,
    Tick,
    Turn,
)
from assist.service.analyst import Analyst
from assist.service.server import Service
from assist.settings import Settings

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SILENCE = timedelta(seconds=60)


@dataclass(frozen=True)
class FakeStep:
    """What a step of the fake line gives."""

    conversation: Conversation
    told: tuple


@dataclass
class FakeLine:
    """A line whose answers can be foretold; `held` keeps it from answering until it is set.

    `waits` grows each time that a review or a poisonous turn begins to wait, `read` with each turn.
    """

    version: str = "fake@1"
    pack_name: str = "fake"
    pack_version: str = "1"
    missing: tuple = ("encoder",)
    held: Gate | None = None
    poison: Gate | None = None
    plain_helps: bool = True
    plain_sees: bool = True
    mark: str = "!"
    waits: list = field(default_factory=list)
    reviewed: list = field(default_factory=list)
    read: list = field(default_factory=list)

    def plain(self):
        poison = None if self.plain_helps else self.poison
        mark = "!" if self.plain_sees else "?"
        return replace(self, version=f"{self.version}-models", held=None, poison=poison, mark=mark)

    def begin(self, conversation):
        return Conversation(id=conversation)

    def step(self, before, event):
        if self.held is not None:
            self.held.wait(600)
        match event:
            case Turn():
                return self._said(before, event)
            case Redaction():
                turns = tuple(
                    replace(t, text="") if t.id == event.turn else t for t in before.turns
                )
                calm = Escalation()
                return FakeStep(
                    replace(before, turns=turns, escalation=calm), ((event.turn, calm),)
                )
            case Tick():
                nudge = suggestion(f"nudge:{event.at.timestamp():.0f}", before.turns[-1].id)
                after = replace(before, now=event.at, standing=(*before.standing, nudge))
                return FakeStep(after, ((None, nudge),))
            case Acknowledged():
                seen = before.acknowledged | {event.alert}
                told = Acknowledgement(alert=event.alert)
                return FakeStep(replace(before, acknowledged=seen), ((None, told),))
            case Chosen():
                return FakeStep(replace(before, chosen=event), ())
            case Assigned():
                return FakeStep(replace(before, agent=event.agent), ())
            case Opened():
                return FakeStep(replace(before, opened=event), ())
            case Closed():
                summary = self.summarise(before)
                after = replace(before, summary=summary, now=event.at)
                return FakeStep(after, ((None, summary),))
            case _:
                return FakeStep(before, ())

    def _said(self, before, turn):
        self.read.append(turn.id)
        if self.poison is not None and "poison" in turn.text:
            self.waits.append(turn.id)
            self.poison.wait(600)
        if "boom" in turn.text:
            raise ValueError(turn.text)
        if any(said.id == turn.id for said in before.turns):
            return FakeStep(before, ())
        after = replace(before, turns=(*before.turns, turn), now=max(before.now or START, turn.at))
        if turn.role is not Role.CUSTOMER:
            return FakeStep(after, ())
        hot = self.mark in turn.text
        label = SentimentLabel.NEGATIVE if hot else SentimentLabel.NEUTRAL
        reading = Reading(
            turn=turn.id, sentiment=Sentiment(score=-0.5 if hot else 0.0, label=label)
        )
        after = replace(after, readings=(*after.readings, reading))
        told = [(turn.id, reading)]
        if hot:
            score = round(min(1.0, before.escalation.score + 0.1), 4)
            reasons = (Reason(text="an exclamation", weight=score),)
            escalation = Escalation(
                level=Level.HIGH, score=score, trend=Trend.RISING, reasons=reasons
            )
            offered = suggestion(f"calm:{turn.id}", turn.id)
            alert = Alert(id=f"high:{turn.id}", level=Level.HIGH, reasons=reasons, turn=turn.id)
            after = replace(
                after,
                escalation=escalation,
                standing=(*after.standing, offered),
                alerts=(*after.alerts, alert),
            )
            told += [(turn.id, escalation), (turn.id, offered), (turn.id, alert)]
        return FakeStep(after, tuple(told))

    def due(self, conversation):
        if conversation.summary or not conversation.turns:
            return None
        at = conversation.turns[-1].at + SILENCE
        return at if at > conversation.now else None

    def review(self, conversation, draft):
        if self.held is not None:
            self.waits.append("review")
            self.held.wait(600)
        self.reviewed.append(draft.revision)
        return Review(findings=(), tension=Tension(before=0.0, after=0.0))

    def summarise(self, conversation):
        return Summary(problem=f"{len(conversation.turns)} turns")


def suggestion(name, turn):
    """Return a suggestion caused by that turn."""
    return Suggestion(
        id=name,
        technique="breathe",
        rule="breathe/slowly",
        kind=Kind.REPLY,
        lines=("Take your time.",),
        why="because",
        evidence=(Evidence(turn=turn, span=Span(0, 1), cue="mark", source="fake"),),
        priority=50,
        expires_after_turn=2,
    )


class FakeClock:
    """A clock that goes on only when it is told to."""

    def __init__(self):
        self.now = 1000.0
        self._alarms = []
        self._numbers = count()

    def monotonic(self):
        return self.now

    def wall(self):
        return 1_800_000_000.0 + self.now

    def call_later(self, seconds, callback):
        alarm = FakeAlarm(callback)
        heapq.heappush(self._alarms, (self.now + max(0.0, seconds), next(self._numbers), alarm))
        return alarm

    def advance(self, seconds):
        """Go on, ringing what falls due on the way in its order."""
        until = self.now + seconds
        while self._alarms and self._alarms[0][0] <= until:
            self.now, _, alarm = heapq.heappop(self._alarms)
            if not alarm.cancelled:
                alarm.callback()
        self.now = until

    @property
    def pending(self):
        return sum(not alarm.cancelled for _, _, alarm in self._alarms)


class FakeAlarm:
    """An alarm that may be taken back."""

    def __init__(self, callback):
        self.callback = callback
        self.cancelled = False

    def cancel(self):
        self.cancelled, self.callback = True, None


class Talker:
    """A raw client: sends objects, receives objects."""

    def __init__(self, socket):
        self.socket = socket

    async def send(self, **message):
        await self.socket.send(json.dumps(message))

    async def get(self, *, within=60.0):
        async with asyncio.timeout(within):
            return json.loads(await self.socket.recv())

    async def ask(self, **message):
        await self.send(**message)
        return await self.get()

    async def hello(self, role, **more):
        return await self.ask(type="hello", protocol=1, role=role, **more)

    async def take(self, number):
        return [await self.get() for _ in range(number)]

    async def until(self, kind):
        """Return everything up to the first message of that type."""
        got = [await self.get()]
        while got[-1]["type"] != kind:
            got.append(await self.get())
        return got

    async def closing(self, within=60.0):
        """Wait for the end; return the close code."""
        async with asyncio.timeout(within):
            await self.socket.wait_closed()
        return self.socket.close_code

    async def silent(self, seconds=0.15):
        """Tell whether nothing comes for a while: short, because it passes where all is well."""
        try:
            await self.get(within=seconds)
        except TimeoutError:
            return True
        return False


@dataclass
class Desk:
    """A running service and ways to talk to it."""

    service: Service
    line: FakeLine
    clock: FakeClock

    @asynccontextmanager
    async def talk(self, role=None, **more):
        """Connect; with a role, say hello first."""
        given = {name: more.pop(name) for name in tuple(more) if name in _SOCKET}
        given.setdefault("subprotocols", ["assist.v1"])
        async with connect(self.service.ws_url, compression=None, **given) as socket:
            talker = Talker(socket)
            if role:
                welcome = await talker.hello(role, **more)
                assert welcome["type"] == "welcome", welcome
            yield talker


_SOCKET = {"origin", "sock", "subprotocols"}


@pytest.fixture
def line():
    return FakeLine()


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def make_service(line, clock):
    """Return a way to run a service, with settings, in an `async with`."""

    @asynccontextmanager
    async def make(**settings):
        ports = {"store": "memory:", "port": 0, "http_port": 0}
        async with Service(Settings(**{**ports, **settings}), line, clock=clock) as service:
            yield Desk(service, line, clock)

    return make


@pytest.fixture
async def desk(make_service):
    async with make_service() as desk:
        yield desk


@pytest.fixture
def eventually():
    """Return a way to wait until something is so."""

    async def wait(check, *, within=60.0):
        async with asyncio.timeout(within):
            while not (await check() if iscoroutinefunction(check) else check()):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    return wait


@pytest.fixture
def said():
    """Return a way to write a turn message; each is a second after the one before."""

    def write(text, *, conversation="c", turn, role="customer", at=None, **more):
        number = int("".join(c for c in turn if c.isdigit()) or 0)
        at = at or START + timedelta(seconds=number)
        return {
            "type": "turn",
            "conversation": conversation,
            "turn": {"id": turn, "role": role, "text": text, "at": at.isoformat()},
            **more,
        }

    return write


@pytest.fixture
def sqlite(tmp_path: Path):
    return f"sqlite:{tmp_path / 'turns.sqlite'}"


@pytest.fixture
def gate():
    """Return what keeps a thread until it is set; set at the end, so that none stays behind."""
    gate = Gate()
    yield gate
    gate.set()


@pytest.fixture
def watched(clock):
    """Return an analyst with a budget of one second on a clock that stands still."""
    analyst = Analyst(budget_s=1.0, clock=clock, threads=1)
    yield analyst
    analyst.close()
