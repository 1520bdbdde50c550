"""Rude peers."""

import pytest

from assist.errors import LocalFault
from assist.torture.peers import greeted, peer, turn_of
from assist.torture.victim import lifted


async def test_a_peer_that_is_refused_is_none(nursery):
    """Who says an unknown protocol gets an error, and no peer comes of it."""
    async with nursery.service(**lifted()) as victim:
        with pytest.raises(LocalFault, match=r"session\.protocol-version"):
            await greeted(victim.ws, "agent", protocol=7)


async def test_the_rest_ends_with_the_last_answer(nursery):
    """Everything that was asked before is in it."""
    async with nursery.service(**lifted()) as victim, peer(victim.ws, "agent") as one:
        for number in range(3):
            await one.send(type="unsubscribe", conversation="c", id=f"n{number}")
        told = [frame async for frame in one.rest("agent")]
    assert len(told) == 4
    assert all(f'"n{number}"' in "".join(told) for number in range(3))


def test_turns_go_on_in_time_and_by_turns():
    """Each is ten seconds after the one before; customer and agent speak by turns."""
    first, second = turn_of("c", 0)["turn"], turn_of("c", 1)["turn"]
    assert (first["role"], second["role"]) == ("customer", "agent")
    assert second["at"] > first["at"]
    assert turn_of("c", 0, text="mine")["turn"]["text"] == "mine"
