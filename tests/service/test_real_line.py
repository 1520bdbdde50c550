"""The service with the line as shipped: live equals folded again, and no word gets into the log."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assist.core.conversation import changes
from assist.line import load_line
from assist.service.clock import LoopClock
from assist.service.course import Course, Since, advanced, in_full
from assist.service.server import Service
from assist.service.standing import after, before_step, standing_of
from assist.settings import Settings
from assist.wire.messages import parse

SAMPLES = Path(__file__).parents[2] / "assist" / "samples"
SAID = ("id", "role", "text", "at")


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


@pytest.mark.parametrize("name", ["late-parcel", "abuse"])
def test_each_turn_read_in_full_afterwards_comes_to_the_same(shipped, name):
    """Read without models and then in full, the state is that of a full reading at first.

    Whoever takes over each event that is told has the same on the screen; but for calls to the
    supervisors, which stay.
    """
    plain, course = shipped.plain(), Course(conversation=shipped.begin("c"))
    differed = 0
    for text in (SAMPLES / f"{name}.jsonl").read_text().splitlines():
        turn = {key: value for key, value in json.loads(text).items() if key in SAID}
        entry = parse(json.dumps({"type": "turn", "conversation": "c", "turn": turn}))
        since = Since(before=course, entry=entry)
        part = advanced(course, entry, plain, "e").course
        course = advanced(course, entry, shipped, "e").course
        added = in_full(part, since, shipped, "e")
        now = added.course.conversation
        assert replace(now, alerts=course.conversation.alerts) == course.conversation
        screen = before_step(standing_of(part.conversation), standing_of(now))
        for change in changes(part.conversation, now):
            screen = after(screen, change)
        assert _by_name(screen) == _by_name(standing_of(now))
        differed += bool(added.events)
    assert differed


def _by_name(standing):
    return replace(standing, suggestions=sorted(standing.suggestions, key=lambda one: one.id))


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
