"""The measure of growth tells quadratic work from linear, on whatever machine."""

import re

import pytest
from growth import TOO_MUCH, growth, kind_of


def each_with_each(text):
    return sum(one == other for one in text for other in text)


def word_by_word(text):
    return [word.casefold() for word in text.split()]


@pytest.mark.parametrize(
    ("work", "size"), [(each_with_each, 200), (re.compile("(?:a )*z").search, 1_000)]
)
def test_what_is_quadratic_grows_too_much(work, size):
    """A loop in a loop, written out or hidden in a pattern that goes on from every place."""
    assert growth(work, "a ", size=size) > TOO_MUCH


@pytest.mark.parametrize(
    "work", [word_by_word, re.compile("a ?z").search, sorted, lambda text: text == "", len]
)
def test_what_is_linear_or_less_does_not(work):
    """One look at each character, a bounded window at each, a sort; or no look at all."""
    assert growth(work, "a ") < TOO_MUCH


def test_the_text_is_of_the_length_that_was_asked_for():
    """Units are cut where they would not fit, and what stands around them stays whole."""
    assert kind_of("abc", 7, head="<", tail=">") == "<abcabca>"
    assert kind_of("abc", 2) == "ab"
