"""Which word turns a condition round, by what follows the link."""

import pytest

from assist.core.links import is_time, turned_after_without, turned_link


@pytest.mark.parametrize(
    ("link", "rest", "word"),
    [
        ("until", "the parcel is back", "as soon as"),
        ("until", "Paula confirms", "as soon as"),
        ("until", "Ana and Ben agree", "as soon as"),
        ("until", "parcel JD0002 is back", "as soon as"),
        ("until", "its paid", "as soon as"),
        ("unless", "its written on it", "if"),
        ("until", "page 4 is signed", "as soon as"),
        ("until", "check-in opens", "as soon as"),
        ("until", "the charge drops off", "as soon as"),
        ("until", "such time", None),
        ("until", "its turn", None),
        ("until", "Friday and I'll get back to you", None),
        ("until", "the driver signs it", "as soon as"),
        ("until", "Friday", "from"),
        ("untill", "tmrw", "from"),
        ("until", "14:30 on 3 May", "from"),
        ("until", "checking it", "after"),
        ("until", "the inspection", "after"),
        ("until", "the end of time", None),
        ("until", "luck helps", None),
        ("until", "any of you pay", None),
        ("until", "you calm down", None),
        ("until", "you send your PIN", None),
        ("until after", "the holidays", "after"),
        ("till after", "Friday", "after"),
        ("until after", "you pay", "after"),
        ("until after", "that", None),
        ("before", "you pay", "once"),
        ("before", "it ships", None),
        ("before", "you ask", None),
        ("before", "Christmas", None),
        ("unless", "you pay", "if"),
        ("unless", "you reply", "once"),
        ("unless", "urgent", None),
    ],
)
def test_what_follows_the_link_decides(link, rest, word):
    """A clause, a time and an event each have their word; the unclear and the unfit have none."""
    assert turned_link(link, rest, times=True, soon="as soon as") == word


def test_a_time_may_be_out_of_place():
    """Where no bare time may follow, none is turned; a clause takes the word that was asked for."""
    assert turned_link("until", "Friday", times=False, soon="once") is None
    assert turned_link("until", "you pay", times=False, soon="once") == "once"


@pytest.mark.parametrize(
    ("verb", "rest", "speaker", "word"),
    [
        ("open it", "seeing the deed", "we", "after"),
        ("open it", "asking the owner", "we", None),
        ("open it", "the key", "we", "with"),
        ("open it", "your tracking number", "we", "with"),
        ("open it", "the man waiting", "we", None),
        ("open it", "a fee", "we", None),
        ("open it", "trying", "we", None),
        ("open it", "the old password", "we", None),
        ("open it", "a gift card", "we", None),
        ("help", "the code", "I", "once I have"),
        ("help", "the code", "We", "once we have"),
        ("help", "the code", "they", None),
        ("help", "a hammer", "we", None),
        ("help", "proof of purchase", "we", "once we have"),
        ("open it", "a fight", "we", None),
    ],
)
def test_without_has_its_own_turn(verb, rest, speaker, word):
    """A thing to have is had "with" it or "once" it is there; a loss or a secret is not."""
    assert turned_after_without(verb, rest, speaker) == word


def test_a_time_is_known():
    """A day or a date is a time; a clause is none, and neither is a time with a clause behind."""
    assert is_time("friday at noon")
    assert not is_time("you pay")
    assert not is_time("friday is over")
