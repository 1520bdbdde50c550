"""When each conversation must be looked at although nobody says anything.

The law: one alarm a conversation, and it outlives the room: a conversation that left memory is
called back when its time comes. One that is far off can be left to the log, which is asked in time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assist.service.clock import Alarm, Clock

__all__ = ["Alarms"]


@dataclass(frozen=True, slots=True)
class _Pending:
    at: datetime
    alarm: Alarm
    rings: float


class Alarms:
    """The alarms of all conversations."""

    def __init__(self, clock: Clock, ring: Callable[[str, datetime], object]) -> None:
        self._clock = clock
        self._ring = ring
        self._pending: dict[str, _Pending] = {}

    def __len__(self) -> int:
        return len(self._pending)

    def put(self, conversation: str, at: datetime, seconds: float) -> None:
        """Ring in `seconds`, in place of an earlier alarm; `at` is the conversation's own time."""
        self.drop(conversation)
        alarm = self._clock.call_later(seconds, lambda: self._rung(conversation, at))
        self._pending[conversation] = _Pending(at, alarm, self._clock.monotonic() + seconds)

    def waits_for(self, conversation: str, at: datetime) -> bool:
        """Tell whether an alarm for exactly that time is set."""
        pending = self._pending.get(conversation)
        return pending is not None and pending.at == at

    def has(self, conversation: str) -> bool:
        """Tell whether an alarm of that conversation is set."""
        return conversation in self._pending

    def leave_to_log(self, conversation: str, within_s: float) -> None:
        """Take the conversation's alarm away where it does not ring that soon."""
        pending = self._pending.get(conversation)
        if pending is not None and pending.rings > self._clock.monotonic() + within_s:
            self.drop(conversation)

    def drop(self, conversation: str) -> None:
        """Take the conversation's alarm away, where it has one."""
        if pending := self._pending.pop(conversation, None):
            pending.alarm.cancel()

    def close(self) -> None:
        """Take all alarms away."""
        for conversation in tuple(self._pending):
            self.drop(conversation)

    def _rung(self, conversation: str, at: datetime) -> None:
        self._pending.pop(conversation, None)
        self._ring(conversation, at)
