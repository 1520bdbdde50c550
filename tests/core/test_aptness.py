"""How well each technique fits a moment."""

from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType

import numpy as np
import pytest

from assist.core.aptness import (
    UNTAUGHT,
    Aptness,
    Embedded,
    Scale,
    embedded,
    features,
    with_aptness,
)
from assist.core.conversation import Act, Conversation, Stage
from assist.core.escalation import Escalation, Level
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Role, Turn

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
LATE = Evidence(turn="t3", span=Span(0, 4), cue="late", source="a rule")
SAD = Evidence(turn="t3", span=Span(5, 9), cue="sad", source="a model")


def turn(name, role, text):
    return Turn(id=name, role=role, text=text, at=AT)


READING = Reading(
    turn="t3",
    sentiment=FLAT,
    signals=(
        Signal(name="cause.delay", score=0.9, evidence=(LATE,)),
        Signal(name="like.sadness", score=0.5, evidence=(SAD,)),
        Signal(name="valence.encoder", score=-0.6),
    ),
)
CHAT = Conversation(
    id="c",
    turns=(
        turn("t1", Role.CUSTOMER, "hi"),
        turn("t2", Role.AGENT, "Hello, I'm sorry."),
        turn("t3", Role.CUSTOMER, "late, is it lost now?"),
    ),
    readings=(READING,),
    stage=Stage.SOLVING,
    escalation=Escalation(level=Level.WATCH, score=0.4),
    acts=(Act(name="empathy", turn="t0", index=0), Act(name="apology", turn="t2", index=1)),
)


def aptness(bias=0.0, **weights):
    names = {name.replace("__", "."): weight for name, weight in weights.items()}
    scale = Scale(bias=bias, weights=MappingProxyType(names))
    return Aptness(needs="valence.encoder", scales=MappingProxyType({"empathy": scale}))


def fitting(policy, conversation=CHAT, reading=READING):
    return with_aptness(conversation, reading, policy).signal("apt.empathy")


def test_a_moment_is_told_by_what_was_read_and_done():
    """Signals, stage, level, turns, words and acts are features, each with its value."""
    assert features(CHAT, READING) == {
        "signal.cause.delay": 0.9,
        "signal.like.sadness": 0.5,
        "signal.valence.encoder": -0.6,
        "stage.solving": 1.0,
        "level.watch": 1.0,
        "score": 0.4,
        "heard": 0.25,
        "unanswered": 0.0,
        "asks": 1.0,
        "brief": 0.0,
        "cause.known": 1.0,
        "did.apology": 1.0,
        "just.apology": 1.0,
        "did.empathy": 1.0,
    }


def test_a_chat_without_a_turn_has_no_words():
    """What nobody has said is neither brief nor asking, and nothing was done."""
    told = features(Conversation(id="c"), READING)
    assert {"asks", "brief", "cause.known"}.isdisjoint(told)
    assert told["unanswered"] == 1.0


@pytest.mark.parametrize(
    ("expected", "bias", "weights"),
    [
        (0.5, 0.0, {}),
        (0.7311, 1.0, {}),
        (0.7109, 0.0, {"signal__cause__delay": 1.0}),
        (0.2689, 0.0, {"just__apology": -1.0}),
        (0.5, 0.0, {"signal__unheard": 5.0}),
    ],
)
def test_an_aptness_is_a_chance(expected, bias, weights):
    """Weights add up in log-odds; what is not there counts nothing."""
    assert fitting(aptness(bias, **weights)).score == expected


@pytest.mark.parametrize(
    ("expected", "weights"),
    [
        ((LATE,), {"signal__cause__delay": 1.0, "signal__like__sadness": 0.5}),
        ((SAD,), {"signal__cause__delay": 1.0, "signal__like__sadness": 5.0}),
        ((SAD,), {"signal__cause__delay": -1.0, "signal__like__sadness": 0.1}),
    ],
)
def test_the_strongest_words_speak_for_it(expected, weights):
    """The evidence is that of the signal which raises the aptness most."""
    assert fitting(aptness(**weights)).evidence == expected


def test_without_such_words_the_whole_turn_speaks():
    """A state has no words of its own, so the customer's turn is pointed at."""
    (proof,) = fitting(aptness(stage__solving=2.0)).evidence
    assert (proof.turn, proof.span) == ("t3", Span(0, len("late, is it lost now?")))
    answered = Conversation(id="c", turns=CHAT.turns[:2])
    assert fitting(aptness(), answered).evidence == ()


def test_nothing_is_said_without_numbers_or_without_the_model():
    """An untaught line, and one whose model is missing, reads as before."""
    assert with_aptness(CHAT, READING, UNTAUGHT) is READING
    plain = Reading(turn="t3", sentiment=FLAT)
    assert with_aptness(CHAT, plain, aptness()) is plain


def like(*numbers):
    return np.array(numbers, "<f2").tobytes()


def told(*embeddings):
    """Return the chat with as many turns of the customer, read with these embeddings."""
    turns = tuple(turn(f"c{n}", Role.CUSTOMER, "late") for n, _ in enumerate(embeddings))
    readings = tuple(
        replace(READING, turn=f"c{n}", embedding=one) for n, one in enumerate(embeddings)
    )
    return replace(CHAT, turns=turns, readings=readings), readings[-1]


def test_an_embedding_is_told_of_now_and_of_lately():
    """The newest turn's own, and behind it the mean of the customer's last dozen."""
    assert embedded(*told(like(1, 2))).tolist() == [1, 2, 1, 2]
    assert embedded(*told(like(3, 0), like(1, 2))).tolist() == [1, 2, 2, 1]
    many = [like(100, 100)] * 3 + [like(0, 0)] * 11 + [like(12, 24)]
    assert embedded(*told(*many)).tolist() == [12, 24, 1, 2]


def test_a_turn_that_no_model_read_has_none():
    """Nor does it count among the others, nor do those of another model's width."""
    assert embedded(*told(like(1, 2), b"")) is None
    assert embedded(*told(b"", like(1, 2))).tolist() == [1, 2, 1, 2]
    assert embedded(*told(like(9, 9, 9), like(1, 2))).tolist() == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("expected", "numbers"), [(0.5, (0, 0)), (0.8808, (1, 0)), (0.1192, (0, 1)), (0.5, (1,))]
)
def test_what_a_model_makes_of_the_turns_adds_to_the_aptness(expected, numbers):
    """From its centre on; an embedding of another width adds nothing."""
    weights = np.array([[1.0], [-1.0], [1.0], [-1.0]])
    policy = replace(aptness(), embedded=Embedded(weights=weights, centre=np.zeros(4)))
    assert fitting(policy, *told(like(*numbers))).score == expected
    assert fitting(policy).score == 0.5


def test_a_reading_keeps_its_embedding_as_it_goes_on():
    """It is no part of what two readings are compared by."""
    one = replace(READING, embedding=like(1, 2))
    assert one.going_on(one.signals).embedding == like(1, 2)
    assert one == READING
    assert "embedding" not in repr(one)
