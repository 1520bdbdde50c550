"""The turnstile for newcomers."""

import asyncio

import pytest

from assist.service.turnstile import WITHIN_S, Turnstile

APART_S = 0.25


class Crowd:
    """Newcomers who come to a turnstile, in order, and where they got to."""

    def __init__(self, clock):
        self.turnstile = Turnstile(APART_S, clock)
        self.through = []
        self.gone = []
        self.lost = {}
        self.tasks = []

    def come(self, *numbers):
        for number in numbers:
            self.lost[number] = asyncio.get_running_loop().create_future()
            self.tasks.append(asyncio.create_task(self._come(number)))

    async def _come(self, number):
        passed = await self.turnstile.pass_through(self.lost[number])
        (self.through if passed else self.gone).append(number)


@pytest.fixture
def crowd(clock):
    return Crowd(clock)


async def some_rounds():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_is_alone_goes_straight_through(clock):
    """Without a crowd nobody waits, not even a round of the loop."""
    turnstile = Turnstile(APART_S, clock)
    for _ in range(3):
        passing = turnstile.pass_through(asyncio.get_running_loop().create_future())
        with pytest.raises(StopIteration) as passed:
            passing.send(None)
        assert passed.value.value is True
        clock.advance(APART_S)


async def test_a_crowd_goes_through_in_order_a_moment_apart(clock, crowd):
    """One at once, one more each time, first come first; afterwards it is as at first."""
    crowd.come(0, 1, 2, 3)
    await some_rounds()
    assert (crowd.through, len(crowd.turnstile)) == ([0], 3)
    clock.advance(APART_S - 0.01)
    await some_rounds()
    assert crowd.through == [0]
    for number in range(1, 4):
        clock.advance(APART_S)
        await some_rounds()
        assert crowd.through == list(range(number + 1))
    clock.advance(APART_S)
    assert clock.pending == 0
    crowd.come(4)
    await some_rounds()
    assert crowd.through == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("way", ["gives up", "is lost"])
async def test_who_gives_up_takes_nobodys_turn(clock, crowd, way):
    """A connection that goes while it waits is passed over, without a moment for it."""
    crowd.come(0, 1, 2, 3)
    await some_rounds()
    for number in (1, 2):
        if way == "is lost":
            crowd.lost[number].set_result(None)
        else:
            crowd.tasks[number].cancel()
    await some_rounds()
    clock.advance(APART_S)
    await some_rounds()
    assert crowd.through == [0, 3]
    assert crowd.gone == ([1, 2] if way == "is lost" else [])
    await asyncio.gather(*crowd.tasks, return_exceptions=True)


async def test_who_is_lost_before_they_come_goes_nowhere(crowd):
    """Not even where nobody waits, and it costs the next one nothing."""
    gone = asyncio.get_running_loop().create_future()
    gone.set_result(None)
    assert await crowd.turnstile.pass_through(gone) is False
    crowd.come(0)
    await some_rounds()
    assert crowd.through == [0]


async def test_nobody_waits_for_longer_than_their_patience(clock, crowd):
    """However many there are: more go at a time. The next crowd is a moment apart again."""
    ticks = int(WITHIN_S / APART_S)
    crowd.come(*range(10 * ticks))
    await some_rounds()
    for _ in range(ticks):
        clock.advance(APART_S)
        await some_rounds()
    assert crowd.through == list(range(10 * ticks))
    clock.advance(APART_S)
    clock.advance(APART_S)
    crowd.come("a", "b", "c")
    await some_rounds()
    clock.advance(APART_S)
    await some_rounds()
    assert crowd.through[-2:] == ["a", "b"]
    assert len(crowd.turnstile) == 1


async def test_opened_it_lets_everybody_through(clock, crowd):
    """Who waits, and who comes later: at the end of a service nobody is to wait."""
    crowd.come(0, 1, 2)
    await some_rounds()
    crowd.turnstile.open()
    crowd.come(3, 4)
    await some_rounds()
    assert crowd.through == [0, 1, 2, 3, 4]
