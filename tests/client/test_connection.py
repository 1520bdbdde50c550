"""The client against a tiny server that plays the other side by script."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from assist.client import Client, FeedbackAction, Peer, Position, Role, SentTurn, connect
from assist.errors import ClientFault
from assist.wire.messages import Ack, ReadingMessage, Retract, parse

GOLDEN = Path(__file__).parents[1] / "golden"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
TURN = SentTurn(id="t1", role=Role.CUSTOMER, text="Where is it? 📦", at=AT)
ACK = {"type": "ack", "conversation": "c", "position": {"epoch": "e", "offset": 1}}

Script = Callable[[ServerConnection, dict], Awaitable[None]]


def golden(name: str, **changed: object) -> dict:
    text = (GOLDEN / f"{name}.json").read_text(encoding="utf-8")
    return {**json.loads(text), **changed}


async def say(socket: ServerConnection, message: dict) -> None:
    await socket.send(json.dumps(message))


async def acknowledging(socket: ServerConnection, asked: dict) -> None:
    await say(socket, {**ACK, "re": asked["id"]})


@asynccontextmanager
async def server(script: Script) -> AsyncIterator[tuple[str, list[dict]]]:
    """Serve welcomes and then `script`; yield the address and what was heard."""
    heard: list[dict] = []

    async def attend(socket: ServerConnection) -> None:
        async for frame in socket:
            parse(str(frame))
            asked = json.loads(frame)
            heard.append(asked)
            if asked["type"] == "hello":
                await say(socket, golden("welcome", re=asked["id"]))
            else:
                await script(socket, asked)

    listening = serve(attend, "127.0.0.1", 0, subprotocols=[Subprotocol("assist.v1")])
    async with listening as running:
        port = running.sockets[0].getsockname()[1]
        yield f"ws://127.0.0.1:{port}/v1", heard


async def test_hello_comes_first_and_the_welcome_is_kept():
    """The role, agent and token are in the first message; the limits are known afterwards."""
    async with (
        server(acknowledging) as (url, heard),
        connect(url, role="agent", agent="ana", token="a.b.c") as client,
    ):
        assert client.welcome.limits.text_chars == 8000
    assert heard == [
        {"type": "hello", "id": "1", "protocol": 1, "role": "agent", "token": "a.b.c",
         "agent": "ana"}
    ]  # fmt: skip


CALLS: list[tuple[str, Callable[[Client], Awaitable[Ack]]]] = [
    ("open", lambda client: client.open_conversation("c", channel="web")),
    ("turn", lambda client: client.turn("c", TURN)),
    ("edit", lambda client: client.edit("c", "t1", text="x", at=AT)),
    ("redact", lambda client: client.redact("c", "t1", at=AT)),
    ("assign", lambda client: client.assign("c", None)),
    ("close", lambda client: client.close_conversation("c", at=AT, outcome="solved")),
    ("unsubscribe", lambda client: client.unsubscribe("c")),
    ("feedback", lambda client: client.feedback("c", "s", FeedbackAction.SHOWN, at=AT)),
    ("acknowledge", lambda client: client.acknowledge("c", "a")),
]


@pytest.mark.parametrize(("name", "call"), CALLS)
async def test_what_is_said_is_sent_and_its_ack_returned(name, call):
    """Each method sends its message and waits for the ack that names it."""
    async with (
        server(acknowledging) as (url, heard),
        connect(url, role=Peer.PLATFORM) as client,
    ):
        ack = await call(client)
    assert (heard[1]["type"], heard[1]["conversation"]) == (name, "c")
    assert ack.re == heard[1]["id"]
    assert ack.position == Position(epoch="e", offset=1)


async def test_typing_waits_for_nothing():
    """No answer comes to typing, and none is waited for."""

    async def silent(socket: ServerConnection, asked: dict) -> None:
        if asked["type"] != "typing":
            await acknowledging(socket, asked)

    async with server(silent) as (url, heard), connect(url, role="platform") as client:
        await client.typing("c", Role.CUSTOMER, on=True, at=AT)
        await client.assign("c", "ana")
    assert [message["type"] for message in heard] == ["hello", "typing", "assign"]


async def test_answers_find_their_questions_in_any_order():
    """Two questions at once, answered the wrong way round, each get their own answer."""
    first: list[dict] = []

    async def backwards(socket: ServerConnection, asked: dict) -> None:
        first.append(asked)
        if len(first) == 2:
            for one in reversed(first):
                await say(socket, {**ACK, "conversation": one["conversation"], "re": one["id"]})

    async with server(backwards) as (url, _), connect(url, role="platform") as client:
        one, two = await asyncio.gather(client.turn("c1", TURN), client.turn("c2", TURN))
    assert (one.conversation, two.conversation) == ("c1", "c2")


async def test_events_come_typed_and_in_order_after_the_snapshot():
    """The snapshot is the answer; what follows is yielded, unknown types left out."""

    async def following(socket: ServerConnection, asked: dict) -> None:
        await say(socket, golden("snapshot", re=asked["id"]))
        await say(socket, golden("reading"))
        await say(socket, {"type": "of-a-later-version", "anything": 1})
        await say(socket, golden("retract"))
        await socket.close()

    async with server(following) as (url, heard), connect(url, role="agent") as client:
        snapshot = await client.subscribe("c", after=Position(epoch="e", offset=3))
        events = [event async for event in client.events()]
    assert snapshot.turns == 3
    assert [type(event) for event in events] == [ReadingMessage, Retract]
    assert heard[1]["after"] == {"epoch": "e", "offset": 3}


async def test_a_refusal_is_raised_and_the_connection_goes_on():
    """An error answer is a ClientFault with its code; the next question is answered."""

    async def once(socket: ServerConnection, asked: dict) -> None:
        if asked["type"] == "turn":
            await say(
                socket,
                golden("error", re=asked["id"], code="limit.rate", message="Wait.", retry=True),
            )
        else:
            await acknowledging(socket, asked)

    async with server(once) as (url, _), connect(url, role="platform") as client:
        with pytest.raises(ClientFault, match="Wait") as caught:
            await client.turn("c", TURN)
        assert (caught.value.code, caught.value.retry) == ("limit.rate", True)
        assert (await client.assign("c", None)).conversation == "c"


async def test_a_draft_is_reviewed_and_an_older_one_gives_way():
    """Only the newest revision is answered; whoever waited for an older one gets None."""

    async def reviewing(socket: ServerConnection, asked: dict) -> None:
        if asked["revision"] == 2:
            await say(socket, golden("review", re="2", revision=1))  # late, and for nobody
            await say(socket, golden("review", re=asked["id"], revision=2))

    async with server(reviewing) as (url, _), connect(url, role="agent") as client:
        older, newer = await asyncio.gather(
            client.draft("c", revision=1, text="I can't"),
            client.draft("c", revision=2, text="I can't do"),
        )
        assert older is None
        assert newer is not None
        assert newer.revision == 2
        assert newer.findings
        assert client._events.empty()


async def test_a_summary_can_be_asked_for():
    """The summary that names the question is its answer, not an event."""

    async def summing(socket: ServerConnection, asked: dict) -> None:
        await say(socket, golden("summary", re=asked["id"]))

    async with server(summing) as (url, _), connect(url, role="supervisor") as client:
        assert (await client.summarise("c")).causes == ("cause.delay",)


@pytest.mark.parametrize(("code", "retry"), [(4002, True), (4101, False), (1011, True)])
async def test_the_end_of_the_connection_is_told_to_everybody(code, retry):
    """A question waiting, the events and a later question learn of it, and whether to retry."""

    async def ending(socket: ServerConnection, _: dict) -> None:
        await socket.close(code, "as it is")

    async with server(ending) as (url, _), connect(url, role="platform") as client:
        with pytest.raises(ClientFault, match="as it is") as caught:
            await client.turn("c", TURN)
        assert (caught.value.code, caught.value.close) == ("connection.closed", code)
        assert caught.value.retry is retry
        for _ in range(2):
            with pytest.raises(ClientFault, match="as it is"):
                _ = [event async for event in client.events()]
        with pytest.raises(ClientFault, match="as it is"):
            await client.assign("c", None)
        with pytest.raises(ClientFault, match="as it is"):
            await client.typing("c", Role.AGENT, on=False, at=AT)


async def test_a_refused_hello_is_raised_by_connect():
    """Whoever is not welcome learns why before the body runs."""

    async def refuse(socket: ServerConnection) -> None:
        asked = json.loads(await socket.recv())
        await say(socket, golden("error", re=asked["id"], code="session.bad-token"))
        await socket.close(4101)

    async with serve(refuse, "127.0.0.1", 0) as running:
        port = running.sockets[0].getsockname()[1]
        with pytest.raises(ClientFault) as caught:
            async with connect(f"ws://127.0.0.1:{port}/v1", role="agent"):
                pytest.fail("the body ran")
    assert caught.value.code == "session.bad-token"


async def test_another_kind_of_answer_is_not_taken_for_the_right_one():
    """A review in answer to a turn is refused rather than passed on."""

    async def confused(socket: ServerConnection, asked: dict) -> None:
        await say(socket, golden("review", re=asked["id"]))

    async with server(confused) as (url, _), connect(url, role="platform") as client:
        with pytest.raises(ClientFault) as caught:
            await client.turn("c", TURN)
    assert caught.value.code == "message.unexpected"


@pytest.mark.parametrize("frame", ["{", b"\x00", '{"type":"ack"}'])
async def test_a_server_that_breaks_the_protocol_is_left(frame):
    """What cannot be read ends the connection, and the fault says what was wrong."""

    async def breaking(socket: ServerConnection, _: dict) -> None:
        await socket.send(frame)

    async with server(breaking) as (url, _), connect(url, role="platform") as client:
        with pytest.raises(ClientFault) as caught:
            await client.turn("c", TURN)
    assert caught.value.code.startswith("message.")


async def test_an_abandoned_question_leaves_nothing_behind():
    """Giving up waiting forgets the question, and its late answer is dropped."""
    asked_for = asyncio.Event()

    async def late(socket: ServerConnection, asked: dict) -> None:
        if asked["type"] == "turn":
            asked_for.set()
            return
        await say(socket, {**ACK, "re": "2"})
        await acknowledging(socket, asked)

    async with server(late) as (url, _), connect(url, role="platform") as client:
        asking = asyncio.ensure_future(client.turn("c", TURN))
        await asked_for.wait()
        assert client._waiting
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await asking
        assert not client._waiting
        await client.assign("c", None)
        assert client._events.empty()


async def test_no_words_reach_the_log(caplog):
    """Even with everything logged, what was said is not."""
    caplog.set_level("DEBUG")
    async with server(acknowledging) as (url, _), connect(url, role="platform") as client:
        await client.turn("c", TURN)
    theirs = [record for record in caplog.records if record.name.startswith("assist.client")]
    assert not any("Where is it" in record.getMessage() for record in theirs)
    assert not any(record.levelname == "DEBUG" for record in theirs)
