"""One suite of conformance for every turn log."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from assist.errors import StoreError
from assist.service.store import Appended, Conflict, Duplicate, Planned, Reminder, TurnLog
from assist.service.store_memory import MemoryLog
from assist.service.store_sqlite import SqliteLog

Backend = Callable[[Path], TurnLog]

BACKENDS: dict[str, Backend] = {
    "memory": lambda folder: MemoryLog(),
    "sqlite": lambda folder: SqliteLog(folder / "turns.sqlite"),
}


@pytest.fixture(params=BACKENDS)
async def log(request, tmp_path):
    log = BACKENDS[request.param](tmp_path)
    yield log
    await log.close()


async def test_the_first_input_has_number_one_and_the_next_one_more(log):
    """Sequence numbers of a conversation rise by one from 1."""
    assert await log.append("a", 0, "m1", b"one") == Appended(seq=1)
    assert await log.append("a", 1, "m2", b"two") == Appended(seq=2)
    assert await log.last("a") == 2


async def test_conversations_are_counted_apart(log):
    """Each conversation has its own numbers, and all are listed."""
    await log.append("b", None, "m", b"1")
    await log.append("a", None, "m", b"2")
    assert await log.conversations() == ("a", "b")
    assert [record.payload for record in await log.read("a")] == [b"2"]
    assert await log.last("a") == await log.last("b") == 1


async def test_a_message_is_stored_once(log):
    """The same message id again changes nothing and is told its first number."""
    await log.append("a", None, "m1", b"first")
    await log.append("a", None, "m2", b"second")
    assert await log.append("a", None, "m1", b"other words") == Duplicate(seq=1)
    assert [record.payload for record in await log.read("a")] == [b"first", b"second"]


async def test_a_duplicate_is_told_before_a_conflict(log):
    """Sending again with an outdated expectation is a duplicate, not a conflict."""
    await log.append("a", 0, "m1", b"1")
    await log.append("a", 1, "m2", b"2")
    assert await log.append("a", 0, "m1", b"1") == Duplicate(seq=1)


async def test_a_wrong_expectation_writes_nothing(log):
    """A writer that believes in another end is told the true one."""
    await log.append("a", 0, "m1", b"1")
    assert await log.append("a", 0, "m2", b"2") == Conflict(last=1)
    assert await log.append("a", 5, "m2", b"2") == Conflict(last=1)
    assert await log.last("a") == 1


async def test_of_many_racing_writers_one_wins(log):
    """Fifty writers expect the same end: one is stored, all others are conflicts."""
    outcomes = await asyncio.gather(*(log.append("a", 0, f"m{n}", b"") for n in range(50)))
    assert sum(isinstance(outcome, Appended) for outcome in outcomes) == 1
    assert sum(outcome == Conflict(last=1) for outcome in outcomes) == 49


async def test_appends_without_expectation_keep_their_order(log):
    """Inputs ordered one after the other are stored in that order, whoever else writes."""
    await asyncio.gather(
        *(log.append(f"c{n % 3}", None, f"m{n}", str(n).encode()) for n in range(300))
    )
    for n in range(3):
        records = await log.read(f"c{n}")
        assert [int(record.payload) for record in records] == list(range(n, 300, 3))
        assert [record.seq for record in records] == list(range(1, 101))


async def test_reading_begins_behind_the_given_number(log):
    """`after` is exclusive, and an unknown conversation is empty."""
    for n in range(4):
        await log.append("a", None, f"m{n}", str(n).encode())
    assert [record.seq for record in await log.read("a", 2)] == [3, 4]
    assert await log.read("a", 9) == ()
    assert await log.read("nobody") == ()
    assert await log.last("nobody") == 0


async def test_payloads_come_back_byte_for_byte(log):
    """Any bytes are kept as they are, empty and binary too."""
    for n, payload in enumerate((b"", b"\x00\xff", "größe 🙂".encode(), b"x" * 100_000)):
        await log.append("ü/🙂", None, f"m{n}", payload)
    stored = [record.payload for record in await log.read("ü/🙂")]
    assert stored == [b"", b"\x00\xff", "größe 🙂".encode(), b"x" * 100_000]


async def test_replacing_takes_the_old_words_away(log):
    """A replaced payload is read in the old one's place; unknown ids are told apart."""
    await log.append("a", None, "m1", b"words")
    await log.append("a", None, "m2", b"more")
    assert await log.replace("a", "m1", b"-") is True
    assert await log.replace("a", "m9", b"-") is False
    assert [(record.seq, record.payload) for record in await log.read("a")] == [
        (1, b"-"),
        (2, b"more"),
    ]
    assert await log.append("a", None, "m1", b"words") == Duplicate(seq=1)


async def test_two_stores_have_two_ids(tmp_path):
    """A store's id is its own."""
    ids = {MemoryLog().store_id, MemoryLog().store_id}
    for name in ("one", "two"):
        log = SqliteLog(tmp_path / name)
        ids.add(log.store_id)
        await log.close()
    assert len(ids) == 4


def test_records_do_not_show_their_words():
    """The repr of a record holds no payload."""
    from assist.service.store import Record

    assert "secret" not in repr(Record(seq=1, message_id="m", payload=b"secret"))


