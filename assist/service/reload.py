"""Rules and playbook into force again when their files change, while chats go on.

The law: files are looked at and read off the loop, and a change is taken whole or not at all. A
file that cannot be read leaves what is in force as it was, is logged with its place, and is told as
degraded until it is mended. What a change means to a running conversation stands in decision 0011.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from assist.errors import PackError
from assist.packs.watch import Marks, marks_of
from assist.service.course import LineLike
from assist.service.failures import told_of
from assist.service.hub import Hub

__all__ = ["Reload", "Source"]

TROUBLE = "rules"
_BOOK = "playbook"
_EVERY_S = 0.15

_log = structlog.get_logger("assist.service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where rules and playbook lie, and how the line is made with them as they are now."""

    places: tuple[Path, ...]
    read: Callable[[], LineLike]


class Reload:
    """Watches one source for one hub."""

    def __init__(self, hub: Hub, source: Source, *, every_s: float = _EVERY_S) -> None:
        self._hub = hub
        self._source = source
        self._every_s = every_s
        self._read: Marks | None = None

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        last: Marks | None = None
        while True:
            last = await self.look(last)
            await asyncio.sleep(self._every_s)

    async def look(self, last: Marks | None) -> Marks:
        """Return the marks of the files now; where they have changed and rest, read the files.

        Editors write a file in several steps: a change counts once two looks have found it alike.
        """
        marks = await asyncio.to_thread(marks_of, self._source.places)
        if marks == last and marks != self._read:
            self._read = marks
            await self._renew()
        return marks

    async def _renew(self) -> None:
        try:
            line = await asyncio.to_thread(self._source.read)
        except PackError as error:
            place = f"{error.file}:{error.line}:{error.column}"
            _log.error("rules refused", at=place, code=error.code, what=error.message)
            self._forget()
            self._hub.refuse_line(_part(error), f"{_short(error)} {error.code}")
        except Exception as error:  # noqa: BLE001  whatever is wrong with a file, chats go on
            _log.error("rules refused", **told_of(error))
            self._forget()
            self._hub.refuse_line(TROUBLE, type(error).__name__)
        else:
            self._forget()
            changed = self._hub.take_line(line)
            if changed:
                _log.info("rules in force", version=line.version)

    def _forget(self) -> None:
        """What was wrong before is mended, or told anew."""
        for part in (TROUBLE, _BOOK):
            self._hub.parts.degraded.discard(part)
            self._hub.parts.trouble.pop(part, None)


def _part(error: PackError) -> str:
    """Return what is in trouble: the playbook, or some rule."""
    return _BOOK if _BOOK in Path(error.file).stem else TROUBLE


def _short(error: PackError) -> str:
    """Return the place without the folders of this machine."""
    name = "/".join(Path(error.file).parts[-2:])
    return f"{name}:{error.line}:{error.column}"
