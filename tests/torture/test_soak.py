"""A day, in seconds."""

import pytest

from assist.torture.soak import _judged, _slope, soak
from assist.torture.victim import Probe


async def test_nothing_stays_of_chats_that_are_over(nursery, short, figure):
    """Tasks and descriptors are as many as at the start."""
    outcome = await soak(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "turns") > 0


def test_a_slope_is_what_memory_grows_by_in_ten_minutes():
    """One MiB a minute is ten in ten; the first third is for warming up."""
    seen = [(60.0 * n, Probe(memory=99.0 + n if n > 2 else 50, descriptors=1)) for n in range(10)]
    assert _slope(seen) == pytest.approx(10.0)
    assert _slope(seen[:1]) == 0.0


def test_what_is_left_over_breaks_the_law():
    """A task more, or a turn without its ack."""
    rest, end = Probe(memory=1, descriptors=5, tasks=5), Probe(memory=1, descriptors=5, tasks=6)
    outcome = _judged([(1.0, rest)], (rest, end), 10, 9, [])
    assert outcome.broken == ("tasks more: 1", "turns not acked: 1")
