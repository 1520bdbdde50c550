"""A desk in a process of its own."""

from time import perf_counter

from assist.torture.apart import Apart, apart
from assist.torture.victim import lifted


async def test_a_desk_apart_tells_when_turns_were_due_and_how_long_they_took(nursery):
    """By the clock of this process too, so that what happened here can be laid beside it."""
    async with nursery.service(**lifted()) as victim:
        begun = perf_counter()
        async with apart(victim.ws, rate=20.0, seconds=0.5) as desk:
            pass
        ended = perf_counter()
    assert len(desk.turns) + desk.silent == 10
    assert all(begun < due < ended and ms > 0 for due, ms in desk.turns)


def test_only_turns_of_the_time_asked_for_count():
    """Before, meanwhile and afterwards are told apart by when a turn was due."""
    desk = Apart(turns=[(1.0, 5.0), (2.0, 50.0), (3.0, 500.0)])
    assert desk.p(0.99, 0, 2) == 5.0
    assert desk.p(0.99, 2, 3) == 50.0
