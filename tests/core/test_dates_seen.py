"""Times in turns that were written without a look at how they are told."""

from datetime import UTC, datetime

import measured_ledger
import pytest

from assist.core.dates import due_time


def test_every_time_is_the_one_that_is_meant():
    """Each time of the turns is resolved from when they were said, or left open where unclear."""
    tally = measured_ledger.measured("seen")
    assert tally.right["due"] == tally.judged["due"] >= 90


@pytest.mark.parametrize("told", ["at 9", "by 8 tomorrow", "tomorrow at 7"])
def test_an_hour_that_may_be_of_the_morning_or_the_evening_is_none(told):
    """Nobody is held to a time that reads two ways."""
    assert due_time(told, datetime(2026, 3, 10, 14, 20, tzinfo=UTC)) is None