def test_store_errors_are_local_faults():
    """A broken store is our fault, not the peer's."""
    from assist.errors import LocalFault

    assert issubclass(StoreError, LocalFault)


async def test_plans_ring_in_their_order_until_they_are_told_anew(log):
    """A plan is known until the next one; what was touched since is listed as not planned."""
    for name in ("a", "b", "c"):
        await log.append(name, None, "m1", b"1", touched=100.0)
    assert await log.unplanned("", 10) == ("a", "b", "c")
    assert await log.unplanned("a", 1) == ("b",)
    await log.plan("a", "2026-03-02T10:00:00+00:00", 130.0)
    await log.plan("b", "2026-03-02T09:00:00+00:00", 120.0)
    await log.plan("c", None, None)
    assert await log.unplanned("", 10) == ()
    assert [plan.conversation for plan in await log.planned(130.0, 10)] == ["b", "a"]
    assert [plan.conversation for plan in await log.planned(130.0, 1)] == ["b"]
    assert [plan.conversation for plan in await log.planned(130.0, 9, behind=(120.0, "b"))] == ["a"]
    assert len(await log.planned(130.0, 9, behind=(120.0, ""))) == 2
    assert await log.planned(119.9, 10) == ()
    assert (await log.upkeep("a")).plan == Planned(
        conversation="a", at="2026-03-02T10:00:00+00:00", rings=130.0
    )
    await log.append("a", None, "m2", b"2", touched=140.0)
    assert await log.unplanned("", 10) == ("a",)
    await log.plan("a", None, None)
    assert (await log.upkeep("a")).plan is None
    await log.plan("nobody", None, None)
    assert await log.unplanned("", 10) == ()


async def test_what_only_time_brings_touches_nothing(log):
    """Only a given time counts as talk; the log knows who was silent since when."""
    await log.append("a", None, "m1", b"1", touched=100.0)
    await log.append("b", None, "m1", b"1", touched=50.0)
    await log.append("a", None, "tick:2", b"2")
    await log.append("*", None, "x", b"3")
    assert await log.untouched(100.0, 10) == ("b",)
    assert await log.untouched(100.1, 10) == ("b", "a")
    assert await log.untouched(100.1, 1) == ("b",)


async def test_what_is_erased_is_gone_and_may_begin_anew(log):
    """Nothing of it is read any more, others stay, and what begins later is of another time."""
    for name in ("a", "b"):
        await log.append(name, 0, "m1", b"1", touched=1.0)
        await log.plan(name, "2026-03-02T10:00:00+00:00", 2.0)
    assert await log.erase(("a", "nobody")) == 1
    assert await log.erase(("a",)) == 0
    assert (await log.last("a"), await log.read("a")) == (0, ())
    assert await log.conversations() == ("b",)
    assert [plan.conversation for plan in await log.planned(9.0, 9)] == ["b"]
    assert (await log.upkeep("a")).generation == 1
    assert await log.append("a", 0, "m1", b"2", touched=3.0) == Appended(seq=1)
    await log.erase(("b",))
    assert [(await log.upkeep(name)).generation for name in ("a", "b")] == [1, 2]


async def test_inputs_are_found_by_how_their_ids_begin(log):
    """In order, a page at a time, and only such."""
    for name in ("a", "b"):
        for number in range(3):
            await log.append(name, None, f"open:{number}", b"1")
            await log.append(name, None, f"turn:{number}", b"1")
    page = await log.beginning_with("open:", ("", 0), 4)
    places = [(name, record.seq) for name, record in page]
    assert places == [("a", 1), ("a", 3), ("a", 5), ("b", 1)]
    rest = await log.beginning_with("open:", places[-1], 4)
    assert [(name, record.seq) for name, record in rest] == [("b", 3), ("b", 5)]


async def test_a_replaced_input_may_have_another_id(log):
    """It keeps its place, is found under the new id and no longer under the old."""
    await log.append("a", None, "m1", b"1")
    assert await log.replace("a", "m1", b"2", renamed="m9")
    (record,) = await log.read("a")
    assert (record.seq, record.message_id, record.payload) == (1, "m9", b"2")
    assert not await log.replace("a", "m1", b"3")
    assert await log.append("a", None, "m9", b"4") == Duplicate(seq=1)


async def test_a_probe_changes_nothing(log):
    """It says whether the log can be written to, and leaves it as it was."""
    await log.append("a", None, "m1", b"1")
    await log.probe()
    assert len(await log.read("a")) == 1


async def test_a_figure_is_kept_until_its_time_and_then_no_longer(log):
    """The newer one takes the place of the older; what is past is forgotten with the next."""
    early, late = (Reminder(name=name, figure=1.0, until=9.0) for name in (b"early", b"late"))
    later = Reminder(name=b"late", figure=2.0, until=20.0)
    for one in (early, late, later):
        await log.remember(one, now=5.0)
    assert set(await log.remembered(5.0)) == {early, later}
    assert await log.remembered(9.0) == (later,)
    await log.remember(Reminder(name=b"next", figure=0.0, until=30.0), now=9.0)
    assert {one.name for one in await log.remembered(0.0)} == {b"late", b"next"}
