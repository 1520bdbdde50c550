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
from assist.core.conversation import Conversation
from assist.core.escalation import EscalationPolicy
from assist.core.fusion import BY_HAND, Fusion
from assist.core.ledger import EntryState
from assist.core.playbook import EMPTY, Playbook
from assist.core.rules import Pack, Rule, Scene, SilentFor, Watches
from assist.core.signals import Detector, Reading
from assist.core.suggest import clear, suggest
from assist.core.suggestions import Retracted, RetractReason
from assist.core.summary import summarise
from assist.core.turns import (
    Assigned,
    Closed,
    Draft,
    Edit,
    Event,
    Feedback,
    FeedbackAction,
    Opened,
    Redaction,
    Role,
    Tick,
    Turn,
    Typing,
)

__all__ = ["Guidance", "Passed", "due", "passage", "step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """All that the line is guided by: rules, the company's playbook, policies, detectors."""

    pack: Pack
    policy: EscalationPolicy
    playbook: Playbook = EMPTY
    detectors: tuple[Detector, ...] = ()
    fusion: Fusion = BY_HAND

    def read(self, subject: Turn | Draft, earlier: Sequence[Turn]) -> Reading:
        """Return the reading of a turn or draft, after the turns before it."""
        return analyse(subject, earlier, self.detectors, self.pack, self.fusion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A state that a conversation came to, and whether time alone brought it there."""

    after: Conversation
    by_time: bool


def step(before: Conversation, event: Event, guidance: Guidance) -> Conversation:
    """Return the conversation after `event`; what fell due before it comes first.

    A turn that is already known changes nothing; one that comes late is put in its place. Words
    that were taken back stay so.
    """
    return passage(before, event, guidance)[-1].after


def passage(before: Conversation, event: Event, guidance: Guidance) -> tuple[Passed, ...]:
    """Return every state on the way: one for each silence that `event` ends, then its own."""
    if isinstance(event, Turn) and event.id in before.redacted:
        event = replace(event, text="")
    match event:
        case Turn() if any(turn.id == event.id for turn in before.turns):
            after = before
        case Turn() if _is_late(before, event):
            after = _again(before, _inserted(before.events, event), guidance)
        case Edit() if event.turn in before.redacted:
            after = before
        case Edit():
            after = _again(before, _changed(before.events, event.turn, event.text), guidance)
        case Redaction():
            kept = replace(before, redacted=before.redacted | {event.turn})
            after = _again(kept, _changed(before.events, event.turn, ""), guidance)
        case _:
            return _onward(before, event, guidance)
    return (Passed(after=after, by_time=False),)


def due(conversation: Conversation, guidance: Guidance) -> datetime | None:
    """Return the next moment at which a tick would matter, in the conversation's own time."""
    if conversation.summary is not None or conversation.now is None:
        return None
    times = [
        entry.due
        for entry in conversation.ledger
        if entry.due is not None and entry.state is EntryState.OPEN
    ]
    last = conversation.last
    if last is not None:
        times.extend(_plus(last.at, seconds) for seconds in _silences(guidance.pack))
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
            return replace(before, typing=_typing(before.typing, event))
        case Turn():
            after = _said(before, event, guidance)
        case Opened():
            after = replace(later(before, event.at), opened=event, agent=event.agent)
        case Assigned():
            after = replace(before, agent=event.agent)
        case Feedback():
            after = _told(before, event)
        case Closed():
            after = later(before, event.at)
            after = replace(clear(after, frozenset()), summary=summarise(after, guidance.pack))
        case _:  # pragma: no cover - edits and redactions are sent down the line again
            return before
    return replace(after, events=(*before.events, event))


def _said(before: Conversation, turn: Turn, guidance: Guidance) -> Conversation:
    before = replace(before, summary=None)
    silent = turn.private or not turn.text.strip() or turn.role in {Role.BOT, Role.SYSTEM}
    earlier = tuple(said for said in before.turns if not said.private)
    reading = None if silent else guidance.read(turn, earlier)
    after = advance(before, turn, reading, guidance.policy, guidance.pack)
    if turn.role is Role.AGENT and not turn.private:
        return clear(after, frozenset(act.technique for act in after.acts if act.turn == turn.id))
    if reading is None:
        return after
    scene = Scene(conversation=after, reading=reading)
    return suggest(scene, guidance.pack, guidance.playbook, heard=True)


def _ticked(before: Conversation, at: datetime, guidance: Guidance) -> Conversation:
    after = later(before, at)
    silence = (at - after.last.at).total_seconds() if after.last else 0.0
    scene = Scene(conversation=after, silence=silence)
    return suggest(scene, guidance.pack, guidance.playbook, heard=False)


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


def _told(before: Conversation, feedback: Feedback) -> Conversation:
    """Return the conversation after the agent said what became of a suggestion."""
    standing = next((s for s in before.standing if s.id == feedback.suggestion), None)
    reason = _LEAVES.get(feedback.action)
    if standing is None or reason is None:
        return before
    snoozed = before.snoozed
    if feedback.action is FeedbackAction.SNOOZED:
        snoozed = snoozed | {standing.technique}
    return replace(
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
    after = Conversation(id=before.id, typing=before.typing, redacted=before.redacted)
    for event in events:
        after = _onward(after, event, guidance)[-1].after
    return _onward(after, Tick(at=before.now), guidance)[-1].after if before.now else after


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


def _silences(pack: Pack) -> Sequence[int]:
    """Return the silences, in seconds, that some rule of the pack waits for."""
    rules = pack.watching(Watches.CONVERSATION, marks=False)
    return sorted({seconds for rule in rules for seconds in _waits(rule)})


def _waits(rule: Rule) -> list[int]:
    found, open_parts = [], [rule.when]
    while open_parts:
        part = open_parts.pop()
        if isinstance(part, SilentFor):
            found.append(part.seconds)
        open_parts.extend(getattr(part, "parts", ()))
    return found
