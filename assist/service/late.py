"""A reading over its budget that may still come, and be told of a conversation.

The law: it is told only where nothing has happened since but that a suggestion was seen. As soon as
anything else happens it is wanted no more, and its thread is asked to end. Each has one fate, which
is counted: told, dropped, or late, where the grace was over too.
"""

import asyncio
from collections.abc import Callable
from weakref import WeakMethod

from assist.errors import Overrun
from assist.service.course import Advance
from assist.service.metrics import Metrics
from assist.service.past import Past

__all__ = ["Late", "weakly"]


class Late:
    """The late reading of one conversation; `came` is called when it is there."""

    def __init__(self, metrics: Metrics, came: Callable[[], None]) -> None:
        self._metrics = metrics
        self._came = came
        self._answer: asyncio.Future[Advance] | None = None
        self._of: tuple[Past, str] | None = None

    @property
    def awaited(self) -> bool:
        """Tell whether there is one that may still be told."""
        return self._answer is not None

    def put(self, answer: asyncio.Future[Advance], past: Past) -> None:
        """Wait for the reading of the last input of `past`."""
        self._answer, self._of = answer, (past, past.version)
        answer.add_done_callback(self._ended)

    def drop(self) -> None:
        """Wait for none any more."""
        if self._answer is not None:
            self._answer.cancel()
            self.end("dropped")

    def take(self, past: Past) -> Advance | None:
        """Return the reading that came, where it is still of `past`; then `end` is to be told."""
        if self._answer is None or not self._answer.done():
            return None
        advance = self._answer.result()
        if self._of != (past, past.version) or past.since is None or advance.failure is not None:
            self.drop()
            return None
        return advance

    def end(self, fate: str) -> None:
        """Forget it, and count what became of it; where that was done, do nothing."""
        if self._answer is None:
            return
        self._answer = self._of = None
        self._metrics.late.labels(fate).inc()

    def _ended(self, answer: asyncio.Future[Advance]) -> None:
        if answer is not self._answer:
            return
        error = None if answer.cancelled() else answer.exception()
        if answer.cancelled() or error is not None:
            self.end("late" if isinstance(error, Overrun) else "dropped")
            return
        self._came()


def weakly(method: Callable[[], None]) -> Callable[[], None]:
    """Return what calls `method` as long as what it is of is there, and does not hold that."""
    known = WeakMethod(method)

    def call() -> None:
        if there := known():
            there()

    return call
