"""Promises in turns that were written without a look at how they are found."""

from datetime import UTC, datetime

import measured_ledger
import pytest

from assist.core.promises import given
from assist.core.turns import Role, Turn


def test_every_turn_is_entered_with_its_kind_and_owner():
    """What a colleague would write down is entered, as theirs whose it is, and nothing else."""
    tally = measured_ledger.measured("seen")
    assert (tally.found, tally.got) == (tally.wanted, tally.wanted)
    assert tally.right["kind"] == tally.judged["kind"] >= 100
    assert tally.right["owner"] == tally.judged["owner"] >= 100


@pytest.mark.parametrize("habit", ["usually", "normally", "always", "as a rule"])
def test_a_habit_is_no_promise(habit):
    """What is told to be done as a rule is promised to nobody."""
    text = f"We're sending parcels out tomorrow, {habit}."
    at = datetime(2026, 3, 10, 14, 20, tzinfo=UTC)
    assert given(Turn(id="t", role=Role.AGENT, text=text, at=at)) == ()
    plain = "We're sending parcels out tomorrow."
    assert given(Turn(id="t", role=Role.AGENT, text=plain, at=at))
