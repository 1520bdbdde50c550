"""What a room remembers: where the conversation stands, and the events that led there.

The law: it answers from memory what the log would answer. A position of another epoch, or one that
was forgotten, is said to be so; never is something else given in its place.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from assist.core.conversation import Conversation
from assist.service.course import Advance, Course, Numbered, epoch_after
from assist.wire.messages import Position

__all__ = ["MOST", "Past", "Resumed"]


MOST = 10_000
"""Events of one conversation that are kept for those who come back: some 3,000 turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What to give somebody who comes (back): a state, its position, and what happened since.

    `recovered` is None for somebody who did not ask for anything missed.
    """

    conversation: Conversation
    position: Position
    recovered: bool | None
    missed: tuple[Numbered, ...] = ()


class Past:
    """The events of one conversation, and the version of the line that its next input meets.

    A change of rules begins a new epoch in which the offsets go on; places of the epochs before
    are still known.
    """

    def __init__(self, epoch: str, beginning: Conversation, version: str = "") -> None:
        self.epoch = epoch
        self.version = version
        self._earlier: dict[str, int] = {}
        self.course = Course(conversation=beginning)
        self._floor = self.course
        self._events: list[Numbered] = []
        self._acks: dict[str, int] = {}

    @property
    def position(self) -> Position:
        """Return the place of the last event."""
        return Position(epoch=self.epoch, offset=self.course.offset)

    def first_ack(self, message_id: str) -> Position | None:
        """Return the position that this input was acknowledged with, or None if it is new."""
        offset = self._acks.get(message_id)
        return None if offset is None else Position(epoch=self.epoch, offset=offset)

    def grow(self, message_id: str, advance: Advance) -> None:
        """Add one input and its events."""
        self._acks[message_id] = self.course.offset
        self._events.extend(advance.events)
        self.course = advance.course
        if len(self._events) > MOST:
            self._forget_first(MOST // 2)

    def go_on_with(self, version: str, due: datetime | None) -> None:
        """Begin the epoch of another line; what was told stays as it was told."""
        self._earlier[self.epoch] = self.course.offset
        self.epoch = epoch_after(self.epoch, version, self.course.seq)
        self.version = version
        self.course = replace(self.course, due=due)

    def forget_until(self, offset: int) -> None:
        """Drop the events up to `offset`: they hold what was taken back since."""
        self._events = self._events[offset - self._floor.offset :]
        self._floor = Course(conversation=self.course.conversation, offset=offset)

    def _forget_first(self, count: int) -> None:
        """Drop the oldest events; whoever has not seen them is told that they are not recovered."""
        last = self._events[count - 1]
        self._floor = Course(conversation=last.standing, offset=last.offset)
        self._events = self._events[count:]

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
            conversation=self._standing(place),
            position=after,
            recovered=True,
            missed=tuple(self._events[place:]),
        )

    def _now(self, recovered: bool | None) -> Resumed:  # noqa: FBT001  three answers, not a switch
        return Resumed(
            conversation=self.course.conversation, position=self.position, recovered=recovered
        )

    def _standing(self, place: int) -> Conversation:
        if place == len(self._events):
            return self.course.conversation
        return self._events[place - 1].standing if place else self._floor.conversation
