"""One live conversation: its inputs one after the other, its events to everybody who follows it.

The law: an input is stored, then acknowledged, then thought about, then told; nothing overtakes.
The position in an ack is that of the last event before the input's own. What a room holds in
memory is only what the log makes of it; a room that is dropped comes back the same.
"""

import asyncio
from contextlib import suppress
from weakref import WeakKeyDictionary

import structlog

from assist.core.feedback import tallied
from assist.errors import AssistError, LocalFault, StoreError
from assist.service.answering import review_of, summary_of
from assist.service.asked import (
    Asked,
    CameLate,
    ChoiceChanged,
    Erased,
    FellDue,
    LineChanged,
    Matter,
    Roused,
)
from assist.service.bus import Mailbox
from assist.service.choices import news_for
from assist.service.effect import Taking, effect_of, manner_of
from assist.service.entries import (
    Entry,
    Fired,
    ReadInFull,
    Sent,
    decoded,
    message_id,
    only_seen,
    turn_of,
    without_words,
)
from assist.service.failures import erased_meanwhile, mark_of, told_of
from assist.service.following import Followers
from assist.service.late import Late, weakly
from assist.service.parts import Parts
from assist.service.past import Past
from assist.service.planning import LOOK_S, Planning
from assist.service.recall import cleansed, recalled
from assist.service.repeats import is_settled
from assist.service.store import Appended, Conflict
from assist.service.storing import appended
from assist.wire.messages import (
    Ack,
    Close,
    Draft,
    ListHeld,
    Position,
    Redact,
    Subscribe,
    Summarise,
    TurnMessage,
    Unsubscribe,
)
from assist.wire.render import error_message, held_back

__all__ = ["Room"]

_TRIES = 8

_log = structlog.get_logger("assist.service")


