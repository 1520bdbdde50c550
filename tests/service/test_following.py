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
