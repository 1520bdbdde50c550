"""What nobody asks for: silences after a restart, and the end of old conversations."""

import pytest

from assist.errors import StoreError
from assist.service import housekeeping, room

AT = "2026-03-02T11:00:00Z"


async def ticks(desk, name="c"):
    stored = await desk.service.hub.parts.log.read(name)
    return sum(b'"tick"' in record.payload for record in stored)


@pytest.fixture
def asked_for(eventually):
    """Return a way to wait until the log holds so many ticks of a conversation."""

    async def wait(desk, number, name="c"):
        async def there():
            return await ticks(desk, name) == number

        await eventually(there)

    return wait


async def test_a_silence_goes_on_over_a_restart(  # noqa: PLR0917  fixtures
    make_service, sqlite, said, eventually, asked_for, clock
):
    """Who follows all chats is told when it would have been due without the restart, once."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.ask(**said("hello", turn="t1"))
        clock.advance(40)
    clock.advance(5)
    async with make_service(store=sqlite) as desk, desk.talk("supervisor") as boss:
        await boss.ask(type="subscribe", conversation="*")
        await eventually(lambda: len(desk.service.hub.parts.alarms) == 1)
        assert len(desk.service.hub) == 0
        clock.advance(14)
        assert len(desk.service.hub) == 0
        clock.advance(1)
        await asked_for(desk, 1)
        clock.advance(600)
    assert await count_in(make_service, sqlite) == 1


async def count_in(make_service, sqlite):
    async with make_service(store=sqlite) as desk:
        return await ticks(desk)


async def test_what_fell_due_unheard_is_told_to_who_comes_soon_to_follow_all(  # noqa: PLR0917
    make_service, sqlite, said, eventually, asked_for, clock
):
    """Overdue ones ring one after the other; not those of longer ago than chats stay in memory."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.ask(**said("hello", turn="t1", conversation="long ago"))
    clock.advance(240)
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        for name in ("c", "d", "e"):
            await platform.ask(**said("hello", turn="t1", conversation=name))
    clock.advance(200)
    async with make_service(store=sqlite) as desk:
        await eventually(lambda: clock.pending >= 4)
        assert len(desk.service.hub.parts.alarms) == 0
        async with desk.talk("supervisor") as boss:
            await boss.ask(type="subscribe", conversation="*")
            clock.advance(0.0)
            await eventually(lambda: len(desk.service.hub.parts.alarms) == 3)
            clock.advance(0.1)
            for name in ("c", "d", "e"):
                await asked_for(desk, 1, name)
        assert await ticks(desk, "long ago") == 0


async def test_a_silence_that_nobody_would_be_told_of_waits_for_who_comes(  # noqa: PLR0917
    make_service, sqlite, said, eventually, asked_for, clock
):
    """A chat that left memory is not read again for nobody; who follows it gets what fell due."""
    async with make_service(store=sqlite, idle_s=20) as desk:
        async with desk.talk("platform") as platform:
            await platform.ask(**said("hello", turn="t1"))
        await eventually(lambda: all(room.resting for room in desk.service.hub.rooms))
        clock.advance(40)
        await eventually(lambda: len(desk.service.hub) == 0)
        clock.advance(60)
        assert len(desk.service.hub) == 0
        assert await ticks(desk) == 0
        async with desk.talk("agent") as agent:
            await agent.ask(type="subscribe", conversation="c")
            clock.advance(0.0)
            await asked_for(desk, 1)


async def test_the_log_is_looked_through_a_page_at_a_time(  # noqa: PLR0917  fixtures
    make_service, sqlite, said, eventually, clock, monkeypatch
):
    """Every plan of the next minute gets its alarm, also behind pages of what nobody hears."""
    monkeypatch.setattr(housekeeping, "_PAGE", 2)
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        for number in range(5):
            await platform.ask(**said("hello", turn="t1", conversation=f"old-{number}"))
        clock.advance(50)
        for number in range(5):
            await platform.ask(**said("hello", turn="t1", conversation=f"new-{number}"))
    clock.advance(20)
    async with make_service(store=sqlite) as desk:

        def found():
            clock.advance(2)
            return len(desk.service.hub.parts.alarms) == 5

        await eventually(found)


