"""Quiet and alarm over real sockets: snoozes, mutes, fewer prompts, alerts seen once."""

import pytest
from noticing import noticing

from assist.core.conditions import CueFound, Pattern
from assist.core.escalation import EscalationPolicy, Level
from assist.core.line import Guidance
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Pull
from assist.line import Line
from assist.service.tokens import signed

AT = "2026-03-02T11:00:00Z"
LINES = tuple(f"line {number}" for number in range(20))


def rule(technique, word, **more):
    return Rule(
        id=f"p/{technique}/{word}", technique=technique, summary="S.", why="Because.", rest=1,
        when=CueFound(pattern=Pattern(cue=word)),
        **{"watches": Watches.CUSTOMER_TURN, "lines": LINES, **more},
    )  # fmt: skip


def mark(name, word, **more):
    return rule(
        more.pop("technique", "x"),
        word,
        lines=(),
        mark=Mark(name=name, score=1.0, reason=name, pulls=(Pull(axis="effort", amount=3.0),)),
        **more,
    )


@pytest.fixture
def line():
    """Return the real line with a few small rules."""
    rules = (
        mark("cause.delay", "late"),
        mark("act.apology", "sorry", technique="apologise", watches=Watches.AGENT_TURN),
        rule("apologise", "late", priority=60),
        rule("apologise", "oops"),
        rule("thank", "thanks"),
    )
    policy = EscalationPolicy(
        bias=-2.0, weights={"effort": 1.0}, enter={Level.WATCH: 0.2, Level.HIGH: 0.5}
    )
    pack = Pack(name="p", version="1", digest="d", rules=rules)
    return Line(
        guidance=Guidance(
            pack=pack, policy=policy, detectors=(noticing("late", "oops", "thanks", "sorry"),)
        )
    )


async def cards(agent, name="c"):
    """Return the techniques that stand in a conversation."""
    state = await agent.ask(type="subscribe", conversation=name)
    await agent.ask(type="unsubscribe", conversation=name)
    return [card["technique"] for card in state["suggestions"]]


async def test_a_snooze_is_for_this_chat_and_can_be_taken_back(desk, said):
    """The card goes with its reason, the next is held back and can be asked for, until woken."""
    async with desk.talk("platform") as platform, desk.talk("agent", agent="kim") as agent:
        await platform.ask(**said("late", turn="t1"))
        assert await cards(agent) == ["apologise"]
        asked = {"type": "snooze", "conversation": "c", "technique": "apologise", "at": AT}
        await agent.ask(type="subscribe", conversation="c")
        await agent.send(**asked, on=True)
        got = await agent.until("retract")
        assert (got[0]["type"], got[-1]["reason"]) == ("ack", "snoozed")
        await agent.ask(type="unsubscribe", conversation="c")
        await platform.ask(**said("late", turn="t2"))
        assert await cards(agent) == []
        log = await agent.ask(type="held", conversation="c", id="h")
        assert (log["type"], log["re"], log["snoozed"]) == ("held-back", "h", ["apologise"])
        assert log["moments"][0]["shown"] == "p/apologise/late:t1"
        assert [one["reason"] for one in log["moments"][1]["held"]] == ["snoozed"]
        assert (await agent.ask(**asked, on=False))["type"] == "ack"
        await platform.ask(**said("late", turn="t3"))
        assert await cards(agent) == ["apologise"]
        await platform.ask(**said("late", turn="t1", conversation="other"))
        assert await cards(agent, "other") == ["apologise"]


