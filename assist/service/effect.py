"""What becomes of an input that the line takes too long over.

The law: an input is stored, so it has one definite effect, now and on every later fold. It is taken
whole; where that overruns, by the line without its models; where that does too, without its words;
else it has no effect. Which of these it was is noted in the log before anything of it is told, so
folding again gives the same, and waits for nothing. What is read in full afterwards is an entry of
its own; where it cannot be read so again, the conversation goes on without, in another epoch.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import TypeAlias, TypeVar

import structlog

from assist.errors import Overrun, StoreError
from assist.service.course import Advance, Course, LineLike, Since, advanced, in_full
from assist.service.entries import Entry, ReadInFull, encoded, only_seen, without_words
from assist.service.parts import Parts
from assist.service.past import Past
from assist.wire.messages import Edit, TurnMessage

__all__ = ["Effect", "Manner", "Taking", "effect_of", "manner_of", "noted", "within_budget"]

T = TypeVar("T")

_log = structlog.get_logger("assist.service")


class Manner(StrEnum):
    """How an input was read."""

    WHOLE = "whole"
    PLAIN = "plain"
    WORDLESS = "wordless"
    NONE = "none"


_LADDER = tuple(Manner)
_Late: TypeAlias = asyncio.Future[Advance] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What came of an input, what is needed to read it in full, and what is still to come of it."""

    advance: Advance
    since: Since | None = None
    late: _Late = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """An input on its way into a conversation: what it is, how it is stored and was read before.

    `whole` is what came of reading the input before it in full, where that is known.
    """

    entry: Entry
    stored_as: str
    manner: Manner = Manner.WHOLE
    whole: Advance | None = field(default=None, repr=False)


async def effect_of(
    parts: Parts, past: Past, taking: Taking, line: LineLike, *, patient: bool = False
) -> Effect:
    """Return what the input makes of `past`, in the first manner from the noted one on in time.

    Another manner is noted. Where it is `patient`, a turn or an edit that overruns is still read
    in full, for a grace.
    """
    if isinstance(taking.entry, ReadInFull):
        return Effect(advance=await _in_full(parts, past, taking, taking.entry, line))
    patient = patient and isinstance(taking.entry, TurnMessage | Edit)
    advance, manner, late = await _first_in_time(parts, past, taking, line, patient=patient)
    if manner is not taking.manner and not await _note(parts, taking, manner):
        _drop(late)
        late = None
    return Effect(advance=advance, since=_since(past, taking.entry, manner), late=late)


async def within_budget(parts: Parts, ask: Callable[[LineLike], T]) -> T:
    """Return what `ask` gets from the line; where that overruns, from the line without models."""
    try:
        return await parts.analyst.ask(partial(ask, parts.line))
    except Overrun:
        parts.metrics.overruns.labels(Manner.PLAIN).inc()
    line = parts.line
    return await parts.analyst.ask(lambda: ask(line.plain()))


async def _first_in_time(
    parts: Parts, past: Past, taking: Taking, line: LineLike, *, patient: bool
) -> tuple[Advance, Manner, _Late]:
    """Return what comes of the input in the first manner in time, which that is, and what may."""
    late: _Late = None
    try:
        for tried in _LADDER[_LADDER.index(taking.manner) : -1]:
            work = partial(_in_manner, tried, past.course, taking.entry, line, past.epoch)
            found = await _asked(parts, work, patient=patient and tried is Manner.WHOLE)
            if isinstance(found, Advance):
                return found, tried, late
            late = found or late
            _count(parts, taking.entry, tried)
    except BaseException:
        _drop(late)
        raise
    return _nothing(past), Manner.NONE, late


async def _asked(parts: Parts, work: Callable[[], Advance], *, patient: bool) -> Advance | _Late:
    """Return what comes of `work`, or what may still come of it after its budget."""
    try:
        return await (parts.analyst.ask_on(work) if patient else parts.analyst.ask(work))
    except Overrun:
        return None


def _drop(late: _Late) -> None:
    if late is not None:
        late.cancel()


async def _in_full(
    parts: Parts, past: Past, taking: Taking, entry: ReadInFull, line: LineLike
) -> Advance:
    """Return what it adds that an input was read in full; it did end once, so it is given time.

    Where it cannot be had again, nothing is added, and the offsets after it are of another epoch.
    """
    since = past.since
    if taking.manner is Manner.WHOLE and since is not None and since.input == entry.input:
        work = partial(in_full, past.course, since, line, past.epoch, taking.whole)
        try:
            advance = await parts.analyst.ask(work, ample=True)
        except Overrun:
            _count(parts, entry, Manner.WORDLESS)
            await _note(parts, taking, Manner.NONE)
        else:
            if advance.failure is None:
                return advance
    past.part_from_full()
    return _nothing(past)


def _since(past: Past, entry: Entry, manner: Manner) -> Since | None:
    """Return what is needed to read the last input in full, where that was not done."""
    if only_seen(entry) and past.since is not None:
        return replace(past.since, seen=(*past.since.seen, entry))
    if manner is Manner.WHOLE or not isinstance(entry, TurnMessage | Edit):
        return None
    return Since(before=past.course, entry=entry)


def _count(parts: Parts, entry: Entry, overran: Manner) -> None:
    parts.metrics.overruns.labels(_LADDER[_LADDER.index(overran) + 1]).inc()
    _log.warning("reading overran", kind=entry.type, manner=str(overran))


def _in_manner(manner: Manner, course: Course, entry: Entry, line: LineLike, epoch: str) -> Advance:
    match manner:
        case Manner.WHOLE:
            return advanced(course, entry, line, epoch)
        case Manner.PLAIN:
            return advanced(course, entry, line.plain(), epoch)
        case _:
            return advanced(course, without_words(entry), line.plain(), epoch)


def _nothing(past: Past) -> Advance:
    return Advance(course=replace(past.course, seq=past.course.seq + 1))


async def _note(parts: Parts, taking: Taking, manner: Manner) -> bool:
    """Write the manner beside the stored input; tell whether it is there."""
    entry, payload = taking.entry, noted(encoded(taking.entry), manner)
    try:
        await parts.log.replace(entry.conversation, taking.stored_as, payload)
    except StoreError:
        # It is tried again, and noted again, when the conversation is next recalled.
        parts.degraded.add("store")
        return False
    return True


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
