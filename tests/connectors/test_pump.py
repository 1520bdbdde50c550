"""Passing on: in order within a conversation, again until it goes, or dropped where refused."""

import asyncio

import pytest
from structlog.testing import capture_logs
from ways import said

from assist.errors import ClientFault, LocalFault, StoreError


def refusal(*, retry):
    return ClientFault("as it is", code="limit.rate", retry=retry)


@pytest.mark.parametrize("failure", [refusal(retry=True), LocalFault("x"), ConnectionResetError()])
async def test_what_fails_for_now_is_tried_again_until_it_goes(way, failure):
    """The waits grow and are spread, and what comes after it in the chat waits too."""
    way.listener.failing += [failure] * 12
    batch = [
        said("m1", "one", "2026-03-02T10:31:01Z"),
        said("m2", "two", "2026-03-02T10:31:02Z"),
    ]
    await way.knock({"messages": batch})
    assert way.told == ["turn one", "turn two"]
    assert len(way.waits) == 12
    assert 0.25 <= way.waits[0] <= 0.5
    assert 15 <= way.waits[-1] <= 30
    assert await way.journal.waiting() == ()


async def test_what_is_refused_for_good_is_counted_and_dropped(way):
    """It does not hold up what comes after it."""
    way.listener.failing.append(refusal(retry=False))
    await way.knock(said("m1", "one"))
    way.now += 1
    await way.knock(said("m2", "two"))
    assert way.told == ["turn two"]
    assert way.pump._counts["refused"] == 1
    assert await way.journal.waiting() == ()


async def test_an_empty_pump_is_still_the_one_that_was_given(way):
    """A pump in which nothing waits is false, and a door keeps it all the same."""
    assert not way.pump
    assert way.door.pump is way.pump


async def test_before_the_start_everything_stays_in_the_journal(way):
    """What is taken in earlier goes out with the start, once."""
    way.pump._started = False
    await way.knock(said("m1", "one"))
    assert way.told == []
    await way.pump.start()
    await way.pump.settle()
    assert way.told == ["turn one"]


async def test_a_failure_that_nobody_foresaw_keeps_the_message_and_not_the_chat(way):
    """It stays in the journal for the next start; what comes after it goes on."""
    way.listener.failing.append(ZeroDivisionError("my card is 4111"))
    with capture_logs() as logs:
        await way.knock(said("m1", "one"))
    way.now += 1
    await way.knock(said("m2", "two"))
    assert way.told == ["turn two"]
    assert [waiting.message.turn.id for waiting in await way.journal.waiting()] == ["m1"]
    assert "4111" not in str(logs)


async def test_a_journal_that_cannot_forget_holds_nothing_up(way):
    """What was passed on is known to the service when it comes again."""

    async def broken(seq):
        raise StoreError("as it is")

    way.journal.done = broken
    for number, text in enumerate(("one", "two")):
        way.now += 1
        await way.knock(said(f"m{number}", text))
    assert way.told == ["turn one", "turn two"]


async def test_what_is_dropped_is_not_passed_on_and_the_chat_goes_on_afterwards(way):
    """Whether its passing on had begun or not; what comes later in that chat is passed on."""
    for begun in (False, True):
        way.listener.failing += [refusal(retry=True)] * 1000
        await way.door.receive(way.delivery(said("m1", "one")))
        if begun:
            await asyncio.sleep(0)
        await way.pump.drop(("generic:default:c1",))
        await way.journal.erase(("generic:default:c1",))
        way.listener.failing.clear()
        way.listener.heard.clear()
        way.now += 1
        await way.knock(said("m2", "two"))
        assert way.told == ["turn two"]
        await way.journal.erase(("generic:default:c1",))
        way.now += 1
