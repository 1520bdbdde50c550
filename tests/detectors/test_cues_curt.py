"""A bare word of receipt after bad news."""

from datetime import UTC, datetime

import pytest

from assist.core.turns import Role, Turn
from assist.detectors import cues_curt

AT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
DETECT = cues_curt.load()
BAD = "Unfortunately we can't do anything before Monday."


def curt(text, before, role=Role.AGENT, *, private=False):
    earlier = (Turn(id="a", role=role, text=before, at=AT, private=private),)
    found = DETECT(Turn(id="c", role=Role.CUSTOMER, text=text, at=AT), earlier)
    return next((signal for signal in found.signals if signal.name == "curt"), None)


@pytest.mark.parametrize("text", ["right", "Wow ok", "great.", "Fine.", "if you say so", "hm"])
def test_a_bare_word_after_bad_news_is_noticed(text):
    """It pulls down, with the words as evidence."""
    signal = curt(text, BAD)
    assert signal is not None
    assert signal.evidence[0].span.of(text).rstrip(".") == text.rstrip(".")
    assert next(pull.amount for pull in signal.pulls if pull.axis == "valence") < 0


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("great", "I've just refunded it."),
        ("ok", "We can't do that, but I can send a new one today."),
        ("right", "It isn't possible by phone, would you like it by mail?"),
        ("great, thank you", BAD),
        ("right?", BAD),
        ("the blue one", BAD),
    ],
)
def test_an_answer_is_left_alone(text, before):
    """After good news, an offer or a question, and with anything else said, nothing is noticed."""
    assert curt(text, before) is None


def test_praise_after_bad_news_is_outweighed():
    """Praise pulls down more than a plain word of receipt."""
    weights = [
        next(pull.amount for pull in curt(text, BAD).pulls if pull.axis == "valence")
        for text in ("great", "right", "ok")
    ]
    assert weights == sorted(weights)
    assert len(set(weights)) == len(weights)


def test_only_what_was_said_aloud_to_the_customer_counts():
    """A private note and the customer's own turn are no bad news."""
    assert curt("right", BAD, private=True) is None
    assert curt("right", BAD, role=Role.CUSTOMER) is None
