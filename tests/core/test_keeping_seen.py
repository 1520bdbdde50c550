"""Where entries stand at the end of chats that were written without a look at the code."""

import measured_ledger
import pytest


@pytest.mark.parametrize(("name", "known_wrong"), [("seen", 1), ("second", 0)])
def test_entries_end_where_a_colleague_would_put_them(name, known_wrong):
    """Kept, overdue, contradicted, dropped or open: all but those known to be wrong."""
    right, of, failures = measured_ledger.states(name)
    assert (of - right, len(failures)) == (known_wrong, known_wrong)
    assert of >= 30


def test_only_what_is_due_before_is_put_off():
    """A word without a time stays as it stands when another is moved to a later day."""
    chat = measured_ledger.Chat(
        said=(
            (0, "agent", "I'll look into the meter."),
            (1, "agent", "I'll refund the parcel today."),
            (5, "agent", "I said today for the refund of the parcel, but it will be Monday."),
        ),
        states=(),
    )
    found = [(one.what, str(one.state)) for one in measured_ledger.ended(chat)]
    assert found[:2] == [
        ("I'll look into the meter", "open"),
        ("I'll refund the parcel today", "contradicted"),
    ]
