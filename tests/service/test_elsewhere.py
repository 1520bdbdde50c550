"""What another program erases from the log is forgotten by a service that holds it in memory."""

import asyncio

import pytest
from typer.testing import CliRunner

from assist.cli.app import app
from assist.errors import StoreError
from assist.service.elsewhere import LOOK_S, NOBODY


async def erased_by_command(store, *named):
    """Erase as an operator does, in a loop of its own beside the service's."""
    told = await asyncio.to_thread(CliRunner().invoke, app, ["erase", "--store", store, *named])
    assert told.exit_code == 0, told.output


@pytest.fixture
def filled(said):
    """Return a way to have two chats of one customer and one of another."""

    async def fill(platform):
        for name, number in (("c1", "7"), ("c2", "7"), ("c3", "8")):
            customer = {"id": number, "name": f"NAME-{name}"}
            await platform.ask(type="open", conversation=name, customer=customer)
            await platform.ask(**said(f"MARKER-{name}!", conversation=name, turn="t1"))

    return fill


async def test_what_a_command_erases_leaves_the_memory_of_a_running_service(
    make_service, sqlite, filled, clock, tmp_path
):
    """Both chats of the customer begin anew, their followers are told; the other chat stays."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
        desk.talk("supervisor") as boss,
    ):
        await filled(platform)
        for name in ("c1", "c3"):
            assert (await kim.ask(type="subscribe", conversation=name))["turns"] == 1
        await boss.ask(type="subscribe", conversation="*")
        await boss.take(3)
        await erased_by_command(sqlite, "--customer", "7")
        clock.advance(LOOK_S)
        told = await kim.get()
        assert (told["type"], told["conversation"], told["turns"]) == ("snapshot", "c1", 0)
        assert {(await boss.get())["conversation"] for _ in range(2)} == {"c1", "c2"}
        for name, turns in (("c1", 0), ("c2", 0), ("c3", 1)):
            state = await boss.ask(type="subscribe", conversation=name)
            assert (state["turns"], f"NAME-{name}" in str(state)) == (turns, bool(turns)), name
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [one in held for one in (b"R-c1", b"E-c2", b"R-c3")] == [False, False, True]


async def test_who_follows_is_told_also_where_the_chat_was_quicker_than_the_look(
    make_service, sqlite, filled, said, clock
):
    """The next turn begins the chat anew by itself; followers still learn that the rest is gone."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
    ):
        await filled(platform)
        before = await kim.ask(type="subscribe", conversation="c1")
        await erased_by_command(sqlite, "--conversation", "c1")
        turn = said("anew", conversation="c1", turn="t2")
        assert (await platform.ask(**turn))["code"] == "conversation.erased"
        assert (await platform.ask(**turn))["type"] == "ack"
        assert (await kim.get())["type"] == "reading"
        clock.advance(LOOK_S)
        told = await kim.get()
        assert (told["type"], told["recovered"], told["turns"]) == ("snapshot", False, 1)
        assert told["position"]["epoch"] != before["position"]["epoch"]


async def test_what_is_erased_here_is_told_once(make_service, sqlite, filled, clock, eventually):
    """The look that follows an erasure of our own has nothing to add, nor to others' chats."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
    ):
        await filled(platform)
        for name in ("c1", "c3"):
            await kim.ask(type="subscribe", conversation=name)
        assert (await platform.ask(type="erase", customer="7"))["conversations"] == 2
        assert (await kim.get())["turns"] == 0
        log = desk.service.hub.parts.log
        asked, upkeep = [], log.upkeep

        async def counting(name):
            asked.append(name)
            return await upkeep(name)

        log.upkeep = counting
        for looks in (1, 2):
            clock.advance(LOOK_S)
            await eventually(lambda looks=looks: asked.count(NOBODY) == looks)
        assert await kim.silent()


async def test_a_log_that_cannot_be_asked_is_asked_again(
    make_service, sqlite, filled, clock, eventually
):
    """One look that fails is no end: the next one finds what was erased."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await filled(platform)
        log = desk.service.hub.parts.log
        asked, upkeep = [], log.upkeep

        async def failing(name):
            asked.append(name)
            raise StoreError("no disk")

        log.upkeep = failing
        await erased_by_command(sqlite, "--conversation", "c1")
        clock.advance(LOOK_S)
        await eventually(lambda: asked)
        log.upkeep = upkeep

        async def forgotten():
            clock.advance(LOOK_S)
            async with desk.talk("supervisor") as boss:
                return (await boss.ask(type="subscribe", conversation="c1"))["turns"] == 0

        await eventually(forgotten)


async def test_a_chat_that_is_let_go_while_it_is_looked_at_stops_no_look(
    make_service, sqlite, filled, clock, eventually
):
    """It is left out, and the look after that finds what was erased since."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
    ):
        await filled(platform)
        await kim.ask(type="subscribe", conversation="c3")
        hub = desk.service.hub
        last = hub.parts.log.last

        async def meanwhile(name):
            if name == "c1" and name in hub._rooms:
                await hub._rooms.pop(name).leave()
            return await last(name)

        hub.parts.log.last = meanwhile
        await erased_by_command(sqlite, "--customer", "7")
        clock.advance(LOOK_S)
        await eventually(lambda: hub._rooms["c2"].past.course.seq == 0)
        assert [room.name for room in hub.rooms] == ["c2", "c3"]
        await erased_by_command(sqlite, "--conversation", "c3")
        clock.advance(LOOK_S)
        assert (await kim.get())["turns"] == 0


async def test_a_name_that_an_opening_still_told_is_forgotten_with_the_chat(make_service, sqlite):
    """Refused because the chat was erased, it leaves no name; told anew, the name stays known."""
    opened = {"type": "open", "conversation": "c", "customer": {"id": "7", "name": "Ana Lima"}}
    async with make_service(store=sqlite, mask=("names",)) as desk, desk.talk("platform") as talk:
        await talk.ask(**opened)
        told = desk.service.hub.parts.masks._told
        await erased_by_command(sqlite, "--conversation", "c")
        again = {**opened, "customer": {"id": "7", "name": "Eva Maria"}}
        assert (await talk.ask(**again))["code"] == "conversation.erased"
        assert told.get("c") == "Eva Maria"
        (room,) = desk.service.hub.rooms
        await room.begin_anew()
        assert told.get("c") is None
        assert (await talk.ask(**again))["type"] == "ack"
        await room.begin_anew()
        assert told.get("c") == "Eva Maria"
