"""Agents who only sit there."""

from assist.torture.idle import idle


async def test_idle_agents_cost_little_and_leave_nothing(nursery, short, figure):
    """A hundred of them: memory within the goal, no task and no descriptor left over."""
    outcome = await idle(nursery, short)
    assert outcome.broken == ()
    assert 0 < figure(outcome, "KiB each") <= 100
