"""All conversations: each message to its room, each room to its rest.

The law: a conversation is one task, made when somebody needs it and dropped when nobody does; what
it knew is in the log. The hub decides nothing about a chat.
"""

import asyncio
from datetime import datetime

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.errors import AssistError, ClientFault
from assist.service.alarms import Alarms
from assist.service.analyst import Analyst
from assist.service.asked import Asked, FellDue
from assist.service.bus import Bus, Mailbox, MemoryBus
from assist.service.choices import Choice, Choices
from assist.service.clock import Alarm, Clock
from assist.service.course import LineLike, epoch_of
from assist.service.metrics import Metrics
from assist.service.parts import SUPERVISORS, Parts
from assist.service.room import Room
from assist.service.store import TurnLog
from assist.wire.messages import (
    ANY_CONVERSATION,
    Ack,
    Hello,
    Position,
    Prefer,
    Preferences,
    Subscribe,
    Typing,
    Unsubscribe,
)
from assist.wire.render import error_message, snapshot

__all__ = ["Hub"]


class Hub:
    """Where sockets hand in what they heard, and subscribe to what becomes of it."""

    def __init__(  # noqa: PLR0913  what a service is made of
        self,
        line: LineLike,
        log: TurnLog,
        clock: Clock,
        metrics: Metrics,
        *,
        bus: Bus | None = None,
        queue: int = 256,
        idle_s: float = 300.0,
        share_coverage: bool = False,
    ) -> None:
        self.parts = Parts(
            line=line,
            log=log,
            bus=bus or MemoryBus(),
            analyst=Analyst(),
            alarms=Alarms(clock, self._fall_due),
            choices=Choices(log),
            clock=clock,
            metrics=metrics,
            queue=queue,
            share_coverage=share_coverage,
        )
        self.epoch = epoch_of(log.store_id, line.version, 0)
        self._rooms: dict[str, Room] = {}
        self._idle_s = idle_s
        self._sweeping: Alarm | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Return how many conversations are in memory."""
        return len(self._rooms)

    def start(self) -> None:
        """Begin to let idle conversations go."""
        self._sweeping = self.parts.clock.call_later(self._idle_s / 2, self._sweep)

    async def take(self, asked: Asked) -> None:
        """Take a message in; its answer comes through its mailbox."""
        match asked.message:
            case Hello() | Typing():
                return
            case Subscribe() if asked.message.conversation == ANY_CONVERSATION:
                self._supervise(asked)
            case Unsubscribe() if asked.message.conversation == ANY_CONVERSATION:
                self.parts.bus.unsubscribe(SUPERVISORS, asked.mailbox)
                asked.answer(Ack(re=asked.re, conversation=ANY_CONVERSATION))
            case Prefer() as wanted:
                await self._prefer(asked, wanted)
            case message:
                await self._room(message.conversation).take(asked)

    def take_line(self, line: LineLike) -> bool:
        """Have every conversation go on with `line`; tell whether it is another than before."""
        changed = line.version != self.parts.line.version
        self.parts.degraded.discard("rules")
        self.parts.trouble.pop("rules", None)
        if changed:
            self.parts.line = line
            self.epoch = epoch_of(self.parts.log.store_id, line.version, 0)
            for room in self._rooms.values():
                room.change_line()
        return changed

    def refuse_line(self, what: str, why: str) -> None:
        """Go on with the line in force, and say that a newer one could not be had."""
        self.parts.degraded.add(what)
        self.parts.trouble[what] = why

    def leave(self, mailbox: Mailbox) -> None:
        """Forget a listener."""
        self.parts.bus.leave(mailbox)

    async def finish(self, within_s: float = 5.0) -> None:
        """Do what was taken in, as far as the time allows."""
        self.parts.alarms.close()
        finishing = {asyncio.ensure_future(room.finish()) for room in self._rooms.values()}
        if finishing:
            _, late = await asyncio.wait(finishing, timeout=within_s)
            for task in late:
                task.cancel()

    async def close(self) -> None:
        """Stop everything and close the log. Closing twice is fine."""
        if self._sweeping is not None:
            self._sweeping.cancel()
        self.parts.alarms.close()
        await asyncio.gather(*(room.leave() for room in self._rooms.values()), *self._leaving)
        self._rooms.clear()
        self.parts.analyst.close()
        await self.parts.log.close()

    def _room(self, name: str) -> Room:
        room = self._rooms.get(name)
        if room is None:
            room = self._rooms[name] = Room(name, self.parts)
            self.parts.metrics.rooms.set(len(self._rooms))
        return room

    def _fall_due(self, conversation: str, at: datetime) -> None:
        received = self.parts.clock.monotonic()
        self._room(conversation).fall_due(FellDue(at=at, received=received))

    async def _prefer(self, asked: Asked, wanted: Prefer) -> None:
        """Store what an agent wants, tell it them, and have their conversations heed it."""
        try:
            choice = await self._choice(asked.agent, wanted)
        except AssistError as error:
            self.parts.metrics.errors.labels(error.code).inc()
            asked.answer(error_message(error, re=asked.re))
            return
        asked.answer(
            Preferences(
                re=asked.re,
                agent=choice.agent,
                muted=choice.muted,
                fewer=choice.fewer,
                resting=choice.resting,
            )
        )
        for room in self._rooms.values():
            room.change_choice()

    async def _choice(self, agent: str | None, wanted: Prefer) -> Choice:
        if agent is None:
            raise ClientFault(
                "Nobody knows whose choice this is; connect with `agent` in `hello`.",
                code="session.no-agent",
            )
        return await self.parts.choices.prefer(agent, muted=wanted.muted, fewer=wanted.fewer)

    def _supervise(self, asked: Asked) -> None:
        """Answer `*`: an empty snapshot of everything, then one of each tense chat in memory."""
        after = asked.message.after if isinstance(asked.message, Subscribe) else None
        asked.answer(
            snapshot(
                Conversation(id=ANY_CONVERSATION),
                Position(epoch=self.epoch, offset=0),
                re=asked.re,
                recovered=None if after is None else False,
                version=self.parts.line.version,
            )
        )
        for room in self._rooms.values():
            past = room.past
            if past and past.course.conversation.escalation.level is not Level.CALM:
                asked.answer(
                    snapshot(past.course.conversation, past.position, version=past.version)
                )
        self.parts.bus.subscribe(SUPERVISORS, asked.mailbox)

    def _sweep(self) -> None:
        now = self.parts.clock.monotonic()
        for name, room in tuple(self._rooms.items()):
            if room.resting and now - room.touched >= self._idle_s:
                del self._rooms[name]
                leaving = asyncio.get_running_loop().create_task(room.leave())
                self._leaving.add(leaving)
                leaving.add_done_callback(self._leaving.discard)
        self.parts.metrics.rooms.set(len(self._rooms))
        self.start()
