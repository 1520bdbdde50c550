"""Playing a transcript down the line."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import assist
from assist.core.attention import AttentionPolicy
from assist.core.conditions import CueFound, Pattern, SilentFor
from assist.core.escalation import EscalationPolicy
from assist.core.line import Guidance
from assist.core.rules import Pack, Rule, Watches
from assist.core.turns import Closed, Opened, Role, Turn
from assist.detectors import phrases
from assist.line import Line
from assist.packs.load import patterns_of
from assist.replay.play import EPOCH, events_of, play
from assist.replay.transcripts import Transcript, parse
from assist.wire.messages import encode

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SAMPLES = Path(assist.__file__).parent / "samples"


def rule(technique, when, watches=Watches.CUSTOMER_TURN):
    return Rule(
        id=f"p/{technique}/r", technique=technique, watches=watches, when=when, summary="S.",
        why="Because.", lines=("one", "two"),
    )  # fmt: skip


RULES = (
    rule("empathy", CueFound(pattern=Pattern(cue="late", phrases=("late",)))),
    rule("check-in", SilentFor(seconds=60), Watches.CONVERSATION),
)
LINE = Line(
    guidance=Guidance(
        pack=Pack(name="p", version="1", digest="d", rules=RULES),
        policy=EscalationPolicy(),
        attention=AttentionPolicy(calm_turns=0),
        detectors=(phrases.load(patterns_of(RULES)),),
    )
)


def turn(name, text, seconds, role=Role.CUSTOMER):
    return Turn(id=name, role=role, text=text, at=AT + timedelta(seconds=seconds))


CHAT = Transcript(
    conversation="c",
    turns=(turn("t1", "it is late", 0), turn("t2", "ok", 30, Role.AGENT), turn("t3", "late", 300)),
    customer_name="Sam",
)


def test_a_transcript_is_what_a_platform_would_have_told():
    """It is opened with the customer's name, said turn by turn, and closed at its latest time."""
    late = Transcript(conversation="c", turns=CHAT.turns[::-1], customer_name="Sam")
    for chat in (CHAT, late):
        assert events_of(chat) == (
            Opened(customer_name="Sam"), *chat.turns, Closed(at=AT + timedelta(seconds=300)),
        )  # fmt: skip


def test_every_event_gives_what_came_of_it():
    """Each event comes with the conversation after it and the messages it caused, in order."""
    played = list(play(CHAT, LINE))
    assert [[message.type for message in step.messages] for step in played] == [
        [],
        ["reading", "escalation", "suggestion"],
        ["retract"],
        ["suggestion", "reading"],
        ["retract", "summary"],
    ]
    assert [step.event for step in played] == list(events_of(CHAT))
    assert played[-1].conversation.summary is not None


def test_offsets_rise_by_one_over_the_whole_chat():
    """Positions count on from event to event without gaps, in an epoch of their own."""
    positions = [message.position for step in play(CHAT, LINE) for message in step.messages]
    assert [position.offset for position in positions] == list(range(1, len(positions) + 1))
    assert {position.epoch for position in positions} == {EPOCH}


def test_what_time_caused_names_no_turn():
    """A suggestion that a silence made is caused by nobody's turn; all else names its turn."""
    told = [(m.type, m.turn) for step in play(CHAT, LINE) for m in step.messages]
    assert told == [
        ("reading", "t1"), ("escalation", "t1"), ("suggestion", "t1"), ("retract", "t2"),
        ("suggestion", None), ("reading", "t3"),
        ("retract", None), ("summary", None),
    ]  # fmt: skip


def test_a_transcript_in_any_order_ends_the_same():
    """Turns in a mixed order come to the same end as in their own."""
    mixed = Transcript(
        conversation="c", turns=(CHAT.turns[2], CHAT.turns[0], CHAT.turns[1]), customer_name="Sam"
    )
    assert list(play(mixed, LINE))[-1].conversation == list(play(CHAT, LINE))[-1].conversation


PLAY_ALL = """
import sys
from pathlib import Path
from assist.line import load_line
from assist.replay.page import page
from assist.replay.play import play
from assist.replay.transcripts import read
from assist.wire.messages import encode

line = load_line()
chats = []
for path in sorted(Path(sys.argv[1]).glob("*.jsonl")):
    for transcript in read(path):
        played = list(play(transcript, line))
        chats.append((transcript.conversation, played))
        for step in played:
            for message in step.messages:
                print(encode(message))
print(page(chats))
"""


@pytest.mark.slow
def test_all_samples_give_the_same_bytes_whatever_the_hash_seed():
    """Every sample, as messages and as a page, is the same to the byte in any process."""
    outputs = []
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-c", PLAY_ALL, str(SAMPLES)],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        )
        outputs.append(done.stdout)
    assert len(outputs[0].splitlines()) > 100
    assert outputs[0] == outputs[1]


def test_the_same_chat_gives_the_same_bytes_twice():
    """Nothing is remembered from one play to the next."""
    (chat,) = parse("Customer: it is late\nAgent: sorry\nCustomer: late!")
    first, second = (
        [encode(message) for step in play(chat, LINE) for message in step.messages] for _ in "ab"
    )
    assert first == second
