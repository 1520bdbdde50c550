"""Who follows a conversation, and what each of them is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.service.asked import Asked
from assist.service.bus import Mailbox
from assist.service.course import advanced
from assist.service.following import Followers
from assist.service.hub import Hub
from assist.service.metrics import Metrics
from assist.service.past import Past
from assist.service.store_memory import MemoryLog
from assist.wire.messages import Assign, Close, Peer, Subscribe, parse_server


@pytest.fixture
async def parts(line, clock):
    hub = Hub(line, MemoryLog(), clock, Metrics())
    yield hub.parts
    await hub.close()


def follower(agent, peer=Peer.AGENT):
    message = Subscribe(conversation="c")
    return Asked(message=message, mailbox=Mailbox(9), received=0.0, agent=agent, peer=peer)


async def heard(asked):
    """Return everything that waits for somebody."""
    found = []
    while len(asked.mailbox):
        found += [parse_server(message.decode()) for message in await asked.mailbox.take()]
    return found


async def test_whoever_comes_is_told_the_state_and_then_what_happens(parts, line):
    """A snapshot first, then each event; after dismissal nothing."""
    followers, past = Followers("c", parts), Past("e", line.begin("c"))
    kim, boss = follower("kim"), follower(None, Peer.SUPERVISOR)
    assert not followers.any
    for one in (kim, boss):
        followers.admit(past, one)
        assert [message.type for message in await heard(one)] == ["snapshot"]
    assert followers.any
    close = Close(conversation="c", at=datetime(2026, 3, 2, 11, tzinfo=UTC))
    followers.tell(advanced(past.course, close, line, "e"))
    assert [message.type for message in await heard(kim)] == ["summary"]
    followers.dismiss(kim.mailbox)
    followers.tell(advanced(past.course, close, line, "e"))
    assert (await heard(kim), len(await heard(boss))) == ([], 2)


async def test_who_is_told_all_is_asked_anew_when_the_agent_changes(parts, line):
    """Each follower is attached once, to what they may hear now."""
    followers, past = Followers("c", parts), Past("e", line.begin("c"))
    past.grow("a", advanced(past.course, Assign(conversation="c", agent="kim"), line, "e"))
    kim, lee = follower("kim"), follower("lee")
    for one in (kim, lee):
        followers.admit(past, one)
    all_, others = "conversation.c", "others.c"
    attached = parts.bus._attached
    assert (list(attached[all_]), list(attached[others])) == ([kim.mailbox], [lee.mailbox])
    followers.sort_again(replace(past.course.conversation, agent="lee"))
    assert (list(attached[all_]), list(attached[others])) == ([lee.mailbox], [kim.mailbox])


async def test_who_begins_anew_is_told_so(parts, line):
    """A snapshot that says that nothing was recovered."""
    followers, past = Followers("c", parts), Past("e", line.begin("c"))
    kim = follower("kim")
    followers.admit(past, kim)
    await heard(kim)
    followers.begin_anew(past)
    (state,) = await heard(kim)
    assert (state.recovered, state.turns, state.coverage) == (False, 0, ())


async def test_supervisors_are_told_who_waits_and_who_was_answered(desk, said):
    """The alert says since when; an answer, of which no event tells, is told by a snapshot."""
    async with desk.talk("supervisor") as boss, desk.talk("platform") as platform:
        await boss.ask(type="subscribe", conversation="*")
        await platform.ask(**said("calm words", turn="t1", conversation="calm"))
        await platform.ask(**said("help!", turn="t1"))
        first = [await boss.get(), await boss.get()]
        assert [one["type"] for one in first] == ["escalation", "alert"]
        assert [one["waiting_since"] for one in first] == ["2026-03-02T10:00:01Z"] * 2
        await platform.ask(**said("and now", turn="t2"))
        await platform.ask(**said("note", turn="t3", role="agent"))
        answered = await boss.get()
        assert (answered["type"], answered["conversation"]) == ("snapshot", "c")
        assert ("waiting_since" in answered, answered["coverage"]) == (False, [])
        await platform.ask(**said("still", turn="t4"))
        assert (await boss.get())["waiting_since"] == "2026-03-02T10:00:04Z"
    async with desk.talk("supervisor") as late:
        await late.ask(type="subscribe", conversation="*")
        assert (await late.get())["waiting_since"] == "2026-03-02T10:00:04Z"


async def test_supervisors_are_told_what_the_customer_is_called(desk, said):
    """The name that the platform gave stands in level, alert and state; where none is, nothing."""
    async with desk.talk("supervisor") as boss, desk.talk("platform") as platform:
        await boss.ask(type="subscribe", conversation="*")
        await platform.ask(type="open", conversation="c", customer={"name": "Hannah"})
        await platform.ask(**said("help!", turn="t1"))
        told = [await boss.get(), await boss.get()]
        assert [(one["type"], one["customer"]) for one in told] == [
            ("escalation", "Hannah"),
            ("alert", "Hannah"),
        ]
        state = await boss.ask(type="subscribe", conversation="c")
        assert (state["type"], state["customer"]) == ("snapshot", "Hannah")
        await platform.ask(**said("help!", turn="t1", conversation="nameless"))
        assert "customer" not in await boss.ask(type="subscribe", conversation="nameless")


async def test_supervisors_are_told_that_a_chat_is_closed(desk, said):
    """A state says so; closed and acknowledged, it is no longer told to those who come."""
    async with desk.talk("supervisor") as boss, desk.talk("platform") as platform:
        await boss.ask(type="subscribe", conversation="*")
        await platform.ask(**said("help!", turn="t1"))
        alert = [await boss.get(), await boss.get()][1]["alert"]
        at = "2026-03-02T10:05:00Z"
        await platform.ask(type="close", conversation="c", at=at)
        state = await boss.get()
        assert (state["type"], state["closed"], len(state["alerts"])) == ("snapshot", True, 1)
        await boss.send(type="acknowledge", conversation="c", alert=alert)
        await boss.until("acknowledged")
    async with desk.talk("supervisor") as late:
        await late.ask(type="subscribe", conversation="*")
        assert (await late.ask(type="renew", token="none"))["type"] == "renewed"
