"""A turn that overran and was read in full after all, in a running service."""

import sys
from dataclasses import replace
from pathlib import Path
from threading import Event as Gate

import pytest

from assist.errors import StoreError
from assist.service.effect import Manner

sys.path.insert(0, str(Path(__file__).parent))
from telling import AT, FULL, GRACE_S, PLAIN, everything, fates, of, stored


async def test_what_differs_is_told_as_later_events_of_the_turn(desk, told_late, said):
    """First what was read without the models, then what the models add, with offsets behind."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        assert (of(part), of(full)) == (PLAIN, FULL)
        assert {event["turn"] for event in full} == {"t1"}
        assert await stored(desk) == [
            ("turn:t1", Manner.PLAIN), ("read-in-full:2", Manner.WHOLE),
        ]  # fmt: skip
        await platform.ask(**said("and this", turn="t2"))
        assert of([await agent.get()]) == [("reading", 6, "fake@1")]
        state = await agent.ask(type="subscribe", conversation="c")
        assert (state["turns"], state["escalation"]["level"]) == (2, "high")
    assert fates(desk) == {"told": 1.0}


async def test_what_was_wrong_is_taken_back_but_for_the_call(desk, told_late):
    """The card goes and the level falls; supervisors who were called can still say they saw it."""
    async with (
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
        desk.talk("supervisor") as boss,
    ):
        await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent, "poison?", (4, 3))
        assert [event["type"] for event in part] == ["reading", "escalation", "suggestion", "alert"]
        assert of(full) == [
            ("reading", 5, "fake@1"), ("escalation", 6, "fake@1"), ("retract", 7, "fake@1"),
        ]  # fmt: skip
        assert (full[1]["level"], full[2]["suggestion"]) == ("calm", part[2]["suggestion"]["id"])
        state = await boss.ask(type="subscribe", conversation="c")
        assert [alert["id"] for alert in state["alerts"]] == [part[3]["alert"]]
        done = await boss.ask(type="acknowledge", conversation="c", alert=part[3]["alert"])
        assert done["type"] == "ack"


async def test_what_does_not_differ_is_told_once(desk, hangs, poison, said, eventually):
    """Where the full reading adds nothing, it is noted and nobody hears of it."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent, "poison")
        poison.set()
        await eventually(lambda: fates(desk) == {"told": 1.0})
        await platform.ask(**said("next", turn="t2"))
        assert of([await agent.get()]) == [("reading", 2, "fake@1")]


async def test_an_agents_turn_is_read_in_full_too(desk, poison, overran, said, eventually):
    """What they did in it counts for all that follows, though no event tells of it."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await platform.ask(**said("poison", turn="t1", role="agent"))
        await overran(agent.ask(type="subscribe", conversation="c"))
        poison.set()
        await eventually(lambda: fates(desk) == {"told": 1.0})
        assert await agent.silent()


async def test_it_is_dropped_where_another_turn_came(desk, hangs, poison, said, passing):
    """What would change under the agent's hands is not told, and its thread is given up."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        await platform.ask(**said("and this", turn="t2"))
        assert of([await agent.get()]) == [("reading", 2, "fake@1")]
        assert fates(desk) == {"dropped": 1.0}
        analyst = desk.service.hub.parts.analyst
        await passing(lambda: analyst.abandoned == 1, 1.0)
        poison.set()
        assert await agent.silent()
        assert [name for name, _ in await stored(desk)] == ["turn:t1", "turn:t2"]


async def test_a_card_that_is_only_seen_changes_nothing(make_service, told_late, sqlite, said):
    """That the agent's screen showed it is no reason to drop what comes; clicking it is."""
    feedback = {"type": "feedback", "conversation": "c", "suggestion": "calm:t1", "at": AT}
    async with make_service(store=sqlite) as desk:
        async with desk.talk("platform") as platform, desk.talk("agent") as agent:
            start = await agent.ask(type="subscribe", conversation="c")
            told = told_late(platform, _Seeing(agent, feedback), "poison?", (4, 3))
            part, full = await told
            assert [event["type"] for event in full] == ["reading", "escalation", "retract"]
        names = [name for name, _ in await stored(desk)]
        assert names == ["turn:t1", "feedback:2", "read-in-full:3"]
    async with make_service(store=sqlite) as desk:
        assert await everything(desk, start["position"], 7) == (True, part + full)


class _Seeing:
    """An agent whose screen says that it shows a card as soon as it does."""

    def __init__(self, agent, feedback):
        self._agent, self._feedback = agent, feedback

    async def take(self, number):
        events = await self._agent.take(number)
        if events[-1]["type"] == "alert":
            done = await self._agent.ask(**self._feedback, action="shown")
            assert done["type"] == "ack"
        return events


async def test_it_is_dropped_where_the_agent_used_a_card(desk, hangs):
    """A card that was inserted is something that happened."""
    feedback = {"type": "feedback", "conversation": "c", "suggestion": "calm:t1", "at": AT}
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent, "poison?", 4)
        await agent.ask(**feedback, action="inserted")
        await agent.ask(type="summarise", conversation="c")
        assert fates(desk) == {"dropped": 1.0}


