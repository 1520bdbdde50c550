"""From the words of a promise to the moment it falls due.

The law: a due time is read from the words and from the turn's own time, its offset and locale,
never from a clock. It always lies ahead. Of two times the later counts, and where the words leave
a doubt there is none.

Conventions: a day is due at six in the evening (at its last minute where six has passed), a
morning at noon. "At 5 tomorrow" is five in the afternoon, "at 9 tomorrow" nine in the morning; "at
8 tomorrow" may be either and so is none, as is "at 9" said in an afternoon. "On Monday" said on a
Monday is a week ahead; "next Tuesday" is that of the next week, weeks beginning on Mondays; a week
ends on Friday, said at a weekend on Sunday. Working days are Mondays to Fridays: no holiday of any
country is known here.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from assist.core import date_words as words
from assist.core.text import fold, lowered

__all__ = ["due_time"]

_EVENING = (18, 0)
_LAST = (23, 59)
_EITHER = frozenset({7, 8})
_SOCIAL = (7, 20)
_NEAR = 4
_FAR = timedelta(days=300)
_MONTH_FIRST = {"ja", "zh", "ko", "hu", "us", "ph"}


def due_time(text: str, at: datetime, locale: str | None = None) -> datetime | None:
    """Return when something said at `at` falls due, or None where the words give no sure time."""
    plain = lowered(fold(text))
    try:
        due = _due_time(plain, at, locale)
    except (OverflowError, ValueError):  # no calendar holds it
        return None
    return due if due is not None and due.astimezone(UTC) > at.astimezone(UTC) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day that is named; `end` where it is the end of a longer time."""

    day: date
    start: int
    end: int


def _due_time(plain: str, at: datetime, locale: str | None) -> datetime | None:
    if (length := _length(plain, at)) is not None:
        return length
    clock = _clock(plain)
    if clock is not None:
        if words.UTC_AFTER.match(plain, clock.end()):
            here = at.tzinfo
            return _on_a_day(plain, clock, at.astimezone(UTC), locale).astimezone(here)
        if words.FOREIGN.search(plain, clock.end(), clock.end() + 12):
            return None
    return _on_a_day(plain, clock, at, locale)


def _length(plain: str, at: datetime) -> datetime | None:
    """Return the end of a stretch of time that begins now."""
    if re.search(r"\bwithin the hour\b", plain):
        return _after(at, timedelta(hours=1))
    for match in words.DURATION.finditer(plain):
        if match["bare"] is not None and match["now"] is None:
            continue
        amount = _amount(match)
        unit = match["unit"].rstrip("s")
        if amount is None or (match["from"] == "a" and unit.startswith("min")):
            continue
        if match["working"]:
            return _wall(_working(at.date(), int(amount)), _EVENING, at)
        if unit == "month":
            return _wall(_months(at.date(), int(amount)), (at.hour, at.minute), at)
        if unit.startswith("min"):
            unit = "min"
            amount = 5.0 if match["from"] == "few" else amount
        minutes = amount * words.MINUTES[unit]
        if minutes % 1440:
            return _after(at, timedelta(minutes=minutes))
        return _same_hour(at, int(minutes / 1440), hours=unit in {"hour", "hr", "min"})
    return None


def _amount(match: re.Match[str]) -> float | None:
    told = match["or"] or match["to"] or match["from"]
    amount = _number(told)
    return amount + 0.5 if match["more"] is not None or match["half"] is not None else amount


def _number(told: str) -> float:
    known = words.AMOUNTS.get(told)
    return float(told.replace(",", ".")) if known is None else known


def _same_hour(at: datetime, days: int, *, hours: bool) -> datetime:
    if hours:
        return _after(at, timedelta(days=days))
    return _wall(at.date() + timedelta(days=days), (at.hour, at.minute), at, second=at.second)


def _after(at: datetime, length: timedelta) -> datetime:
    """Return the moment that much later as it passes, whatever the clocks do meanwhile."""
    return (at.astimezone(UTC) + length).astimezone(at.tzinfo)


