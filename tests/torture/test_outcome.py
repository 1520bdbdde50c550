"""Scales and outcomes."""

import math

from assist.torture.outcome import Scale, percentile, skipped


def test_a_scale_gives_all_or_a_part():
    """The short version tries less; minutes that were asked for win over both."""
    assert (Scale().of(100, 3), Scale(short=True).of(100, 3)) == (100, 3)
    assert (Scale().seconds(60, 1), Scale(short=True).seconds(60, 1)) == (60, 1)
    assert Scale(short=True, minutes=0.5).seconds(60, 1) == 30


def test_a_percentile_is_one_of_the_values():
    """It is the smallest that the share does not exceed; of nothing it is not a number."""
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([5, 1, 4, 2, 3], 0.99) == 5
    assert math.isnan(percentile([], 0.5))


def test_what_was_not_tried_is_neither_reached_nor_broken():
    """A torture that cannot run here says why."""
    outcome = skipped("no such thing here")
    assert (outcome.reached, outcome.broken, outcome.why) == (None, (), "no such thing here")