async def test_a_turn_that_was_taken_back_is_not_read_in_full(desk, hangs, poison):
    """A redaction drops what was to come, and nothing of the words is left."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent, "poison MARKER!")
        await platform.ask(type="redact", conversation="c", turn="t1", at=AT)
        assert (await agent.get())["type"] == "escalation"
        poison.set()
        assert await agent.silent()
        records = await desk.service.hub.parts.log.read("c")
        assert not any(b"MARKER" in record.payload for record in records)
        (room,) = desk.service.hub.rooms
        assert "MARKER" not in repr(room.past.since)
        assert (fates(desk), len(records)) == ({"dropped": 1.0}, 2)


async def test_an_erased_conversation_is_not_read_in_full(desk, hangs, poison, said):
    """Erased while it was awaited, it stays erased, and begins anew with what comes next."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        assert (await platform.ask(type="erase", conversation="c"))["conversations"] == 1
        assert (await agent.get())["turns"] == 0
        poison.set()
        assert await agent.silent()
        assert (fates(desk), await stored(desk)) == ({"dropped": 1.0}, [])
        await platform.ask(**said("anew", turn="t1"))
        assert of([await agent.get()]) == [("reading", 1, "fake@1")]


@pytest.mark.parametrize("turns", [("and this",), ()])
async def test_erased_behind_the_back_it_is_wanted_no_more(desk, hangs, poison, said, turns):
    """Whatever finds that out first, the next turn or the reading, drops it and counts it once."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        await desk.service.hub.parts.log.erase(("c",))
        for text in turns:
            refused = await platform.ask(**said(text, turn="t2"))
            assert refused["code"] == "conversation.erased"
            assert fates(desk) == {"dropped": 1.0}
        poison.set()
        assert await agent.silent()
        assert (fates(desk), await stored(desk)) == ({"dropped": 1.0}, [])


async def test_over_the_grace_it_is_given_up_and_counted(desk, hangs, poison, passing, eventually):
    """Budget and grace are all it gets; what was told without the models stays."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        assert (fates(desk), desk.service.hub.parts.analyst.abandoned) == ({}, 0)
        await passing(lambda: fates(desk) == {"late": 1.0}, GRACE_S)
        assert desk.service.hub.parts.analyst.abandoned == 1
        poison.set()
        await eventually(lambda: desk.service.hub.parts.analyst.abandoned == 0)
        assert await agent.silent()
        assert await stored(desk) == [("turn:t1", Manner.PLAIN)]


async def test_a_stop_waits_for_no_late_reading(make_service, hangs, sqlite):
    """Stopped while one is awaited it ends at once, and tells the same after the next start."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        start = await agent.ask(type="subscribe", conversation="c")
        part = await hangs(platform, agent)
        (room,) = desk.service.hub.rooms
        assert room.resting is False
    assert (fates(desk), room.resting) == ({"dropped": 1.0}, True)
    async with make_service(store=sqlite) as desk:
        assert await everything(desk, start["position"], 1) == (True, part)
        assert fates(desk) == {}


async def test_other_rules_make_it_void(desk, hangs, poison, said, eventually):
    """What was read by rules that are no longer in force is not told."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        desk.service.hub.take_line(replace(desk.line, version="fake@2"))
        await agent.ask(type="subscribe", conversation="c")
        poison.set()
        await eventually(lambda: fates(desk) == {"dropped": 1.0})
        await platform.ask(**said("and this", turn="t2"))
        assert of([await agent.get()]) == [("reading", 2, "fake@2")]


async def test_what_cannot_be_written_is_not_told(desk, hangs, poison, monkeypatch, eventually):
    """A store that fails just then drops it; the next input is taken in as ever."""
    log = desk.service.hub.parts.log
    append = log.append

    async def broken(conversation, expected, name, payload, **more):
        if name.startswith("read-in-full"):
            raise StoreError("no room")
        return await append(conversation, expected, name, payload, **more)

    monkeypatch.setattr(log, "append", broken)
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        poison.set()
        await eventually(lambda: fates(desk) == {"dropped": 1.0})
        assert desk.service.hub.parts.degraded == {"store"}
        done = await platform.ask(type="assign", conversation="c", agent="kim")
        assert (done["type"], done["position"]["offset"]) == ("ack", 1)
        assert await agent.silent()


async def test_a_manner_that_is_not_noted_leaves_nothing_to_come(desk, hangs, poison, monkeypatch):
    """Folded again it would be read in another manner, so the places after it would differ."""

    async def broken(*_, **__):
        raise StoreError("no room")

    monkeypatch.setattr(desk.service.hub.parts.log, "replace", broken)
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        poison.set()
        assert await agent.silent()
        assert len(await stored(desk)) == 1


async def test_where_too_much_waits_it_is_dropped(desk, hangs, poison, monkeypatch, eventually):
    """What people say has the places; a late reading never takes one that they wait for."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await hangs(platform, agent)
        (room,) = desk.service.hub.rooms
        monkeypatch.setattr(room._inbox, "full", lambda: True)
        poison.set()
        await eventually(lambda: fates(desk) == {"dropped": 1.0})
        assert await agent.silent()


async def test_an_edit_is_read_in_full_too(desk, line, overran, said, eventually):
    """It sends the whole past down the line, so without the models much would be read anew."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("one", turn="t1"))
        await agent.get()
        line.held = Gate()
        line.waits.append("edit")
        await platform.ask(type="edit", conversation="c", turn="t1", text="two", at=AT)
        asked = agent.ask(type="subscribe", conversation="c")
        await overran(asked)
        line.held.set()
        await eventually(lambda: fates(desk) == {"told": 1.0})
        assert (await stored(desk))[1:] == [
            ("edit:2", Manner.PLAIN), ("read-in-full:3", Manner.WHOLE),
        ]  # fmt: skip


async def test_without_a_grace_nothing_comes_late(make_service, hangs, poison):
    """A grace of nothing gives up at the budget, as a service did that knew no grace."""
    async with (
        make_service(analysis_grace_s=0) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        assert of(await hangs(platform, agent)) == PLAIN
        assert desk.service.hub.parts.analyst.abandoned == 1
        poison.set()
        assert await agent.silent()
        assert fates(desk) == {}
