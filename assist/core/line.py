"""The line: from a conversation and what happens to the next conversation.

The law: this is the only road. Live, replayed and re-derived conversations all come through `step`;
a late turn, an edit or a redaction sends the whole past down the line again, so the state never
depends on the order of arrival.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assist.core.advance import advance, later
from assist.core.analyse import analyse
from assist.core.aptness import UNTAUGHT, Aptness, with_aptness
from assist.core.attention import EVERY, PLAIN, AttentionPolicy, muted_techniques
from assist.core.conditions import Scene
from assist.core.conversation import Conversation
from assist.core.escalation import EscalationPolicy
from assist.core.fusion import BY_HAND, Fusion
from assist.core.history import with_history
from assist.core.ledger import reminder
from assist.core.offers import house_words
from assist.core.playbook import EMPTY, Playbook
from assist.core.rules import Pack
from assist.core.signals import Detector, Reading
from assist.core.suggest import clear, suggest
from assist.core.suggestions import Kind, Retracted, RetractReason
from assist.core.summary import summarise
from assist.core.turns import (
    Acknowledged,
    Assigned,
    Chosen,
    Closed,
    Draft,
    Edit,
    Event,
    Feedback,
    FeedbackAction,
    Opened,
    Redaction,
    Role,
    Snoozed,
    Tick,
    Turn,
    Typing,
)
from assist.core.values import changed

__all__ = ["Guidance", "Passed", "due", "passage", "step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """All that the line is guided by: rules, the company's playbook, policies, detectors.

    `opinions` are detectors that only what an agent wrote is given to, never a rewrite of it: they
    say what a whole draft reads like, which no rule of rewriting can be held to.
    """

    pack: Pack
    policy: EscalationPolicy
    playbook: Playbook = EMPTY
    detectors: tuple[Detector, ...] = ()
    opinions: tuple[Detector, ...] = ()
    fusion: Fusion = BY_HAND
    attention: AttentionPolicy = PLAIN
    aptness: Aptness = UNTAUGHT

    def read(
        self, subject: Turn | Draft, earlier: Sequence[Turn], *, opinions: bool = False
    ) -> Reading:
        """Return the reading of a turn or draft, after the turns before it."""
        asked = (*self.detectors, *self.opinions) if opinions else self.detectors
        reading = analyse(subject, earlier, asked, self.pack, self.fusion)
        if isinstance(subject, Draft):
            return house_words(reading, subject.text, self.playbook)
        return reading

    def scene(self, conversation: Conversation, reading: Reading | None) -> Scene:
        """Return what rules are asked about, after the customer's turn that was read."""
        if reading is not None:
            reading = with_aptness(conversation, reading, self.aptness)
        return Scene(conversation=conversation, reading=reading, playbook=self.playbook)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A state that a conversation came to, and whether time alone brought it there."""

    after: Conversation
    by_time: bool


def step(before: Conversation, event: Event, guidance: Guidance) -> Conversation:
    """Return the conversation after `event`; what fell due before it comes first.

    A turn that is already known changes nothing; one that comes late is put in its place. An edit
    holds also where it comes before its turn, unless a newer one was there. Words that were taken
    back stay so.
    """
    return passage(before, event, guidance)[-1].after


def passage(before: Conversation, event: Event, guidance: Guidance) -> tuple[Passed, ...]:
    """Return every state on the way: one for each silence that `event` ends, then its own."""
    if isinstance(event, Turn):
        event = _as_it_stands(before, event)
    match event:
        case Turn() if any(turn.id == event.id for turn in before.turns):
            after = before
        case Turn() if _is_late(before, event):
            after = _again(before, _inserted(before.events, event), guidance)
        case Edit() if event.turn in before.redacted or _is_overtaken(before, event):
            after = before
        case Edit():
            kept = changed(before, edits=(*_edits_but(before, event.turn), event))
            after = _again(kept, _changed(before.events, event.turn, event.text), guidance)
        case Redaction():
            kept = changed(
                before,
                redacted=before.redacted | {event.turn},
                edits=_edits_but(before, event.turn),
            )
            after = _again(kept, _changed(before.events, event.turn, ""), guidance)
        case _:
            return _onward(before, event, guidance)
    return (Passed(after=after, by_time=False),)


def due(conversation: Conversation, guidance: Guidance) -> datetime | None:
    """Return the next moment at which a tick would matter, in the conversation's own time.

    What was promised falls due after the close too; a silence matters only before it.
    """
    if conversation.now is None:
        return None
    ahead = (0, *guidance.pack.reminders)
    times = [
        moment
        for entry in conversation.ledger
        for seconds in ahead
        if (moment := reminder(entry, seconds)) is not None
    ]
    last = conversation.last
    if last is not None and conversation.summary is None:
        times.extend(_plus(last.at, seconds) for seconds in guidance.pack.silences)
    return min((time for time in times if time > conversation.now), default=None)


def _onward(before: Conversation, event: Event, guidance: Guidance) -> tuple[Passed, ...]:
    """Return the states on the way where `event` comes after all that has happened."""
    waits = _waits_until(before, _time_of(event), guidance)
    after = _happened(waits[-1] if waits else before, event, guidance)
    ticked = tuple(Passed(after=state, by_time=True) for state in waits)
    return (*ticked, Passed(after=after, by_time=isinstance(event, Tick)))


def _happened(before: Conversation, event: Event, guidance: Guidance) -> Conversation:
    """Return the conversation after `event` alone, remembered unless it is passing."""
    match event:
        case Tick() if due(before, guidance) == event.at:
            return _ticked(before, event.at, guidance)
        case Tick():
            return later(before, event.at)
        case Typing():
            return changed(before, typing=_typing(before.typing, event))
        case Turn():
            after = _said(before, event, guidance)
        case Opened():
            after = _opened(later(before, event.at), event)
        case Assigned():
            after = changed(before, agent=event.agent)
        case Feedback():
            after = _told(before, event)
        case Snoozed() | Chosen():
            after = _quieted(before, event)
        case Acknowledged(alert=alert):
            known = {raised.id for raised in before.alerts}
            after = changed(before, acknowledged=before.acknowledged | ({alert} & known))
        case Closed():
            after = later(before, event.at)
            after = changed(clear(after, frozenset()), summary=summarise(after, guidance.pack))
        case _:  # pragma: no cover - edits and redactions are sent down the line again
            return before
    return changed(after, events=(*before.events, event))


def _opened(before: Conversation, opened: Opened) -> Conversation:
    """Return the conversation as `opened` says; whose it is, told alone, is added to the rest."""
    whose, known = opened.customer_id, before.opened
    if whose is not None and opened == Opened(at=opened.at, customer_id=whose):
        return changed(before, opened=changed(known, at=known.at or opened.at, customer_id=whose))
    return changed(before, opened=opened, agent=opened.agent)


def _said(before: Conversation, turn: Turn, guidance: Guidance) -> Conversation:
    if before.summary is not None:
        before = changed(before, summary=None)
    silent = turn.private or not turn.text.strip() or turn.role in {Role.BOT, Role.SYSTEM}
    reading = None if silent else guidance.read(turn, before.gathered.aloud)
    if reading is not None:
        reading = with_history(reading, turn, before, guidance.pack)
    after = advance(before, turn, reading, guidance.policy, guidance.pack)
    if turn.role is Role.AGENT and not turn.private:
        return clear(after, frozenset(act.technique for act in after.last_acts))
    if reading is None:
        return after
    scene = guidance.scene(after, reading)
    return suggest(
        scene, guidance.pack, guidance.playbook, heard=True, attention=guidance.attention
    )


def _ticked(before: Conversation, at: datetime, guidance: Guidance) -> Conversation:
    after = later(before, at)
    silence = (at - after.last.at).total_seconds() if after.last and not after.summary else 0.0
    scene = Scene(conversation=after, silence=silence, playbook=guidance.playbook)
    return suggest(
        scene, guidance.pack, guidance.playbook, heard=False, attention=guidance.attention
    )


def _waits_until(
    before: Conversation, until: datetime | None, guidance: Guidance
) -> list[Conversation]:
    """Return the states that the ticks make which fell due before `until`, in order."""
    states: list[Conversation] = []
    state = before
    while until is not None and (at := due(state, guidance)) is not None and at < until:
        state = _ticked(state, at, guidance)
        states.append(state)
    return states


def _quieted(before: Conversation, event: Snoozed | Chosen) -> Conversation:
    """Return the conversation after the agent chose what to see less of; that leaves the screen."""
    if isinstance(event, Chosen):
        after = changed(before, chosen=event)
        quiet = muted_techniques(after)
    else:
        every = frozenset() if event.technique == EVERY else before.snoozed
        snoozed = every | {event.technique} if event.on else every - {event.technique}
        after, quiet = changed(before, snoozed=snoozed), snoozed
    gone = tuple(
        card
        for card in after.standing
        if card.kind is not Kind.ALERT and quiet & {EVERY, card.technique}
    )
    return changed(
        after,
        standing=tuple(card for card in after.standing if card not in gone),
        retracted=tuple(
            Retracted(suggestion=card.id, reason=RetractReason.SNOOZED) for card in gone
        ),
    )


def _told(before: Conversation, feedback: Feedback) -> Conversation:
    """Return the conversation after the agent said what became of a suggestion."""
    standing = next((s for s in before.standing if s.id == feedback.suggestion), None)
    reason = _LEAVES.get(feedback.action)
    if standing is None or reason is None:
        return before
    snoozed = before.snoozed
    if feedback.action is FeedbackAction.SNOOZED:
        snoozed = snoozed | {standing.technique}
    return changed(
        before,
        standing=tuple(s for s in before.standing if s is not standing),
        retracted=(Retracted(suggestion=standing.id, reason=reason),),
        snoozed=snoozed,
    )


_PARTS = re.compile(r"([0-9]+)|([^0-9]+)")
_LEAVES = {
    FeedbackAction.INSERTED: RetractReason.USED,
    FeedbackAction.COPIED: RetractReason.USED,
    FeedbackAction.EDITED: RetractReason.USED,
    FeedbackAction.DISMISSED: RetractReason.MOVED_ON,
    FeedbackAction.UNHELPFUL: RetractReason.MOVED_ON,
    FeedbackAction.SNOOZED: RetractReason.SNOOZED,
}


def _again(before: Conversation, events: tuple[Event, ...], guidance: Guidance) -> Conversation:
    """Return the conversation that these events make, up to the time it had reached."""
    if events == before.events:
        return before
    after = Conversation(
        id=before.id, typing=before.typing, edits=before.edits, redacted=before.redacted
    )
    for event in events:
        after = _onward(after, event, guidance)[-1].after
    return _onward(after, Tick(at=before.now), guidance)[-1].after if before.now else after


def _as_it_stands(before: Conversation, turn: Turn) -> Turn:
    """Return `turn` with the words it has by now, where they were changed before it came."""
    if turn.id in before.redacted:
        return replace(turn, text="")
    edit = before.edit(turn.id)
    return turn if edit is None else replace(turn, text=edit.text)


def _edits_but(before: Conversation, turn: str) -> tuple[Edit, ...]:
    return tuple(edit for edit in before.edits if edit.turn != turn)


def _is_overtaken(before: Conversation, edit: Edit) -> bool:
    newest = before.edit(edit.turn)
    return newest is not None and edit.at < newest.at


def _is_late(before: Conversation, turn: Turn) -> bool:
    """Tell whether something that came before `turn` has its place after it."""
    last = before.turns[-1] if before.turns else None
    if last is None or before.now is None:
        return False
    passed = last.at < before.now or before.summary is not None
    return _key(turn) < _key(last) or (passed and turn.at <= before.now)


def _inserted(events: tuple[Event, ...], late: Turn) -> tuple[Event, ...]:
    place = next(
        (
            index
            for index, event in enumerate(events)
            if (isinstance(event, Turn) and _key(late) < _key(event))
            or (isinstance(event, Closed) and late.at <= event.at)
        ),
        len(events),
    )
    return (*events[:place], late, *events[place:])


def _changed(events: tuple[Event, ...], turn: str, text: str) -> tuple[Event, ...]:
    return tuple(
        replace(event, text=text) if isinstance(event, Turn) and event.id == turn else event
        for event in events
    )


def _plus(at: datetime, seconds: int) -> datetime:
    """Return the time so much later, or the last there is."""
    try:
        return at + timedelta(seconds=seconds)
    except OverflowError:
        return datetime.max.replace(tzinfo=at.tzinfo)


def _key(turn: Turn) -> tuple[datetime, list[tuple[str, int, str]], str]:
    """Return what orders turns: time, then id, in which t9 comes before t10."""
    parts = ((number.lstrip("0"), word) for number, word in _PARTS.findall(turn.id))
    return turn.at, [(word, len(number), number) for number, word in parts], turn.id


def _time_of(event: Event) -> datetime | None:
    """Return the event's time where it moves the conversation's own time on."""
    return event.at if isinstance(event, Turn | Tick | Closed | Opened) else None


def _typing(before: frozenset[Role], event: Typing) -> frozenset[Role]:
    return before | {event.role} if event.on else before - {event.role}
