"""A desk at work."""

from assist.torture.flow import Flow
from assist.torture.victim import lifted


async def test_every_turn_is_counted_as_acked_refused_or_unheard_of(nursery):
    """Turns go on where the last run ended, each is acknowledged, and latencies are positive."""
    async with (
        nursery.service(**lifted()) as victim,
        Flow(victim.ws, ["a", "b"], agents=2) as flow,
    ):
        first = await flow.run(40.0, 0.2)
        second = await flow.run(40.0, 0.1)
    assert (first.sent, first.acked, second.sent, second.acked) == (8, 8, 4, 4)
    assert sorted(flow.acked) == sorted(f"{name}.{n}" for name in "ab" for n in range(6))
    assert first.latencies
    assert min(first.latencies) > 0
    assert first.p(0.5) <= first.p(0.99)


async def test_a_refused_turn_is_told_with_its_code(nursery):
    """With one turn a second allowed, most of eight are refused, and nothing is acked twice."""
    async with (
        nursery.service(**lifted(turns_per_second=1.0)) as victim,
        Flow(victim.ws, ["a"], agents=1) as flow,
    ):
        taken = await flow.run(100.0, 0.08)
    assert taken.refused > 0
    assert taken.acked + taken.refused == 8
    assert flow.refusals.total() == taken.refused


async def test_where_customers_alone_speak_each_turn_is_heard_of(nursery):
    """Nothing is silent, so a turn that nothing comes of in time was late."""
    async with (
        nursery.service(**lifted()) as victim,
        Flow(victim.ws, ["a", "b"], customers=True) as flow,
    ):
        taken = await flow.run(60.0, 0.2)
    assert len(taken.latencies) == taken.sent == 12
