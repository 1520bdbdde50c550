"""What was promised, and where it stands."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.core.ledger import Entry, EntryKind, EntryState, Owner, overdue, reminder

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)


def entry(due, state=EntryState.OPEN, said=None):
    return Entry(
        id="promise:t1", kind=EntryKind.PROMISE, owner=Owner.AGENT, what="marzipan", due=due,
        state=state, who="truffle", condition="nougat", said=said,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "before"),
    [
        (EntryState.OVERDUE, entry(AT)),
        (EntryState.OPEN, entry(AT + timedelta(seconds=1))),
        (EntryState.OPEN, entry(None)),
        (EntryState.KEPT, entry(AT, EntryState.KEPT)),
        (EntryState.CONTRADICTED, entry(AT, EntryState.CONTRADICTED)),
        (EntryState.DROPPED, entry(AT, EntryState.DROPPED)),
    ],
)
def test_an_open_entry_past_its_time_is_overdue(expected, before):
    """Only what is open and has a due time that has come is overdue."""
    assert [after.state for after in overdue((before,), AT)] == [expected]


@pytest.mark.parametrize(
    ("expected", "before"),
    [
        (None, entry(None)),
        (None, entry(AT, EntryState.OVERDUE)),
        (timedelta(minutes=10), entry(AT)),
        (timedelta(minutes=10), entry(AT, said=AT - timedelta(days=1))),
        (timedelta(minutes=5), entry(AT, said=AT - timedelta(minutes=20))),
    ],
)
def test_a_reminder_comes_some_time_before_and_never_too_early(expected, before):
    """It comes ten minutes ahead, or in the last quarter of what was promised for soon."""
    at = reminder(before, 600)
    assert (before.due - at if at else None) == expected


@pytest.mark.parametrize("state", EntryState)
def test_what_still_has_to_happen_is_pending(state):
    """Open and overdue entries are pending, all others are done with."""
    assert entry(None, state).pending is (state in {EntryState.OPEN, EntryState.OVERDUE})


def test_the_agent_sees_to_what_the_company_owes():
    """What the agent or the company promised is ours; what others promised is not."""
    assert [owner for owner in Owner if owner.ours] == [Owner.AGENT, Owner.COMPANY]


def test_an_entry_keeps_its_words_out_of_its_repr():
    """What was promised, by whom and on what condition is not shown when an entry is printed."""
    assert not {"marzipan", "truffle", "nougat"} & set(repr(entry(None)).replace("'", " ").split())
