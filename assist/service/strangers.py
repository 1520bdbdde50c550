"""That pages were turned away, so that an operator finds why a panel says that nobody answers.

The law: a page cannot see why its socket was refused, so the log says it, once a minute and with
how many there were; never what they sent: who comes may write into an origin what they like.
"""

from typing import Final

import structlog

from assist.service.clock import Clock

__all__ = ["Strangers"]

_APART_S: Final = 60.0

_log = structlog.get_logger("assist.service")


class Strangers:
    """How many pages were refused since the log last said so."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._said: float | None = None
        self._refused = 0

    def turn_away(self) -> None:
        """Count a refused page, and log it unless that was said a moment ago."""
        self._refused += 1
        now = self._clock.monotonic()
        if self._said is not None and now - self._said < _APART_S:
            return
        _log.warning(
            "pages of other origins may not connect", pages=self._refused, setting="origins"
        )
        self._said, self._refused = now, 0
