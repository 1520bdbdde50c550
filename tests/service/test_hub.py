"""All conversations: each apart, some watched together, idle ones gone."""

import gc
import weakref


def positions(messages):
    """Return the offsets of the messages that have one."""
    return [message["position"]["offset"] for message in messages]


async def test_conversations_are_apart(desk, said):
    """Who follows one conversation hears nothing of another."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="a")
        await platform.ask(**said("one!", turn="t1", conversation="b"))
        await platform.ask(**said("one", turn="t1", conversation="a"))
        assert (await agent.get())["conversation"] == "a"
        assert await agent.silent()


async def test_supervisors_of_everything_get_alerts_and_levels(desk, said):
    """`*` brings escalations and alerts of all conversations, and nothing else."""
    async with desk.talk("platform") as platform, desk.talk("supervisor") as boss:
        await platform.ask(**said("before!", turn="t1", conversation="old"))
        await boss.ask(type="summarise", conversation="old")  # what was said has been thought about
        state = await boss.ask(type="subscribe", conversation="*", id="s")
        assert (state["type"], state["conversation"], state["re"]) == ("snapshot", "*", "s")
        tense = await boss.get()
        assert (tense["conversation"], tense["escalation"]["level"]) == ("old", "high")
        await platform.ask(**said("calm", turn="t1", conversation="x"))
        await platform.ask(**said("not!", turn="t2", conversation="y"))
        events = await boss.take(2)
        assert [(event["type"], event["conversation"]) for event in events] == [
            ("escalation", "y"),
            ("alert", "y"),
        ]
        done = await boss.ask(
            type="acknowledge", conversation="y", alert=events[1]["alert"], id="k"
        )
        assert (done["type"], done["re"]) == ("ack", "k")
        seen = await boss.get()
        assert (seen["type"], seen["alert"]) == ("acknowledged", events[1]["alert"])
        assert (await boss.ask(type="unsubscribe", conversation="*"))["type"] == "ack"
        await platform.ask(**said("more!", turn="t3", conversation="y"))
        assert await boss.silent()


async def test_a_calm_chat_whose_alert_nobody_saw_is_told_to_who_comes_late(desk, said):
    """`*` brings a chat that calmed down unseen; once it was acknowledged it does not."""
    async with desk.talk("platform") as platform, desk.talk("supervisor") as boss:
        await platform.ask(**said("help!", turn="t1", conversation="old"))
        await platform.ask(
            type="redact", conversation="old", turn="t1", at="2026-03-02T10:01:00+00:00"
        )
        await boss.ask(type="summarise", conversation="old")  # what was said has been thought about
        await boss.ask(type="subscribe", conversation="*")
        unseen = await boss.get()
        assert (unseen["conversation"], unseen["escalation"]["level"]) == ("old", "calm")
        alert = unseen["alerts"][0]["id"]
        await boss.ask(type="acknowledge", conversation="old", alert=alert)
        assert (await boss.get())["type"] == "acknowledged"
        async with desk.talk("supervisor") as other:
            await other.ask(type="subscribe", conversation="*")
            assert await other.silent()


async def test_an_idle_conversation_leaves_memory_and_comes_back_the_same(
    make_service, said, eventually
):
    """After the idle time a room is dropped; its state, offsets and timers are as before."""
    async with make_service(idle_s=30) as desk:
        async with desk.talk("platform") as platform:
            ack = await platform.ask(**said("late!", turn="t1"))
        async with desk.talk("agent") as agent:
            await agent.ask(type="summarise", conversation="c")  # what was said has been read
        assert len(desk.service.hub) == 1
        desk.clock.advance(50)
        await eventually(lambda: len(desk.service.hub) == 0)
        async with desk.talk("agent") as agent:
            state = await agent.ask(type="subscribe", conversation="c", after=ack["position"])
            assert state["recovered"] is True
            assert positions(await agent.take(4)) == [1, 2, 3, 4]
            desk.clock.advance(10)
            assert (await agent.get())["turn"] is None


async def test_a_followed_conversation_stays(make_service):
    """Nobody's subscription is lost to idleness."""
    async with make_service(idle_s=30) as desk, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        desk.clock.advance(500)
        assert len(desk.service.hub) == 1


async def test_a_conversation_that_comes_back_soon_is_not_read_again(
    make_service, said, eventually, line
):
    """What it knew was kept small meanwhile; an erasure leaves nothing of it to come back to."""
    async with make_service(idle_s=30) as desk:
        async with desk.talk("platform") as platform, desk.talk("agent") as agent:
            await platform.ask(**said("late!", turn="t1"))
            before = await agent.ask(type="summarise", conversation="c")
        assert line.read == ["t1"]
        desk.clock.advance(50)
        await eventually(lambda: len(desk.service.hub) == 0)
        assert len(desk.service.hub.parts.asleep) == 1
        async with desk.talk("agent") as agent:
            assert await agent.ask(type="summarise", conversation="c") == before
        assert line.read == ["t1"]

        def asleep():
            desk.clock.advance(30)
            return len(desk.service.hub.parts.asleep) == 1

        await eventually(asleep)
        async with desk.talk("platform") as platform:
            await platform.ask(type="erase", conversation="c")
        assert len(desk.service.hub.parts.asleep) == 0


async def test_a_conversation_that_left_memory_needs_no_collector(make_service, said, eventually):
    """Whole collections are minutes apart and see nothing old, so it must hold no circle."""
    async with make_service(idle_s=30) as desk:
        async with desk.talk("platform") as platform, desk.talk("agent") as agent:
            await agent.ask(type="subscribe", conversation="c")
            await platform.ask(**said("late!", turn="t1"))
            await agent.until("alert")
            await agent.ask(type="summarise", conversation="c")
        (room,) = desk.service.hub.rooms
        gc.collect()
        gc.disable()
        try:
            left = [weakref.ref(room), weakref.ref(room.past)]
            del room
            desk.clock.advance(50)
            await eventually(lambda: len(desk.service.hub) == 0)
            await eventually(lambda: [one() for one in left] == [None, None])
        finally:
            gc.enable()
