"""The log: structured lines on standard error, one a fact.

The law: ids, codes, counts and places; never a word of a chat, a token or a name. What a library
has to say comes as its name and level alone, and a crash as its kind and its place: the words of
either may quote a chat.
"""

import asyncio
import logging
import math
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

import structlog

from assist.service.failures import told_of

__all__ = ["LoopFaults", "configure_logs", "keep_crashes_wordless"]

_APART_S = 1.0

_log = structlog.get_logger("assist.service")


def configure_logs(level: str = "info", form: str = "auto") -> None:
    """Write the log to standard error; `auto` is text on a terminal and JSON elsewhere."""
    text = sys.stderr.isatty() if form == "auto" else form == "text"
    shown = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    least = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            shown,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Wordless()], level=max(least, logging.WARNING), force=True)


def keep_crashes_wordless() -> None:
    """Have whatever ends the program, or a thread of it, told by kind and place."""
    sys.excepthook = _crashed
    threading.excepthook = lambda told: _crashed(
        told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback
    )


class LoopFaults:
    """Tells of failures that nobody waited for; for `loop.set_exception_handler`.

    One that comes again within a second is only counted, and `more` tells how often: a loop without
    descriptors fails hundreds of times a second. `now` returns seconds that never fall.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._told: dict[tuple[object, object], tuple[float, int]] = {}

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Tell of the failure in `context`."""
        del loop
        error = context.get("exception")
        told = told_of(error) if isinstance(error, BaseException) else {}
        kind, now = (told.get("error"), told.get("through")), self._now()
        at, more = self._told.get(kind, (-math.inf, 0))
        if now - at < _APART_S:
            self._told[kind] = at, more + 1
            return
        self._told[kind] = now, 0
        _log.error("the loop met a failure", **told, **({"more": more} if more else {}))


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    del trace
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    _log.critical("crashed", **told_of(error))


class _Wordless(logging.Handler):
    """Takes what libraries log, and leaves their words out."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the library's name, and the kind and place of an exception."""
        error = record.exc_info[1] if record.exc_info else None
        told = told_of(error) if error is not None else {}
        level = record.levelname.lower()
        # The words of a library may quote what it was given.
        at = f"{record.filename}:{record.lineno}"
        structlog.get_logger("assist.library").log(
            record.levelno, "a library reports", library=record.name, at=at, as_level=level, **told
        )
