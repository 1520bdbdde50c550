"""One suite of conformance for every bus, and the mailbox."""

import asyncio

import pytest

from assist.service.bus import Bus, Mailbox, MemoryBus

BACKENDS = {"memory": MemoryBus}


@pytest.fixture(params=BACKENDS)
def bus(request) -> Bus:
    return BACKENDS[request.param]()


async def emptied(box):
    """Return all that waits in the mailbox."""
    return [message for _ in range(len(box)) for message in await box.take()]


async def test_messages_arrive_in_order_at_everybody(bus):
    """Two listeners of a subject each get all of it, in order."""
    boxes = [Mailbox(10), Mailbox(10)]
    for box in boxes:
        bus.subscribe("a", box)
    for n in range(5):
        bus.publish("a", str(n).encode())
    for box in boxes:
        assert await emptied(box) == [b"0", b"1", b"2", b"3", b"4"]


async def test_subjects_are_apart(bus):
    """A listener of one subject hears nothing of another; one mailbox may have several."""
    box, other = Mailbox(10), Mailbox(10)
    bus.subscribe("a", box)
    bus.subscribe("b", box)
    bus.subscribe("c", other)
    bus.publish("a", b"1")
    bus.publish("b", b"2")
    assert await emptied(box) == [b"1", b"2"]
    assert len(other) == 0


async def test_a_detached_mailbox_hears_nothing_more(bus):
    """After detaching nothing arrives, and detaching again is fine."""
    box = Mailbox(10)
    bus.subscribe("a", box)
    assert bus.listeners("a") == 1
    bus.unsubscribe("a", box)
    bus.unsubscribe("a", box)
    bus.publish("a", b"1")
    assert (len(box), bus.listeners("a")) == (0, 0)


async def test_attaching_twice_counts_once(bus):
    """A mailbox gets each message once."""
    box = Mailbox(10)
    bus.subscribe("a", box)
    bus.subscribe("a", box)
    bus.publish("a", b"1")
    assert await emptied(box) == [b"1"]


async def test_leaving_ends_every_subscription(bus):
    """A mailbox that leaves is attached nowhere, and others stay."""
    box, other = Mailbox(10), Mailbox(10)
    for subject in ("a", "b"):
        bus.subscribe(subject, box)
        bus.subscribe(subject, other)
    bus.leave(box)
    bus.leave(box)
    assert (bus.listeners("a"), bus.listeners("b")) == (1, 1)


async def test_a_shut_mailbox_is_not_attached(bus):
    """Who is already gone cannot subscribe."""
    box = Mailbox(10)
    box.close()
    bus.subscribe("a", box)
    assert bus.listeners("a") == 0


async def test_a_full_mailbox_is_shut_as_slow_and_harms_nobody(bus):
    """The slow listener is dropped at its limit; the other one gets everything."""
    slow, quick = Mailbox(3), Mailbox(100)
    bus.subscribe("a", slow)
    bus.subscribe("a", quick)
    for n in range(10):
        bus.publish("a", str(n).encode())
    assert slow.slow
    assert slow.shut
    assert len(slow) == 0
    assert not quick.slow
    assert len(await emptied(quick)) == 10
    assert bus.listeners("a") == 1


async def test_a_subject_without_listeners_is_nothing(bus):
    """Publishing to nobody is fine."""
    bus.publish("nobody", b"1")
    assert bus.listeners("nobody") == 0


async def test_taking_waits_for_something():
    """An empty mailbox makes the taker wait until something is put in."""
    box = Mailbox(3)
    taking = asyncio.ensure_future(box.take())
    await asyncio.sleep(0)
    assert not taking.done()
    box.put(b"1")
    assert await asyncio.wait_for(taking, 60) == (b"1",)


async def test_what_belongs_together_takes_one_place():
    """A long past put in at once is no reason to call a listener slow."""
    box = Mailbox(2)
    assert box.put(*[b"x"] * 1000)
    assert box.put(b"next")
    assert (len(await box.take()), await box.take()) == (1000, (b"next",))


async def test_a_shut_mailbox_is_drained_and_then_empty():
    """What waited when it was shut can still be taken; then there is nothing, at once."""
    box = Mailbox(3)
    box.put(b"1")
    box.close()
    assert box.put(b"2") is False
    assert await box.take() == (b"1",)
    assert await box.take() == ()
    assert not box.slow


async def test_a_mailbox_is_bounded_in_bytes_too():
    """Over the bytes it is shut as slow, whatever the number; one message alone always fits."""
    box = Mailbox(1000, most_bytes=100)
    assert box.put(b"x" * 500)
    assert not box.put(b"y")
    assert (box.slow, len(box)) == (True, 0)
    box = Mailbox(1000, most_bytes=100)
    assert [box.put(b"x" * 25) for _ in range(5)] == [True] * 4 + [False]


async def test_what_was_taken_weighs_nothing_more():
    """A listener who reads is never slow, however much goes through."""
    box = Mailbox(1000, most_bytes=100)
    for _ in range(50):
        assert box.put(b"x" * 60)
        assert await box.take() == (b"x" * 60,)


async def test_a_past_weighs_nothing():
    """Those who resume much are no slow listeners for it."""
    box = Mailbox(10, most_bytes=100)
    assert box.put(b"x" * 90, b"x" * 90)
    assert box.put(b"x" * 90)
    assert not box.put(b"x" * 90)


async def test_nothing_gets_in_that_is_not_meant_for_the_listener():
    """What `outward` drops takes no place; what it changes comes out changed."""
    box = Mailbox(2)
    box.outward = lambda message: None if message == b"theirs" else message.upper()
    assert box.put(b"theirs")
    assert box.put(b"mine", b"theirs", b"too")
    assert len(box) == 1
    assert await box.take() == (b"MINE", b"TOO")
