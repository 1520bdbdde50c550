"""What becomes of an input that the line takes too long over.

The law: an input is stored, so it has one definite effect, now and on every later fold. It is taken
whole; where that overruns, by the line without its models; where that does too, without its words;
else it has no effect. Which of these it was is noted in the log before anything of it is told, so
folding again gives the same, and waits for nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TypeVar

import structlog

from assist.errors import Overrun, StoreError
from assist.service.course import Advance, Course, LineLike, advanced
from assist.service.entries import Entry, encoded, without_words
from assist.service.parts import Parts

__all__ = ["Manner", "effect_of", "manner_of", "noted", "within_budget"]

T = TypeVar("T")

_log = structlog.get_logger("assist.service")


class Manner(StrEnum):
    """How an input was read."""

    WHOLE = "whole"
    PLAIN = "plain"
    WORDLESS = "wordless"
    NONE = "none"


_LADDER = tuple(Manner)


async def effect_of(  # noqa: PLR0913  where it happens, and to what
    parts: Parts,
    course: Course,
    entry: Entry,
    epoch: str,
    *,
    line: LineLike,
    stored_as: str,
    manner: Manner = Manner.WHOLE,
) -> Advance:
    """Return what `entry` makes of `course`, in the first manner from `manner` on that is in time.

    The entry is stored under `stored_as`; another manner than the one given is noted there.
    """
    for tried in _LADDER[_LADDER.index(manner) :]:
        try:
            work = partial(_in_manner, tried, course, entry, line, epoch)
            advance = await parts.analyst.ask(work)
        except Overrun:
            parts.metrics.overruns.labels(_LADDER[_LADDER.index(tried) + 1]).inc()
            _log.warning("reading overran", kind=entry.type, manner=str(tried))
            continue
        break
    if tried is not manner:
        await _note(parts, entry, stored_as, tried)
    return advance


async def within_budget(parts: Parts, ask: Callable[[LineLike], T]) -> T:
    """Return what `ask` gets from the line; where that overruns, from the line without models."""
    try:
        return await parts.analyst.ask(partial(ask, parts.line))
    except Overrun:
        parts.metrics.overruns.labels(Manner.PLAIN).inc()
    line = parts.line
    return await parts.analyst.ask(lambda: ask(line.plain()))


def _in_manner(manner: Manner, course: Course, entry: Entry, line: LineLike, epoch: str) -> Advance:
    match manner:
        case Manner.WHOLE:
            return advanced(course, entry, line, epoch)
        case Manner.PLAIN:
            return advanced(course, entry, line.plain(), epoch)
        case Manner.WORDLESS:
            return advanced(course, without_words(entry), line.plain(), epoch)
        case Manner.NONE:
            return Advance(course=replace(course, seq=course.seq + 1))


async def _note(parts: Parts, entry: Entry, stored_as: str, manner: Manner) -> None:
    try:
        await parts.log.replace(entry.conversation, stored_as, noted(encoded(entry), manner))
    except StoreError:
        # It is tried again, and noted again, when the conversation is next recalled.
        parts.degraded.add("store")


def noted(payload: bytes, manner: Manner) -> bytes:
    """Return an input as it is stored, with the manner in which it was read."""
    return payload[:-1] + _mark(manner)


def manner_of(payload: bytes) -> Manner:
    """Return the manner that is noted in a stored input.

    Whoever sends text cannot write this: a stored input ends with a field of ours, and quotes
    inside a text are escaped.
    """
    for manner in _LADDER[1:]:
        if payload.endswith(_mark(manner)):
            return manner
    return Manner.WHOLE


def _mark(manner: Manner) -> bytes:
    return f',"manner":"{manner}"}}'.encode()
