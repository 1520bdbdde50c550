"""What a room remembers: where the conversation stands, and the events that led there.

The law: it answers from memory what the log would answer. A position of another epoch, or one that
was forgotten, is said to be so; never is something else given in its place.
"""

from collections import deque
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from assist.core.conversation import Conversation
from assist.service.course import Advance, Course, Numbered, Since, epoch_after
from assist.service.discretion import encoded_discreetly
from assist.service.standing import Standing, standing_of
from assist.wire.messages import Position, SuggestionMessage

__all__ = ["MOST", "MOST_BYTES", "Kept", "Past", "Resumed"]


MOST = 10_000
"""Events of one conversation that are kept for those who come back: some 3,000 turns."""
MOST_BYTES = 8 * 2**20
"""As sent, and in all; of a chat of great cards fewer events are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An event as it was sent, and what stood right then.

    `discreet` is as those were told who do not have the conversation; nearly always the same bytes.
    """

    offset: int
    encoded: bytes = field(repr=False)
    discreet: bytes = field(repr=False)
    standing: Standing = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What to give somebody who comes (back): a state, its position, and what happened since.

    `recovered` is None for somebody who did not ask for anything missed.
    """

    standing: Standing
    position: Position
    recovered: bool | None
    missed: tuple[Kept, ...] = ()


class Past:
    """The events of one conversation, and the version of the line that its next input meets.

    `generation` counts the erasures in the log before the conversation began.
    A change of rules begins a new epoch in which the offsets go on; places of the epochs before
    are still known.
    """

    def __init__(
        self, epoch: str, beginning: Conversation, version: str = "", generation: int = 0
    ) -> None:
        self.epoch = epoch
        self.version = version
        self.generation = generation
        self._earlier: dict[str, int] = {}
        self.course = Course(conversation=beginning)
        self.since: Since | None = None
        self._floor = _Place(0, standing_of(beginning))
        self._events: deque[Kept] = deque()
        self._bytes = 0
        self._acks: dict[str, int] = {}
        self._told: set[str] = set()

    @property
    def told(self) -> AbstractSet[str]:
        """Return the ids of the suggestions that were told."""
        return self._told

    @property
    def position(self) -> Position:
        """Return the place of the last event."""
        return Position(epoch=self.epoch, offset=self.course.offset)

    def first_ack(self, message_id: str) -> Position | None:
        """Return the position that this input was acknowledged with, or None if it is new."""
        offset = self._acks.get(message_id)
        return None if offset is None else Position(epoch=self.epoch, offset=offset)

    def grow(self, message_id: str, advance: Advance, since: Since | None = None) -> None:
        """Add one input and its events; past the bounds the oldest are forgotten.

        `since` is what is needed to read it in full, where it was not.

        Whoever has not seen those is told that they are not recovered.
        """
        self._acks[message_id] = self.course.offset
        for event in advance.events:
            self._events.append(_kept(event))
            self._bytes += len(event.encoded)
            if isinstance(event.message, SuggestionMessage):
                self._told.add(event.message.suggestion.id)
        self.course, self.since = advance.course, since
        while len(self._events) > MOST or (self._bytes > MOST_BYTES and self._events):
            self._forget_first()

    def go_on_with(self, version: str, due: datetime | None) -> None:
        """Begin the epoch of another line; what was told stays as it was told."""
        self._earlier[self.epoch] = self.course.offset
        self.epoch = epoch_after(self.epoch, version, self.course.seq)
        self.version = version
        self.course = replace(self.course, due=due)

    def part_from_full(self) -> None:
        """Begin the epoch in which a full reading is not told that was told once.

        Whoever saw something of it is not recovered; whoever saw nothing of it yet is.
        """
        self._earlier[self.epoch] = self.course.offset
        self.epoch = epoch_after(self.epoch, "not in full", self.course.seq)

    def forget_until(self, offset: int) -> None:
        """Drop the events up to `offset`: they hold what was taken back since."""
        while self._events and self._events[0].offset <= offset:
            self._forget_first()
        self._floor = _Place(offset, standing_of(self.course.conversation))

    def _forget_first(self) -> None:
        first = self._events.popleft()
        self._bytes -= len(first.encoded)
        self._floor = _Place(first.offset, first.standing)

    def resumed(self, after: Position | None) -> Resumed:
        """Return what to give somebody who has seen everything up to `after`."""
        if after is None:
            return self._now(None)
        told = (
            self.course.offset if after.epoch == self.epoch else self._earlier.get(after.epoch, -1)
        )
        if not self._floor.offset <= after.offset <= told:
            return self._now(recovered=False)
        place = after.offset - self._floor.offset
        return Resumed(
            standing=self._standing(place),
            position=after,
            recovered=True,
            missed=tuple(islice(self._events, place, None)),
        )

    def _now(self, recovered: bool | None) -> Resumed:  # noqa: FBT001  three answers, not a switch
        standing = standing_of(self.course.conversation)
        return Resumed(standing=standing, position=self.position, recovered=recovered)

    def _standing(self, place: int) -> Standing:
        if place == len(self._events):
            return standing_of(self.course.conversation)
        return self._events[place - 1].standing if place else self._floor.standing


@dataclass(frozen=True, slots=True)
class _Place:
    offset: int
    standing: Standing = field(repr=False)


def _kept(event: Numbered) -> Kept:
    return Kept(
        offset=event.offset,
        encoded=event.encoded,
        discreet=encoded_discreetly(event.message, event.encoded),
        standing=event.standing,
    )
