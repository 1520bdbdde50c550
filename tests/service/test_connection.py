"""One socket: what is not accepted, with which code, and that the service goes on."""

import asyncio
import json
import socket
import threading

import pytest

AT = "2026-03-02T10:00:00Z"
TURN = {"id": "t1", "role": "customer", "text": "hi", "at": AT}

BAD_MESSAGES = [
    ("not JSON", "agent", "not json {", "message.not-json"),
    ("not an object", "agent", "[1, 2]", "message.not-an-object"),
    ("no type", "agent", "{}", "message.missing-field"),
    ("unknown type", "agent", '{"type": "shout"}', "message.unknown-type"),
    (
        "missing field",
        "platform",
        json.dumps({"type": "turn", "conversation": "c"}),
        "message.missing-field",
    ),
    (
        "wrong type of a field",
        "agent",
        json.dumps({"type": "draft", "conversation": "c", "revision": "one", "text": "x"}),
        "message.wrong-type",
    ),
    (
        "time without a zone",
        "platform",
        json.dumps(
            {"type": "turn", "conversation": "c", "turn": {**TURN, "at": "2026-03-02T10:00:00"}}
        ),
        "message.wrong-type",
    ),
    (
        "text over the limit",
        "platform",
        json.dumps({"type": "turn", "conversation": "c", "turn": {**TURN, "text": "x" * 10_001}}),
        "message.too-long",
    ),
    (
        "a turn from an agent",
        "agent",
        json.dumps({"type": "turn", "conversation": "c", "turn": TURN}),
        "session.not-allowed",
    ),
    (
        "everything for an agent",
        "agent",
        json.dumps({"type": "subscribe", "conversation": "*"}),
        "session.not-allowed",
    ),
    (
        "a second hello",
        "agent",
        json.dumps({"type": "hello", "protocol": 1, "role": "agent"}),
        "session.second-hello",
    ),
]


@pytest.mark.parametrize(
    ("role", "frame", "code"),
    [case[1:] for case in BAD_MESSAGES],
    ids=[case[0] for case in BAD_MESSAGES],
)
async def test_a_bad_message_is_answered_and_the_connection_stays(desk, role, frame, code):
    """Each bad message gets its own stable code, and the next good one is served."""
    async with desk.talk(role) as talker:
        await talker.socket.send(frame)
        error = await talker.get()
        assert (error["type"], error["code"]) == ("error", code)
        if role == "agent":
            assert (await talker.ask(type="subscribe", conversation="c"))["type"] == "snapshot"
        else:
            answer = await talker.ask(type="turn", conversation="c", turn=TURN)
            assert answer["type"] == "ack"


async def _first_frame(talker, frame):
    await talker.socket.send(frame)
    return await talker.closing()


async def test_connections_that_are_ended_say_why(desk, said, eventually):
    """Each fault that ends a connection has its close code, and others are served on."""
    async with desk.talk("agent") as bystander:
        async with desk.talk() as talker:
            assert await _first_frame(talker, json.dumps(said("hi", turn="t1"))) == 4100
        async with desk.talk() as talker:
            hello = json.dumps({"type": "hello", "protocol": 2, "role": "agent"})
            assert await _first_frame(talker, hello) == 4103
        async with desk.talk("agent") as talker:
            assert await _first_frame(talker, b"\x00binary") == 1003
        async with desk.talk("platform") as talker:
            assert await _first_frame(talker, "x" * 1_000_000) == 1009
        async with desk.talk("agent") as talker:
            for _ in range(10):
                await talker.socket.send("rubbish")
            assert await talker.closing() == 4008
        assert (await bystander.ask(type="subscribe", conversation="c"))["type"] == "snapshot"
    await eventually(lambda: len(desk.service.listener) == 0)


async def test_who_says_no_hello_is_closed_after_ten_seconds(desk):
    """A silent connection is told and closed with 4100; a greeted one is left alone."""
    async with desk.talk() as silent, desk.talk("agent") as greeted:
        desk.clock.advance(9.9)
        assert await silent.silent()
        desk.clock.advance(0.2)
        assert (await silent.get())["code"] == "session.no-hello"
        assert await silent.closing() == 4100
        assert (await greeted.ask(type="subscribe", conversation="c"))["type"] == "snapshot"


async def test_turns_are_limited_in_number(make_service, said):
    """More turns in a second than allowed are refused with retry, none is stored twice."""
    async with make_service(turns_per_second=5) as desk, desk.talk("platform") as platform:
        answers = [await platform.ask(**said("x", turn=f"t{n}")) for n in range(7)]
        assert [answer["type"] for answer in answers] == ["ack"] * 5 + ["error"] * 2
        assert (answers[-1]["code"], answers[-1]["retry"]) == ("limit.rate", True)
        desk.clock.advance(1)
        assert (await platform.ask(**said("x", turn="t6")))["type"] == "ack"


async def test_a_slow_listener_is_dropped_and_the_others_get_everything(
    make_service, said, eventually
):
    """Who does not read is closed with 4001; who reads gets every event in order."""
    name = "c" * 200
    async with (
        make_service(queue=32, turns_per_second=10_000) as desk,
        desk.talk("platform") as platform,
        desk.talk("agent") as quick,
        desk.talk("agent", sock=await _narrow(desk)) as slow,
    ):
        for agent in (quick, slow):
            await agent.ask(type="subscribe", conversation=name)
        slow.socket.transport.pause_reading()
        reading = asyncio.create_task(quick.take(1600))
        for n in range(400):
            await platform.ask(**said("!", turn=f"{n}" + "t" * 190, conversation=name))
        events = await asyncio.wait_for(reading, 90)
        assert [event["position"]["offset"] for event in events] == list(range(1, 1601))
        await eventually(lambda: len(desk.service.listener) == 2)
        assert b'assist_closings_total{code="4001"} 1.0' in desk.service.metrics.exposition()
        answer = await platform.ask(**said("x", turn="end", conversation=name))
        assert answer["type"] == "ack"
        slow.socket.transport.abort()


async def _narrow(desk):
    """Return a socket to the service that buffers as little as can be."""
    narrow = socket.socket()
    narrow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    narrow.setblocking(False)
    await asyncio.get_running_loop().sock_connect(narrow, ("127.0.0.1", desk.service.listener.port))
    return narrow


async def rounds():
    """Let everybody do what there is to do: so many rounds of the loop, however long they take."""
    await asyncio.sleep(0.01)
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_peer_that_waits_to_be_read_is_not_broken_off(make_service, said, eventually):
    """However long we take over what it sent, its connection stands and all of it is answered."""
    async with make_service(backlog=1, hold_s=60) as desk, desk.talk("platform") as one:
        desk.line.held = threading.Event()
        for number in range(40):
            await one.send(**said("Hello", turn=f"t{number}"), id=f"t{number}")
        await eventually(lambda: len(desk.service.listener.terms.load) == 1)
        for _ in range(4):
            desk.clock.advance(14)
            await rounds()
        desk.line.held.set()
        answered = {(await one.get())["re"] for _ in range(40)}
        assert answered == {f"t{number}" for number in range(40)}


async def test_a_peer_that_is_gone_without_a_word_is_let_go(desk, eventually):
    """Where no answer comes to a ping, the connection ends with a code to come back."""
    async with desk.talk("agent") as one:
        one.socket.transport.pause_reading()
        await eventually(lambda: len(desk.service.listener) == 1)
        for _ in range(3):
            desk.clock.advance(20)
            await rounds()
        one.socket.transport.resume_reading()
        assert await one.closing() == 4000
