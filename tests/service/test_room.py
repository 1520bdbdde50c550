"""One conversation, over real sockets: acks, events, resuming, timers, drafts, redactions."""

from threading import Event as Gate


def positions(messages):
    """Return the offsets of the messages that have one."""
    return [message["position"]["offset"] for message in messages]


async def test_a_turn_is_acknowledged_and_its_events_follow(desk, said):
    """The ack names the turn and the place before its events, which rise by one from there."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        first = await agent.ask(type="subscribe", conversation="c", id="s")
        assert (first["type"], first["re"], first["turns"]) == ("snapshot", "s", 0)
        assert "recovered" not in first
        ack = await platform.ask(**said("late!", turn="t1", id="7"))
        assert (ack["type"], ack["re"], ack["turn"]) == ("ack", "7", "t1")
        assert ack["position"] == first["position"]
        events = await agent.take(4)
        assert [event["type"] for event in events] == [
            "reading", "escalation", "suggestion", "alert",
        ]  # fmt: skip
        assert positions(events) == [1, 2, 3, 4]
        assert {event["turn"] for event in events} == {"t1"}
        ack = await platform.ask(**said("and again!", turn="t2"))
        assert ack["position"]["offset"] == 4
        assert "re" not in ack


async def test_a_repeated_turn_gets_the_first_ack_and_does_nothing(desk, said):
    """The same turn id again, with whatever words, is answered as at first, and nobody hears."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.send(**said("late!", turn="t1"))
        first = await platform.socket.recv()
        await platform.send(**said("more!", turn="t2"))
        await platform.socket.recv()
        await agent.take(8)
        await platform.send(**said("other words", turn="t1"))
        assert await platform.socket.recv() == first
        assert await agent.silent()


async def test_the_same_opening_is_one_opening(desk):
    """An `open` sent twice is stored once; a different one is stored again."""
    async with desk.talk("platform") as platform:
        for agent in ("a", "a", "b"):
            await platform.ask(type="open", conversation="c", agent=agent, id="x")
    assert await desk.service.hub.parts.log.last("c") == 2


async def test_subscribing_from_an_ack_gives_what_the_turn_caused(desk, said):
    """`after: ack.position` is answered by exactly the turn's own events and later ones."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await platform.ask(**said("one!", turn="t1"))
        ack = await platform.ask(**said("two!", turn="t2"))
        await platform.ask(**said("three", turn="t3"))
        state = await agent.ask(type="subscribe", conversation="c", after=ack["position"])
        assert (state["recovered"], state["position"]) == (True, ack["position"])
        events = await agent.take(5)
        assert positions(events) == [5, 6, 7, 8, 9]
        assert {event["turn"] for event in events} == {"t2", "t3"}


async def test_a_resumed_state_is_the_state_at_that_place(desk, said):
    """Whatever place is named, the snapshot shows the conversation as it stood right there."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        start = await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("one!", turn="t1"))
        await platform.ask(**said("two!", turn="t2"))
        await agent.take(8)
        seen = []
        for offset in range(9):
            place = {**start["position"], "offset": offset}
            state = await agent.ask(type="subscribe", conversation="c", after=place)
            missed = await agent.take(8 - offset)
            assert positions(missed) == list(range(offset + 1, 9))
            seen.append((state["escalation"]["score"], len(state["suggestions"])))
        assert seen == [
            (0.0, 0), (0.0, 0), (0.1, 0), (0.1, 1), (0.1, 1),
            (0.1, 1), (0.2, 1), (0.2, 2), (0.2, 2),
        ]  # fmt: skip


async def test_a_place_that_is_not_known_is_said_not_to_be(desk, said):
    """Another epoch, or a place to come, is answered by the state now and `recovered` false."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        ack = await platform.ask(**said("one!", turn="t1"))
        epoch = ack["position"]["epoch"]
        for place in ({"epoch": "other", "offset": 0}, {"epoch": epoch, "offset": 99}):
            await platform.ask(**said("one!", turn="t1"))
            state = await agent.ask(type="subscribe", conversation="c", after=place)
            assert state["recovered"] is False
            assert state["position"] == {"epoch": epoch, "offset": 4}
        assert await agent.silent()


async def test_unsubscribing_ends_the_events(desk, said):
    """After its ack nothing more of the conversation comes."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        ack = await agent.ask(type="unsubscribe", conversation="c", id="u")
        assert (ack["type"], ack["re"]) == ("ack", "u")
        await platform.ask(**said("one!", turn="t1"))
        assert await agent.silent()


