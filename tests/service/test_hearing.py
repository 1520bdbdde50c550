"""What is done with a message besides handing it on: renewal, logout, shares, seats, wishes."""

import asyncio
import gc
import socket
import threading
import weakref
from datetime import UTC, datetime, timedelta

import pytest
from websockets.exceptions import InvalidStatus

from assist.core.techniques import TECHNIQUES
from assist.service.tokens import signed
from assist.wire.messages import Peer

SECRET = b"s" * 32


UNBOUND = {
    "turns_per_second": 1e6, "tenant_turns_per_second": 1e6, "address_messages_per_second": 1e6,
}  # fmt: skip


async def narrow(desk):
    """Return a socket to the service that buffers as little as can be."""
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    one.setblocking(False)
    await asyncio.get_running_loop().sock_connect(one, ("127.0.0.1", desk.service.listener.port))
    return one


def token(role="agent", **more):
    return signed(SECRET, **{"role": Peer(role), "ttl_s": 60, "agent": "kim", **more})


@pytest.fixture
def guarded(make_service, tmp_path):
    """Return a way to run a service that asks for tokens."""
    path = tmp_path / "secret"
    path.write_bytes(SECRET)
    return lambda **more: make_service(token_secret_file=path, **more)


def seconds_until(text):
    return (datetime.fromisoformat(text) - datetime.now(UTC)).total_seconds()


async def test_a_connection_ends_with_its_token(guarded):
    """The welcome says when; then it is closed with 4101."""
    async with guarded() as desk, desk.talk() as talker:
        welcome = await talker.hello("agent", token=token())
        assert 50 < seconds_until(welcome["expires"]) <= 60
        desk.clock.advance(50)
        assert (await talker.ask(type="subscribe", conversation="c"))["type"] == "snapshot"
        desk.clock.advance(11)
        assert await talker.closing() == 4101


async def test_a_renewed_connection_goes_on_with_what_it_follows(guarded, said):
    """It hears on past the first end, and ends with the newer token."""
    async with (
        guarded() as desk,
        desk.talk("platform", token=token("platform", ttl_s=600, agent=None)) as platform,
        desk.talk("agent", token=token()) as agent,
    ):
        await agent.ask(type="subscribe", conversation="c")
        answer = await agent.ask(type="renew", token=token(ttl_s=300), id="r")
        assert (answer["type"], answer["re"]) == ("renewed", "r")
        assert 290 < seconds_until(answer["expires"]) <= 300
        desk.clock.advance(100)
        await platform.ask(**said("hi", turn="t1"))
        assert (await agent.get())["type"] == "reading"
        desk.clock.advance(201)
        assert await agent.closing() == 4101


async def test_a_renewal_that_is_refused_changes_nothing(guarded):
    """The connection stays until the end it had."""
    async with guarded() as desk, desk.talk("agent", token=token()) as agent:
        assert (await agent.ask(type="renew", token="rubbish"))["code"] == "session.bad-token"
        assert (await agent.ask(type="subscribe", conversation="c"))["type"] == "snapshot"
        desk.clock.advance(61)
        assert await agent.closing() == 4101


async def test_who_logs_out_is_told_and_ended(guarded, said):
    """Nothing that comes after it on the same connection is heard."""
    async with (
        guarded() as desk,
        desk.talk("platform", token=token("platform", agent=None)) as platform,
    ):
        await platform.send(type="logout", id="l")
        await platform.send(**said("too late", turn="t1"))
        answer = await platform.get()
        assert (answer["type"], answer["re"], answer["sessions"]) == ("logged-out", "l", 1)
        assert await platform.closing() == 4104
        assert await desk.service.hub.parts.log.conversations() == ()


async def test_an_agent_is_logged_out_everywhere_and_nobody_else(guarded):
    """All their connections end, those of others and of other tenants stay."""
    async with (
        guarded() as desk,
        desk.talk("agent", token=token()) as one,
        desk.talk("agent", token=token()) as two,
        desk.talk("agent", token=token(agent="lee")) as other,
        desk.talk("agent", token=token(tenant="acme")) as stranger,
        desk.talk("platform", token=token("platform", agent=None)) as platform,
    ):
        answer = await platform.ask(type="logout", agent="kim")
        assert (answer["agent"], answer["sessions"]) == ("kim", 2)
        assert await one.closing() == await two.closing() == 4104
        for left in (other, stranger):
            assert (await left.ask(type="subscribe", conversation="c"))["type"] == "snapshot"
        assert (await platform.ask(type="logout", agent="kim"))["sessions"] == 0