async def test_a_mute_is_for_every_chat_of_the_agent_and_outlives_the_service(
    make_service, said, sqlite
):
    """It empties the screen at once, counts for kim's chats only, and is there after a restart."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        async with desk.talk("agent", agent="kim") as kim:
            await platform.ask(type="open", conversation="c", agent="kim")
            await platform.ask(**said("late", turn="t1"))
            told = await kim.ask(type="prefer", muted=["apologise"], id="p")
            assert told == {
                "type": "preferences", "re": "p", "agent": "kim", "muted": ["apologise"],
                "fewer": False, "resting": [],
            }  # fmt: skip
            assert await cards(kim) == []
        await platform.ask(type="open", conversation="d", agent="lee")
        await platform.ask(**said("late", turn="t1", conversation="d"))
        async with desk.talk("agent", agent="lee") as lee:
            assert await cards(lee, "d") == ["apologise"]
            assert (await lee.ask(type="prefer"))["muted"] == []
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
    ):
        await platform.ask(type="open", conversation="e", agent="kim")
        await platform.ask(**said("late", turn="t1", conversation="e"))
        assert await cards(kim, "e") == []
        assert (await kim.ask(type="prefer", muted=[]))["muted"] == []
        await platform.ask(**said("late", turn="t2", conversation="e"))
        assert await cards(kim, "e") == ["apologise"]


async def test_fewer_prompts_come_from_the_agents_own_habits(desk, said):
    """After sixteen unprompted apologies the card rests for that agent, and for nobody else."""
    async with desk.talk("platform") as platform, desk.talk("agent", agent="kim") as kim:
        assert (await kim.ask(type="prefer", fewer=True))["fewer"] is True
        for number in range(16):
            name = f"old{number}"
            await platform.ask(type="open", conversation=name, agent="kim")
            await platform.ask(**said("hello", turn="t1", conversation=name))
            await platform.ask(**said("sorry", turn="t2", role="agent", conversation=name))
            await platform.ask(type="close", conversation=name, at=AT)
        for name, agent, expected in (("new", "kim", []), ("theirs", "lee", ["apologise"])):
            await platform.ask(type="open", conversation=name, agent=agent)
            await platform.ask(**said("oops", turn="t1", conversation=name))
            assert await cards(kim, name) == expected
        told = await kim.ask(type="prefer")
        assert told["resting"] == [{"technique": "apologise", "own": 16, "away": 0, "used": 0}]
        log = await kim.ask(type="held", conversation="new")
        assert [one["reason"] for one in log["moments"][0]["held"]] == ["fewer-asked"]


async def test_a_choice_needs_a_name(make_service, tmp_path, desk):
    """Without `agent` in hello, or in a token where there are tokens, nobody can choose."""
    async with desk.talk("agent") as agent:
        told = await agent.ask(type="prefer", fewer=True, id="p")
        assert (told["code"], told["re"]) == ("session.no-agent", "p")
        told = await agent.ask(type="prefer", muted=["no-such-technique"])
        assert told["code"].startswith("message.")
        assert "technique" in told["message"]
    secret = tmp_path / "secret"
    secret.write_bytes(b"x" * 40)
    async with make_service(token_secret_file=secret) as guarded:
        for named, answer in ((None, "error"), ("kim", "preferences")):
            token = signed(
                secret.read_bytes(), role="agent", ttl_s=60, agent=named, conversations=("c",)
            )
            async with guarded.talk("agent", agent="kim", token=token) as agent:
                assert (await agent.ask(type="prefer", fewer=True))["type"] == answer


async def test_an_alert_is_told_once_whatever_happens_to_the_service(make_service, said, sqlite):
    """Reasons and hand-over come with it; neither a restart nor coming back tells it again."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        async with desk.talk("supervisor") as boss:
            await boss.ask(type="subscribe", conversation="*")
            await platform.ask(**said("late, my parcel", turn="t5"))
            alert = (await boss.until("alert"))[-1]
            assert (alert["alert"], alert["level"]) == ("high:1", "high")
            assert alert["reasons"][0]["text"] == "cause.delay"
            assert alert["summary"]["causes"] == ["cause.delay"]
            await platform.ask(**said("late again", turn="t6"))
            await platform.ask(**said("late before", turn="t4"))
            kinds = [message["type"] for message in await boss.take(1)]
            while not await boss.silent():
                pass
            assert "alert" not in kinds
        async with desk.talk("supervisor") as boss:
            state = await boss.ask(type="subscribe", conversation="*")
            tense = await boss.get()
            assert [one["id"] for one in tense["alerts"]] == ["high:1"]
            assert state["alerts"] == []
            assert await boss.silent()
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        async with desk.talk("supervisor") as boss, desk.talk("supervisor") as other:
            for one in (boss, other):
                await one.ask(type="subscribe", conversation="*")
            state = await boss.ask(type="subscribe", conversation="c")
            assert [one["id"] for one in state["alerts"]] == ["high:1"]
            await boss.ask(type="unsubscribe", conversation="c")
            await platform.ask(**said("hello", turn="t7"))
            await acknowledged_once(boss, other)
            later = await boss.ask(type="subscribe", conversation="c")
            assert later["alerts"] == []
        records = await desk.service.hub.parts.log.read("c")
        assert sum(b'"acknowledge"' in record.payload for record in records) == 1


