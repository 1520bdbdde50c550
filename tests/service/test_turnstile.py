"""The turnstile for newcomers."""

import asyncio

from assist.service.turnstile import Turnstile

APART_S = 0.25


def coming(turnstile, number, through):
    async def come():
        await turnstile.pass_through()
        through.append(number)

    return asyncio.create_task(come())


async def some_rounds():
    for _ in range(5):
        await asyncio.sleep(0)


async def test_who_is_alone_goes_straight_through(clock):
    """Without a crowd nobody waits, not even a round of the loop."""
    turnstile = Turnstile(APART_S, clock)
    for _ in range(3):
        passing = turnstile.pass_through()
        try:
            passing.send(None)
        except StopIteration:
            clock.advance(APART_S)
            continue
        raise AssertionError("it waited")


async def test_a_crowd_goes_through_in_order_a_moment_apart(clock):
    """One at once, one more each time, first come first; afterwards it is as at first."""
    turnstile, through = Turnstile(APART_S, clock), []
    tasks = [coming(turnstile, number, through) for number in range(4)]
    await some_rounds()
    assert (through, len(turnstile)) == ([0], 3)
    clock.advance(APART_S - 0.01)
    await some_rounds()
    assert through == [0]
    for number in range(1, 4):
        clock.advance(APART_S)
        await some_rounds()
        assert through == list(range(number + 1))
    await asyncio.gather(*tasks)
    clock.advance(APART_S)
    assert clock.pending == 0
    coming(turnstile, 4, through)
    await some_rounds()
    assert through == [0, 1, 2, 3, 4]


async def test_who_gives_up_takes_nobodys_turn(clock):
    """A connection that is lost while it waits is passed over, without a moment for it."""
    turnstile, through = Turnstile(APART_S, clock), []
    tasks = [coming(turnstile, number, through) for number in range(4)]
    await some_rounds()
    tasks[1].cancel()
    tasks[2].cancel()
    await some_rounds()
    clock.advance(APART_S)
    await some_rounds()
    assert through == [0, 3]
    await asyncio.gather(*tasks, return_exceptions=True)
