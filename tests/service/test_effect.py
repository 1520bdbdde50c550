"""What becomes of an input that the line takes too long over, in a running service."""

import asyncio
from threading import Event as Gate

import pytest

from assist.errors import StoreError
from assist.service.effect import Manner, _since, manner_of, noted
from assist.settings import Settings
from assist.wire.messages import Assign

BUDGET_S = Settings().analysis_budget_s


@pytest.fixture
def poison(line):
    """Return what the line waits for in a poisonous turn; set at the end."""
    line.poison = Gate()
    yield line.poison
    line.poison.set()


@pytest.fixture
def pass_time(line, clock, eventually):
    """Return a way to let time pass until something was done.

    As often as the line begins to wait, a little more passes than the budget, and no more: what the
    line does not wait over never overruns, however slow the machine is.
    """

    async def until(task):
        began = clock.now

        def done():
            if not task.done() and clock.now - began < 1.2 * BUDGET_S * len(line.waits):
                clock.advance(BUDGET_S / 20)
            return task.done()

        await eventually(done)
        return await task

    return until


async def manners(desk):
    """Return how each stored input of the conversation is noted to be read."""
    records = await desk.service.hub.parts.log.read("c")
    return [manner_of(record.payload) for record in records]


async def test_a_turn_that_overruns_is_read_without_the_models(desk, poison, said, pass_time):
    """It is acknowledged at once, read within the budget's end, and its events say by what."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        assert (await platform.ask(**said("poison!", turn="t1")))["type"] == "ack"
        events = await pass_time(asyncio.ensure_future(agent.take(4)))
        assert {event["version"] for event in events} == {"fake@1-models"}
        assert [event["position"]["offset"] for event in events] == [1, 2, 3, 4]
        await platform.ask(**said("and this", turn="t2"))
        (reading,) = await agent.take(1)
        assert (reading["version"], reading["position"]["offset"]) == ("fake@1", 5)
        assert await manners(desk) == [Manner.PLAIN, Manner.WHOLE]
    assert b'assist_overruns_total{manner="plain"} 1.0' in desk.service.metrics.exposition()


async def test_it_is_folded_again_the_same_and_waits_for_nothing(
    make_service, poison, sqlite, said, pass_time
):
    """After a restart the noted manner is taken at once, and the events are the same."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        state = await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("poison!", turn="t1"))
        before = await pass_time(asyncio.ensure_future(agent.take(4)))
    async with make_service(store=sqlite) as desk, desk.talk("agent") as agent:
        again = await agent.ask(type="subscribe", conversation="c", after=state["position"], id="s")
        assert (again["type"], again["recovered"]) == ("snapshot", True)
        assert await agent.take(4) == before
        assert b"assist_overruns_total{" not in desk.service.metrics.exposition()


async def test_what_overruns_in_every_way_is_taken_without_words(
    desk, line, poison, said, pass_time
):
    """Where the plain line overruns too, the turn counts and is not read; the chat goes on."""
    line.plain_helps = False
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("poison", turn="t1"))
        await pass_time(asyncio.ensure_future(agent.take(1)))
        await platform.ask(**said("then this!", turn="t2"))
        told = await agent.take(4)
        assert {event["turn"] for event in told} == {"t2"}
        assert await manners(desk) == [Manner.WORDLESS, Manner.WHOLE]
        state = await agent.ask(type="subscribe", conversation="c")
        assert state["turns"] == 2


async def test_others_are_answered_while_one_overruns(desk, poison, said, clock, eventually):
    """Another conversation's turn is read long before the budget of the first is over."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="d")
        await platform.ask(**said("poison", turn="t1"))
        await platform.ask(**said("hot!", turn="t1", conversation="d"))
        told = asyncio.ensure_future(agent.take(4))
        began = clock.now

        def done():
            if clock.now - began < 0.4 * BUDGET_S:  # no more passes, however long it takes
                clock.advance(0.05)
            return told.done()

        await eventually(done)
        assert await manners(desk) == [Manner.WHOLE]


async def test_a_draft_that_overruns_is_reviewed_without_the_models(desk, line, pass_time):
    """The review comes all the same, by the line that is left."""
    line.held = Gate()
    async with desk.talk("agent") as agent:
        await agent.send(type="draft", conversation="c", revision=1, text="We can't.")
        (review,) = await pass_time(asyncio.ensure_future(agent.take(1)))
        line.held.set()
    assert (review["type"], review["revision"]) == ("review", 1)


async def test_a_manner_that_cannot_be_noted_is_still_taken(
    desk, poison, said, pass_time, monkeypatch
):
    """Where the log fails just then, the events are told, and readiness says so."""

    async def broken(*_, **__):
        raise StoreError("no room")

    monkeypatch.setattr(desk.service.hub.parts.log, "replace", broken)
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("poison!", turn="t1"))
        assert len(await pass_time(asyncio.ensure_future(agent.take(4)))) == 4
        assert "store" in desk.service.hub.parts.degraded


@pytest.mark.parametrize("manner", [*Manner][1:])
def test_a_noted_manner_is_found_again(manner):
    """It stands at the end of the stored input, and the input is still JSON."""
    import json

    payload = noted(b'{"type":"turn","turn":{"text":"x"}}', manner)
    assert manner_of(payload) is manner
    assert json.loads(payload)["manner"] == manner


def test_text_cannot_pretend_to_be_a_manner():
    """What looks like the note inside a text is escaped, so it is none."""
    import json

    for text in (',"manner":"none"}', '"},"manner":"none"}'):
        payload = json.dumps({"type": "turn", "turn": {"text": text}}).encode()
        assert manner_of(payload) is Manner.WHOLE


async def test_of_other_inputs_nothing_is_kept_to_read_in_full(desk, poison, said, pass_time):
    """A turn that overran is kept for that; an assignment after it that overran too is not."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("poison!", turn="t1"))
        await pass_time(asyncio.ensure_future(agent.take(1)))
        (room,) = desk.service.hub.rooms
        assert room.past.since.entry.turn.id == "t1"
        past, entry = room.past, Assign(conversation="c", agent="kim")
        for one, kept in ((entry, None), (room.past.since.entry, past.course)):
            since = _since(past, one, Manner.PLAIN)
            assert (since and since.before) is kept
