"""Coming back: after a restart, with other rules, and on a second node of the same store."""

import asyncio


async def _played(platform, said, turns):
    return [await platform.ask(**said("late!", turn=turn)) for turn in turns]


async def test_after_a_restart_exactly_the_missed_events_follow(make_service, sqlite, said):
    """An agent that had seen some events gets the rest, in the same words, from a new process."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        await _played(platform, said, ["t1", "t2", "t3"])
        before = await agent.take(12)
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        state = await agent.ask(type="subscribe", conversation="c", after=before[4]["position"])
        assert state["recovered"] is True
        assert state["position"] == before[4]["position"]
        assert await agent.take(7) == before[5:]
        await _played(platform, said, ["t4"])
        assert (await agent.get())["position"]["offset"] == 13


async def test_after_a_restart_a_repeated_turn_gets_its_first_ack(make_service, sqlite, said):
    """Byte for byte, whatever came between."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.send(**said("late!", turn="t1"))
        first = await platform.socket.recv()
        await _played(platform, said, ["t2", "t3"])
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.send(**said("late!", turn="t1"))
        assert await platform.socket.recv() == first
        assert await desk.service.hub.parts.log.last("c") == 3


async def test_silences_that_were_told_are_told_again(make_service, sqlite, said):
    """A tick that fired is part of the log, so offsets after it stay what they were."""
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as agent,
    ):
        start = await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("hello", turn="t1"))
        first = await agent.get()
        desk.clock.advance(60)
        nudge = await agent.get()
        await platform.ask(**said("hi", turn="t99"))
        last = await agent.get()
    async with make_service(store=sqlite) as desk, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c", after=start["position"])
        assert await agent.take(3) == [first, nudge, last]


async def test_other_rules_are_a_new_epoch(make_service, sqlite, said, line):
    """With another line an old position is answered by the state now, and says so."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        ack = (await _played(platform, said, ["t1", "t2"]))[1]
    line.version = "fake@2"
    async with make_service(store=sqlite) as desk, desk.talk("agent") as agent:
        state = await agent.ask(type="subscribe", conversation="c", after=ack["position"])
        assert state["recovered"] is False
        assert state["position"]["epoch"] != ack["position"]["epoch"]
        assert (state["position"]["offset"], state["turns"]) == (8, 2)
        assert await agent.silent()


async def test_a_redaction_is_a_new_epoch_after_a_restart(make_service, sqlite, said, tmp_path):
    """The words are in no file, and positions from before are said not to be recovered."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.ask(**said("MARKER!", turn="t1"))
        ack = await platform.ask(
            type="redact", conversation="c", turn="t1", at="2026-03-02T10:01:00Z"
        )
    assert not any(b"MARKER" in path.read_bytes() for path in tmp_path.iterdir())
    async with make_service(store=sqlite) as desk, desk.talk("agent") as agent:
        state = await agent.ask(type="subscribe", conversation="c", after=ack["position"])
        assert (state["recovered"], state["turns"]) == (False, 1)
        assert state["escalation"]["level"] == "calm"


async def test_two_nodes_of_one_store_agree(make_service, sqlite, said):
    """Turns through either node are numbered as one sequence, and each node tells its agents."""
    async with make_service(store=sqlite) as left, make_service(store=sqlite) as right:
        async with (
            left.talk("platform") as here,
            right.talk("platform") as there,
            right.talk("agent") as agent,
        ):
            await agent.ask(type="subscribe", conversation="c")
            await _played(here, said, ["t1", "t2"])
            await _played(there, said, ["t3", "t2"])
            events = await agent.take(12)
            assert [event["position"]["offset"] for event in events] == list(range(1, 13))
            again = await there.ask(**said("late!", turn="t1"))
            assert again["position"]["offset"] == 0
        assert await left.service.hub.parts.log.last("c") == 3


async def test_many_conversations_at_once_are_each_in_order(make_service, sqlite, said):
    """Forty conversations, ten turns each, all at once: each is stored whole and in order."""
    async with (
        make_service(store=sqlite, turns_per_second=10_000) as desk,
        desk.talk("platform") as platform,
    ):
        for n in range(10):
            for c in range(40):
                await platform.send(**said("x", turn=f"t{n}", conversation=f"c{c}"))
        acks = await platform.take(400)
        assert {ack["type"] for ack in acks} == {"ack"}
        log = desk.service.hub.parts.log
        stored = await asyncio.gather(*(log.read(f"c{c}") for c in range(40)))
    for records in stored:
        assert [record.message_id for record in records] == [f"turn:t{n}" for n in range(10)]
