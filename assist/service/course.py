"""How far a conversation has come: what its stored inputs make of it, and the events on the way.

The law: pure, and the same for the same inputs, line and epoch, so events need no storage: folding
the inputs again gives the same events with the same offsets. An input on which the line fails has
no effect, now and on every later fold.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2s
from typing import Protocol

from assist.core.conversation import Change, Conversation, Summary, changes
from assist.core.rewrites import Review
from assist.core.turns import Draft, Event
from assist.service.entries import Entry, event_of, turn_of
from assist.service.standing import Standing, after, before_step, standing_of
from assist.wire.messages import Position, ServerEvent, encode
from assist.wire.render import render
from assist.wire.waiting import waiting_since

__all__ = [
    "Advance",
    "Course",
    "LineLike",
    "Numbered",
    "Since",
    "Stepped",
    "advanced",
    "epoch_after",
    "epoch_of",
    "in_full",
]


class Stepped(Protocol):
    """What one step of the line gives."""

    @property
    def conversation(self) -> Conversation:
        """Return the conversation after it."""
        ...

    @property
    def told(self) -> tuple[tuple[str | None, Change], ...]:
        """Return what changed, each with the turn that caused it."""
        ...


class LineLike(Protocol):
    """All that the service asks of the line."""

    @property
    def version(self) -> str:
        """Return the name of rules and code together."""
        ...

    @property
    def pack_name(self) -> str:
        """Return the name of the rules in force."""
        ...

    @property
    def pack_version(self) -> str:
        """Return their version."""
        ...

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the models that cannot be used here."""
        ...

    def plain(self) -> "LineLike":
        """Return the line without its models: quick, for what takes the whole line too long."""
        ...

    def begin(self, conversation: str) -> Conversation:
        """Return a conversation in which nothing has happened."""
        ...

    def step(self, before: Conversation, event: Event) -> Stepped:
        """Return what `event` makes of `before`."""
        ...

    def due(self, conversation: Conversation) -> datetime | None:
        """Return the conversation's time at which a tick would matter next."""
        ...

    def review(self, conversation: Conversation, draft: Draft) -> Review:
        """Return what is to be said of `draft`."""
        ...

    def summarise(self, conversation: Conversation) -> Summary:
        """Return the record so far."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A conversation after `seq` inputs and `offset` events; at `due` time will matter next."""

    conversation: Conversation
    seq: int = 0
    offset: int = 0
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """A course one input further, the events on the way, and why the line failed if it did."""

    course: Course
    events: tuple["Numbered", ...] = ()
    failure: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """An event with its place, ready to be sent, and what stands right then."""

    offset: int
    message: ServerEvent
    encoded: bytes = field(repr=False)
    standing: Standing = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The course before the last input, which overran, that input, and what was only seen since."""

    before: Course
    entry: Entry
    seen: tuple[Entry, ...] = ()

    @property
    def input(self) -> int:
        """Return the number of the input."""
        return self.before.seq + 1


def epoch_of(store_id: str, version: str, redactions: int, generation: int = 0) -> str:
    """Return the name of one numbering of a conversation's events.

    It changes with the store, with the rules and the code, and when words were taken back: then the
    inputs fold to other events than before. `generation` counts the erasures before the
    conversation began, so that one erased and begun anew is told apart.
    """
    told = f"{store_id}\n{version}\n{redactions}" + (f"\n{generation}" if generation else "")
    return blake2s(told.encode(), digest_size=6).hexdigest()


def epoch_after(epoch: str, version: str, seq: int) -> str:
    """Return the name of the numbering in which another line goes on after `seq` inputs."""
    return blake2s(f"{epoch}\n{version}\n{seq}".encode(), digest_size=6).hexdigest()


def advanced(course: Course, entry: Entry, line: LineLike, epoch: str) -> Advance:
    """Return what `entry` makes of `course`."""
    further = replace(course, seq=course.seq + 1)
    try:
        step = line.step(course.conversation, event_of(entry))
        events = _numbered(course, step, epoch, line.version)
        due = line.due(step.conversation)
    except Exception as error:  # noqa: BLE001  the input is stored: it must have a definite effect
        return Advance(course=further, failure=error)
    further = replace(
        further, conversation=step.conversation, offset=course.offset + len(events), due=due
    )
    return Advance(course=further, events=events)


def in_full(
    course: Course, since: Since, line: LineLike, epoch: str, whole: Advance | None = None
) -> Advance:
    """Return what it adds to `course` that its last input was read in full.

    `whole` is what came of that, where it is known.
    """
    whole = whole or advanced(since.before, since.entry, line, epoch)
    for entry in () if whole.failure else since.seen:
        whole = advanced(whole.course, entry, line, epoch)
    further = replace(course, seq=course.seq + 1)
    if whole.failure is not None:
        return Advance(course=further, failure=whole.failure)
    now = _called(course.conversation, whole.course.conversation)
    told = tuple((turn_of(since.entry), one) for one in changes(course.conversation, now))
    step = _Read(conversation=now, told=told)
    events = _numbered(course, step, epoch, line.version)
    offset = course.offset + len(events)
    further = replace(further, conversation=now, offset=offset, due=whole.course.due)
    return Advance(course=further, events=events)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A conversation that was read in full, and what differs."""

    conversation: Conversation
    told: tuple[tuple[str | None, Change], ...]


def _called(before: Conversation, after: Conversation) -> Conversation:
    """Return `after` with the alerts of `before`: who was called stays called, as they were."""
    known = {alert.id for alert in before.alerts}
    new = tuple(alert for alert in after.alerts if alert.id not in known)
    return replace(after, alerts=(*before.alerts, *new))


def _numbered(before: Course, step: Stepped, epoch: str, version: str) -> tuple[Numbered, ...]:
    if not step.told:
        return ()
    events = []
    stepped = standing_of(step.conversation)
    standing = before_step(standing_of(before.conversation), stepped)
    since = waiting_since(step.conversation)
    for offset, (turn, change) in enumerate(step.told, before.offset + 1):
        standing = after(standing, change)
        last = offset == before.offset + len(step.told)
        message = render(
            change,
            conversation=step.conversation.id,
            position=Position(epoch=epoch, offset=offset),
            turn=turn,
            version=version,
            since=since,
            customer=step.conversation.opened.customer_name,
        )
        events.append(
            Numbered(
                offset=offset,
                message=message,
                encoded=encode(message).encode(),
                standing=stepped if last else standing,
            )
        )
    return tuple(events)
