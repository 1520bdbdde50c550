"""The shipped chats: whole, listed, and read as a person would read them."""

import json
from pathlib import Path

import pytest

import assist
from assist.core.escalation import Level
from assist.line import load_line
from assist.replay.play import play
from assist.replay.transcripts import read

FOLDER = Path(assist.__file__).parent / "samples"
INDEX = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
NAMES = [entry["name"] for entry in INDEX]
LINE = load_line()


def played(name):
    """Return the steps of a sample."""
    (transcript,) = read(FOLDER / f"{name}.jsonl")
    return list(play(transcript, LINE))


def highest(name):
    """Return the highest level a sample reaches."""
    return max((step.conversation.escalation.level for step in played(name)), key=lambda v: v.rank)


def test_the_index_lists_every_chat():
    """Every sample is listed once, with a title, a sentence and a mood."""
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.jsonl"))
    assert all(entry["title"] and entry["summary"].endswith(".") for entry in INDEX)
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_a_chat_is_whole(name):
    """A sample has 8 to 20 turns, in order of time, with a customer and an agent."""
    (transcript,) = read(FOLDER / f"{name}.jsonl")
    times = [turn.at for turn in transcript.turns]
    assert 8 <= len(times) <= 20
    assert times == sorted(set(times))
    assert {"customer", "agent"} <= {turn.role for turn in transcript.turns}


@pytest.mark.parametrize("name", NAMES)
def test_attention_is_kept(name):
    """At most one new suggestion comes after a customer turn, and at most three stand."""
    for step in played(name):
        new = [message for message in step.messages if message.type == "suggestion"]
        assert len(new) <= 1
        assert len(step.conversation.standing) <= 3


@pytest.mark.parametrize("name", NAMES)
def test_a_suggestion_shows_the_words_that_caused_it(name):
    """Whatever a turn brings up points at words; only what time brings up has none."""
    for step in played(name):
        by_time = {moment.shown for moment in step.conversation.moments if moment.by_time}
        for standing in step.conversation.standing:
            assert standing.evidence or standing.id in by_time, standing.rule


@pytest.mark.parametrize("name", [e["name"] for e in INDEX if e["mood"] == "calm"])
def test_a_calm_chat_stays_calm(name):
    """A calm chat never leaves calm and sees at most one card per six agent turns."""
    steps = played(name)
    assert highest(name) is Level.CALM
    cards = sum(message.type == "suggestion" for step in steps for message in step.messages)
    agents = len(steps[-1].conversation.agent_turns)
    assert cards <= -(-agents // 6)


@pytest.mark.parametrize("name", [e["name"] for e in INDEX if e["mood"] == "heated"])
def test_a_heated_chat_is_seen(name):
    """A heated chat reaches high and calls the supervisors."""
    assert highest(name).rank >= Level.HIGH.rank
    assert played(name)[-1].conversation.alerts


@pytest.mark.parametrize("name", [e["name"] for e in INDEX if e["mood"] != "calm"])
def test_a_chat_with_a_problem_is_helped(name):
    """A chat that is not calm sees at least two suggestions, none of them twice."""
    lines = [
        line
        for step in played(name)
        for message in step.messages
        if message.type == "suggestion"
        for line in message.suggestion.lines
    ]
    assert len(lines) >= 2
    assert len(lines) == len(set(lines))