async def test_silence_is_an_event_after_its_time(desk, said):
    """60 seconds of the conversation's time after the last event there is a nudge, once."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("hello", turn="t1"))
        await agent.get()
        desk.clock.advance(59)
        assert await agent.silent()
        desk.clock.advance(1)
        nudge = await agent.get()
        assert (nudge["type"], nudge["turn"]) == ("suggestion", None)
        assert nudge["position"]["offset"] == 2
        desk.clock.advance(600)
        assert await agent.silent()
    assert b'"tick"' in (await desk.service.hub.parts.log.read("c"))[-1].payload


async def test_talk_puts_silence_off(desk, said):
    """The silence begins anew with every turn."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("hello", turn="t1"))
        desk.clock.advance(50)
        await platform.ask(**said("hello", turn="t2"))
        await agent.take(2)
        desk.clock.advance(50)
        assert await agent.silent()
        desk.clock.advance(10)
        assert (await agent.get())["turn"] is None


async def test_only_the_newest_draft_is_answered(desk, eventually):
    """While an older revision is being looked at, a newer one makes it void."""
    desk.line.held = Gate()
    async with desk.talk("agent") as agent:
        for revision in (1, 2, 3):
            await agent.send(
                type="draft", conversation="c", revision=revision, text="x", id=f"d{revision}"
            )
            await eventually(lambda: desk.line.waits == ["review"])
        # It is answered after what was sent before it has been taken in.
        assert (await agent.ask(type="subscribe", conversation="d"))["type"] == "snapshot"
        desk.line.held.set()
        review = await agent.get()
        assert (review["type"], review["revision"], review["re"]) == ("review", 3, "d3")
        assert await agent.silent()
        await agent.send(type="draft", conversation="c", revision=2, text="x")
        assert await agent.silent()
    assert desk.line.reviewed == [1, 3]
    assert b'assist_rewrites_total{fate="dropped"} 0.0' in desk.service.metrics.exposition()


async def test_feedback_assign_and_typing(desk, said):
    """Feedback and assignment are acknowledged and stored; typing and the unknown are neither."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        at = "2026-03-02T10:00:00Z"
        done = await agent.ask(
            type="feedback", conversation="c", suggestion="s", action="helpful", at=at
        )
        assert (done["code"], done["retry"]) == ("suggestion.unknown", False)
        await platform.ask(**said("late!", turn="t1"))
        told = {"type": "feedback", "conversation": "c", "suggestion": "calm:t1", "at": at}
        assert (await agent.ask(**told, action="helpful"))["type"] == "ack"
        await platform.send(type="typing", conversation="c", role="customer", on=True, at=at)
        assert (await platform.ask(type="assign", conversation="c", agent="kim"))["type"] == "ack"
        kinds = [r.message_id for r in await desk.service.hub.parts.log.read("c")]
        assert kinds == ["turn:t1", "feedback:2", "assign:3"]


async def test_a_summary_on_close_and_when_asked_for(desk, said):
    """Closing tells the summary as an event; asking for it is answered to the asker alone."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("hello", turn="t1"))
        await agent.get()
        asked = await agent.ask(type="summarise", conversation="c", id="q")
        assert (asked["type"], asked["re"], asked["problem"]) == ("summary", "q", "1 turns")
        await platform.ask(type="close", conversation="c", at="2026-03-02T11:00:00Z")
        told = await agent.get()
        assert (told["type"], told["position"]["offset"]) == ("summary", 2)
        assert "re" not in told


async def test_a_line_that_fails_harms_only_that_input(desk, said, capsys):
    """A turn on which the line fails is stored and without effect; its words are not logged."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        await agent.ask(type="subscribe", conversation="c")
        ack = await platform.ask(**said("boom MARKER", turn="t1"))
        assert ack["type"] == "ack"
        await platform.ask(**said("fine", turn="t2"))
        event = await agent.get()
        assert (event["turn"], event["position"]["offset"]) == ("t2", 1)
    told = capsys.readouterr()
    assert "ValueError" in told.out + told.err
    assert "MARKER" not in told.out + told.err


async def test_a_redaction_takes_the_words_out_of_the_log(desk, said):
    """After a redaction the words are stored nowhere, and what was before cannot be resumed."""
    async with desk.talk("platform") as platform, desk.talk("agent") as agent:
        start = await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("MARKER!", turn="t1"))
        await agent.take(4)
        at = "2026-03-02T10:01:00Z"
        ack = await platform.ask(type="redact", conversation="c", turn="t1", at=at)
        assert (ack["turn"], ack["position"]["offset"]) == ("t1", 4)
        assert (await agent.get())["position"]["offset"] == 5
        old = await agent.ask(type="subscribe", conversation="c", after=start["position"])
        assert old["recovered"] is False
        new = await agent.ask(type="subscribe", conversation="c", after=ack["position"])
        assert new["recovered"] is True
        assert positions([await agent.get()]) == [5]
    stored = await desk.service.hub.parts.log.read("c")
    assert not any(b"MARKER" in record.payload for record in stored)
    assert len(stored) == 2
