"""What a sentence is about."""

import pytest

from assist.core.subjects import ACTS, acts, things, verbs


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ({"call"}, "i'll ring you"),
        ({"money", "call"}, "i called about the refund"),
        ({"cancel"}, "it's cancelled"),
        (set(), "hello"),
    ],
)
def test_an_act_is_known_by_its_words(expected, text):
    """Every kind of act is found by any of its words."""
    assert acts(text) == expected <= set(ACTS)


def test_things_are_what_says_something():
    """Long enough words that are no filling stand for a thing, whoever owns it."""
    assert things("the kettle's lid will be with you tomorrow") == {"kettl"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("send", "sent"), ("ring", "rung"), ("call", "called"), ("phone", "phoned"),
        ("cancel", "cancelled"), ("apply", "applied"), ("swap", "exchanged"), ("credit", "refund"),
        ("arrange", "arranging"), ("write", "written"), ("replace", "swapped"), ("pass", "passed"),
    ],
)  # fmt: skip
def test_a_verb_is_one_in_all_its_shapes(one, other):
    """What was promised and what was done meet in the stem."""
    assert verbs(one) == verbs(other)


@pytest.mark.parametrize(("one", "other"), [("send", "spend"), ("call", "cancel"), ("is", "as")])
def test_other_verbs_stay_apart(one, other):
    """Different verbs have different stems."""
    assert not verbs(one) & verbs(other)