def _wall(day: date, hour: tuple[int, int], at: datetime, second: int = 0) -> datetime:
    """Return what the clocks show on that day where `at` was said; a skipped hour is made up."""
    if hour[0] == 24:
        day, hour = day + timedelta(days=1), (0, 0)
    shown = datetime.combine(day, time(*hour, second), tzinfo=at.tzinfo)
    return shown.astimezone(UTC).astimezone(at.tzinfo)


def _on_a_day(
    plain: str, clock: re.Match[str] | None, at: datetime, locale: str | None
) -> datetime:
    named = _named(plain, at, locale)
    part = next((part for part in words.PARTS if part[0].search(plain)), None)
    day = named.day if named else at.date()
    ahead = day > at.date()
    if clock is not None:
        return _wall(
            day, _hour(clock, part[2] if part else "", at, ahead=ahead, named=named is not None), at
        )
    if part is None or (named and part[1] == _EVENING):
        if named is None:
            raise ValueError
        if re.search(r"\bbefore (?:the )?$", plain[: named.start]):
            day = _before(day, plain[named.start : named.end])
        return _evening(day, at)
    return _in_part(plain, part[1], day, at, told=named is not None)


def _before(day: date, told: str) -> date:
    """Return the last day before a day; "before the weekend" has its Friday in it already."""
    return day if "weekend" in told or "week" in told else day - timedelta(days=1)


def _evening(day: date, at: datetime) -> datetime:
    evening = _wall(day, _EVENING, at)
    if day == at.date() and evening.astimezone(UTC) <= at.astimezone(UTC):
        return _wall(day, _LAST, at)
    return evening


def _in_part(plain: str, hour: tuple[int, int], day: date, at: datetime, *, told: bool) -> datetime:
    """Return the end of a part of a day; of no day in particular, of the next that has one."""
    if told:
        return _wall(day, hour, at)
    if re.search(r"\bfirst thing\b|\bin the morning\b", plain):
        if at.hour < 12:
            raise ValueError
        return _wall(day + timedelta(days=1), hour, at)
    if hour == _EVENING and re.search(r"\b(?:eod|cob|eob|day|business|play|shift)\b", plain):
        return _evening(day, at)
    return _wall(day, hour, at)


# -- days ---------------------------------------------------------------------------------------


def _named(plain: str, at: datetime, locale: str | None) -> _Day | None:
    """Return the day that is named first; of two joined by "or" the later."""
    first: _Day | None = None
    for match in words.DAYS.finditer(plain):
        if words.BLOCKED.search(plain, 0, match.start()):
            continue
        day = _day(match, plain, at.date(), locale)
        if day is None:
            raise ValueError
        found = _Day(day=day, start=match.start(), end=match.end())
        if first is None:
            first = found
        elif words.JOINED.fullmatch(plain, first.end, found.start):
            first = max(first, found, key=lambda one: one.day)
    return first


def _day(match: re.Match[str], plain: str, today: date, locale: str | None) -> date | None:
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    kind = next(iter(found))
    for number in ("1", "2", "3"):
        if f"mo{number}" in found:
            month = words.MONTHS.index(found[f"mo{number}"][:3]) + 1
            return _dated(today, month, int(found[f"d{number}"]), found.get(f"y{number}"))
    match kind:
        case "iso":
            return date.fromisoformat(found["iso"])
        case "nth":
            return _nth(today, int(found["nth"]))
        case "s1":
            return _slashed(today, int(found["s1"]), int(found["s2"]), found.get("sy"), locale)
        case "p1":
            return _slashed(today, int(found["p1"]), int(found["p2"]), found.get("py"), locale)
        case _:
            return _relative(kind, found, plain, match, today)


def _relative(
    kind: str, found: dict[str, str], plain: str, match: re.Match[str], today: date
) -> date | None:
    ahead = {"today": 0, "tomorrow": 1, "after_tomorrow": 2}
    match kind:
        case "after_tomorrow" | "tomorrow" | "today":
            return today + timedelta(days=ahead[kind])
        case "which" | "weekday":
            return _weekday(found["weekday"], found.get("which"), today)
        case "nw1" | "nw2":
            return today + timedelta(days=7 - today.weekday() + _index(found[kind]))
        case "week_on" | "week":
            return _weekday(found[kind], None, today) + timedelta(days=7)
        case "next_working":
            return _working(today, 1)
        case _:
            by = re.search(r"\b(?:by|before) (?:the |this )?$", plain[: match.start()])
            return _end_of(kind, today, by=by is not None)


