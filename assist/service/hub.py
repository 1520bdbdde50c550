"""All conversations: each message to its room, each room to its rest.

The law: a conversation is one task, made when somebody needs it and dropped when nobody does; what
it knew is in the log. The hub decides nothing about a chat.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from assist.core.conversation import Conversation
from assist.core.remembering import forget_words
from assist.errors import AssistError, ClientFault
from assist.service.alarms import Alarms
from assist.service.analyst import Analyst
from assist.service.asked import Asked, FellDue
from assist.service.asleep import packed
from assist.service.bus import Bus, Mailbox, MemoryBus
from assist.service.calling import Calling, is_heard
from assist.service.choices import Choice, Choices
from assist.service.clock import Alarm, Clock
from assist.service.course import LineLike, epoch_of
from assist.service.discretion import discreet
from assist.service.erasing import conversations_of, erase
from assist.service.following import needs_look
from assist.service.housekeeping import Housekeeping
from assist.service.masks import Masks
from assist.service.metrics import Metrics
from assist.service.parts import Parts, supervisors_of
from assist.service.room import Room
from assist.service.store import TurnLog
from assist.service.tenancy import tenant_of
from assist.wire.messages import (
    ANY_CONVERSATION,
    Ack,
    Erase,
    Erased,
    Hello,
    Logout,
    Position,
    Prefer,
    Preferences,
    Renew,
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
        analysis_budget_s: float = 5.0,
        analysis_grace_s: float = 0.0,
        keep_s: float | None = None,
        masks: Masks | None = None,
    ) -> None:
        self.parts = Parts(
            line=line,
            log=log,
            bus=bus or MemoryBus(),
            analyst=Analyst(
                budget_s=analysis_budget_s, grace_s=analysis_grace_s, clock=clock, metrics=metrics
            ),
            alarms=Alarms(clock, self._fall_due),
            choices=Choices(log),
            clock=clock,
            metrics=metrics,
            queue=queue,
            share_coverage=share_coverage,
            masks=masks or Masks(),
        )
        self.epoch = epoch_of(log.store_id, line.version, 0)
        self.also_forget: list[Callable[[tuple[str, ...]], Awaitable[None]]] = []
        """Whoever else keeps something of conversations is told here which are erased."""
        self.also_known: list[Callable[[str, str], Awaitable[tuple[str, ...]]]] = []
        """Whoever may have heard of a customer before the log is asked for their conversations."""
        self._rooms: dict[str, Room] = {}
        self._idle_s = idle_s
        self._sweeping: Alarm | None = None
        self._calling = Calling(self._call_back)
        self._housekeeping = Housekeeping(
            self.parts,
            rouse=self._rouse,
            erase=self._erase,
            heard=self._is_heard,
            keep_s=keep_s,
            idle_s=idle_s,
        )
        self._sweep_task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Return how many conversations are in memory."""
        return len(self._rooms)

    @property
    def rooms(self) -> tuple[Room, ...]:
        """Return the conversations in memory."""
        return tuple(self._rooms.values())

    def start(self) -> None:
        """Begin to let idle conversations go, and to see to what waits in the log."""
        self._housekeeping.start()
        self._sweep_later()

    def _sweep_later(self) -> None:
        self._sweeping = self.parts.clock.call_later(self._idle_s / 2, self._sweep)

    async def take(self, asked: Asked) -> None:
        """Take a message in; its answer comes through its mailbox."""
        match asked.message:
            case Hello() | Renew() | Logout() | Typing():
                return
            case Subscribe() | Unsubscribe() if asked.message.conversation == ANY_CONVERSATION:
                self._follow_all(asked)
            case Prefer() as wanted:
                await self._prefer(asked, wanted)
            case Erase() as wanted:
                await self._erase_for(asked, wanted)
            case message:
                await self._room(message.conversation).take(asked)
                return  # the room says when it is done
        asked.finish()

    def _follow_all(self, asked: Asked) -> None:
        if isinstance(asked.message, Subscribe):
            self._supervise(asked)
            return
        self.parts.bus.unsubscribe(supervisors_of(asked.tenant), asked.mailbox)
        asked.answer(Ack(re=asked.re, conversation=ANY_CONVERSATION))

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
        await self._housekeeping.close()
        await self._calling.close()
        if self._sweeping is not None:
            self._sweeping.cancel()
        self.parts.alarms.close()
        if self._sweep_task is not None:
            self._sweep_task.cancel()
            await asyncio.gather(self._sweep_task, return_exceptions=True)
        if self._sweeping is not None:  # set anew by the sweep that was stopped
            self._sweeping.cancel()
        await asyncio.gather(*(room.leave() for room in self._rooms.values()))
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
        due = FellDue(at=at, received=self.parts.clock.monotonic())
        if room := self._rooms.get(conversation):
            room.fall_due(due)
        elif self._is_heard(conversation):
            self._calling.put(conversation, due)

    def _is_heard(self, conversation: str) -> bool:
        """Tell whether it is in memory, or somebody would be told if it were."""
        return conversation in self._rooms or is_heard(conversation, self.parts.bus)

    async def _call_back(self, conversation: str, due: FellDue) -> None:
        room = self._room(conversation)
        room.fall_due(due)
        await room.finish()

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

    async def _erase_for(self, asked: Asked, wanted: Erase) -> None:
        """Erase what a platform names, and tell it how much that was."""
        try:
            names: tuple[str, ...] = (wanted.conversation,) if wanted.conversation else ()
            only_heard = 0
            if wanted.customer is not None:
                names = await self._all_of(wanted.customer, asked.tenant)
                only_heard = sum([not await self.parts.log.last(name) for name in names])
            gone = await self._erase(names, True) + only_heard
        except AssistError as error:
            self.parts.metrics.errors.labels(error.code).inc()
            asked.answer(error_message(error, re=asked.re))
            return
        asked.answer(Erased(re=asked.re, conversations=gone))

    async def _all_of(self, customer: str, tenant: str) -> tuple[str, ...]:
        """Return the customer's conversations, also those that the log knows nothing of yet."""
        names = dict.fromkeys(await conversations_of(self.parts.log, customer, tenant))
        for ask in self.also_known:
            names |= dict.fromkeys(await ask(customer, tenant))
        return tuple(names)

    async def _erase(self, names: tuple[str, ...], thorough: bool) -> int:  # noqa: FBT001
        """Erase conversations in the log, then in memory; return how many there were."""
        for forget in self.also_forget:
            await forget(names)
        try:
            return await erase(self.parts.log, names, thorough=thorough)
        finally:
            self.parts.masks.forget(names)
            for name in names:
                self.parts.alarms.drop(name)
                self.parts.asleep.forget((name,))
                if room := self._rooms.get(name):
                    await room.begin_anew()
            forget_words()

    async def _rouse(self, name: str) -> None:
        """Have a conversation plan what is to come, and let it go again."""
        if name in self._rooms:
            return
        room = self._room(name)
        await room.rouse()
        if room.resting and self._rooms.get(name) is room:
            del self._rooms[name]
            await room.leave()

    async def _choice(self, agent: str | None, wanted: Prefer) -> Choice:
        if agent is None:
            raise ClientFault(
                "Nobody knows whose choice this is; connect with `agent` in `hello`.",
                code="session.no-agent",
            )
        return await self.parts.choices.prefer(agent, muted=wanted.muted, fewer=wanted.fewer)

    def _supervise(self, asked: Asked) -> None:
        """Answer `*`: an empty snapshot, then one of each chat in memory that needs a look."""
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
            past = room.past if tenant_of(room.name) == asked.tenant else None
            if past and needs_look(past.course.conversation):
                state = snapshot(past.course.conversation, past.position, version=past.version)
                asked.answer(state if self.parts.share_coverage else discreet(state))
        subject = supervisors_of(asked.tenant)
        first = not self.parts.bus.listeners(subject)
        self.parts.bus.subscribe(subject, asked.mailbox)
        if first:
            self._housekeeping.look_back()

    def _sweep(self) -> None:
        self._sweep_task = asyncio.get_running_loop().create_task(self._let_go())

    async def _let_go(self) -> None:
        """Let idle conversations leave memory, one after the other."""
        try:
            for name, room in tuple(self._rooms.items()):
                if self._is_idle(room):
                    await self._put_to_sleep(name, room)
        finally:
            self.parts.metrics.rooms.set(len(self._rooms))
            self._sweep_later()

    async def _put_to_sleep(self, name: str, room: Room) -> None:
        past, touched = room.past, room.touched
        kept = await asyncio.to_thread(packed, past)
        same = room.past is past and room.touched == touched and self._rooms.get(name) is room
        if not same or not self._is_idle(room):
            return
        del self._rooms[name]
        if kept is not None:
            self.parts.asleep.put(name, kept)
        await room.leave()

    def _is_idle(self, room: Room) -> bool:
        now = self.parts.clock.monotonic()
        return room.resting and now - room.touched >= self._idle_s
