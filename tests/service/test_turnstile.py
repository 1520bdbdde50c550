"""The turnstile for newcomers."""

import asyncio

from assist.service.turnstile import Turnstile


async def test_who_is_alone_goes_straight_through():
    """Without a crowd nobody waits, not even a round of the loop."""
    turnstile = Turnstile(2)
    for _ in range(3):
        await asyncio.sleep(0)
        passing = turnstile.pass_through()
        try:
            passing.send(None)
        except StopIteration:
            continue
        raise AssertionError("it waited")


async def test_a_crowd_goes_through_in_order_a_few_in_each_round():
    """Of seven at once two go in each round, first come first."""
    turnstile, through = Turnstile(2), []

    async def come(number):
        await turnstile.pass_through()
        through.append(number)

    coming = [asyncio.create_task(come(number)) for number in range(7)]
    counts = []
    while len(through) < 7:
        await asyncio.sleep(0)
        counts.append(len(through))
    await asyncio.gather(*coming)
    assert through == list(range(7))
    assert max(after - before for before, after in zip([0, *counts], counts, strict=False)) <= 2
    assert len(turnstile) == 0


async def test_who_gives_up_takes_nobodys_turn():
    """A connection that is lost while it waits is passed over."""
    turnstile, through = Turnstile(1), []

    async def come(number):
        await turnstile.pass_through()
        through.append(number)

    coming = [asyncio.create_task(come(number)) for number in range(4)]
    await asyncio.sleep(0)
    coming[2].cancel()
    await asyncio.gather(*coming, return_exceptions=True)
    assert through == [0, 1, 3]
