"""Passing on: in order within a conversation, again until it goes, or dropped where refused."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from ways import Listener, said

from assist.connectors.journal import Journal
from assist.connectors.port import Happening, Place
from assist.connectors.pump import Pump
from assist.core.turns import Edit, Role, Turn
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


class Backlog:
    """A pump with little memory, on a journal, into an end that opens when it is told to."""

    def __init__(self, most=8):
        self.journal = Journal(None)
        self.listener = Listener()
        self.gate = asyncio.Event()
        self.pump = Pump(self.journal, self, Counter(), started=True, sleep=self.wait, most=most)
        self.peak = 0

    async def wait(self, _seconds):
        await asyncio.sleep(0)

    async def turn(self, conversation, turn):
        await self.gate.wait()
        self.peak = max(self.peak, self.pump._in_memory)
        await self.listener.turn(conversation, turn)

    async def edit(self, conversation, edit):
        await self.gate.wait()
        await self.listener.edit(conversation, edit)

    async def note(self, *whats, chat="c"):
        place = Place(platform="p", account="a", conversation=chat)
        noted = await self.journal.note(tuple(Happening(place=place, what=what) for what in whats))
        self.pump.give(noted.waiting)

    @property
    def told(self):
        return [getattr(what, "id", None) or what.turn for _, _, what in self.listener.heard]


def turn(number):
    at = datetime(2026, 3, 2, 10, tzinfo=UTC) + timedelta(seconds=number)
    return Turn(id=f"t{number}", role=Role.CUSTOMER, text="x", at=at)


async def test_what_waits_in_memory_is_bounded_and_nothing_is_lost():
    """A hundred wait, eight of them in memory; then all go, each once and in order."""
    one = Backlog()
    for number in range(100):
        await one.note(turn(number))
    assert (len(one.pump), one.pump._in_memory) == (99, 8)  # one is on its way
    one.gate.set()
    await one.pump.settle()
    assert one.told == [f"t{number}" for number in range(100)]
    assert (one.peak, len(one.pump)) == (8, 0)
    assert await one.journal.waiting() == ()
    await one.note(turn(100))
    await one.pump.settle()
    assert one.told[-1] == "t100"
    await one.journal.close()


async def test_what_comes_while_the_journal_is_read_goes_in_its_order_too():
    """Deliveries and passing on at once: all of it, once, each chat in its order."""
    one = Backlog()
    for number in range(30):
        await one.note(turn(number), chat=f"c{number % 3}")
    one.gate.set()
    for number in range(30, 90):
        await one.note(turn(number), chat=f"c{number % 3}")
    await one.pump.settle()
    assert sorted(one.told) == sorted(f"t{number}" for number in range(90))
    for chat in range(3):
        heard = [what.id for _, name, what in one.listener.heard if name == f"p:a:c{chat}"]
        assert heard == [f"t{number}" for number in range(chat, 90, 3)]
    await one.journal.close()


async def test_an_edit_that_came_before_its_turn_goes_behind_it_from_the_journal_too():
    """Noted long before, it is not left behind when its turn is read."""
    one = Backlog()
    late = turn(50)
    await one.note(Edit(turn="t50", text="better", at=late.at + timedelta(seconds=1)))
    for number in (*range(20), 50):
        await one.note(turn(number))
    one.gate.set()
    await one.pump.settle()
    assert one.told == [*(f"t{number}" for number in range(20)), "t50", "t50"]
    await one.journal.close()


async def test_what_is_erased_meanwhile_is_not_read_back():
    """Of a chat that is dropped and erased nothing goes out, wherever it waited."""
    one = Backlog()
    for number in range(60):
        await one.note(turn(number), chat="gone" if number % 2 else "stays")
    await one.pump.drop(("p:a:gone",))
    await one.journal.erase(("p:a:gone",))
    one.gate.set()
    await one.pump.settle()
    assert {name for _, name, _ in one.listener.heard} == {"p:a:stays"}
    assert len(one.told) == 30
    assert len(one.pump) == 0
    await one.journal.close()


async def test_a_journal_that_cannot_be_read_for_a_while_is_read_again():
    """What waits there goes out as soon as it can."""
    one = Backlog()
    for number in range(40):
        await one.note(turn(number))
    read, failures = one.journal.waiting, [StoreError("as it is")] * 5

    async def failing(*given):
        if failures:
            raise failures.pop()
        return await read(*given)

    one.journal.waiting = failing
    one.gate.set()
    await one.pump.settle()
    assert len(one.told) == 40
    await one.journal.close()


async def test_a_start_reads_no_more_than_has_room():
    """However much waited, and what comes at the same time goes out behind it."""
    one = Backlog()
    one.pump._started = False
    for number in range(50):
        await one.note(turn(number))
    assert len(one.pump) == 0
    await one.pump.start()
    assert one.pump._in_memory == 8
    one.gate.set()
    await one.note(turn(50))
    await one.pump.settle()
    assert one.told == [f"t{number}" for number in range(51)]
    assert one.peak <= 8
    await one.journal.close()
