"""The one thread that the line runs on."""

import asyncio
import threading
import time

import pytest

from assist.service.analyst import Analyst


async def test_work_is_done_in_order_and_off_the_loop():
    """What is asked first is done first, on another thread than the loop's."""
    analyst, done, threads = Analyst(), [], set()

    def work(n):
        threads.add(threading.get_ident())
        time.sleep(0.002 if n % 2 else 0)
        done.append(n)

    await asyncio.gather(*(analyst.ask(lambda n=n: work(n)) for n in range(20)))
    analyst.close()
    assert done == list(range(20))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_the_loop_goes_on_while_the_line_thinks():
    """A slow analysis does not keep the loop from other things."""
    analyst = Analyst()
    thinking = asyncio.ensure_future(analyst.ask(lambda: time.sleep(0.2)))
    begun = time.perf_counter()
    await asyncio.sleep(0.01)
    assert time.perf_counter() - begun < 0.15
    assert not thinking.done()
    await thinking
    analyst.close()


async def test_a_failure_is_its_askers_own():
    """An exception reaches who asked; the next question is answered."""
    analyst = Analyst()
    with pytest.raises(ZeroDivisionError):
        await analyst.ask(lambda: 1 // 0)
    assert await analyst.ask(lambda: 5) == 5
    analyst.close()
