"""A road that is cut."""

import pytest

from assist.torture.drops import Road, drops
from assist.torture.peers import LOST, peer
from assist.torture.victim import lifted


async def test_agents_hear_everything_once_through_every_cut(nursery, short, figure):
    """Nothing is missing, doubled or out of order, and agents did come back."""
    outcome = await drops(nursery, short)
    assert outcome.broken == ()
    assert figure(outcome, "resumed") > 0


async def test_a_road_that_is_cut_lets_nothing_through(nursery):
    """Who travels is dropped, who sets out is turned away, until it is mended."""
    async with nursery.service(**lifted()) as victim, Road(victim.ws) as road:
        async with peer(road.url, "agent") as one:
            road.cut()
            with pytest.raises(LOST):
                await one.get()
        with pytest.raises(LOST):
            async with peer(road.url, "agent"):
                pass
        road.mend()
        async with peer(road.url, "agent") as one:
            assert (await one.follow("c"))["type"] == "snapshot"
