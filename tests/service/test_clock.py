"""The loop's clock."""

import asyncio

from assist.service.clock import LoopClock


async def test_the_clock_of_the_loop():
    """It never falls, rings alarms once, and not those that were cancelled."""
    clock, rung, over = LoopClock(), [], asyncio.Event()
    first = clock.monotonic()
    clock.call_later(0.01, lambda: rung.append("one"))
    clock.call_later(-5, lambda: rung.append("late"))
    clock.call_later(0.01, lambda: rung.append("never")).cancel()
    clock.call_later(0.05, over.set)
    await over.wait()
    assert rung == ["late", "one"]
    assert clock.monotonic() > first
