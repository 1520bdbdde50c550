"""What the threads are given beyond the budget, and what they keep."""

import asyncio
import gc
import weakref

import pytest

from assist.errors import Overrun
from assist.service.analyst import Analyst

PATIENCE_S = 60  # for what comes as soon as the machine lets it


@pytest.fixture
async def lenient(clock):
    """Return an analyst with a budget of one second and two of grace, on a clock that stands."""
    analyst = Analyst(budget_s=1.0, grace_s=2.0, clock=clock, threads=1)
    yield analyst
    analyst.close()


async def overrun(analyst, clock, eventually, work):
    """Return what is still to come of `work`, once its budget is over."""
    asked = asyncio.ensure_future(analyst.ask_on(work))
    began = clock.now

    def told():
        if clock.now - began < 1.1:
            clock.advance(0.05)
        return asked.done()

    await eventually(lambda: analyst._workers[0]._job is not None)
    await eventually(told)
    return asked.result()


async def test_what_is_in_time_is_answered_as_ever(lenient, clock):
    """Within the budget nobody notices that there is a grace; a failure is the asker's."""
    assert await lenient.ask_on(lambda: 5) == 5
    with pytest.raises(ZeroDivisionError):
        await lenient.ask_on(lambda: 1 // 0)
    assert clock.pending == 0


async def test_what_overruns_goes_on_for_a_grace(lenient, clock, gate, eventually):
    """The asker is told at the budget's end, others are answered, and the work still ends."""
    late = await overrun(lenient, clock, eventually, lambda: gate.wait(PATIENCE_S))
    assert await lenient.ask(lambda: "other") == "other"
    clock.advance(1.5)
    assert (late.done(), lenient.abandoned) == (False, 0)
    gate.set()
    assert await late is True
    assert lenient.abandoned == 0


async def test_over_the_grace_it_is_given_up(lenient, clock, gate, eventually):
    """Budget and grace together are all it gets; then it is told and counted."""
    late = await overrun(lenient, clock, eventually, lambda: gate.wait(PATIENCE_S))
    clock.advance(2.2)
    with pytest.raises(Overrun):
        await late
    assert lenient.abandoned == 1
    gate.set()
    await eventually(lambda: lenient.abandoned == 0)
    clock.advance(0.1)
    assert clock.pending == 0


async def test_what_is_wanted_no_more_is_given_up_at_once(lenient, clock, eventually):
    """Cancelled, its thread is asked to end at the next look, though nobody asks anything else."""

    def endless():
        while True:
            pass

    late = await overrun(lenient, clock, eventually, endless)
    late.cancel()
    await asyncio.sleep(0)
    clock.advance(0.1)
    assert lenient._aside == []
    await eventually(lambda: lenient.abandoned == 0)


async def test_those_in_grace_make_room_first(lenient, clock, gate, eventually):
    """Over the bound of threads set aside, one goes for which nobody waits."""
    lates = [
        await overrun(lenient, clock, eventually, lambda: gate.wait(PATIENCE_S)) for _ in range(2)
    ]
    waited = [asyncio.ensure_future(lenient.ask(lambda: gate.wait(PATIENCE_S))) for _ in range(3)]
    other = asyncio.ensure_future(lenient.ask(lambda: "other"))
    began = clock.now

    def answered():
        if clock.now - began < 0.8:
            clock.advance(0.02)
        return other.done()

    await eventually(answered)
    assert [late.done() for late in lates] == [True, False]
    assert isinstance(lates[0].exception(), Overrun)
    assert not any(one.done() for one in waited)
    gate.set()
    assert await asyncio.gather(lates[1], *waited) == [True] * 4


async def test_without_a_grace_it_is_given_up_at_the_budget(watched, clock, gate, eventually):
    """A grace of nothing leaves nothing to come."""
    with pytest.raises(Overrun):
        await overrun(watched, clock, eventually, lambda: gate.wait(PATIENCE_S))
    assert watched.abandoned == 1


async def test_the_close_waits_for_no_grace(clock, eventually):
    """What goes on though nobody waits for it is ended with the rest."""

    def endless():
        while True:
            pass

    analyst = Analyst(budget_s=1.0, grace_s=600.0, clock=clock, threads=1)
    late = await overrun(analyst, clock, eventually, endless)
    analyst.close()
    with pytest.raises(Overrun):
        await late
    await eventually(lambda: analyst.abandoned == 0)
    clock.advance(1)
    assert clock.pending == 0


async def test_what_did_end_once_is_given_ample_time(lenient, clock, gate, eventually):
    """It may take four times as long as budget and grace together, and no more."""
    asked = asyncio.ensure_future(lenient.ask(lambda: gate.wait(PATIENCE_S), ample=True))
    await eventually(lambda: lenient._workers[0]._job is not None)
    clock.advance(11.9)
    await asyncio.sleep(0)
    assert not asked.done()
    clock.advance(0.3)
    with pytest.raises(Overrun):
        await asked


async def test_who_asks_no_more_leaves_nothing_behind(lenient, clock, gate, eventually):
    """An asker that is cancelled within the budget is not counted as one who waits."""
    asked = asyncio.ensure_future(lenient.ask_on(lambda: gate.wait(PATIENCE_S)))
    await eventually(lambda: lenient._workers[0]._job is not None)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    assert (lenient._asked, clock.pending) == (0, 0)


async def test_what_did_end_once_makes_no_room(clock, gate, eventually):
    """Over the bound of threads set aside it stays; where all are such, the next waits its turn."""
    analyst = Analyst(budget_s=1.0, clock=clock, threads=1)
    ample = [
        asyncio.ensure_future(analyst.ask(lambda: gate.wait(PATIENCE_S), ample=True))
        for _ in range(5)
    ]
    other = asyncio.ensure_future(analyst.ask(lambda: "other"))
    for _ in range(30):
        await eventually(lambda: analyst._workers[0]._job is not None)
        clock.advance(0.05)
    assert (len(analyst._aside), analyst.abandoned) == (4, 0)
    assert not any(one.done() for one in (*ample, other))
    gate.set()
    assert await asyncio.gather(*ample, other) == [True] * 5 + ["other"]
    analyst.close()


async def test_among_those_set_aside_one_goes_that_is_not_to_end(clock, gate, eventually):
    """The oldest did end once, so the second goes; nobody else is told that it overran."""
    analyst = Analyst(budget_s=1.0, clock=clock, threads=1)
    asked = [
        asyncio.ensure_future(analyst.ask(lambda: gate.wait(PATIENCE_S), ample=first))
        for first in (True, False, False, False, False)
    ]
    other = asyncio.ensure_future(analyst.ask(lambda: "other"))
    began = clock.now

    def answered():
        if clock.now - began < 0.9:
            clock.advance(0.02)
        return other.done()

    await eventually(answered)
    assert [one.done() for one in asked] == [False, True, False, False, False]
    with pytest.raises(Overrun):
        await asked[1]
    gate.set()
    assert await asyncio.gather(asked[0], *asked[2:]) == [True] * 4
    analyst.close()


class Chat:
    """What a weak reference can be had of."""


async def test_what_was_read_is_let_go_with_its_answer(watched, clock, gate, eventually):
    """An idle thread keeps neither what it was given nor what it gave, looked at or not."""
    for looked in (False, True):
        chats = [Chat(), Chat()]
        given, gave = map(weakref.ref, chats)

        def work(given=chats[0], gave=chats[1]):
            gate.wait(PATIENCE_S)
            return given and gave

        del chats
        asked = asyncio.ensure_future(watched.ask(work))
        del work
        await eventually(lambda: watched._workers[0]._job is not None)
        clock.advance(0.05 * looked)
        assert (watched._workers[0]._seen is not None) is looked
        gate.set()
        assert await asked is gave()
        del asked

        def gone(given=given, gave=gave):
            gc.collect()
            return (given(), gave()) == (None, None)

        await eventually(gone)
        gate.clear()
