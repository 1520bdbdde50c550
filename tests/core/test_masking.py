"""What is masked and what is not: a suite of secrets, and one of near misses."""

import re
from pathlib import Path

import pytest
from growth import TOO_MUCH, growth

from assist.core.masking import DEFAULT, KINDS, dotted, find, masked

LINES = (Path(__file__).parent / "mask_cases.txt").read_text("utf-8").splitlines()
LINES = [line.replace(r"\n", "\n") for line in LINES]  # a new line in a text
CASES = [tuple(part.strip(" ") for part in line.split("|", 1)) for line in LINES if line[0] != "#"]
SECRETS = [(kind, text) for kind, text in CASES if kind]
NEAR_MISSES = [text for kind, text in CASES if not kind]


def test_the_suites_are_large_enough():
    """At least a hundred of each, and every kind has ten."""
    assert len(SECRETS) >= 100
    assert len(NEAR_MISSES) >= 100
    for kind in KINDS:
        assert sum(one == kind for one, _ in SECRETS) >= 10


@pytest.mark.parametrize(("kind", "marked"), SECRETS)
def test_a_secret_is_found_where_it_stands(kind, marked):
    """Exactly the marked places are found, as that kind; the mask keeps every other character."""
    text = marked.replace("«", "").replace("»", "")
    places = [
        (found.start() - 2 * number, found.end() - 2 * number - 2)
        for number, found in enumerate(re.finditer("«[^»]*»", marked))
    ]
    assert [tuple(one.span) for one in find(text, (kind,))] == places
    hidden = masked(text, (kind,))
    assert len(hidden) == len(text)
    for start, end in places:
        assert not any(letter.isalnum() for letter in hidden[start:end])
    rest = [letter for place, letter in enumerate(text) if not _within(place, places)]
    assert [letter for place, letter in enumerate(hidden) if not _within(place, places)] == rest


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_stays(text):
    """Orders, dates, prices and sentences about passwords are left as they are, asked for all."""
    assert masked(text, KINDS) == text


def _within(place, places):
    return any(start <= place < end for start, end in places)


def test_only_what_is_asked_for_is_masked():
    """By default how to reach somebody stays, and with no kind everything does."""
    text = "card 4111 1111 1111 1111, mail bob@example.com, pin: 1234"
    assert masked(text) == "card •••• •••• •••• ••••, mail bob@example.com, pin: ••••"
    assert masked(text, ()) == text
    assert set(DEFAULT) < set(KINDS)


def test_the_customers_name_counts_among_the_names():
    """Where these are masked at all, and with what people say themselves as one."""
    text = "Ana: my name is Ana Lima, card 4111 1111 1111 1111"
    assert masked(text, ("names",), "Ana") == "•••: my name is ••• ••••, card 4111 1111 1111 1111"
    assert masked("Ana", ("cards",), "Ana") == "Ana"
    assert dotted("O'Brien 2") == "•'••••• •"


def test_masking_twice_is_masking_once():
    """What was masked holds no secret any more."""
    for kind, marked in SECRETS:
        once = masked(marked.replace("«", "").replace("»", ""), (kind,))
        assert masked(once, (kind,)) == once


@pytest.mark.parametrize(
    ("head", "unit", "tail"),
    [
        *(("", unit, "") for unit in (
            "1 ", "4 ", "4", "1-", "a@", "a@a.", "password is ", "0123 ", "code is ", "DE89 ", "(",
            "call me ", "(at)", "my name is ", "A. ", "Hi, I'm ", "Thanks\n",
        )),
        ("+1", " 1", ""), ("", "a.", "@"), ("password for ", "a ", ""),
    ],
)  # fmt: skip
def test_no_text_takes_long(head, unit, tail):
    """What a hostile text costs grows with its length, and no faster."""
    assert growth(lambda text: masked(text, KINDS), unit, head=head, tail=tail) < TOO_MUCH
