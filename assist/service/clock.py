"""Time, as the service sees it: a steady clock and alarms, so that tests can bring their own."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

__all__ = ["Alarm", "Clock", "LoopClock"]


class Alarm(Protocol):
    """Something that was set to happen later."""

    def cancel(self) -> None:
        """Make it not happen."""
        ...


class Clock(Protocol):
    """Seconds that never fall, and alarms."""

    def monotonic(self) -> float:
        """Return the seconds since some fixed moment."""
        ...

    def wall(self) -> float:
        """Return the seconds since 1970, as the machine's own clock has them."""
        ...

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Alarm:
        """Have `callback` called once in `seconds`."""
        ...


class LoopClock(Clock):
    """The machine's clocks, and the alarms of the running event loop."""

    def monotonic(self) -> float:
        """Return the machine's steady time, which any thread may ask for, also after the loop."""
        return time.monotonic()

    def wall(self) -> float:
        """Return the machine's time."""
        return time.time()

    def call_later(self, seconds: float, callback: Callable[[], object]) -> Alarm:
        """Set an alarm in the loop."""
        return asyncio.get_running_loop().call_later(max(0.0, seconds), callback)
