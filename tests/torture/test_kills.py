"""Killed three times."""

from assist.torture.follow import Kept
from assist.torture.kills import _judged, kills


async def test_killed_three_times_nothing_acknowledged_is_lost(nursery, short, figure):
    """0 acknowledged turns lost, 0 doubled, order kept, every event heard once and unchanged."""
    outcome = await kills(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "kills") == 3
    assert figure(outcome, "turns sent again") > 0


def test_what_was_lost_or_doubled_breaks_the_law():
    """Each count that is not zero is named; so is a run in which nothing was tried."""
    told = {"events": 3, "gaps": 1, "doubles": 0, "disordered": 0, "changed": 0}
    kept = Kept(acked=9, lost=2, doubled=0, disordered=0)
    outcome = _judged(kept, [], [], told, (1.0, [1.5]))
    assert outcome.broken == ("acked turns lost: 2", "events missing: 1")
    assert not outcome.reached
    nothing = Kept(acked=0, lost=0, doubled=0, disordered=0)
    assert _judged(nothing, [], [], {**told, "gaps": 0}, (1.0, [1.5])).broken


def test_a_slow_start_misses_the_goal_and_breaks_nothing():
    """Three seconds beyond the first start are too many."""
    told = dict.fromkeys(("gaps", "doubles", "disordered", "changed"), 0) | {"events": 1}
    kept = Kept(acked=1, lost=0, doubled=0, disordered=0)
    slow = _judged(kept, [], [], told, (1.0, [1.5, 4.0]))
    assert (slow.reached, slow.broken) == (False, ())
