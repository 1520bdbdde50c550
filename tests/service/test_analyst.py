"""The threads that the line runs on."""

import asyncio
import threading
import time

import pytest

from assist.errors import LocalFault, Overrun
from assist.service.analyst import Analyst

PATIENCE_S = 60  # for what comes as soon as the machine lets it


async def test_work_is_done_in_order_and_off_the_loop():
    """What is asked first is done first, on another thread than the loop's."""
    analyst, done, threads = Analyst(threads=1), [], set()

    def work(n):
        threads.add(threading.get_ident())
        time.sleep(0.002 if n % 2 else 0)
        done.append(n)

    await asyncio.gather(*(analyst.ask(lambda n=n: work(n)) for n in range(20)))
    analyst.close()
    assert done == list(range(20))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_two_threads_work_beside_each_other_in_the_order_asked():
    """With two threads two pieces of work meet; the third begins when one of them is done."""
    analyst, begun = Analyst(threads=2), []
    meeting = threading.Barrier(2)

    def work(n):
        begun.append(n)
        if n < 2:
            meeting.wait(PATIENCE_S)

    await asyncio.gather(*(analyst.ask(lambda n=n: work(n)) for n in range(3)))
    analyst.close()
    assert sorted(begun[:2]) == [0, 1]
    assert begun[2] == 2


async def test_every_thread_ends_at_the_close():
    """However many threads there are, none stays behind."""
    analyst = Analyst(threads=3)
    workers = list(analyst._workers)
    assert await analyst.ask(lambda: 5) == 5
    analyst.close()
    for worker in workers:
        worker._thread.join(PATIENCE_S)
    assert not any(worker.alive for worker in workers)


async def test_there_is_a_thread_a_core(monkeypatch):
    """One thread for each core that the process may use, four at most."""
    for cores, threads in ((1, 1), (2, 2), (64, 4)):
        monkeypatch.setattr("assist.service.analyst._cores", lambda cores=cores: cores)
        analyst = Analyst()
        assert len(analyst._workers) == threads
        analyst.close()


async def test_the_loop_goes_on_while_the_line_thinks(clock, eventually):
    """An analysis ends after something that the loop does meanwhile, so it does not keep it."""
    analyst, begun, go_on = Analyst(clock=clock), threading.Event(), threading.Event()
    thinking = asyncio.ensure_future(analyst.ask(lambda: begun.set() or go_on.wait(PATIENCE_S)))
    await eventually(begun.is_set)
    assert not thinking.done()
    go_on.set()
    assert await thinking is True
    analyst.close()


async def test_a_failure_is_its_askers_own():
    """An exception reaches who asked; the next question is answered."""
    analyst = Analyst()
    with pytest.raises(ZeroDivisionError):
        await analyst.ask(lambda: 1 // 0)
    assert await analyst.ask(lambda: 5) == 5
    analyst.close()


async def test_what_overruns_is_given_up_and_the_next_is_answered(watched, clock, gate, eventually):
    """Within the budget it is waited for; after it the asker is told, and another thread works."""
    stuck = asyncio.ensure_future(watched.ask(lambda: gate.wait(PATIENCE_S)))
    await eventually(lambda: watched._workers[0]._job is not None)
    clock.advance(0.9)
    await asyncio.sleep(0)
    assert not stuck.done()
    clock.advance(0.3)
    with pytest.raises(Overrun):
        await stuck
    assert await watched.ask(lambda: 5) == 5
    assert watched.abandoned == 1
    gate.set()
    await eventually(lambda: watched.abandoned == 0)


async def test_a_thread_that_would_never_end_is_ended(watched, clock, eventually):
    """A loop without end costs its budget and no more: the thread ends by itself."""

    def endless():
        while True:
            pass

    stuck = asyncio.ensure_future(watched.ask(endless))
    await eventually(lambda: watched._workers[0]._job is not None)
    clock.advance(1.2)
    with pytest.raises(Overrun):
        await stuck
    await eventually(lambda: watched.abandoned == 0)


async def test_others_go_on_while_one_takes_long(watched, clock, gate, eventually):
    """What takes long is set aside at once when others wait, and is answered when it is done."""
    long = asyncio.ensure_future(watched.ask(lambda: gate.wait(PATIENCE_S)))
    await eventually(lambda: watched._workers[0]._job is not None)
    other = asyncio.ensure_future(watched.ask(lambda: "other"))
    await asyncio.sleep(0.02)
    assert not other.done()
    clock.advance(0.16)
    assert await other == "other"
    assert not long.done()
    gate.set()
    assert await long is True
    assert watched.abandoned == 0


async def test_many_that_take_long_do_not_stop_the_rest(watched, clock, gate, eventually):
    """More of them than may be set aside: the oldest is given up before its time."""
    stuck = [asyncio.ensure_future(watched.ask(lambda: gate.wait(PATIENCE_S))) for _ in range(6)]
    other = asyncio.ensure_future(watched.ask(lambda: "other"))

    def answered():
        clock.advance(0.02)
        return other.done()

    await eventually(answered)
    assert await other == "other"
    given_up = [one for one in stuck if one.done()]
    assert len(given_up) == 2
    assert all(isinstance(one.exception(), Overrun) for one in given_up)
    gate.set()
    assert await asyncio.gather(*stuck[2:]) == [True] * 4


async def test_a_process_that_was_paused_overran_nothing(watched, clock, gate, eventually):
    """Time that passed in one leap is one look, not the whole budget."""
    paused = asyncio.ensure_future(watched.ask(lambda: gate.wait(PATIENCE_S)))
    await eventually(lambda: watched._workers[0]._job is not None)
    clock.advance(0.2)
    clock.now += 3600
    watched._look()
    await asyncio.sleep(0)
    assert not paused.done()
    gate.set()
    assert await paused is True


async def test_nothing_is_looked_at_while_nothing_is_asked(watched, clock):
    """Without a question there is no alarm."""
    assert clock.pending == 0
    assert await watched.ask(lambda: 1) == 1
    assert clock.pending == 0


async def test_an_end_that_is_no_exception_reaches_the_asker_as_a_fault(watched):
    """What would end a task, or never reach it, is told as a fault of ours."""

    def stops(error):
        raise error

    for error in (SystemExit(3), StopIteration(), KeyboardInterrupt()):
        with pytest.raises(LocalFault):
            await watched.ask(lambda error=error: stops(error))
    assert await watched.ask(lambda: 5) == 5
