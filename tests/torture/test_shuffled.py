"""Turns that come often and in no order."""

import random

from assist.torture.shuffled import _TURNS, _plan, shuffled


async def test_each_is_stored_once_and_told_in_order(nursery, short, figure):
    """Some hundred deliveries read like the same chat told once and in order."""
    outcome = await shuffled(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "deliveries") >= 200


def test_a_plan_brings_each_turn_one_to_five_times_out_of_order():
    """Nothing is left out, and nothing is in order."""
    plan = _plan(random.Random(1))
    assert set(plan) == set(range(_TURNS))
    assert {plan.count(number) for number in plan} <= {1, 2, 3, 4, 5}
    assert plan != sorted(plan)
