"""The words that times are told in."""

import pytest
from growth import TOO_MUCH, growth

from assist.core import date_words as words

PATTERNS = (words.DURATION, words.CLOCK, words.DAYS, words.BLOCKED)


@pytest.mark.parametrize("unit", ["in ", "between 1 and ", "1-", "the 1st ", "an hour and a half "])
def test_no_text_makes_them_slow(unit):
    """What a text made to go round in circles costs grows with its length, and no faster."""
    assert growth(lambda text: [[*one.finditer(text)] for one in PATTERNS], unit) < TOO_MUCH