async def test_without_tokens_there_is_nothing_to_renew(desk):
    """It is answered all the same, without an end; a logout ends."""
    async with desk.talk("agent", agent="kim") as agent:
        assert await agent.ask(type="renew", token="any") == {"type": "renewed"}
        assert (await agent.ask(type="logout"))["type"] == "logged-out"
        assert await agent.closing() == 4104


async def test_nobody_is_left_in_mind(guarded, eventually):
    """After all have gone no connection, no agent, no alarm and no seat is kept."""
    async with guarded() as desk:
        terms, known = desk.service.listener.terms, []
        for _ in range(3):
            async with desk.talk("agent", token=token()) as agent:
                await agent.ask(type="subscribe", conversation="c")
                (connection,) = desk.service.listener._connections
                known += [weakref.ref(connection), weakref.ref(connection._mailbox)]
                del connection
            await eventually(lambda: len(desk.service.listener) == 0)
        assert (terms.sessions.count("kim"), len(terms.load)) == (0, 0)
        alarms = [alarm for _, _, alarm in desk.clock._alarms if not alarm.cancelled]
        assert not [alarm for alarm in alarms if "Connection" in repr(alarm.callback)]
        assert not terms.crowd.full("127.0.0.1")
        desk.clock._alarms.clear()  # it keeps what was cancelled, as the loop's own does not
        gc.collect()
        known.pop()  # the room keeps its last question until the next
        assert [one for one in known if one() is not None] == []
        connections = desk.service.metrics.connections.labels("agent")._value.get()
        assert connections == 0


async def test_an_agents_share_is_for_all_their_connections(make_service):
    """Two sockets of one agent have one share; the refusal says how long to wait."""
    async with (
        make_service(messages_per_second=6) as desk,
        desk.talk("agent", agent="kim") as one,
        desk.talk("agent", agent="kim") as two,
        desk.talk("agent", agent="lee") as other,
    ):
        answers = [
            await talker.ask(type="subscribe", conversation="c")
            for _ in range(5)
            for talker in (one, two)
        ]
        kinds = [answer["type"] for answer in answers]
        assert kinds == ["snapshot"] * 6 + ["error"] * 4
        assert (answers[-1]["code"], answers[-1]["retry"]) == ("limit.rate", True)
        assert 0 < answers[-1]["retry_after_s"] <= 1 / 6 + 1e-6
        assert (await other.ask(type="subscribe", conversation="c"))["type"] == "snapshot"
        desk.clock.advance(answers[-1]["retry_after_s"])
        assert (await two.ask(type="subscribe", conversation="c"))["type"] == "snapshot"


async def test_a_tenants_share_is_for_all_its_platforms(guarded, said):
    """Two platforms of one tenant have one share of turns, another tenant has its own."""
    given = {"agent": None}
    async with (
        guarded(tenant_turns_per_second=5) as desk,
        desk.talk("platform", token=token("platform", tenant="a", **given)) as one,
        desk.talk("platform", token=token("platform", tenant="a", **given)) as two,
        desk.talk("platform", token=token("platform", tenant="b", **given)) as other,
    ):
        answers = [
            await talker.ask(**said("x", turn=f"t{n}{place}"))
            for n in range(4)
            for place, talker in enumerate((one, two))
        ]
        assert [one["type"] for one in answers] == ["ack"] * 5 + ["error"] * 3
        assert (answers[-1]["code"], answers[-1]["retry"]) == ("limit.rate", True)
        assert (await other.ask(**said("x", turn="t1")))["type"] == "ack"


async def test_an_address_has_a_share_and_so_many_connections(make_service):
    """One connection too many, or too soon, is answered 429 with the time to wait."""
    async with (
        make_service(address_connections=2) as desk,
        desk.talk("agent"),
        desk.talk("agent"),
    ):
        with pytest.raises(InvalidStatus) as refused:
            async with desk.talk("agent"):
                pass
        assert refused.value.response.status_code == 429
        assert int(refused.value.response.headers["Retry-After"]) >= 1
    async with make_service(address_messages_per_second=4) as desk:
        async with desk.talk("agent") as agent:
            answers = [await agent.ask(type="subscribe", conversation="c") for _ in range(4)]
            assert [one["type"] for one in answers] == ["snapshot"] * 3 + ["error"]
        with pytest.raises(InvalidStatus) as refused:
            async with desk.talk("agent"):
                pass
        assert refused.value.response.status_code == 429


