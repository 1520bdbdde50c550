"""Praise that may mean its opposite."""

from datetime import UTC, datetime

import pytest

from assist.core.turns import Draft, Role, Turn
from assist.detectors import lexicon

AT = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
DETECT = lexicon.load()


def turn(text, role=Role.CUSTOMER, *, name="t1", private=False):
    return Turn(id=name, role=role, text=text, at=AT, private=private)


def signal(text, name, *earlier):
    found = DETECT(turn(text), earlier)
    return next((part for part in found.signals if part.name == name), None)


SARCASM = [
    "Thanks for nothing.",
    "Thank you so much for ruining my holiday",
    "Thanks for the delay",
    "Thanks for making me wait",
    "Great, another two weeks.",
    "Wonderful. It crashed again.",
    "Great job losing my bag",
    "Love how you lost my bag",
    "Wow, so helpful.",
    "Just great.",
    "Oh, brilliant!",
    "Yeah, right",
    "Perfect…",
    "Amazing service 🙄",
    "Fantastic, 3 hours on the phone",
    "I simply love being on hold",
    "Such fun explaining everything from the start",
    "yay, another form",
    "Nice of you to charge me for a cancelled class",
    "Excellent teamwork. My order was cancelled and nobody knows why",
    "just what i needed, an outage on a deadline",
]
SINCERE = [
    "Thanks for fixing the delay",
    "Thanks for letting me know",
    "Thanks for making my day",
    "Great, resolved in 5 minutes!",
    "Great, thank you!",
    "Wonderful service.",
    "Wow, thank you so much, that is amazing!",
    "I love your shop",
    "Nice, that was only two minutes",
    "My bag is lost",
    "This is not great",
    "Great support, but my bag is lost",
    "Perfect. I will wait for it.",
    "It took another two weeks.",
    "I love being told the truth, thank you",
    "Nice of you to refund the cancelled class",
    "Thank you for not giving up on me",
    "Excellent teamwork, thank you",
    "just what i needed, perfect fit",
    "nothing missing, great",
]


@pytest.mark.parametrize("text", SARCASM)
def test_praise_that_may_mean_its_opposite_is_flagged(text):
    """Praise beside a wait, a failure or a wry sign gives a sarcasm signal with its places."""
    found = signal(text, "sarcasm")
    assert found is not None
    assert 0 < found.score <= 1
    assert all(evidence.span.of(text).strip() for evidence in found.evidence)


@pytest.mark.parametrize("text", SINCERE)
def test_praise_that_is_meant_is_not_flagged(text):
    """Thanks for a repair, praise for speed and plain praise are left alone."""
    assert signal(text, "sarcasm") is None


@pytest.mark.parametrize("text", ["Wow, so helpful.", "Just great.", "Love how you lost my bag"])
def test_sarcasm_never_flips_the_score(text):
    """The flag stands beside the score and leaves it as the words gave it."""
    assert signal(text, "sarcasm") is not None
    assert signal(text, "valence.lexicon").score > 0


def test_one_word_of_praise_after_a_refusal_is_doubted():
    """A bare "Great." is doubted after an agent's no, and is not after an agent's yes."""
    no = turn("Unfortunately we cannot refund that.", Role.AGENT, name="a1")
    yes = turn("It is on its way to you.", Role.AGENT, name="a1")
    hidden = turn("Unfortunately we cannot refund that.", Role.AGENT, name="a1", private=True)
    assert signal("Great.", "sarcasm", no) is not None
    assert signal("Great.", "sarcasm", yes) is None
    assert signal("Great.", "sarcasm", hidden) is None
    assert DETECT(Draft(text="Great."), (no,)).signals[0].name == "valence.lexicon"
