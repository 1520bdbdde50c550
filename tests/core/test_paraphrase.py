"""The customer's own point told back."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.paraphrase import MAX_WORDS, flipped, paraphrase

CASES = [
    tuple(line.split(" => "))
    for line in (Path(__file__).parent / "paraphrase_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
TOLD = [case for case in CASES if case[1] != "-"]
SILENT = [said for said, told in CASES if told == "-"]
FIRST_PERSON = re.compile(r"(?<![\w'-])(?:i|me|my|mine|myself|i'm|i've|i'd|i'll|im|ive)(?![\w'-])")


def answer(said):
    """Return what is told back: of the clause at the mark, or of all of it where there is none."""
    whole = said.replace("\\n", "\n")
    return paraphrase(whole.replace("^", ""), whole.index("^")) if "^" in said else flipped(whole)


def test_there_are_enough_cases_and_none_twice():
    """At least 280 points are told back word for word and at least 120 are left alone."""
    assert len(TOLD) >= 280
    assert len(SILENT) >= 120
    assert len({said for said, _ in CASES}) == len(CASES)


@pytest.mark.parametrize(("said", "told"), TOLD)
def test_a_point_is_told_back(said, told):
    """Pronouns turn by role, heat and noise go, and the rest stays as the customer wrote it."""
    assert answer(said) == told


@pytest.mark.parametrize("said", SILENT)
def test_on_any_doubt_there_is_no_paraphrase(said):
    """What is no plain statement of one person's own point is not told back."""
    assert answer(said) is None


@pytest.mark.parametrize(("said", "told"), TOLD)
def test_numbers_and_names_are_kept(said, told):
    """What is told has only numbers and names that were said, all of them in a single clause."""
    assert set(re.findall(r"\d[\w.,:%-]*\w|\d", told)) <= set(
        re.findall(r"\d[\w.,:%-]*\w|\d", said)
    )
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", said)) - {"I", "But", "My"}
    if "^" not in said:
        assert re.findall(r"\d+", told) == re.findall(r"\d+", said)
        assert all(name in told for name in names)


@pytest.mark.parametrize("near", [-1, 99])
def test_outside_the_text_nothing_is_told(near):
    """An offset outside the text finds no clause."""
    assert paraphrase("My parcel hasn't arrived.", near) is None


SAID = (
    "i I my me we us our you your was am is has hasn't paid sent told charged parcel account BT 12 "
    "£3.50 Monday it the not still late and but for from that when MY LOST dont its , - please"
)
WORDS = st.lists(st.sampled_from(SAID.split()), max_size=20).map(" ".join)
STARTS = [
    "I was charged",
    "my parcel from Leeds is",
    "you sent me",
    "the lamp I bought is",
    "We paid",
]


@given(st.sampled_from(STARTS), WORDS)
def test_whatever_follows_the_law_is_kept(start, more):
    """A paraphrase has the same numbers, no first person of the customer, and 16 words at most."""
    clause = f"{start} {more}"
    kept, told = clause.partition("please")[0], flipped(clause)
    if told is not None:
        assert len(told.split()) <= MAX_WORDS
        assert re.findall(r"\d+", told) == re.findall(r"\d+", kept)
        assert not FIRST_PERSON.search(told.lower())
        assert not told.endswith((".", "!", "?"))
        assert all(name in told for name in ("Leeds", "Monday", "BT") if f" {name}" in kept)


@given(st.text(max_size=80), st.integers(-3, 90))
def test_no_text_is_too_strange(text, near):
    """Whatever was written, the answer is words or None."""
    told = paraphrase(text, near)
    assert told is None or 0 < len(told.split()) <= MAX_WORDS
    assert flipped(text) is None or flipped(text)


@pytest.mark.parametrize(
    "piece",
    [
        "my ",
        "a,",
        "- ",
        "hi ",
        "you know ",
        "!",
        "f*",
        "1234 ",
        "and i was ",
        "never x ",
        "(like, ",
    ],
)
def test_a_very_long_turn_is_quickly_passed_over(piece):
    """Ten thousand characters of anything, without an end, are not told back."""
    text = piece * (10_000 // len(piece))
    assert flipped(text) is None
    assert paraphrase(text, 5000) is None
