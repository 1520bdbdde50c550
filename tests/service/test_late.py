"""A turn that overran and was read in full after all, in a running service."""

import asyncio
from dataclasses import replace
from threading import Event as Gate

import pytest

from assist.errors import StoreError
from assist.service.effect import Manner, manner_of
from assist.settings import Settings

BUDGET_S = Settings().analysis_budget_s
GRACE_S = Settings().analysis_grace_s
AT = "2026-03-02T10:01:00Z"


@pytest.fixture
def poison(line):
    """Return what the line waits for in a poisonous turn, of which it sees less without models."""
    line.poison, line.plain_sees = Gate(), False
    yield line.poison
    line.poison.set()


@pytest.fixture
def overran(line, clock, eventually):
    """Return a way to let the budget pass until something was done, and no more than that."""

    async def until(task, budget_s=BUDGET_S):
        task, began = asyncio.ensure_future(task), clock.now

        def done():
            if line.waits and not task.done() and clock.now - began < 1.2 * budget_s:
                clock.advance(budget_s / 20)
            return task.done()

        await eventually(done)
        return await task

    return until


@pytest.fixture
def passing(clock, eventually):
    """Return a way to let seconds pass little by little until something is so."""

    async def until(check, seconds):
        began = clock.now

        def so():
            if clock.now - began < seconds:
                clock.advance(BUDGET_S / 20)
            return check()

        await eventually(so)

    return until


def of(events):
    """Return type, offset and version of each."""
    return [(e["type"], e["position"]["offset"], e["version"]) for e in events]


async def stored(desk):
    """Return the ids of the stored inputs, and how each was read."""
    records = await desk.service.hub.parts.log.read("c")
    return [(record.message_id, manner_of(record.payload)) for record in records]


def fates(desk):
    """Return how many late readings had which fate."""
    lines = desk.service.metrics.exposition().decode().splitlines()
    told = (line.split() for line in lines if line.startswith("assist_late_total{"))
    return {name.split('"')[1]: float(number) for name, number in told}


async def everything(desk, position, number):
    """Return whether a listener that comes back is recovered, and the events it missed."""
    async with desk.talk("agent") as agent:
        state = await agent.ask(type="subscribe", conversation="c", after=position)
        return state["recovered"], await agent.take(number)


PLAIN = [("reading", 1, "fake@1-models")]
FULL = [
    ("reading", 2, "fake@1"), ("escalation", 3, "fake@1"),
    ("suggestion", 4, "fake@1"), ("alert", 5, "fake@1"),
]  # fmt: skip


@pytest.fixture
def hangs(poison, overran, said):
    """Return a way to have a turn overrun: what is told of it without the models."""

    async def told(platform, agent, text="poison!", number=1):
        assert not poison.is_set()
        await platform.ask(**said(text, turn="t1"))
        return await overran(agent.take(number))

    return told


@pytest.fixture
def told_late(poison, hangs):
    """Return a way to have a turn told in part, and then in full: the events of both."""

    async def told(platform, agent, text="poison!", numbers=(1, 4)):
        part = await hangs(platform, agent, text, numbers[0])
        poison.set()
        return part, await agent.take(numbers[1])

    return told


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


async def test_after_a_restart_the_same_is_told_at_the_same_places(
    make_service, told_late, sqlite, said
):
    """Folded again, both readings come in their order, and whoever saw the first gets the rest."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        start = await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        await platform.ask(**said("and this!", turn="t2"))
        after = await agent.take(3)
    for _ in range(2):
        async with make_service(store=sqlite) as desk:
            told = await everything(desk, start["position"], 8)
            assert told == (True, part + full + after)
            assert await everything(desk, part[0]["position"], 7) == (True, full + after)
            assert await everything(desk, full[1]["position"], 5) == (True, full[2:] + after)


async def test_a_second_node_tells_it_the_same(make_service, told_late, sqlite, said):
    """Another service of that log takes over what was noted, also while it runs."""
    async with (
        make_service(store=sqlite) as one,
        make_service(store=sqlite) as two,
        one.talk("platform") as platform,
        one.talk("agent") as agent,
        two.talk("platform") as other,
        two.talk("agent") as watching,
    ):
        await watching.ask(type="subscribe", conversation="c")
        await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        await other.ask(**said("and this", turn="t2"))
        assert await watching.take(5) == part + full
        assert of([await watching.get()]) == [("reading", 6, "fake@1")]


async def test_a_kill_between_writing_and_telling_loses_nothing(
    make_service, hangs, poison, sqlite, monkeypatch
):
    """What was written is told after the next start, to whoever had seen what came before."""
    written = asyncio.Event()
    async with make_service(store=sqlite, drain_s=0) as desk:
        log = desk.service.hub.parts.log
        append = log.append

        async def stopped(conversation, expected, name, payload, **more):
            outcome = await append(conversation, expected, name, payload, **more)
            if name.startswith("read-in-full"):
                written.set()
                await asyncio.Event().wait()
            return outcome

        monkeypatch.setattr(log, "append", stopped)
        async with desk.talk("platform") as platform, desk.talk("agent") as agent:
            await agent.ask(type="subscribe", conversation="c")
            part = await hangs(platform, agent)
            poison.set()
            await written.wait()
            assert await agent.silent()
    async with make_service(store=sqlite) as desk:
        recovered, full = await everything(desk, part[0]["position"], 4)
        assert (recovered, of(full)) == (True, FULL)


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


async def test_where_it_cannot_be_read_in_full_again_the_epoch_is_another(
    make_service, told_late, sqlite, line, passing
):
    """It is given ample time; then the chat goes on without, and says what is not recovered."""
    short = {"store": sqlite, "analysis_budget_s": 1, "analysis_grace_s": 1}
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        part, full = await told_late(platform, agent)
        await platform.ask(type="close", conversation="c", at=AT)
        (summary,) = await agent.take(1)
    seen = []
    for overruns in (True, False):  # the second time it is noted, and nothing is waited for
        line.poison.clear()
        async with make_service(**short) as desk, desk.talk("agent") as agent:
            before = desk.clock.now
            asked = asyncio.ensure_future(agent.ask(type="subscribe", conversation="c"))
            await passing(asked.done, 12 if overruns else 0)
            assert (desk.clock.now - before >= 8) is overruns
            state = await asked
            assert state["position"]["epoch"] != summary["position"]["epoch"]
            assert (state["position"]["offset"], state["escalation"]["level"]) == (2, "calm")
            for place, told in ((part[0], True), (full[0], False), (summary, False)):
                async with desk.talk("agent") as back:
                    again = await back.ask(
                        type="subscribe", conversation="c", after=place["position"]
                    )
                    assert again["recovered"] is told
                    missed = await back.take(1) if told else []
                    seen.append((again["position"], missed))
            assert [manner for _, manner in await stored(desk)] == [
                Manner.PLAIN, Manner.NONE, Manner.WHOLE,
            ]  # fmt: skip
        line.poison.set()
    assert seen[:3] == seen[3:]
    assert [event["type"] for _, missed in seen[:3] for event in missed] == ["summary"]
