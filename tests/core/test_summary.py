"""The record of a conversation."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.core.conversation import Act, Conversation, Feeling, Summary
from assist.core.coverage import coverage
from assist.core.ledger import Entry, EntryKind, EntryState, Owner
from assist.core.rules import Pack
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.summary import summarise
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
    return Entry(id=what, kind=kind, owner=Owner.AGENT, what=what, state=state)


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
    told = summarise(CHAT, PACK)
    assert replace(told, record=()) == Summary(
        problem="your parcel hasn't arrived",
        causes=("cause.delay", "cause.billing"),
        feeling=(Feeling(turn="t1", score=-0.5), Feeling(turn="t3", score=-0.2)),
        offered=("I can call them.",),
        agreed=("call them",),
        open=("write", "ring"),
        coverage=coverage(CHAT),
    )


def test_the_record_says_it_in_plain_words():
    """Each line is a sentence with its part; nobody is scored."""
    assert [(line.part, line.text) for line in summarise(CHAT, PACK).record] == [
        ("problem", "The customer wrote: “My parcel hasn't arrived.”"),
        ("cause", "Cause: Late."),
        ("problem", "The customer wrote: “Charged twice too”"),
        ("cause", "Cause: Wrong charge."),
        ("feeling", "Sounded unhappy throughout."),
        ("offered", "Offered: “I can call them.”"),
        ("agreed", "Agreed: “call them” (the agent; open)"),
        ("open", "Promised: “write” (the agent; open)"),
        ("open", "Promised: “ring” (the agent; past its time)"),
        ("closed", "Follow-up: “check” (the agent; done)"),
    ]


def test_every_line_of_the_record_points_to_where_it_was_said():
    """A problem, a cause and an offer stand with their places; a feeling with its lowest turn's."""
    lines = {line.part: line.evidence for line in summarise(CHAT, PACK).record}
    assert lines["problem"] == (proof("t3", 0),)
    assert lines["cause"] == (proof("t3", 0),)
    assert lines["offered"] == (proof("t2", 7),)
    sad = replace(
        reading("t1", -0.9),
        signals=(Signal(name="valence", score=-0.9, evidence=(proof("t1", 3),)),),
    )
    (feeling,) = summarise(replace(CHAT, readings=(sad,), acts=(), ledger=()), PACK).record
    assert feeling.evidence == (proof("t1", 3),)


def test_offers_are_told_in_order_each_where_it_was_first_made():
    """What was offered twice is told once, and before what was offered after it."""
    acts = (act("offer", "t2", 7), act("offer", "t2", 24), act("offer", "t2", 9))
    told = summarise(replace(CHAT, acts=acts), PACK)
    assert told.offered == ("I can call them.", "Bye.")
    offers = [line.evidence for line in told.record if line.part == "offered"]
    assert offers == [(proof("t2", 7),), (proof("t2", 24),)]


@pytest.mark.parametrize(
    ("expected", "scores"),
    [
        ("Sounded neutral throughout.", (0.1,)),
        ("Sounded unhappy at first, content at the end.", (-0.8, 0.0, 0.6)),
        ("Sounded content at first, neutral at the end.", (0.5, 0.4, 0.3, 0.0, 0.1)),
    ],
)
def test_a_feeling_is_told_from_first_to_last(expected, scores):
    """The first third and the last third of the customer's turns are told."""
    turns = tuple(turn(f"t{n}", Role.CUSTOMER, "w") for n, _ in enumerate(scores))
    readings = tuple(reading(f"t{n}", score) for n, score in enumerate(scores))
    (line,) = summarise(Conversation(id="c", turns=turns, readings=readings), PACK).record
    assert line.text == expected


def test_an_entry_is_told_with_who_when_and_on_what_it_hangs():
    """Owner by name, condition and time stand beside the words; an unsaid cause is left out."""
    owed = Entry(
        id="e", kind=EntryKind.PROMISE, owner=Owner.THIRD_PARTY, who="the depot", what="rings",
        due=AT, condition="once it is found",
    )  # fmt: skip
    bare = replace(reading("t1", 0.0), signals=(Signal(name="cause.delay", score=0.9),))
    chat = replace(CHAT, readings=(bare,), acts=(), ledger=(owed, replace(owed, who=None)))
    assert [line.text for line in summarise(chat, PACK).record[1:]] == [
        "Promised: “rings” (the depot, once it is found, by 02 March 2026, 09:00; open)",
        "Promised: “rings” (somebody else, once it is found, by 02 March 2026, 09:00; open)",
    ]


def test_two_causes_in_one_sentence_quote_it_once():
    """What was written is told once, however much it is about."""
    chat = replace(CHAT, readings=(reading("t1", 0.0, "delay", "billing"),), acts=(), ledger=())
    parts = [line.part for line in summarise(chat, PACK).record]
    assert parts == ["problem", "cause", "cause", "feeling"]


def test_an_empty_chat_has_an_empty_record():
    """Where nothing was said, nothing is told."""
    assert summarise(Conversation(id="c"), PACK).record == ()


@pytest.mark.parametrize(
    ("expected", "text"), [("your parcel", "The parcel?!"), (None, "Where is it?")]
)
def test_a_problem_nobody_put_in_words_is_its_thing_or_none(expected, text):
    """Where nothing can be told back the thing stands for it; where there is none, nothing does."""
    chat = Conversation(
        id="c", turns=(turn("t1", Role.CUSTOMER, text),), readings=(reading("t1", 0.0, "delay"),)
    )
    assert summarise(chat, PACK).problem == expected
