"""The record of a conversation."""

from datetime import UTC, datetime

import pytest

from assist.core.conversation import Act, Conversation, Coverage, Feeling, Summary
from assist.core.ledger import Entry, EntryKind, EntryState
from assist.core.rules import Pack
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.summary import coverage, summarise
from assist.core.text import Span
from assist.core.turns import Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PACK = Pack(name="p", version="1", digest="d", rules=(), things=("parcel",))


def turn(name, role, text):
    return Turn(id=name, role=role, text=text, at=AT)


def reading(name, score, *causes):
    return Reading(
        turn=name,
        sentiment=Sentiment(score=score, label=SentimentLabel.NEGATIVE),
        signals=tuple(
            Signal(name=f"cause.{cause}", score=0.9, evidence=(proof(name, 0),)) for cause in causes
        ),
    )


def proof(name, at):
    return Evidence(turn=name, span=Span(at, at + 2), cue="x", source="s")


def entry(kind, state, what):
    return Entry(id=what, kind=kind, owner=Role.AGENT, what=what, state=state)


def act(name, turn_id, at=None, technique=""):
    evidence = () if at is None else (proof(turn_id, at),)
    return Act(name=name, turn=turn_id, index=0, evidence=evidence, technique=technique)


CHAT = Conversation(
    id="c",
    turns=(
        turn("t1", Role.CUSTOMER, "My parcel hasn't arrived."),
        turn("t2", Role.AGENT, "Sorry. I can call them. Bye."),
        turn("t3", Role.CUSTOMER, "Charged twice too"),
    ),
    readings=(
        reading("t1", -0.5, "delay"), reading("t2", 0.4), reading("t3", -0.2, "billing", "delay"),
    ),
    acts=(
        act("offer", "t2", 7), act("offer", "t2", 9), act("offer", "t2"),
        act("apology", "t2", 0, "apologise"),
    ),
    ledger=(
        entry(EntryKind.AGREEMENT, EntryState.OPEN, "call them"),
        entry(EntryKind.PROMISE, EntryState.OPEN, "write"),
        entry(EntryKind.PROMISE, EntryState.OVERDUE, "ring"),
        entry(EntryKind.FOLLOW_UP, EntryState.KEPT, "check"),
    ),
)  # fmt: skip


def test_a_summary_tells_what_was_said():
    """Problem, causes, feelings, offers, agreements and what is open come from the chat."""
    assert summarise(CHAT, PACK) == Summary(
        problem="your parcel hasn't arrived",
        causes=("cause.delay", "cause.billing"),
        feeling=(Feeling(turn="t1", score=-0.5), Feeling(turn="t3", score=-0.2)),
        offered=("I can call them.",),
        agreed=("call them",),
        open=("write", "ring"),
        coverage=coverage(CHAT),
    )


@pytest.mark.parametrize(
    ("expected", "text"), [("your parcel", "The parcel?!"), (None, "Where is it?")]
)
def test_a_problem_nobody_put_in_words_is_its_thing_or_none(expected, text):
    """Where nothing can be told back the thing stands for it; where there is none, nothing does."""
    chat = Conversation(
        id="c", turns=(turn("t1", Role.CUSTOMER, text),), readings=(reading("t1", 0.0, "delay"),)
    )
    assert summarise(chat, PACK).problem == expected


def test_coverage_names_techniques_and_turns():
    """What the agent did is told by technique, or by act where no rule files it, with its turns."""
    assert coverage(CHAT) == (
        Coverage(technique="offer", turns=("t2",)),
        Coverage(technique="apologise", turns=("t2",)),
    )
