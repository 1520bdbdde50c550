"""The words that times are told in."""

import time

import pytest

from assist.core import date_words as words

SLOW = (
    "in " * 400,
    "between 1 and " * 300,
    "1-" * 600,
    "the 1st " * 300,
    "an hour and a half " * 99,
)


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_text_makes_them_slow(text):
    """A text made to go round in circles is read at once."""
    start = time.perf_counter()
    for pattern in (words.DURATION, words.CLOCK, words.DAYS, words.BLOCKED):
        list(pattern.finditer(text))
    assert time.perf_counter() - start < 1.0
