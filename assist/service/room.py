"""One live conversation: its inputs one after the other, its events to everybody who follows it.

The law: an input is stored, then acknowledged, then thought about, then told; nothing overtakes.
The position in an ack is that of the last event before the input's own. What a room holds in
memory is only what the log makes of it; a room that is dropped comes back the same.
"""

import asyncio
from contextlib import suppress
from functools import partial
from weakref import WeakKeyDictionary

import structlog

from assist.core import turns
from assist.core.feedback import tallied
from assist.errors import AssistError, ClientFault, LocalFault, StoreError
from assist.service.asked import Asked, ChoiceChanged, FellDue, LineChanged, Matter
from assist.service.bus import Mailbox
from assist.service.choices import news_for
from assist.service.course import Advance, advanced
from assist.service.discretion import discreet, encoded_discreetly, others_of, tells_all
from assist.service.entries import (
    Entry,
    Fired,
    decoded,
    encoded,
    message_id,
    turn_of,
    without_words,
)
from assist.service.failures import told_of
from assist.service.parts import SUPERVISORS, Parts, subject_of
from assist.service.past import Past
from assist.service.recall import cleansed, recalled
from assist.service.store import Appended
from assist.wire.messages import (
    Ack,
    Acknowledge,
    AcknowledgedMessage,
    AlertMessage,
    Assign,
    Close,
    Draft,
    Edit,
    EscalationMessage,
    Feedback,
    ListHeld,
    Open,
    Position,
    Redact,
    ServerEvent,
    Snooze,
    Subscribe,
    SuggestionMessage,
    Summarise,
    TurnMessage,
    Unsubscribe,
)
from assist.wire.render import (
    error_message,
    held_back,
    review_message,
    snapshot,
    summary_message,
)

__all__ = ["Room"]