class Room:
    """The conversation `name`, as long as somebody needs it in memory."""

    def __init__(self, name: str, parts: Parts) -> None:
        self.name = name
        self.past: Past | None = None
        self.touched = parts.clock.monotonic()
        self._parts = parts
        self._received = self.touched
        self._busy = False
        self._followers = Followers(name, parts)
        self._planning = Planning(name, parts)
        self._late = Late(parts.metrics, weakly(self._came_late))
        self._newest: WeakKeyDictionary[Mailbox, int] = WeakKeyDictionary()
        self._inbox: asyncio.Queue[Matter] = asyncio.Queue(parts.queue)
        self._task: asyncio.Task[None] | None = asyncio.get_running_loop().create_task(self._live())

    @property
    def resting(self) -> bool:
        """Tell whether nothing is being done, nothing may still come and nobody listens."""
        done = not self._busy and self._inbox.empty() and not self._late.awaited
        return done and not self._followers.any

    async def take(self, asked: Asked) -> None:
        """Take a message in; waits while too many wait already."""
        self.touched = asked.received
        if isinstance(asked.message, Draft):
            newest = self._newest.get(asked.mailbox, 0)
            self._newest[asked.mailbox] = max(newest, asked.message.revision)
        await self._inbox.put(asked)

    def fall_due(self, due: FellDue) -> None:
        """Let time come; where much else waits, it will be looked at again anyway."""
        if not self._inbox.full():
            self._inbox.put_nowait(due)

    def change_line(self) -> None:
        """Go on with the line now in force; where much waits, the next of it sees to that."""
        if not self._inbox.full():
            self._inbox.put_nowait(LineChanged())

    def change_choice(self) -> None:
        """Heed what agents chose; where much waits, the next of it sees to that."""
        if not self._inbox.full():
            self._inbox.put_nowait(ChoiceChanged())

    def _came_late(self) -> None:
        if self._inbox.full():
            self._late.drop()
        else:
            self._inbox.put_nowait(CameLate())

    @property
    def waiting(self) -> int:
        """Return how many messages wait here."""
        return self._inbox.qsize()

    async def rouse(self) -> None:
        """Recall the conversation, so that it plans what is to come; return when that is done."""
        await self._inbox.put(Roused())
        await self.finish()

    async def begin_anew(self) -> None:
        """Forget what the log no longer holds, and tell so; return when that is done."""
        await self._inbox.put(Erased())
        await self.finish()

    async def finish(self) -> None:
        """Return when everything taken in has been done."""
        await self._inbox.join()
        await self._planning.finish()

    async def leave(self) -> None:
        """Stop at once; only for a room that rests or has finished. Leaving twice is fine."""
        # A task that was cancelled knows where it was, and so the room that it is of.
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        self._late.drop()
        await self._planning.finish()
        if self._planning.written:
            self._parts.alarms.leave_to_log(self.name, LOOK_S)

    async def _live(self) -> None:
        while True:
            matter = await self._inbox.get()
            self._busy = True
            self._waited(matter)
            try:
                await self._consider(matter)
            except AssistError as error:
                self._refuse(matter, error)
            except Exception as error:  # noqa: BLE001  one matter fails, the conversation goes on
                self._refuse(matter, _fault_of(error))
            finally:
                self._busy = False
                self._inbox.task_done()
                if isinstance(matter, Asked):
                    matter.finish()

    def _waited(self, matter: Matter) -> None:
        if isinstance(matter, Asked):
            waited = self._parts.clock.monotonic() - matter.received
            self._parts.metrics.stages.labels("wait").observe(waited)

    async def _consider(self, matter: Matter) -> None:
        if isinstance(matter, Erased):
            self.past = None
            self._late.drop()
            past = await self._recall()
            anew = past.course.conversation.opened.customer_name is not None
            self._parts.masks.forget(() if anew else (self.name,))
            self._followers.begin_anew(past)
            return
        past = self.past or await self._recall()
        self._go_on(past)
        match matter:
            case LineChanged() | Roused():
                pass
            case ChoiceChanged():
                await self._heed(past)
            case FellDue():
                await self._pass(past, matter)
            case CameLate():
                await self._read_late(past)
            case Asked(message=Subscribe()):
                self._followers.admit(past, matter)
            case Asked(message=Unsubscribe()):
                self._followers.dismiss(matter.mailbox)
                self._acknowledge(matter, past.position)
            case Asked(message=Draft() as draft):
                await self._review(past, matter, draft)
            case Asked(message=Summarise()):
                matter.answer(await summary_of(self._parts, past, matter))
            case Asked(message=ListHeld()):
                told = held_back(past.course.conversation, past.position, re=matter.re)
                matter.answer(told)
            case Asked(message=message) if isinstance(message, Sent):
                await self._enter(past, matter, message)
            case Asked():
                pass

    async def _recall(self) -> Past:
        past, plan = await recalled(self.name, self._parts)
        self.past = past
        self._received = self._parts.clock.monotonic()
        due = past.course.due
        if due is None or not self._planning.take_up(due, plan):
            self._arm(past)
        if past.course.conversation.standing:
            with suppress(StoreError):  # what is muted meanwhile is only shown for longer
                await self._heed(past)
        return past

    def _go_on(self, past: Past) -> None:
        """See that what comes next meets the line in force."""
        line = self._parts.line
        if past.version != line.version:
            past.go_on_with(line.version, line.due(past.course.conversation))
            self._arm(past)

    async def _heed(self, past: Past) -> None:
        """See that the conversation knows what the agent who has it chose for all chats."""
        conversation = past.course.conversation
        if conversation.agent is None:
            return
        entry = news_for(conversation, await self._parts.choices.of(conversation.agent))
        if entry is None:
            return
        _, stored_as = await self._store(past, entry)
        if stored_as is not None:
            await self._apply(past, Taking(entry=entry, stored_as=stored_as))

    async def _learn(self, past: Past) -> None:
        """Count what the closed conversation tells of its agent, where they asked for that."""
        conversation = past.course.conversation
        if conversation.agent is not None:
            with suppress(StoreError):  # it is only not counted
                await self._parts.choices.learn(
                    conversation.agent, self.name, tallied(conversation)
                )

    async def _enter(self, past: Past, asked: Asked, entry: Entry) -> None:
        entry = self._parts.masks.on(entry)
        if is_settled(past.course.conversation, entry, past.told):
            self._acknowledge(asked, past.position)
            if isinstance(entry, Redact):
                await cleansed(self.name, self._parts)  # where that failed before
            return
        await self._heed(past)
        agent = past.course.conversation.agent
        if turn_of(entry) in past.course.conversation.redacted:
            entry = without_words(entry)  # what was taken back is not stored again
        position, stored_as = await self._store(past, entry)
        self._acknowledge(asked, position)
        if stored_as is None:
            return
        self._parts.metrics.heard(entry, past.course.conversation)
        await self._apply(past, Taking(entry=entry, stored_as=stored_as), asked.received)
        if isinstance(entry, TurnMessage):
            took = self._parts.clock.monotonic() - asked.received
            self._parts.metrics.turn_seconds.observe(took)
        if past.course.conversation.agent != agent:
            await self._heed(past)
        if isinstance(entry, Redact):
            await cleansed(self.name, self._parts)
        if isinstance(entry, Close):
            await self._learn(past)

    async def _pass(self, past: Past, due: FellDue) -> None:
        if past.course.due != due.at:
            return
        await self._heed(past)
        entry = Fired(conversation=self.name, at=due.at)
        _, stored_as = await self._store(past, entry)
        if stored_as is not None:
            await self._apply(past, Taking(entry=entry, stored_as=stored_as), due.received)

    async def _read_late(self, past: Past) -> None:
        """Tell what was read past its budget, where nothing has happened since."""
        whole = self._late.take(past)
        if whole is None or past.since is None:
            return
        entry = ReadInFull(conversation=self.name, input=past.since.input)
        name, fate = message_id(entry, past.course.seq + 1), "dropped"
        try:
            if await self._append(past.course.seq, name, entry):
                fate = "told"
        finally:
            self._late.end(fate)
        if fate == "told":
            if past.version != self._parts.line.version:
                whole = None  # other rules came meanwhile: it is read again, by these
            await self._apply(past, Taking(entry=entry, stored_as=name, whole=whole))

    async def _store(self, past: Past, entry: Entry) -> tuple[Position, str | None]:
        """Return the position before `entry`, and the id it was stored under, None if it was known.

        Where somebody else wrote meanwhile, what they wrote is taken in first.
        """
        for _ in range(_TRIES):
            name = message_id(entry, past.course.seq + 1)
            if known := past.first_ack(name):
                return known, None
            if await self._append(past.course.seq, name, entry):
                return past.position, name
            await self._catch_up(past)
        raise StoreError("the turn log is written to by others without end", retry=True)

    async def _append(self, expected: int, name: str, entry: Entry) -> bool:
        outcome = await appended(entry, self._parts, name, expected)
        if isinstance(outcome, Conflict) and outcome.last < expected:
            self.past = None
            self._late.drop()
            raise erased_meanwhile()
        return isinstance(outcome, Appended)

    async def _catch_up(self, past: Past) -> None:
        for record in await self._parts.log.read(self.name, past.course.seq):
            now, manner = self._parts.clock.monotonic(), manner_of(record.payload)
            entry = decoded(record.payload)
            taking = Taking(entry=entry, stored_as=record.message_id, manner=manner)
            await self._apply(past, taking, now)

    async def _apply(self, past: Past, taking: Taking, received: float | None = None) -> None:
        """Take in what is stored; without `received`, no time of the chat went by."""
        parts, entry, stored_as = self._parts, taking.entry, taking.stored_as
        self._go_on(past)
        if not only_seen(entry):
            self._late.drop()
        before = past.course
        effect = await effect_of(parts, past, taking, parts.line, patient=True)
        advance = effect.advance
        if advance.failure is not None:
            _fault_of(advance.failure)
            parts.metrics.errors.labels(LocalFault.code).inc()
        past.grow(stored_as, advance, effect.since)
        if effect.late is not None:
            self._late.put(effect.late, past)
        if isinstance(entry, Redact):
            past.forget_until(before.offset)
        self._followers.tell(advance)
        self._followers.tell_waiting(before.conversation, past, advance)
        if past.course.conversation.agent != before.conversation.agent:
            self._followers.sort_again(past.course.conversation)
        if past.course.conversation.now != before.conversation.now:
            self._received = self._received if received is None else received
        self._arm(past)

    def _arm(self, past: Past) -> None:
        now, due = past.course.conversation.now, past.course.due
        if now is None or due is None or due <= now:
            self._planning.drop()
            return
        waited = self._parts.clock.monotonic() - self._received
        self._planning.put(due, (due - now).total_seconds() - waited)

    async def _review(self, past: Past, asked: Asked, draft: Draft) -> None:
        if draft.revision < self._newest.get(asked.mailbox, 0):
            return
        review = await review_of(self._parts, past, draft)
        if draft.revision >= self._newest.get(asked.mailbox, 0):
            asked.answer(review)

    def _acknowledge(self, asked: Asked, position: Position) -> None:
        turn = turn_of(asked.message)
        asked.answer(Ack(re=asked.re, conversation=self.name, turn=turn, position=position))

    def _refuse(self, matter: Matter, error: AssistError) -> None:
        self._parts.metrics.errors.labels(error.code).inc()
        if isinstance(error, LocalFault):
            _log.error("matter failed", conversation=mark_of(self.name), **told_of(error))
        if isinstance(matter, Asked):
            matter.answer(error_message(error, re=matter.re))


def _fault_of(error: Exception) -> LocalFault:
    _log.error("the line failed", **told_of(error))
    return LocalFault("something failed while a message was worked on", retry=True)
