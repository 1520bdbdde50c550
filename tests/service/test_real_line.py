"""The service with the line as shipped: live equals folded again, and no word gets into the log."""

import asyncio
import json
from pathlib import Path

import pytest

from assist.line import load_line
from assist.service.clock import LoopClock
from assist.service.server import Service
from assist.settings import Settings

SAMPLES = Path(__file__).parents[2] / "assist" / "samples"


@pytest.fixture(scope="module")
def shipped():
    return load_line()


@pytest.mark.parametrize("name", ["late-parcel", "abuse", "silence-mid-problem"])
async def test_a_sample_live_and_after_a_restart(shipped, sqlite, name, make_service, capsys):
    """An agent hears a gapless run of events, and a new process tells the same run again."""
    turns = [json.loads(line) for line in (SAMPLES / f"{name}.jsonl").read_text().splitlines()]
    settings = Settings(port=0, http_port=0, store=sqlite)
    live = await _heard(settings, shipped, turns)
    again = await _heard(settings, shipped, turns[:1])
    assert [event["position"]["offset"] for event in live] == list(range(1, len(live) + 1))
    assert {"reading", "escalation", "suggestion"} <= {event["type"] for event in live}
    assert again == live
    told = capsys.readouterr()
    assert not any(turn["text"] in told.out + told.err for turn in turns if len(turn["text"]) > 12)


async def _heard(settings, line, turns):
    """Return all events of the conversation after these turns were sent."""
    from websockets.asyncio.client import connect

    async with (
        Service(settings, line, clock=LoopClock()) as service,
        connect(service.ws_url) as platform,
        connect(service.ws_url) as agent,
    ):
        for socket, role in ((platform, "platform"), (agent, "agent")):
            await socket.send(json.dumps({"type": "hello", "protocol": 1, "role": role}))
            await socket.recv()
        for turn in turns:
            kept = {key: turn[key] for key in ("id", "role", "text", "at")}
            await platform.send(json.dumps({"type": "turn", "conversation": "c", "turn": kept}))
            ack = json.loads(await platform.recv())
        first = {**ack["position"], "offset": 0}
        asked = {"type": "subscribe", "conversation": "c", "after": first}
        await agent.send(json.dumps(asked))
        state = json.loads(await agent.recv())
        assert state["recovered"] is True
        # It is answered once all that was said has been read, and told to who follows.
        await agent.send(json.dumps({"type": "summarise", "conversation": "c", "id": "end"}))
        events = []
        async with asyncio.timeout(90):
            while (told := json.loads(await agent.recv())).get("re") != "end":
                events.append(told)
        return events


async def test_words_taken_back_are_not_stored_again(shipped, sqlite, tmp_path):
    """After a redaction, an edit of the turn or the turn said again leaves no word in any file."""
    from websockets.asyncio.client import connect

    at = "2026-03-02T10:00:00Z"
    said = {"id": "t1", "role": "customer", "text": "MARKER", "at": at}
    about = {"conversation": "c", "turn": "t1", "at": at}
    messages = (
        {"type": "hello", "protocol": 1, "role": "platform"},
        {"type": "redact", **about, "turn": "t0"},
        {"type": "turn", "conversation": "c", "turn": {**said, "id": "t0"}},
        {"type": "turn", "conversation": "c", "turn": said},
        {"type": "redact", **about},
        {"type": "edit", **about, "text": "MARKER"},
    )
    settings = Settings(port=0, http_port=0, store=sqlite)
    async with (
        Service(settings, shipped, clock=LoopClock()) as service,
        connect(service.ws_url) as platform,
    ):
        for message in messages:
            await platform.send(json.dumps(message))
            assert json.loads(await platform.recv())["type"] in {"welcome", "ack"}
    assert not any(b"MARKER" in path.read_bytes() for path in tmp_path.iterdir())