_TRIES = 8
_FOR_SUPERVISORS = (AlertMessage, AcknowledgedMessage, EscalationMessage)

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
        self._newest: WeakKeyDictionary[Mailbox, int] = WeakKeyDictionary()
        self._inbox: asyncio.Queue[Matter] = asyncio.Queue(parts.queue)
        self._task = asyncio.get_running_loop().create_task(self._live())

    @property
    def resting(self) -> bool:
        """Tell whether nothing is being done and nobody listens."""
        subjects = (subject_of(self.name), others_of(self.name))
        listeners = any(self._parts.bus.listeners(subject) for subject in subjects)
        return not self._busy and self._inbox.empty() and not listeners

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

    async def finish(self) -> None:
        """Return when everything taken in has been done."""
        await self._inbox.join()

    async def leave(self) -> None:
        """Stop at once; only for a room that rests or has finished."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _live(self) -> None:
        while True:
            matter = await self._inbox.get()
            self._busy = True
            try:
                await self._consider(matter)
            except AssistError as error:
                self._refuse(matter, error)
            except Exception as error:  # noqa: BLE001  one matter fails, the conversation goes on
                self._refuse(matter, _fault_of(error))
            finally:
                self._busy = False
                self._inbox.task_done()

    async def _consider(self, matter: Matter) -> None:
        past = self.past or await self._recall()
        self._go_on(past)
        match matter:
            case LineChanged():
                pass
            case ChoiceChanged():
                await self._heed(past)
            case FellDue():
                await self._pass(past, matter)
            case Asked(message=Subscribe()):
                self._admit(past, matter)
            case Asked(message=Unsubscribe()):
                for subject in (subject_of(self.name), others_of(self.name)):
                    self._parts.bus.unsubscribe(subject, matter.mailbox)
                self._acknowledge(matter, past.position)
            case Asked(message=Draft() as draft):
                await self._review(past, matter, draft)
            case Asked(message=Summarise()):
                await self._summarise(past, matter)
            case Asked(message=ListHeld()):
                told = held_back(past.course.conversation, past.position, re=matter.re)
                matter.answer(told)
            case Asked(
                message=Open()
                | TurnMessage()
                | Edit()
                | Redact()
                | Assign()
                | Close()
                | Feedback()
                | Snooze()
                | Acknowledge() as entry
            ):
                await self._enter(past, matter, entry)
            case Asked():
                pass

    async def _recall(self) -> Past:
        self.past = past = await recalled(self.name, self._parts)
        self._received = self._parts.clock.monotonic()
        due = past.course.due
        if due is None or not self._parts.alarms.waits_for(self.name, due):
            self._arm(past)
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
            await self._apply(past, stored_as, entry, self._received)

    def _is_answered(self, past: Past, asked: Asked, entry: Entry) -> bool:
        """Tell whether an alert needs nothing more: it is acknowledged once, and must exist."""
        if not isinstance(entry, Acknowledge):
            return False
        conversation = past.course.conversation
        if all(alert.id != entry.alert for alert in conversation.alerts):
            raise ClientFault(
                "`alert`: this conversation has no such alert; take the id from the `alert`.",
                code="alert.unknown",
            )
        if entry.alert in conversation.acknowledged:
            self._acknowledge(asked, past.position)
        return entry.alert in conversation.acknowledged

    async def _learn(self, past: Past) -> None:
        """Count what the closed conversation tells of its agent, where they asked for that."""
        conversation = past.course.conversation
        if conversation.agent is not None:
            with suppress(StoreError):  # it is only not counted
                await self._parts.choices.learn(
                    conversation.agent, self.name, tallied(conversation)
                )

    async def _enter(self, past: Past, asked: Asked, entry: Entry) -> None:
        if self._is_answered(past, asked, entry):
            return
        await self._heed(past)
        if turn_of(entry) in past.course.conversation.redacted:
            entry = without_words(entry)  # what was taken back is not stored again
        position, stored_as = await self._store(past, entry)
        self._acknowledge(asked, position)
        if stored_as is None:
            return
        if isinstance(entry, TurnMessage):
            self._parts.metrics.turns.labels(entry.turn.role).inc()
        await self._apply(past, stored_as, entry, asked.received)
        if isinstance(entry, TurnMessage):
            took = self._parts.clock.monotonic() - asked.received
            self._parts.metrics.turn_seconds.observe(took)
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
            await self._apply(past, stored_as, entry, due.received)

    async def _store(self, past: Past, entry: Entry) -> tuple[Position, str | None]:
        """Return the position before `entry`, and the id it was stored under, None if it was known.

        Where somebody else wrote meanwhile, what they wrote is taken in first.
        """
        payload = encoded(entry)
        for _ in range(_TRIES):
            name = message_id(entry, past.course.seq + 1)
            if known := past.first_ack(name):
                return known, None
            if await self._append(past.course.seq, name, payload):
                return past.position, name
            await self._catch_up(past)
        raise StoreError("the turn log is written to by others without end", retry=True)

    async def _append(self, expected: int, name: str, payload: bytes) -> bool:
        parts = self._parts
        try:
            with parts.metrics.append_seconds.time():
                outcome = await parts.log.append(self.name, expected, name, payload)
        except StoreError:
            parts.degraded.add("store")
            raise
        parts.degraded.discard("store")
        return isinstance(outcome, Appended)

    async def _catch_up(self, past: Past) -> None:
        for record in await self._parts.log.read(self.name, past.course.seq):
            now = self._parts.clock.monotonic()
            await self._apply(past, record.message_id, decoded(record.payload), now)

    async def _apply(self, past: Past, stored_as: str, entry: Entry, received: float) -> None:
        parts = self._parts
        self._go_on(past)
        before = past.course
        work = partial(advanced, past.course, entry, parts.line, past.epoch)
        with parts.metrics.analyse_seconds.time():
            advance = await parts.analyst.ask(work)
        if advance.failure is not None:
            _fault_of(advance.failure)
            parts.metrics.errors.labels(LocalFault.code).inc()
        past.grow(stored_as, advance)
        if isinstance(entry, Redact):
            past.forget_until(before.offset)
        self._publish(advance)
        if past.course.conversation.now != before.conversation.now:
            self._received = received
        self._arm(past)

    def _publish(self, advance: Advance) -> None:
        for event in advance.events:
            self._count(event.message)
            self._parts.bus.publish(subject_of(self.name), event.encoded)
            if self._parts.bus.listeners(others := others_of(self.name)):
                less = encoded_discreetly(event.message, event.encoded)
                self._parts.bus.publish(others, less)
            if isinstance(event.message, _FOR_SUPERVISORS):
                self._parts.bus.publish(SUPERVISORS, event.encoded)

    def _count(self, event: ServerEvent) -> None:
        self._parts.metrics.events.labels(event.type).inc()
        if isinstance(event, SuggestionMessage):
            self._parts.metrics.suggestions.labels(event.suggestion.technique).inc()

    def _arm(self, past: Past) -> None:
        now, due = past.course.conversation.now, past.course.due
        if now is None or due is None or due <= now:
            self._parts.alarms.drop(self.name)
            return
        waited = self._parts.clock.monotonic() - self._received
        self._parts.alarms.put(self.name, due, (due - now).total_seconds() - waited)

    def _admit(self, past: Past, asked: Asked) -> None:
        message = asked.message
        resumed = past.resumed(message.after if isinstance(message, Subscribe) else None)
        state = snapshot(
            resumed.conversation,
            resumed.position,
            re=asked.re,
            recovered=resumed.recovered,
            version=past.version,
        )
        every = tells_all(asked, past.course.conversation, share=self._parts.share_coverage)
        asked.answer(state if every else discreet(state))
        if resumed.missed:
            missed = resumed.missed
            asked.mailbox.put(
                *(e.encoded if every else encoded_discreetly(e.message, e.encoded) for e in missed)
            )
        subject = subject_of(self.name) if every else others_of(self.name)
        self._parts.bus.subscribe(subject, asked.mailbox)

    async def _review(self, past: Past, asked: Asked, draft: Draft) -> None:
        if draft.revision < self._newest.get(asked.mailbox, 0):
            return
        subject = turns.Draft(text=draft.text, revision=draft.revision)
        work = partial(self._parts.line.review, past.course.conversation, subject)
        review = await self._parts.analyst.ask(work)
        offered = sum(len(finding.rewrites) for finding in review.findings)
        self._parts.metrics.rewrites.labels("offered").inc(offered)
        self._parts.metrics.rewrites.labels("dropped").inc(review.dropped)
        if draft.revision >= self._newest.get(asked.mailbox, 0):
            asked.answer(review_message(review, self.name, draft.revision, re=asked.re))

    async def _summarise(self, past: Past, asked: Asked) -> None:
        conversation = past.course.conversation
        summary = await self._parts.analyst.ask(partial(self._parts.line.summarise, conversation))
        message = summary_message(
            summary,
            conversation=self.name,
            position=past.position,
            turn=conversation.turns[-1].id if conversation.turns else None,
            re=asked.re,
        ).model_copy(update={"version": past.version})
        every = tells_all(asked, conversation, share=self._parts.share_coverage)
        asked.answer(message if every else discreet(message))

    def _acknowledge(self, asked: Asked, position: Position) -> None:
        turn = turn_of(asked.message)
        asked.answer(Ack(re=asked.re, conversation=self.name, turn=turn, position=position))

    def _refuse(self, matter: Matter, error: AssistError) -> None:
        self._parts.metrics.errors.labels(error.code).inc()
        if isinstance(error, LocalFault):
            _log.error("matter failed", conversation=self.name, **told_of(error))
        if isinstance(matter, Asked):
            matter.answer(error_message(error, re=matter.re))


def _fault_of(error: Exception) -> LocalFault:
    _log.error("the line failed", **told_of(error))
    return LocalFault("something failed while a message was worked on", retry=True)
