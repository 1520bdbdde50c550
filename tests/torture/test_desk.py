"""A desk at its rate, and at five times that."""

from assist.torture.desk import load, overload, stages


async def test_a_desk_at_its_rate_is_heard_of_with_the_share_of_each_stage(nursery, short, figure):
    """Every turn is acknowledged and stored, and what took the time is told."""
    outcome = await load(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "turns") == figure(outcome, "acked") == 20
    assert any(name.startswith("stage ") for name, _ in outcome.figures)


async def test_an_overloaded_desk_loses_nothing_it_acknowledged(nursery, short, figure):
    """What was acked is stored once, nobody is broken off, the service is whole afterwards."""
    outcome = await overload(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "turns pushed") == 120
    assert figure(outcome, "acked in the end") > 0


def test_a_stage_is_the_mean_of_what_came_between_two_looks():
    """What was measured before the first look does not count; what did not happen is left out."""
    before = {"assist_a_seconds_sum": 1.0, "assist_a_seconds_count": 10.0}
    after = {
        "assist_a_seconds_sum": 1.5, "assist_a_seconds_count": 15.0,
        "assist_b_seconds_sum": 0.0, "assist_b_seconds_count": 0.0,
        "assist_rooms": 3.0,
    }  # fmt: skip
    assert stages(before, after) == (("stage a", "100.00 ms × 5"),)
