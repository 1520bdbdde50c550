"""The token for the service, in a file that somebody writes anew.

The law: read anew before each connection; a file that cannot be read just now is waited for. What
is waited before a try is cut short as soon as the file is another. The token is in no text here.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog

from assist.errors import ClientFault

__all__ = ["PassFile", "told_of"]

_LOOK_S = 1.0

_log = structlog.get_logger("assist.connectors")

Sleep = Callable[[float], Awaitable[None]]
_Mark = tuple[int, int, int]


class PassFile:
    """The token in the file `path`: call it for the token, `wait` for the time of a next try."""

    def __init__(self, path: Path, sleep: Sleep = asyncio.sleep) -> None:
        self.path = path
        self._sleep = sleep
        self._read: _Mark | None = None

    def __call__(self) -> str:
        """Return the token; raise a ClientFault to be retried where the file cannot be read."""
        self._read = self._mark()
        try:
            return self.path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            pass
        raise ClientFault(
            f"the token cannot be read from {self.path}", code="token.unreadable", retry=True
        )

    async def wait(self, seconds: float) -> None:
        """Return after so many seconds, or soon after the file became another than was read."""
        while seconds > 0 and self._mark() == self._read:
            await self._sleep(min(_LOOK_S, seconds))
            seconds -= _LOOK_S

    def _mark(self) -> _Mark | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size


def told_of(trouble: ClientFault | None) -> None:
    """Log how a try to connect went: None is that the service was reached and took the token."""
    if trouble is None:
        _log.info("connected to the service")
    else:
        _log.warning("not connected to the service", code=trouble.code, why=trouble.message)
