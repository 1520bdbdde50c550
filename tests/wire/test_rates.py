"""Exactly so many a second."""

import random

import pytest

from assist.wire.rates import Allowance


@pytest.mark.parametrize("rate", [0.5, 1, 5, 100, 333.3, 2000])
@pytest.mark.parametrize("seed", range(5))
def test_what_is_taken_is_rate_times_seconds_and_one_seconds_worth(rate, seed):
    """Asked ever so often, at whatever moments, the count is exact to one."""
    dice = random.Random(seed)
    allowance, at, last, taken = Allowance(rate), 1000.0, 1000.0, 0
    while at < 1020.0:
        taken += allowance.take(at) == 0.0
        last, at = at, at + dice.expovariate(max(400.0, rate * 4))
    assert abs(taken - (max(1.0, rate) + rate * (last - 1000.0))) <= 1


def test_to_the_one():
    """At a clock that stands, one second's worth; a second later the same again, not one more."""
    allowance = Allowance(50)
    for second in range(10):
        answers = [allowance.take(float(second)) for _ in range(120)]
        assert answers.count(0.0) == 50


def test_the_wait_is_the_time_until_there_is_one():
    """A moment before it is too early, after it there is one."""
    allowance = Allowance(4)
    assert [allowance.take(0.0) for _ in range(4)] == [0.0] * 4
    wait = allowance.take(0.0)
    assert wait == pytest.approx(0.25)
    assert allowance.take(wait - 0.01) > 0
    assert allowance.take(wait) == 0.0
    assert allowance.take(wait) > 0


def test_a_clock_that_falls_gives_nothing():
    """Time is only ever counted once."""
    allowance = Allowance(1)
    assert allowance.take(100.0) == 0.0
    assert allowance.take(50.0) > 0
    assert allowance.take(100.0) > 0
    assert allowance.take(101.0) == 0.0


def test_untouched_is_as_if_nothing_was_taken():
    """It is so at first, not after taking, and again once all is saved up."""
    allowance = Allowance(2)
    assert allowance.untouched(0.0)
    allowance.take(0.0)
    assert not allowance.untouched(0.4)
    assert allowance.untouched(0.5)
