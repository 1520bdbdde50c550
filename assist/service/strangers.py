"""Which pages were turned away, so that an operator finds why a panel says that nobody answers.

The law: a page cannot see why its socket was refused, so the log says it: the origin alone, once a
minute each and only so many a minute, for whoever comes may write into an origin what they like.
"""

import re
from typing import Final

import structlog

from assist.service.clock import Clock
from assist.service.origins import origin_of

__all__ = ["Strangers"]

_APART_S: Final = 60.0
_MOST: Final = 20
_LONGEST: Final = 200
_HOST: Final = re.compile(r"[a-z0-9._-]+|\[[0-9a-f:.]+\]")
_NONE: Final = "none that can be named"

_log = structlog.get_logger("assist.service")


class Strangers:
    """The origins that were told of in the last minute."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: dict[str, float] = {}

    def tell(self, origin: str) -> None:
        """Log that a page of `origin` was refused, unless that was said a moment ago."""
        now, name = self._clock.monotonic(), _shown(origin)
        self._told = {one: at for one, at in self._told.items() if now - at < _APART_S}
        if name in self._told or len(self._told) >= _MOST:
            return
        self._told[name] = now
        _log.warning("a page of this origin may not connect", origin=name, setting="origins")


def _shown(text: str) -> str:
    """Return the origin in `text` as it would be set; what is none, or hides signs, is not said."""
    if text == "null":
        return text
    found = origin_of(text) if len(text) <= _LONGEST else None
    if found is None or not _HOST.fullmatch(found.host):
        return _NONE
    plain = f"{found.scheme}://{found.host}"
    return plain if origin_of(plain) == found else f"{plain}:{found.port}"