async def test_a_chat_whose_plan_was_lost_is_recalled_and_let_go(
    make_service, sqlite, said, eventually, clock
):
    """A process killed between a turn and its plan: the next one plans, and keeps nothing."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.ask(**said("hello", turn="t1"))
        log = desk.service.hub.parts.log
        await desk.service.hub.finish()
        await log.append("c", None, "feedback:2", FEEDBACK, touched=clock.wall())
        assert await log.unplanned("", 9) == ("c",)
    async with make_service(store=sqlite) as desk:
        log = desk.service.hub.parts.log

        async def planned():
            return await log.unplanned("", 9) == ()

        await eventually(planned)
        await eventually(lambda: len(desk.service.hub) == 0)
        assert len(desk.service.hub.parts.alarms) == 1


FEEDBACK = (
    b'{"type":"feedback","conversation":"c","suggestion":"s","action":"shown",'
    b'"at":"2026-03-02T11:00:00Z"}'
)


async def test_silent_conversations_go_after_their_time(  # noqa: PLR0917  fixtures
    make_service, sqlite, said, eventually, asked_for, clock, tmp_path
):
    """At the start and every hour; talk puts it off, and time alone does not."""
    settings = {"store": sqlite, "keep": "12h"}
    async with make_service(**settings) as desk, desk.talk("platform") as platform:
        log = desk.service.hub.parts.log
        for name in ("old", "older", "young"):
            await platform.ask(**said(f"MARKER-{name}", turn="t1", conversation=name))
        await platform.ask(type="close", conversation="older", at=AT)
        await eventually(lambda: desk.service.hub.parts.alarms.has("old"))
        clock.advance(60)
        await asked_for(desk, 1, "old")
        clock.advance(11 * 3600)
        await platform.ask(**said("again", turn="t2", conversation="young"))

        async def swept():
            clock.advance(60)
            return await log.conversations() == ("young",)

        await eventually(swept)
    for name, there in (("old", False), ("older", False), ("young", True)):
        marker = f"MARKER-{name}".encode()
        assert any(marker in path.read_bytes() for path in tmp_path.iterdir()) is there
    clock.advance(12 * 3600)
    async with make_service(**settings) as desk:
        log = desk.service.hub.parts.log

        async def empty():
            return await log.conversations() == ()

        await eventually(empty)


@pytest.mark.parametrize(("keep", "left"), [(None, ("c",)), ("52w", ())])
async def test_without_a_time_everything_stays(make_service, eventually, clock, keep, left):
    """By default nothing is ever erased, however old it is."""
    async with make_service(keep=keep) as desk:
        log = desk.service.hub.parts.log
        await eventually(lambda: clock.pending >= 4)
        await log.append("c", None, "feedback:1", FEEDBACK, touched=1.0)
        clock.advance(3600)
        await eventually(lambda: clock.pending >= 4)

        async def stands():
            return await log.conversations() == left

        await eventually(stands)


async def test_a_store_that_fails_is_asked_again(make_service, eventually, clock):
    """Housekeeping that cannot be done is told as degraded and tried again."""
    async with make_service(keep="1h") as desk:
        parts, fails = desk.service.hub.parts, []
        await eventually(lambda: clock.pending >= 4)
        look, probe = parts.log.planned, parts.log.probe

        async def failing(until, limit, **more):
            fails.append(until)
            if len(fails) == 1:
                raise StoreError("no", retry=True)
            return await look(until, limit, **more)

        async def broken():
            raise StoreError("no", retry=True)

        parts.log.planned, parts.log.probe = failing, broken
        clock.advance(60)
        await eventually(lambda: "store" in parts.degraded)
        clock.advance(60)
        await eventually(lambda: len(fails) == 2)
        assert "store" in parts.degraded
        parts.log.probe = probe

        async def mended():
            clock.advance(5)
            return "store" not in parts.degraded

        await eventually(mended)


@pytest.mark.parametrize("pragma", ["max_page_count = 9", "query_only = 1"])
async def test_a_disk_that_cannot_be_written_to_is_told_and_mends(  # noqa: PLR0917  fixtures
    make_service, sqlite, said, eventually, clock, pragma
):  # fmt: skip
    """The platform gets an error to try again, `/readyz` says so, and both end with the trouble."""
    big = "x" * 9_000
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        hub, ready = desk.service.hub, desk.service.readiness
        await platform.ask(**said("hello", turn="t1"))
        await hub.finish()
        hub.parts.log._writing.execute(f"PRAGMA {pragma}")
        told = [await platform.ask(**said(big, turn=f"t{n}")) for n in range(2, 9)][-1]
        assert (told["type"], told["retry"]) == ("error", True)
        assert "sqlite" not in told["message"]
        answer, status = await ready.told()
        assert (status, "store" in answer["degraded"]) == (503, True)
        hub.parts.log._writing.execute("PRAGMA query_only = 0")
        hub.parts.log._writing.execute("PRAGMA max_page_count = 1000000")

        async def mended():
            clock.advance(5)
            return (await ready.told())[1] == 200

        await eventually(mended)
        assert (await platform.ask(**said(big, turn="t8")))["type"] == "ack"


async def test_an_alarm_far_off_waits_in_the_log_alone(  # noqa: PLR0917  fixtures
    make_service, sqlite, said, eventually, asked_for, clock, monkeypatch
):
    """A chat that sleeps until tomorrow takes no place in memory, and is called in its time."""
    for module in (housekeeping, room):
        monkeypatch.setattr(module, "LOOK_S", 10.0)
    async with make_service(store=sqlite, idle_s=4) as desk, desk.talk("supervisor") as boss:
        await boss.ask(type="subscribe", conversation="*")
        async with desk.talk("platform") as platform:
            await platform.ask(**said("hello", turn="t1"))
        await eventually(lambda: all(one.resting for one in desk.service.hub.rooms))
        clock.advance(6)
        await eventually(lambda: len(desk.service.hub) == 0)
        await eventually(lambda: len(desk.service.hub.parts.alarms) == 0)
        clock.advance(9)
        assert len(desk.service.hub.parts.alarms) == 0

        def set_again():
            clock.advance(1)
            return len(desk.service.hub.parts.alarms) == 1

        await eventually(set_again)
        clock.advance(10)
        await asked_for(desk, 1)
