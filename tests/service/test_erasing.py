"""Erasure: by conversation, by customer, in memory and in the file."""

import json

import pytest

from assist.service.erasing import conversations_of, erase
from assist.service.store_memory import MemoryLog
from assist.service.tenancy import keyed

AT = "2026-03-02T11:00:00Z"


def opening(**customer):
    return json.dumps({"type": "open", "conversation": "x", "customer": customer}).encode()


@pytest.fixture
async def log():
    """Return a log with conversations of a few customers, of two tenants."""
    log = MemoryLog()
    for name, customer in (
        ("a1", {"id": "7", "name": "Ann"}),
        ("a2", {"id": "7", "name": "Ann Smith"}),
        ("b1", {"name": "Ann"}),
        ("b2", {"id": "8", "name": "7"}),
        (keyed("acme", "a1"), {"id": "7"}),
    ):
        await log.append(name, None, "turn:t1", b"{}", touched=1.0)
        await log.append(name, None, "open:1", opening(**customer), touched=1.0)
    await log.append("c1", None, "open:1", b'{"type":"open","conversation":"c1"}', touched=1.0)
    await log.append("c2", None, "open:1", b"rubbish", touched=1.0)
    return log


@pytest.mark.parametrize(
    ("customer", "tenant", "expected"),
    [
        ("7", "", ("a1", "a2")),
        ("Ann", "", ("b1",)),
        ("8", "", ("b2",)),
        ("7", "acme", (keyed("acme", "a1"),)),
        ("Ann Smith", "", ()),
        ("None", "", ()),
    ],
)
async def test_a_customer_is_found_by_id_or_else_by_name(log, customer, tenant, expected):
    """A name counts only where no id was given; another tenant's customers are nobody's here."""
    assert await conversations_of(log, customer, tenant) == expected


async def test_what_an_agent_learned_stays_without_the_name(log):
    """The counts of a chat are the agent's; where they came from is forgotten."""
    tallied = '{"type":"tallied","agent":"kim","conversation":"%s","tallies":[]}'
    for name in ("a1", "a10"):
        await log.append("*", None, f"tallied:{name}", (tallied % name).encode())
    assert await erase(log, ("a1",)) == 1
    gone, kept = await log.read("*")
    assert (gone.message_id, json.loads(gone.payload)["conversation"]) == ("erased:1", "erased")
    assert kept.message_id == "tallied:a10"


async def test_an_erased_conversation_is_nowhere_and_may_begin_anew(
    make_service, sqlite, said, tmp_path
):
    """Followers are told that nothing stands; an old position is not recovered, ever."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
        desk.talk("supervisor") as boss,
    ):
        await boss.ask(type="subscribe", conversation="*")
        await platform.ask(type="open", conversation="c", customer={"name": "MARKER-NAME"})
        await kim.ask(type="subscribe", conversation="c")
        await platform.ask(**said("MARKER-TURN!", turn="t1"))
        seen = await kim.take(4)
        told = await platform.ask(type="erase", conversation="c", id="e")
        assert told == {"type": "erased", "re": "e", "conversations": 1}
        state = await kim.get()
        assert (state["type"], state["recovered"], state["turns"]) == ("snapshot", False, 0)
        assert (state["suggestions"], state["position"]["offset"]) == ([], 0)
        assert (await boss.until("snapshot"))[-1]["escalation"]["level"] == "calm"
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert b"MARKER" not in held
        assert (await platform.ask(type="erase", conversation="c"))["conversations"] == 0
        assert (await kim.get())["turns"] == 0
        for turn in ("t1", "t2"):
            await platform.ask(**said("anew!", turn=turn))
        assert [event["position"]["offset"] for event in await kim.take(8)] == [*range(1, 9)]
        state = await kim.ask(type="subscribe", conversation="c", after=seen[-1]["position"])
        assert (state["recovered"], state["turns"]) == (False, 2)


async def test_all_of_a_customer_goes_and_nobody_elses(make_service, sqlite, tmp_path, said):
    """By the id in `open`, also what left memory long ago."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        for name, customer in (("c1", "ann"), ("c2", "bob"), ("c3", "ann")):
            await platform.ask(type="open", conversation=name, customer={"id": customer})
            await platform.ask(**said(f"MARKER-{name}", turn="t1", conversation=name))
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        assert (await platform.ask(type="erase", customer="ann"))["conversations"] == 2
        held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert [name for name in (b"R-c1", b"R-c2", b"R-c3") if name in held] == [b"R-c2"]


@pytest.mark.parametrize("role", ["agent", "supervisor"])
async def test_only_a_platform_may_erase(desk, role):
    """Others are refused, and so is naming both or neither."""
    async with desk.talk(role) as other, desk.talk("platform") as platform:
        told = await other.ask(type="erase", conversation="c")
        assert told["code"] == "session.not-allowed"
        for wrong in ({}, {"conversation": "c", "customer": "x"}, {"conversation": "*"}):
            assert (await platform.ask(type="erase", **wrong))["type"] == "error"


async def test_what_was_erased_elsewhere_begins_anew_here(make_service, sqlite, said):
    """A second service of that store finds out at its next input, and takes it when repeated."""
    async with (
        make_service(store=sqlite) as left,
        make_service(store=sqlite) as right,
        left.talk("platform") as here,
        right.talk("platform") as there,
    ):
        await here.ask(**said("MARKER!", turn="t1"))
        await here.ask(**said("more!", turn="t2"))
        assert (await there.ask(type="erase", conversation="c"))["conversations"] == 1
        told = await here.ask(**said("anew!", turn="t3"))
        assert (told["type"], told["retry"]) == ("error", True)
        assert (await here.ask(**said("anew!", turn="t3")))["position"]["offset"] == 0
        assert await right.service.hub.parts.log.last("c") == 1