async def acknowledged_once(boss, other):
    """Acknowledge twice: both are answered, everybody hears of it once, an unknown one is told."""
    for _ in range(2):
        await boss.send(type="acknowledge", conversation="c", alert="high:1", id="k")
        while (got := await boss.get()).get("re") != "k":
            pass
        assert got["type"] == "ack"
    heard = await other.until("acknowledged")
    while not await quiet(other, heard):
        pass
    assert [one["alert"] for one in heard if one["type"] == "acknowledged"] == ["high:1"]
    assert not [one for one in heard if one["type"] == "alert"]
    await boss.send(type="acknowledge", conversation="c", alert="high:9", id="u")
    while (got := await boss.get()).get("re") != "u":
        pass
    assert got["code"] == "alert.unknown"


async def quiet(talker, heard):
    """Take what comes within a moment, where nothing should; tell whether nothing did."""
    try:
        heard.append(await talker.get(within=0.2))
    except TimeoutError:
        return True
    return False


async def covered(agent, name="c"):
    """Tell whether somebody is told the coverage of a conversation."""
    state = await agent.ask(type="subscribe", conversation=name)
    return bool(state["coverage"])


@pytest.mark.parametrize("share", [False, True])
async def test_a_supervisor_of_everything_is_not_told_how_an_agent_did(make_service, said, share):
    """The states of tense chats come without the coverage, unless the operator shares it."""
    async with make_service(share_coverage=share) as desk, desk.talk("platform") as platform:
        await platform.ask(type="open", conversation="c", agent="kim")
        await platform.ask(**said("late", turn="t1"))
        await platform.ask(**said("sorry", turn="t2", role="agent"))
        async with desk.talk("supervisor") as boss, desk.talk("agent", agent="kim") as kim:
            assert await covered(kim)
            await boss.ask(type="subscribe", conversation="*")
            tense = await boss.get()
            assert (tense["escalation"]["level"], bool(tense["coverage"])) == ("high", share)


async def test_coverage_goes_with_the_conversation(desk, said):
    """After `assign` the agent who had it is told no more of it, and the one who has it is."""
    async with (
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
        desk.talk("agent", agent="lee") as lee,
    ):
        await platform.ask(type="open", conversation="c", agent="kim")
        await platform.ask(**said("late", turn="t1"))
        await platform.ask(**said("sorry", turn="t2", role="agent"))
        assert (await covered(kim), await covered(lee)) == (True, False)
        await platform.ask(type="assign", conversation="c", agent="lee")
        await platform.ask(type="close", conversation="c", at=AT)
        told = [(await agent.until("summary"))[-1]["coverage"] for agent in (kim, lee)]
        assert [bool(coverage) for coverage in told] == [False, True]


async def test_whoever_left_is_told_nothing_after_an_assignment(desk, said):
    """An agent who unsubscribed is not subscribed again by the conversation changing hands."""
    async with desk.talk("platform") as platform, desk.talk("agent", agent="kim") as kim:
        await platform.ask(type="open", conversation="c", agent="lee")
        await kim.ask(type="subscribe", conversation="c")
        await kim.ask(type="unsubscribe", conversation="c")
        await platform.ask(type="assign", conversation="c", agent="kim")
        await platform.ask(**said("late", turn="t1"))
        assert await kim.silent()


async def test_a_mute_counts_for_chats_that_are_not_in_memory(make_service, said, sqlite):
    """A card that stands since before a restart goes when the chat is looked at again."""
    async with make_service(store=sqlite) as desk, desk.talk("platform") as platform:
        await platform.ask(type="open", conversation="c", agent="kim")
        await platform.ask(**said("late", turn="t1"))
        async with desk.talk("agent", agent="kim") as kim:
            assert await cards(kim) == ["apologise"]
    async with make_service(store=sqlite) as desk, desk.talk("agent", agent="kim") as kim:
        await kim.ask(type="prefer", muted=["apologise"])
        assert await cards(kim) == []


async def test_the_mutes_of_a_newly_assigned_agent_count_at_once(desk, said):
    """What stands and is muted goes as the conversation comes; the agent before had seen it."""
    async with (
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
        desk.talk("agent", agent="lee") as lee,
    ):
        await lee.ask(type="prefer", muted=["apologise"])
        await platform.ask(type="open", conversation="c", agent="kim")
        await platform.ask(**said("late", turn="t1"))
        assert await cards(kim) == ["apologise"]
        await platform.ask(type="assign", conversation="c", agent="lee")
        assert await cards(lee) == []


