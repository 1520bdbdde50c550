"""The words of keeping."""

import re

import pytest
from growth import TOO_MUCH, growth

from assist.core import keep_words as words

SLOW = ("i'll ", "i've just now ", "the a your ", "if you ", "and ")
PATTERNS = [value for name, value in vars(words).items() if isinstance(value, re.Pattern)]


@pytest.mark.parametrize("unit", SLOW)
def test_no_text_makes_them_slow(unit):
    """What a text made to go round in circles costs grows with its length, and no faster."""
    assert growth(lambda text: [[*one.finditer(text)] for one in PATTERNS], unit) < TOO_MUCH


def test_every_expression_is_told():
    """What stands here is what the others may use."""
    assert {
        name for name, value in vars(words).items() if value in PATTERNS and name[0] != "_"
    } <= {*words.__all__}
