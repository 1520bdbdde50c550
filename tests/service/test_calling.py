"""Chats that are called back: for somebody's ears, a few at a time."""

import asyncio
from datetime import UTC, datetime

import pytest

from assist.service import calling
from assist.service.asked import FellDue
from assist.service.bus import Mailbox, MemoryBus
from assist.service.calling import Calling, is_heard
from assist.service.parts import supervisors_of
from assist.service.tenancy import keyed

DUE = FellDue(at=datetime(2026, 3, 2, 10, tzinfo=UTC), received=0.0)


@pytest.fixture
def gates():
    return {}


@pytest.fixture
async def callers(gates):
    """Return a caller whose calls last until their gate is opened."""

    async def call(conversation, due):
        assert due is DUE
        gates[conversation] = asyncio.Event()
        await gates[conversation].wait()
        if conversation == "bad":
            raise ValueError

    made = Calling(call)
    yield made
    await made.close()


async def test_a_few_are_called_at_once_and_the_others_in_their_turn(callers, gates, eventually):
    """The first two begin; each that is done, and each that fails, makes room for the next."""
    for name in ("bad", "b", "c", "c", "d"):
        callers.put(name, DUE)
    await eventually(lambda: len(gates) == 2)
    assert list(gates) == ["bad", "b"]
    assert len(callers) == 2
    gates["bad"].set()
    await eventually(lambda: "c" in gates)
    assert "d" not in gates
    gates["b"].set()
    await eventually(lambda: "d" in gates)


async def test_past_the_bound_who_waits_longest_is_let_go(callers, gates, eventually, monkeypatch):
    """The queue does not grow; what is let go was never called."""
    monkeypatch.setattr(calling, "_MOST", 2)
    for name in ("a", "b"):
        callers.put(name, DUE)
    await eventually(lambda: len(gates) == 2)
    for name in ("c", "d", "e"):
        callers.put(name, DUE)
    assert len(callers) == 2
    for gate in tuple(gates.values()):
        gate.set()
    await eventually(lambda: len(gates) == 4)
    assert list(gates) == ["a", "b", "d", "e"]


async def test_closed_it_calls_nobody(callers, gates, eventually):
    """What waits is dropped, what is being called is ended."""
    for name in ("a", "b", "c"):
        callers.put(name, DUE)
    await eventually(lambda: len(gates) == 2)
    await callers.close()
    assert len(callers) == 0
    assert list(gates) == ["a", "b"]


def test_only_who_follows_all_chats_of_the_tenant_hears():
    """Others' supervisors would not be told."""
    bus = MemoryBus()
    ours, theirs = keyed("us", "c"), keyed("them", "c")
    assert not is_heard(ours, bus)
    bus.subscribe(supervisors_of("us"), Mailbox(4))
    assert is_heard(ours, bus)
    assert not is_heard(theirs, bus)
