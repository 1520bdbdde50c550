"""Agents who only sit there."""

from assist.torture.idle import idle


async def test_idle_agents_cost_little_and_leave_nothing(nursery, short, figure):
    """A hundred of them: no task and no descriptor left over, and memory far from a MiB each."""
    outcome = await idle(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "KiB each") < 500
