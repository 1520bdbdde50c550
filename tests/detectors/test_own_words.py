"""The words to tell a feeling by."""

from datetime import UTC, datetime

import pytest

from assist.core.signals import Findings
from assist.core.turns import Draft, Role, Turn
from assist.detectors.own_words import own_words, words_of_feeling

QUOTED = [
    ('The label says "do not wash". At all?', "At all?"),
    ('my neighbour warned me "cheap rubbish". Four years on it runs', "Four years on it runs"),
    ("'It is only damp,' your fitter said. The wall is wet.", "The wall is wet."),
    ("hello again, quick one about my seat", "quick one about my seat"),
    ("sorry, me again. same error", "same error"),
]
OWN = [
    'I told him "this is a joke" and he hung up',
    '"worst shop ever"',
    'your "service" is slow today',
    "it's the driver's fault, isn't it",
    "ok again broken, again and again",
    "the 5' rod and the 6' rod",
]


@pytest.mark.parametrize(("text", "left"), QUOTED)
def test_what_is_not_the_customers_own_is_blanked(text, left):
    """A quotation with who says it, and a greeting of one who comes back, leave only the rest."""
    assert words_of_feeling(text).strip() == left


@pytest.mark.parametrize("text", OWN)
def test_the_customers_own_words_stay(text):
    """Words quoted of oneself, scorn in quotation marks and apostrophes are not touched."""
    assert words_of_feeling(text) == text


@pytest.mark.parametrize("text", [text for text, _ in QUOTED] + OWN)
def test_no_place_moves(text):
    """What is left stands where it stood."""
    own = words_of_feeling(text)
    assert len(own) == len(text)
    assert all(a in {b, " "} for a, b in zip(own, text, strict=True))


def _seen(subject):
    seen = []

    def detector(said, earlier):
        del earlier
        seen.append(said.text)
        return Findings()

    own_words(detector)(subject, ())
    return seen[0]


def test_only_customers_are_read_so():
    """An agent's turn and a draft keep their quotations; a customer's loses them."""
    text = 'The label says "do not wash". At all then?'
    at = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
    assert _seen(Draft(text=text)) == text
    assert _seen(Turn(id="a", role=Role.AGENT, text=text, at=at)) == text
    assert _seen(Turn(id="c", role=Role.CUSTOMER, text=text, at=at)).strip() == "At all then?"
