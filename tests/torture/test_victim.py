"""Services under torture."""

import signal

import pytest

from assist.errors import LocalFault
from assist.torture.nursery import FAILING_WORD
from assist.torture.peers import peer, turn_of
from assist.torture.victim import lifted


async def test_a_victim_is_looked_at_from_outside(nursery):
    """Its memory, descriptors and tasks are told, and a connection is seen in them."""
    async with nursery.service(**lifted()) as victim:
        before = await victim.probe()
        async with peer(victim.ws, "agent"):
            held = await victim.probe()
        after = await victim.settled(before)
        metrics = await victim.metrics()
    assert held.memory > 10
    assert held.descriptors > before.descriptors
    assert held.tasks > before.tasks
    assert (after.descriptors, after.tasks) == (before.descriptors, before.tasks)
    assert metrics["assist_connections{role=agent}"] == 0


async def test_a_failure_is_logged_and_is_no_crash(nursery):
    """The line that is told to fail does; a killed service is followed by the next."""
    victim = await nursery.start(failing=True, **lifted())
    async with peer(victim.ws, "platform") as one:
        assert (await one.ask(**turn_of("c", 0, text=FAILING_WORD)))["type"] == "ack"
        assert [frame async for frame in one.rest("platform")]
    await victim.end(signal.SIGKILL)
    assert not victim.crashed()
    async with nursery.service(**lifted()) as other:
        assert other.pid != victim.pid


async def test_a_service_that_cannot_start_says_where_its_log_is(nursery):
    """A store that cannot be opened ends it before it is ready."""
    with pytest.raises(LocalFault, match="log"):
        await nursery.start(**lifted(store="sqlite:/nowhere/at/all.sqlite"))
