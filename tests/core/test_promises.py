"""The words that are given in a turn."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from assist.core.ledger import Owner
from assist.core.promises import given, proposed
from assist.core.turns import Role, Turn

AT = datetime(2026, 3, 2, 14, 10, tzinfo=UTC)
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in (Path(__file__).parent / "promise_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def turn(text, role=Role.AGENT):
    return Turn(id="t1", role=role, text=text, at=AT)


def told(text, role="agent"):
    """Return what was found as a case tells it."""
    found = []
    for word in given(turn(text, Role(role))):
        who = f" ({word.who})" if word.who else ""
        condition = f" ? {word.condition.of(text)}" if word.condition else ""
        found.append(f"{word.kind} {word.owner}{who}: {word.span.of(text)}{condition}")
    return " ;; ".join(found) or "-"


def test_there_are_enough_cases_and_none_twice():
    """At least 150 wordings, of which at least 60 give no word, none twice."""
    assert len(CASES) >= 150
    assert sum(expected == "-" for *_, expected in CASES) >= 60
    assert len({case[:2] for case in CASES}) == len(CASES)


@pytest.mark.parametrize(("role", "text", "expected"), CASES)
def test_a_word_given_is_told_from_all_that_looks_like_one(role, text, expected):
    """Promises and follow-ups are found with owner, place and condition; nothing else is."""
    assert told(text, role) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["Shall I send it?"], "It is lost. Shall I send it?"),
        (["I'll take half off."], "Ok. I'll take half off. OK?"),
        (["If you like, I'll call you."], "If you like, I'll call you."),
        ([], "Is it order 3321?"),
        ([], "I'll call you."),
        ([], "Hello"),
    ],
)
def test_what_is_put_to_the_customer_is_a_question_or_an_offer(expected, text):
    """Asking leave and offering are told from promises and from other questions."""
    assert [span.of(text) for span in proposed(turn(text))] == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (None, "Once you send it I'll refund it within 3 days."),
        (AT.replace(hour=17, minute=0), "If it isn't there I'll call you by 5."),
        (AT.replace(minute=20), "Give me ten minutes."),
        (AT.replace(hour=17, minute=0), "By 5 I'll have the answer."),
    ],
)
def test_a_time_counts_from_now_or_not_at_all(expected, text):
    """What counts from a condition has no due time; what the clock tells has one."""
    assert [word.due for word in given(turn(text))] == [expected]


def test_a_very_long_turn_gives_so_many_words_and_no_more():
    """A turn that promises without end is read up to twenty words."""
    assert len(given(turn("I'll call you. " * 60))) == 20


@every(st.text(max_size=200))
def test_every_word_given_lies_in_the_text(text):
    """Whatever is said, what is found is a place in it, never an empty one."""
    for role in (Role.AGENT, Role.CUSTOMER):
        for word in given(turn(text, role)):
            assert 0 <= word.span.start < word.span.end <= len(text)
            assert word.owner in Owner


def test_the_day_is_that_of_the_turns_own_zone():
    """The same moment told in another zone may be another day."""
    at = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    told = Turn(id="t1", role=Role.AGENT, text="I will call you back tomorrow by 5 pm.", at=at)
    elsewhere = replace(told, at=at.astimezone(timezone(timedelta(hours=2))))
    assert [word.due.day for one in (told, elsewhere) for word in given(one)] == [2, 3]