async def test_a_conversation_with_too_much_waiting_is_refused_with_a_wait(
    make_service, said, line, eventually
):
    """Beyond the queue a turn is held back, then refused, to be sent again; others are served."""
    line.held = threading.Event()
    async with (
        make_service(queue=4, hold_s=2.0) as desk,
        desk.talk("platform") as platform,
        desk.talk("platform") as other,
    ):
        load = desk.service.listener.terms.load
        for n in range(8):
            await platform.send(**said("x", turn=f"t{n}", id=str(n)))
        await eventually(lambda: len(load) == 4 and len(load._held) == 1)
        desk.clock.advance(2.1)
        answers = await platform.take(4)
        refused = [one for one in answers if one["type"] == "error"]
        assert {one["code"] for one in refused} == {"server.overload"}
        assert all(one["retry"] and one["retry_after_s"] > 0 for one in refused)
        line.held.set()
        await eventually(lambda: len(load) == 0)
        assert (await other.ask(**said("x", conversation="d", turn="t1")))["type"] == "ack"
        again = await other.ask(**said("x", turn="t7"))
        assert again["type"] == "ack"


async def test_a_platform_that_never_reads_its_acks_is_closed_as_slow(
    make_service, said, eventually
):
    """Its answers are bounded like everybody's; what it sent is stored, and others are served."""
    async with (
        make_service(queue=8, **UNBOUND) as desk,
        desk.talk("platform", sock=await narrow(desk)) as deaf,
        desk.talk("platform") as other,
    ):
        deaf.socket.transport.pause_reading()
        listener = desk.service.listener
        boxes = {one._mailbox for one in listener._connections}
        for n in range(8_000):
            if any(box.slow for box in boxes):
                break
            turn = said("x", turn=f"t{n}", id="i" * 60, conversation="c" * 190)
            await asyncio.wait_for(deaf.send(**turn), 60)
        assert any(box.slow for box in boxes)
        assert (await other.ask(**said("x", conversation="d", turn="t1")))["type"] == "ack"
        deaf.socket.transport.abort()
        await eventually(lambda: len(listener) == 1)
        assert b'assist_closings_total{code="4001"} 1.0' in desk.service.metrics.exposition()


async def test_a_turn_from_the_future_is_refused(make_service, said):
    """More than the setting ahead of the wall's clock it is told so; the next one is taken."""
    async with make_service(ahead_s=60) as desk, desk.talk("platform") as platform:
        now = datetime.fromtimestamp(desk.clock.wall(), UTC)
        late = await platform.ask(**said("x", turn="t1", at=now + timedelta(seconds=61)))
        assert (late["code"], late["retry"]) == ("message.future-time", False)
        assert (await platform.ask(**said("x", turn="t1", at=now)))["type"] == "ack"


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"pack": "elsewhere"}, "open.unknown-pack"),
        ({"locale": "not a language"}, "open.unknown-locale"),
        ({"locale": "e"}, "open.unknown-locale"),
        ({"locale": "en_GB; drop"}, "open.unknown-locale"),
        ({"pack": "fake", "locale": "de-AT"}, None),
        ({"locale": "zh-Hant-TW"}, None),
        ({}, None),
    ],
)
async def test_what_cannot_be_granted_is_refused_when_a_chat_opens(desk, wish, code):
    """Rules that are not in force, and a locale that is none, are told; others open it."""
    async with desk.talk("platform") as platform:
        answer = await platform.ask(type="open", conversation="c", **wish)
        assert answer.get("code") == code
        assert await desk.service.hub.parts.log.last("c") == (code is None)


async def test_who_shows_techniques_is_told_what_they_are_called(desk):
    """Agents and supervisors have the catalogue in their welcome; a platform shows none."""
    for role in ("agent", "supervisor"):
        async with desk.talk() as talker:
            assert (await talker.hello(role))["techniques"] == TECHNIQUES
    async with desk.talk() as talker:
        assert "techniques" not in await talker.hello("platform")
