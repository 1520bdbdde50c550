"""What may stand before a sentence: draft by draft."""

import pytest

from assist.core.openings import BEFORE, begins


@pytest.mark.parametrize(
    ("said", "proper"),
    [
        ("we can't", "we can't"),
        ("hi ana, we can't", "we can't"),
        ("dear mrs okafor, we can't", "we can't"),
        ("good morning dr weiss, we can't", "we can't"),
        ("hello jean-luc, sadly we can't", "we can't"),
        ("so i had a look and the van can't", "the van can't"),
        ("just checked with the driver he can't", "he can't"),
        ("i've looked into it, we can't", "we can't"),
        ("ok so the van can't", "the van can't"),
        ("fyi the van can't", "the van can't"),
        ("currently we can't", "we can't"),
        ("she says we can't", "she says we can't"),
        ("i think we can't", "i think we can't"),
    ],
)
def test_an_opening_is_passed_over(said, proper):
    """Greetings, regrets and looks taken are openings; what somebody says or thinks is none."""
    assert said[begins(said) :] == proper


def test_the_regret_in_an_opening_is_told_apart():
    """The words of regret are a group of their own, and a greeting is not among them."""
    match = BEFORE.match("hi ana, i'm afraid we can't")
    assert match is not None
    assert match["sorry"] == "i'm afraid "
