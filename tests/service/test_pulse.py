"""Whether a peer is still there."""

import asyncio

import pytest

from assist.service.pulse import Pulse


class Socket:
    """A peer that answers when it is told to."""

    def __init__(self):
        self.asked = []

    async def ping(self):
        self.asked.append(asyncio.get_running_loop().create_future())
        return self.asked[-1]


@pytest.fixture
async def socket():
    return Socket()


@pytest.fixture
async def gone():
    return []


@pytest.fixture
async def pulse(socket, clock, gone):
    one = Pulse(socket, clock, lambda: gone.append(clock.now))
    one.start()
    yield one
    one.stop()


@pytest.fixture
def later(clock):
    """Return a way to let time go by, and the loop do what it can."""

    async def wait(seconds):
        clock.advance(seconds)
        for _ in range(20):
            await asyncio.sleep(0)

    return wait


async def test_who_answers_is_asked_again_and_stays(pulse, socket, gone, later):
    """Every 20 seconds, for as long as the answers come."""
    for number in range(1, 6):
        await later(20)
        assert len(socket.asked) == number
        socket.asked[-1].set_result(0.1)
        await later(0)
    assert not gone
    pulse.stop()


async def test_who_is_silent_is_given_up(pulse, gone, later):
    """Within 20 seconds after it was asked it is not, then it is."""
    await later(20)
    await later(19)
    assert not gone
    await later(1)
    assert gone == [1040.0]
    pulse.stop()


async def test_nobody_is_silent_while_they_are_not_read(pulse, gone, later):
    """The answer stands behind what was sent: the patience begins when we read again."""
    await later(20)
    pulse.hear(hearing=True)
    for _ in range(10):
        await later(20)
    assert not gone
    pulse.hear(hearing=False)
    await later(20)
    assert gone


async def test_who_says_something_is_not_silent(pulse, gone, later):
    """As long as frames come that are read, the answer may be behind them."""
    await later(20)
    for _ in range(30):
        await later(10)
        pulse.hear(hearing=True)
        pulse.hear(hearing=False)
    assert not gone
    await later(40)
    assert gone


async def test_after_a_sleep_of_the_machine_what_lies_there_is_read_first(
    pulse, socket, gone, clock, later
):
    """An answer that is read in the same moment as the time is over is an answer."""
    await later(20)
    clock.advance(3600)
    socket.asked[-1].set_result(0.1)
    await later(0)
    assert not gone
    pulse.stop()


async def test_a_loop_that_stood_still_gives_nobody_up(pulse, socket, gone, clock, later):
    """Where nothing could be asked or answered, however much time went by, they are asked first."""
    clock.advance(3600)
    await later(0)
    assert (len(socket.asked), gone) == (1, [])
    socket.asked[-1].set_result(0.1)
    await later(20)
    assert not gone
    pulse.stop()


async def test_who_is_stopped_leaves_nothing(pulse, socket, gone, clock, later):
    """No alarm, no task, and nobody is given up afterwards."""
    await later(20)
    pulse.stop()
    pulse.stop()
    await later(60)
    assert (gone, clock.pending) == ([], 0)
    assert socket.asked[-1].cancelled()
    assert len(asyncio.all_tasks()) == 1