def _end_of(kind: str, today: date, *, by: bool) -> date:
    """Return the last day of a longer time."""
    monday, workday = today - timedelta(days=today.weekday()), today.weekday() < 5
    match kind:
        case "weekend":
            return monday + timedelta(days=4 if by and workday else 6)
        case "this_week":
            return monday + timedelta(days=4 if workday else 6)
        case "next_week":
            return monday + timedelta(days=11)
        case "next_month":
            return _month_end(_months(today.replace(day=1), 1))
        case "this_month":
            return _month_end(today)
        case _:
            return date(today.year, 12, 31)


def _index(weekday: str) -> int:
    return words.WEEKDAYS.index(weekday[:3])


def _weekday(told: str, which: str | None, today: date) -> date:
    away = (_index(told) - today.weekday()) % 7
    if which == "next":
        return today + timedelta(days=7 - today.weekday() + _index(told))
    if away == 0 and which is None:
        away = 7
    return today + timedelta(days=away)


def _nth(today: date, number: int) -> date:
    """Return that day of this month, or of the next where it has passed."""
    if number >= today.day:
        return today.replace(day=number)
    return _months(today.replace(day=1), 1).replace(day=number)


def _dated(today: date, month: int, number: int, year: str | None) -> date | None:
    """Return that date, the next one where no year is told; one long ahead may be one long ago."""
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, number)
    day = date(today.year, month, number) if month >= today.month else None
    if day is None or day < today:
        day = date(today.year + 1, month, number)
    return day if day - today < _FAR else None


def _slashed(
    today: date, one: int, other: int, year: str | None, locale: str | None
) -> date | None:
    """Return the date of two numbers, in the order of the locale; without one it is not known."""
    language, _, region = (locale or "").lower().replace("_", "-").partition("-")
    if not language or (language == "en" and region in {"", "ca"}):
        return None
    month_first = region in _MONTH_FIRST or language in _MONTH_FIRST
    month, number = (one, other) if month_first else (other, one)
    return _dated(today, month, number, year)


def _working(day: date, count: int) -> date:
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day


def _months(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


# -- hours --------------------------------------------------------------------------------------


def _clock(plain: str) -> re.Match[str] | None:
    for match in words.CLOCK.finditer(plain):
        if not words.BLOCKED.search(plain, 0, match.start()):
            return match
    return None


def _hour(
    clock: re.Match[str], part: str, at: datetime, *, ahead: bool, named: bool
) -> tuple[int, int]:
    """Return the hour on the clock; in which half of the day is taken from what lies ahead.

    Raises `ValueError` where either half is likely: "at 8 tomorrow", "at 9" said in an afternoon.
    """
    found = {name: value for name, value in clock.groupdict().items() if value is not None}
    told = next(value for name, value in found.items() if name.startswith("h"))
    minute = int(next((value for name, value in found.items() if name.startswith("m")), 0))
    hour = int(told) if told.isdigit() else int(words.AMOUNTS[told])
    if past := found.get("past"):
        hour, minute = (
            (hour - 1, 45) if past.endswith("to") else (hour, 30 if "half" in past else 15)
        )
    half = next((v for name, v in found.items() if name in {"p1", "p2", "p4", "p5", "p7"}), part)
    if hour > 24 or minute > 59 or hour > 12 or told.startswith("0"):
        return hour, minute
    if half:
        return hour % 12 + (0 if half[0] == "a" or "morning" in half else 12), minute
    if ahead:
        if hour in _EITHER:
            raise ValueError
        return (hour + 12 if hour < 7 else hour), minute
    if hour < 12 and (hour, minute) <= (at.hour, at.minute):
        hour += 12
    if not named and not _SOCIAL[0] <= hour < _SOCIAL[1] and hour - at.hour > _NEAR:
        raise ValueError
    return hour, minute
