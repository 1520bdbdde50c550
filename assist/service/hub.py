"""All conversations: each message to its room, each room to its rest.

The law: a conversation is one task, made when somebody needs it and dropped when nobody does; what
it knew is in the log. The hub decides nothing about a chat.
"""

import asyncio
from datetime import datetime

from assist.core.conversation import Conversation
from assist.core.escalation import Level
from assist.service.alarms import Alarms
from assist.service.analyst import Analyst
from assist.service.asked import Asked, FellDue
from assist.service.bus import Bus, Mailbox, MemoryBus
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
    Subscribe,
    Typing,
    Unsubscribe,
)
from assist.wire.render import snapshot

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
    ) -> None:
        self.parts = Parts(
            line=line,
            log=log,
            bus=bus or MemoryBus(),
            analyst=Analyst(),
            alarms=Alarms(clock, self._fall_due),
            clock=clock,
            metrics=metrics,
            queue=queue,
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
            case message:
                await self._room(message.conversation).take(asked)

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

    def _supervise(self, asked: Asked) -> None:
        """Answer `*`: an empty snapshot of everything, then one of each tense chat in memory."""
        after = asked.message.after if isinstance(asked.message, Subscribe) else None
        asked.answer(
            snapshot(
                Conversation(id=ANY_CONVERSATION),
                Position(epoch=self.epoch, offset=0),
                re=asked.re,
                recovered=None if after is None else False,
            )
        )
        for room in self._rooms.values():
            past = room.past
            if past and past.course.conversation.escalation.level is not Level.CALM:
                asked.answer(snapshot(past.course.conversation, past.position))
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