async def test_edits_hold_in_every_order_and_repeats_are_stored_once(make_service, said, sqlite):
    """An edit may come before its turn, an older one after a newer; a restart changes nothing."""
    newer = {"turn": "t2", "text": "all good", "at": "2026-03-02T10:00:30Z"}
    older = {"turn": "t2", "text": "late, late", "at": "2026-03-02T10:00:20Z"}
    async with make_service(store=sqlite) as desk:
        async with desk.talk("platform") as platform, desk.talk("agent", agent="kim") as kim:
            await platform.ask(**said("hello", turn="t1"))
            for edit in (newer, older, newer):
                told = await platform.ask(type="edit", conversation="c", **edit)
                assert (told["type"], told["turn"]) == ("ack", "t2")
            await platform.ask(**said("late", turn="t2"))
            assert await cards(kim) == []
            assert (await platform.ask(type="edit", conversation="c", **older))["type"] == "ack"
            assert await cards(kim) == []
            await platform.ask(**said("late", turn="t3"))
            await platform.ask(**said("late", turn="t2"))
            assert await cards(kim) == ["apologise"]
            card = "p/apologise/late:t3"
            used = {"suggestion": card, "action": "dismissed", "at": AT}
            for kind, message in (
                ("redact", {"turn": "t3", "at": AT}), ("close", {"at": AT, "outcome": "solved"}),
            ):  # fmt: skip
                await kim.ask(type="feedback", conversation="c", **used)
                for _ in range(2):
                    told = await platform.ask(type=kind, conversation="c", **message)
                    assert told["type"] == "ack"
            unknown = await kim.ask(
                type="feedback", conversation="c", **{**used, "suggestion": "p/apologise/late:t9"}
            )
            assert (unknown["code"], unknown["retry"]) == ("suggestion.unknown", False)
        stored = await desk.service.hub.parts.log.read("c")
        kinds = [record.message_id.partition(":")[0] for record in stored]
        assert [kinds.count(kind) for kind in ("turn", "edit", "redact", "close")] == [3, 1, 1, 1]
    async with (
        make_service(store=sqlite) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as kim,
    ):
        await platform.ask(**said("late", turn="t4"))
        await kim.ask(type="subscribe", conversation="c")
        stood = desk.service.hub.rooms[0].past.course.conversation
        assert [turn.text for turn in stood.turns] == ["hello", "all good", "", "late"]


async def test_a_turn_after_the_close_opens_the_chat_again(desk, said):
    """What is newer than the close goes on; what is older is put before it, and it stays closed."""
    async with desk.talk("platform") as platform, desk.talk("agent", agent="kim") as kim:
        await platform.ask(type="open", conversation="c", agent="kim")
        await platform.ask(**said("hello", turn="t2"))
        await platform.ask(type="close", conversation="c", at="2026-03-02T10:00:30Z")
        await platform.ask(**said("late", turn="t1"))
        state = await kim.ask(type="subscribe", conversation="c")
        assert (state["turns"], state["suggestions"]) == (2, [])
        await platform.ask(**said("late", turn="t40"))
        heard = await kim.until("suggestion")
        assert heard[-1]["suggestion"]["technique"] == "apologise"


async def test_several_sockets_of_one_agent_and_several_agents_hear_the_same(desk, said):
    """Each socket of each agent gets every event, in the same order, and answers for itself."""
    async with (
        desk.talk("platform") as platform,
        desk.talk("agent", agent="kim") as one,
        desk.talk("agent", agent="kim") as two,
        desk.talk("agent", agent="lee") as three,
    ):
        await platform.ask(type="open", conversation="c", agent="kim")
        agents = (one, two, three)
        for agent in agents:
            await agent.ask(type="subscribe", conversation="c")
        await platform.ask(**said("late", turn="t1"))
        heard = [await agent.until("alert") for agent in agents]
        assert heard[0] == heard[1] == heard[2]
        used = {"conversation": "c", "suggestion": "p/apologise/late:t1", "at": AT}
        await two.send(type="feedback", action="dismissed", id="f", **used)
        assert [message["type"] for message in await two.take(2)] == ["ack", "retract"]
        for agent in (one, three):
            assert (await agent.get())["type"] == "retract"
            assert await agent.silent()
