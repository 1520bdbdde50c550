"""Turns that overrun, and what comes of them later."""

import asyncio
from threading import Event as Gate

import pytest

from assist.settings import Settings

BUDGET_S = Settings().analysis_budget_s


@pytest.fixture
def poison(line):
    """Return what the line waits for in a poisonous turn, of which it sees less without models."""
    line.poison, line.plain_sees = Gate(), False
    yield line.poison
    line.poison.set()


@pytest.fixture
def overran(line, clock, eventually):
    """Return a way to let the budget pass until something was done, and no more than that."""

    async def until(task, budget_s=BUDGET_S):
        task, began = asyncio.ensure_future(task), clock.now

        def done():
            if line.waits and not task.done() and clock.now - began < 1.2 * budget_s:
                clock.advance(budget_s / 20)
            return task.done()

        await eventually(done)
        return await task

    return until


@pytest.fixture
def passing(clock, eventually):
    """Return a way to let seconds pass little by little until something is so."""

    async def until(check, seconds):
        began = clock.now

        def so():
            if clock.now - began < seconds:
                clock.advance(BUDGET_S / 20)
            return check()

        await eventually(so)

    return until


@pytest.fixture
def hangs(poison, overran, said):
    """Return a way to have a turn overrun: what is told of it without the models."""

    async def told(platform, agent, text="poison!", number=1):
        assert not poison.is_set()
        await platform.ask(**said(text, turn="t1"))
        return await overran(agent.take(number))

    return told


@pytest.fixture
def told_late(poison, hangs):
    """Return a way to have a turn told in part, and then in full: the events of both."""

    async def told(platform, agent, text="poison!", numbers=(1, 4)):
        part = await hangs(platform, agent, text, numbers[0])
        poison.set()
        return part, await agent.take(numbers[1])

    return told
