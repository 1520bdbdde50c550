"""What was promised, and by when."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.ledger import Entry, EntryKind, EntryState, due_time, overdue
from assist.core.turns import Role

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)


def on(day, hour, minute=0):
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (AT + timedelta(minutes=20), "I'll be back in 20 minutes"),
        (AT + timedelta(hours=1), "within an hour"),
        (AT + timedelta(minutes=30), "in half an hour"),
        (AT + timedelta(hours=2), "in a couple of hours"),
        (AT + timedelta(minutes=3), "in a few minutes"),
        (AT + timedelta(days=3), "within the next 3 working days"),
        (AT + timedelta(weeks=2), "in about two weeks"),
        (AT + timedelta(minutes=5), "IN 5 MINS"),
        (None, "in some minutes"),
        (on(2, 17), "by 5"),
        (on(2, 17), "by 5pm"),
        (on(2, 16, 30), "before 16:30"),
        (on(2, 16, 30), "before 16.30"),
        (on(3, 9), "tomorrow at 9 am"),
        (on(3, 0), "tomorrow at 12am"),
        (on(2, 18), "by the end of the day"),
        (on(2, 18), "today"),
        (on(3, 18), "tomorrow"),
        (None, "by 10%"),
        (None, "at 99"),
        (None, "by 9am"),
        (None, "by 15:75"),
        (None, "by 3 working days"),
        (None, "at 2 of our shops"),
        (None, "I will look into it"),
    ],
)
def test_a_due_time_is_read_from_the_words(expected, text):
    """What names a time gives it, counted from the turn's own; what names none gives None."""
    assert due_time(text, AT) == expected


@pytest.mark.parametrize(
    ("expected", "text", "hour"),
    [
        (on(2, 23, 59), "you will hear from me today", 20),
        (on(2, 23, 59), "tonight", 10),
        (on(2, 18), "today", 10),
        (on(2, 5), "by 5", 3),
        (None, "by 12am", 20),
    ],
)
def test_nothing_falls_due_before_it_was_said(expected, text, hour):
    """A word given in the evening for today is due at the day's end, not hours ago."""
    assert due_time(text, on(2, hour)) == expected


@given(
    st.sampled_from(
        ["today", "tonight", "by 5", "at 12 am", "by 11:59", "in 3 hrs", "tomorrow at 1"]
    ),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    st.integers(-12, 12),
)
def test_a_due_time_lies_ahead_in_the_same_zone(text, at, hours):
    """Whatever the hour and zone, a due time is later than the turn and in its zone."""
    at = at.replace(tzinfo=timezone(timedelta(hours=hours)))
    due = due_time(text, at)
    assert due is None or (due > at and due.tzinfo is at.tzinfo)


@pytest.mark.parametrize("text", ["in 999 weeks", "tomorrow", "by 5"])
def test_the_end_of_the_calendar_gives_no_due_time(text):
    """A time that no calendar holds is no due time, and no failure."""
    assert due_time(text, datetime.max.replace(tzinfo=UTC)) is None


def entry(due, state=EntryState.OPEN):
    return Entry(
        id="promise:t1", kind=EntryKind.PROMISE, owner=Role.AGENT, what="marzipan", due=due,
        state=state,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "before"),
    [
        (EntryState.OVERDUE, entry(AT)),
        (EntryState.OPEN, entry(AT + timedelta(seconds=1))),
        (EntryState.OPEN, entry(None)),
        (EntryState.KEPT, entry(AT, EntryState.KEPT)),
    ],
)
def test_an_open_entry_past_its_time_is_overdue(expected, before):
    """Only what is open and has a due time that has come is overdue."""
    assert [after.state for after in overdue((before,), AT)] == [expected]


def test_an_entry_keeps_its_words_out_of_its_repr():
    """What was promised is not shown when an entry is printed."""
    assert "marzipan" not in repr(entry(None))
