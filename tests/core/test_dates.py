"""When what was promised falls due."""

import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.dates import due_time

CASES = [
    tuple(part.strip() for part in line.split(" | "))
    for line in (Path(__file__).parent / "due_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
TEXTS = sorted({case[2] for case in CASES})


def moment(told, zone=UTC):
    """Return the time that a case tells, in its own zone or in that of the turn."""
    written = re.fullmatch(r"([^\[]+?)(Z|[+-]\d\d:\d\d)?(?:\[(.+)\])?", told)
    at = datetime.fromisoformat(written[1])
    if written[3]:
        return at.replace(tzinfo=ZoneInfo(written[3]))
    if written[2]:
        return datetime.fromisoformat(written[1] + written[2].replace("Z", "+00:00"))
    return at.replace(tzinfo=zone)


def test_there_are_enough_cases_and_none_twice():
    """At least 150 wordings are read, none twice."""
    assert len(CASES) >= 150
    assert len({case[:3] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("at", "locale", "text", "expected"), CASES)
def test_a_due_time_is_read_from_the_words(at, locale, text, expected):
    """What names a time gives it, counted from the turn's own; what names none gives None."""
    said = moment(at)
    due = due_time(text, said, None if locale == "-" else locale)
    if expected == "-":
        assert due is None
    else:
        assert due is not None
        assert due.astimezone(UTC) == moment(expected, said.tzinfo).astimezone(UTC)


ZONES = st.one_of(
    st.integers(-12, 12).map(lambda hours: timezone(timedelta(hours=hours))),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]).map(ZoneInfo),
)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
LOCALES = st.sampled_from([None, "en-GB", "en-US", "de-DE"])


@given(st.sampled_from(TEXTS), MOMENTS, ZONES, LOCALES)
def test_a_due_time_lies_ahead_in_the_same_zone(text, at, zone, locale):
    """Whatever the hour and zone, a due time is later than the turn and told in its zone."""
    at = at.replace(tzinfo=zone)
    due = due_time(text, at, locale)
    assert due is None or (due.astimezone(UTC) > at.astimezone(UTC) and due.tzinfo is at.tzinfo)


@given(st.text(max_size=60), MOMENTS)
def test_no_text_makes_it_fail(text, at):
    """Whatever is said, there is a time or none."""
    due = due_time(text, at.replace(tzinfo=UTC), "en-GB")
    assert due is None or due > at.replace(tzinfo=UTC)


@given(st.integers(1, 120), st.sampled_from(["minute", "hour"]), MOMENTS, ZONES)
def test_a_stretch_of_time_passes_whatever_the_clocks_do(count, unit, at, zone):
    """So many minutes or hours are just that, over any change of the clocks."""
    at = at.replace(tzinfo=zone)
    due = due_time(f"I'll do it in {count} {unit}s", at)
    assert due.astimezone(UTC) - at.astimezone(UTC) == timedelta(**{f"{unit}s": count})


@given(st.sampled_from(["Monday", "Tuesday", "Wednesday", "Saturday", "Sunday"]), MOMENTS)
def test_a_weekday_is_the_next_of_its_name(day, at):
    """A bare weekday is that day, one to seven days ahead; the next week's is never nearer."""
    at = at.replace(tzinfo=UTC)
    due = due_time(f"I'll call on {day}", at)
    assert due.strftime("%A") == day
    assert 1 <= (due.date() - at.date()).days <= 7
    later = due_time(f"I'll call next {day}", at)
    assert later.strftime("%A") == day
    assert due <= later <= due + timedelta(days=7)


@given(st.integers(1, 20), MOMENTS)
def test_working_days_end_on_one(count, at):
    """Working days end on no weekend, and take no less time than as many days."""
    at = at.replace(tzinfo=UTC)
    due = due_time(f"within {count} working days", at)
    assert due.weekday() < 5
    assert (due.date() - at.date()).days >= count


@pytest.mark.parametrize("text", ["in 99 weeks", "tomorrow", "by 5", "on Friday", "next month"])
def test_the_end_of_the_calendar_gives_no_due_time(text):
    """A time that no calendar holds is no due time, and no failure."""
    assert due_time(text, datetime.max.replace(tzinfo=UTC)) is None


@pytest.mark.parametrize("text", ["not before 5 pm", "we are shut until 5 pm", "open since 9 am"])
def test_a_clock_that_says_something_else_is_no_due_time(text):
    """An hour since or until which something is so is not the hour by which it is done."""
    assert due_time(text, datetime(2026, 3, 2, 8, tzinfo=UTC)) is None
