"""The customer's own point told back."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.paraphrase import MAX_WORDS, flipped, paraphrase


@pytest.mark.parametrize(
    ("expected", "clause"),
    [
        ("your parcel hasn't arrived", "My parcel hasn’t arrived"),
        ("your parcel hasn't arrived", "well, and my parcel hasnt arrived"),
        ("you've waited 3 weeks for it", "I've waited 3 weeks for it"),
        ("you were charged twice on Monday", "I was charged twice on Monday"),
        ("you are still waiting", "I am still waiting"),
        ("you still are locked out", "I still am locked out"),
        ("the driver told you it was sent", "The driver told me it was sent!"),
        ("your order came without its lid", "my order came without its lid"),
        ("your parcel is still lost", "MY PARCEL IS STILL LOST"),
        ("your DHL parcel is never here", "my DHL parcel is NEVER here"),
        ("you were charged by Acme", "we were charged by Acme"),
    ],
)
def test_a_point_is_told_back_with_pronouns_turned(expected, clause):
    """Pronouns turn, apostrophes come back, shouting goes; names and numbers stay as written."""
    assert flipped(clause) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "",
        "too late",
        "parcel hasn't arrived yet",
        "its lid was broken",
        "my parcel the blue one",
        "my parcel hasn't arrived you idiots",
        "my parcel is where?",
        'my parcel "arrived" on Monday',
        "my link is https://example.com",
        "I was told to mail a@b.example",
        "my parcel is lost " + "and lost again " * 5,
    ],
)
def test_on_any_doubt_there_is_no_paraphrase(clause):
    """Fragments, insults, questions, quotations, links and long clauses are not told back."""
    assert flipped(clause) is None


@pytest.mark.parametrize(
    ("expected", "near"),
    [("your parcel hasn't arrived", 10), (None, 2), (None, 99)],
    ids=["inside", "another clause", "outside"],
)
def test_the_clause_around_a_place_is_told_back(expected, near):
    """The clause that covers the offset is told back, and no other."""
    assert paraphrase("Hello, my parcel hasn't arrived.", near) == expected


SAID = "i my we our is was has hasn't paid parcel BT 12 £3.50 Monday it the not still late"
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=20)


@given(WORDS)
def test_numbers_and_length_never_change(words):
    """A paraphrase has the numbers and the number of words that the customer wrote."""
    clause = " ".join(words)
    told = flipped(clause)
    if told is not None:
        assert re.findall(r"\d+", told) == re.findall(r"\d+", clause)
        assert len(told.split()) == len(words) <= MAX_WORDS


@given(st.text(max_size=60), st.integers(-3, 70))
def test_no_text_is_too_strange(text, near):
    """Whatever was written, the answer is words or None."""
    told = paraphrase(text, near)
    assert told is None or told
