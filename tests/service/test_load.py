"""How much is being done at once."""

import asyncio
import gc

import pytest

from assist.errors import ClientFault
from assist.service.load import Load


@pytest.fixture
def load(clock):
    return Load(clock, most=4, each=2, hold_s=2.0)


async def at_once(load, where):
    """Begin to ask for a seat and let the loop do what it can at once."""
    asking = asyncio.ensure_future(load.seat(where))
    for _ in range(5):
        await asyncio.sleep(0)
    return asking


def overload(asking):
    fault = asking.exception()
    assert isinstance(fault, ClientFault)
    assert (fault.code, fault.retry) == ("server.overload", True)
    return fault.retry_after_s


async def test_places_are_bounded_in_all_and_in_each_conversation(load):
    """Two in one conversation, four in all; the others wait."""
    kept = [await load.seat(where) for where in ("a", "a", "b", "c")]
    for where in ("a", "d"):
        assert not (await at_once(load, where)).done()
    assert len(load) == len(kept) == 4


async def test_who_is_held_back_goes_on_when_a_place_comes_free(load):
    """Giving one back lets one in, at once; giving back twice counts once."""
    first, second = [await load.seat("a") for _ in range(2)]
    asking = await at_once(load, "a")
    assert not asking.done()
    first.leave()
    first.leave()
    assert await asyncio.wait_for(asking, 60)
    assert len(load) == 2
    second.leave()


async def test_who_waited_too_long_is_refused_with_a_wait(load, clock):
    """After the hold, not before; then the next is refused at once, others are not."""
    kept = [await load.seat("a") for _ in range(2)]
    asking = await at_once(load, "a")
    clock.advance(1.9)
    await asyncio.sleep(0)
    assert not asking.done()
    clock.advance(0.2)
    for _ in range(5):
        await asyncio.sleep(0)
    assert overload(asking) > 0
    assert overload(await at_once(load, "a")) > 0
    assert (await at_once(load, "b")).done()
    kept[0].leave()
    assert await at_once(load, "a")


async def test_being_full_without_a_break_is_refused_though_seats_come_free(load, clock):
    """Each gets the seat that the last one left, yet after the hold the next is refused."""
    kept = [await load.seat(where) for where in "abcd"]
    for _ in range(2):
        asking = await at_once(load, "e")
        clock.advance(0.9)
        kept.pop(0).leave()
        kept.append(await asyncio.wait_for(asking, 60))
    asking = await at_once(load, "e")
    clock.advance(0.3)
    await asyncio.wait({asking}, timeout=60)
    assert overload(asking) > 0
    assert overload(await at_once(load, "e")) > 0


async def test_a_break_begins_the_hold_anew(load, clock):
    """Where enough seats were free in between, the next one is held back as long as the first."""
    kept = [await load.seat("a") for _ in range(2)]
    asking = await at_once(load, "a")
    clock.advance(1.5)
    for seat in kept:
        seat.leave()
    (await asking).leave()
    kept = [await load.seat("a") for _ in range(2)]
    asking = await at_once(load, "a")
    clock.advance(1.5)
    await asyncio.sleep(0)
    assert not asking.done()
    kept[0].leave()
    assert await asyncio.wait_for(asking, 60)
    assert len(load) == 2


async def test_the_wait_is_what_the_last_took(load, clock):
    """By then those before will be done; it is bounded both ways."""
    for took, told in ((7.0, 7.0), (500.0, 30.0), (0.0, 0.1)):
        first, second = [await load.seat("a") for _ in range(2)]
        clock.advance(took)
        first.leave()
        first = await load.seat("a")
        asking = await at_once(load, "a")
        clock.advance(2.1)
        await asyncio.wait({asking}, timeout=60)
        assert overload(asking) == told
        first.leave()
        second.leave()
        clock.advance(1)


async def test_after_an_overload_it_is_as_before(load, clock):
    """Once seats are given back nobody is refused, and nothing is kept of those who were."""
    kept = [await load.seat(str(n)) for n in range(4)]
    refused = [await at_once(load, "x") for _ in range(20)]
    clock.advance(2.1)
    await asyncio.wait(refused, timeout=60)
    assert all(overload(one) for one in refused)
    for seat in kept:
        seat.leave()
    assert len(load) == 0
    again = [await load.seat(str(n)) for n in range(4)]
    assert len(load) == len(again) == 4


async def test_a_place_that_is_dropped_is_free(load):
    """What was never answered blocks nothing for ever."""
    kept = [await load.seat("a") for _ in range(2)]
    assert len(load) == 2
    del kept
    gc.collect()
    assert len(load) == 0


async def test_who_gives_up_waiting_leaves_nothing(load, clock):
    """A connection that ends while held back takes no seat and no alarm."""
    kept = [await load.seat("a") for _ in range(2)]
    asking = await at_once(load, "a")
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    assert (len(load), clock.pending) == (len(kept), 0)


async def test_half_full_is_pressed(load):
    """From half of all seats on it is told, and no longer when they are free again."""
    first = await load.seat("a")
    assert not load.pressed
    second = await load.seat("b")
    assert load.pressed
    second.leave()
    assert not load.pressed
    first.leave()


async def test_who_waits_for_longest_goes_first_and_nobody_overtakes(load):
    """A seat that comes free is theirs at once; one who comes later finds none."""
    kept = [await load.seat("a") for _ in range(2)]
    asking = [await at_once(load, "a") for _ in range(3)]
    kept[0].leave()
    late = await at_once(load, "a")
    assert [one.done() for one in (*asking, late)] == [True, False, False, False]
    assert len(load) == 2
    kept[1].leave()
    asking[0].result().leave()
    await at_once(load, "b")
    assert [one.done() for one in (*asking, late)] == [True, True, True, False]


async def test_a_place_given_to_one_who_has_gone_goes_to_the_next(load):
    """Whoever is cancelled in the very moment gives it back."""
    kept = [await load.seat("a") for _ in range(2)]
    first, second = [await at_once(load, "a") for _ in range(2)]
    kept[0].leave()
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)
    assert await asyncio.wait_for(second, 60)
    assert len(load) == 2


async def test_a_place_dropped_meanwhile_is_found_at_the_end_of_the_hold(load, clock):
    """Who is held back is not refused while there is a seat."""
    kept = [await load.seat("a") for _ in range(2)]
    asking = await at_once(load, "a")
    del kept
    gc.collect()
    clock.advance(2.1)
    assert await asyncio.wait_for(asking, 60)
