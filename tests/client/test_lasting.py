"""The client that mends its connections: nothing is lost, nothing comes twice, nothing grows."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from websockets.asyncio.server import serve
from websockets.typing import Subprotocol

from assist.client import Position, Role, SentTurn, lasting
from assist.client.lasting import IN_FLIGHT, wait_before
from assist.errors import ClientFault
from assist.wire.messages import LedgerMessage, Snapshot

GOLDEN = Path(__file__).parents[1] / "golden"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ACK = {"type": "ack", "conversation": "c", "position": {"epoch": "e", "offset": 1}}


def golden(name, **changed):
    return {**json.loads((GOLDEN / f"{name}.json").read_text("utf-8")), **changed}


def turn(number=1):
    return SentTurn(id=f"t{number}", role=Role.CUSTOMER, text="Where is it?", at=AT)


def event(offset, epoch="e"):
    return golden("ledger", conversation="c", position={"epoch": epoch, "offset": offset})


class Server:
    """Plays the service by script; each connection gets the next script."""

    def __init__(self, *scripts):
        self.scripts = [*scripts]
        self.heard = []
        self.hellos = []

    async def attend(self, socket):
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        async for frame in socket:
            asked = json.loads(frame)
            if asked["type"] == "hello":
                self.hellos.append(asked)
                await socket.send(json.dumps(golden("welcome", re=asked["id"])))
            else:
                self.heard.append(asked)
                await script(socket, asked)

    @asynccontextmanager
    async def running(self):
        listening = serve(self.attend, "127.0.0.1", 0, subprotocols=[Subprotocol("assist.v1")])
        async with listening as running:
            yield f"ws://127.0.0.1:{running.sockets[0].getsockname()[1]}/v1"


class Naps:
    """Waits no time, and keeps for how long it would have."""

    def __init__(self):
        self.taken = []

    async def __call__(self, seconds):
        self.taken.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def naps():
    return Naps()


async def acknowledging(socket, asked):
    await socket.send(json.dumps({**ACK, "re": asked["id"]}))


async def breaking(socket, asked):
    socket.transport.abort()


def closing(code):
    async def close(socket, asked):
        await socket.close(code)

    return close


@pytest.mark.parametrize("first", [breaking, closing(4002), closing(4001)])
async def test_what_was_not_answered_is_asked_again_after_a_break(naps, first):
    """The caller only waits; the same turn id makes it once."""
    server = Server(first, acknowledging)
    async with server.running() as url, lasting(url, role="platform", sleep=naps) as client:
        ack = await client.turn("c", turn())
    assert ack.conversation == "c"
    assert [asked["turn"]["id"] for asked in server.heard] == ["t1", "t1"]
    assert len(naps.taken) == 1


async def test_a_service_that_is_not_up_yet_is_waited_for(naps):
    """Tries are spread and further apart each time; with `wait=False` the caller goes on."""
    tries = 0

    async def nap(seconds):
        nonlocal tries
        tries += 1
        await naps(seconds)
        if tries == 6:
            listening.append(await stack.__aenter__())

    server, listening = Server(acknowledging), []
    probe = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = probe.sockets[0].getsockname()[1]
    probe.close()
    await probe.wait_closed()
    stack = serve(server.attend, "127.0.0.1", port, subprotocols=[Subprotocol("assist.v1")])
    url = f"ws://127.0.0.1:{port}/v1"
    async with lasting(url, role="platform", wait=False, sleep=nap) as client:
        assert not client.connected
        await client.turn("c", turn())
    await stack.__aexit__(None, None, None)
    assert naps.taken[5] > naps.taken[0]
    assert listening


async def test_a_refusal_for_good_is_raised_and_nothing_is_tried_again(naps):
    """By whoever waits for the connection, by each question, and by `ended`."""

    async def refuse(socket):
        asked = json.loads(await socket.recv())
        await socket.send(json.dumps(golden("error", re=asked["id"], code="session.bad-token")))
        await socket.close(4101)

    async with serve(refuse, "127.0.0.1", 0) as running:
        url = f"ws://127.0.0.1:{running.sockets[0].getsockname()[1]}/v1"
        with pytest.raises(ClientFault) as caught:
            async with lasting(url, role="agent", sleep=naps):
                pytest.fail("the body ran")
        async with lasting(url, role="agent", wait=False, sleep=naps) as client:
            with pytest.raises(ClientFault):
                await client.turn("c", turn())
            assert (await client.ended()).code == "session.bad-token"
    assert caught.value.code == "session.bad-token"
    assert naps.taken == []


async def test_a_token_that_ran_out_is_asked_for_anew(naps):
    """A function is asked before each connection; a fixed token that ends is the end."""
    tokens = iter(["one", "two"])
    server = Server(closing(4101), acknowledging)
    async with (
        server.running() as url,
        lasting(url, role="platform", token=lambda: next(tokens), sleep=naps) as client,
    ):
        await client.turn("c", turn())
    assert [hello["token"] for hello in server.hellos] == ["one", "two"]
    server = Server(closing(4101))
    async with (
        server.running() as url,
        lasting(url, role="platform", token="one", sleep=naps) as client,
    ):
        with pytest.raises(ClientFault):
            await client.turn("c", turn())


async def test_a_token_that_is_refused_at_the_door_is_asked_for_anew(naps):
    """The service answers `hello` with an error; a function may have another token next time."""
    tokens, faults = iter(["old", "new"]), []
    server = Server(acknowledging)

    async def attend(socket):
        asked = json.loads(await socket.recv())
        if asked["token"] == "new":
            await socket.send(json.dumps(golden("welcome", re=asked["id"])))
            await server.attend(socket)
            return
        await socket.send(json.dumps(golden("error", re=asked["id"], code="session.bad-token")))
        await socket.close(4101)

    async with serve(attend, "127.0.0.1", 0) as running:
        url = f"ws://127.0.0.1:{running.sockets[0].getsockname()[1]}/v1"
        renewed = lasting(
            url, role="platform", token=lambda: next(tokens), sleep=naps, told=faults.append
        )
        async with renewed as client:
            await client.turn("c", turn())
    assert [fault and fault.code for fault in faults[:2]] == ["session.bad-token", None]


async def test_too_fast_is_waited_out_and_a_mistake_is_raised(naps):
    """`retry` in an error is heeded."""
    answers = [golden("error", code="limit.rate", retry=True), ACK]

    async def once(socket, asked):
        await socket.send(json.dumps({**answers.pop(0), "re": asked["id"]}))

    server = Server(once)
    async with server.running() as url, lasting(url, role="platform", sleep=naps) as client:
        await client.turn("c", turn())
        answers.append(golden("error", code="message.too-long", retry=False))
        with pytest.raises(ClientFault):
            await client.turn("c", turn())


async def test_only_so_many_questions_are_out_at_once(naps):
    """The rest wait for answers, so nothing grows on the way."""
    waiting = []
    full, most = asyncio.Event(), 0

    async def late(socket, asked):
        nonlocal most
        waiting.append(asked)
        most = max(most, len(waiting))
        if len(waiting) == IN_FLIGHT:
            full.set()
        if full.is_set():
            while waiting:
                await acknowledging(socket, waiting.pop(0))

    server = Server(late)
    async with server.running() as url, lasting(url, role="platform", sleep=naps) as client:
        asked = [asyncio.create_task(client.turn("c", turn(n))) for n in range(3 * IN_FLIGHT)]
        await asyncio.gather(*asked)
    assert most == IN_FLIGHT


def following(*events, recovered=None, then=None):
    async def script(socket, asked):
        if asked["type"] != "subscribe":
            await acknowledging(socket, asked)
            return
        place = {"epoch": "e", "offset": 0} if recovered is None else asked["after"]
        told = golden("snapshot", re=asked["id"], conversation="c", position=place)
        if recovered is not None:
            told["recovered"] = recovered
        await socket.send(json.dumps(told))
        for one in events:
            await socket.send(json.dumps(one))
        if then is not None:
            await then(socket, asked)

    return script


async def collected(client, count):
    seen = []
    async for one in client.follow("c"):
        seen.append(one)
        if len(seen) == count:
            return seen
    return seen


async def test_a_chat_is_followed_across_a_break_without_a_gap_or_a_repeat(naps):
    """It resumes at the last position; only the first snapshot is told."""
    server = Server(
        following(event(1), event(2), then=closing(4001)),
        following(event(2), event(3), event(4), recovered=True),
    )
    async with server.running() as url, lasting(url, role="agent", sleep=naps) as client:
        seen = await collected(client, 5)
    assert isinstance(seen[0], Snapshot)
    assert [one.position.offset for one in seen[1:]] == [1, 2, 3, 4]
    assert all(isinstance(one, LedgerMessage) for one in seen[1:])
    assert server.heard[1]["after"] == {"epoch": "e", "offset": 2}


async def test_where_events_cannot_be_had_again_there_is_a_new_snapshot(naps):
    """And it goes on from there."""
    server = Server(
        following(event(1), then=closing(4002)),
        following(event(2), recovered=False),
    )
    async with server.running() as url, lasting(url, role="agent", sleep=naps) as client:
        seen = await collected(client, 4)
    assert [type(one).__name__ for one in seen] == [
        "Snapshot",
        "LedgerMessage",
        "Snapshot",
        "LedgerMessage",
    ]


async def test_a_follower_that_does_not_read_gets_everything_all_the_same(naps):
    """What is beyond its bound is dropped here and had again from where it was."""
    many = [event(n) for n in range(1, 1501)]

    async def script(socket, asked):
        if asked["type"] != "subscribe":
            await acknowledging(socket, asked)
            return
        after = asked.get("after", {"offset": 0})["offset"]
        place = {"epoch": "e", "offset": after}
        told = golden("snapshot", re=asked["id"], conversation="c", position=place)
        await socket.send(json.dumps({**told, "recovered": True}))
        for one in many[after:]:
            await socket.send(json.dumps(one))

    server = Server(script)
    async with server.running() as url, lasting(url, role="agent", sleep=naps) as client:
        following = client.follow("c")
        await anext(following)
        await client.unsubscribe("other")  # its answer comes behind all the events
        seen = [(await anext(following)).position.offset for _ in range(1500)]
        await following.aclose()
    assert seen == [*range(1, 1501)]
    assert len([asked for asked in server.heard if asked["type"] == "subscribe"]) == 2


async def test_whoever_stops_following_unsubscribes(naps):
    """The service need not send what nobody reads."""
    server = Server(following(event(1)))
    async with server.running() as url, lasting(url, role="agent", sleep=naps) as client:
        events = client.follow("c", after=Position(epoch="e", offset=0))
        await anext(events)
        await events.aclose()
    assert [asked["type"] for asked in server.heard] == ["subscribe", "unsubscribe"]


def test_waits_double_to_half_a_minute_and_are_spread():
    """From a quarter of a second; never beyond thirty."""
    assert [wait_before(n, 1.0) for n in (0, 1, 2, 6, 500)] == [0.5, 1.0, 2.0, 30.0, 30.0]
    assert wait_before(0, 0.0) == 0.25
