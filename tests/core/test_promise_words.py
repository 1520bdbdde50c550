"""The words of promises."""

import re
import time

import pytest

from assist.core import promise_words as words

SLOW = ("i'll " * 600, "i've just now " * 300, "the a your " * 400, "if you " * 500, "and " * 900)
PATTERNS = [value for name, value in vars(words).items() if isinstance(value, re.Pattern)]


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_text_makes_them_slow(text):
    """A text made to go round in circles is read at once."""
    start = time.perf_counter()
    for pattern in PATTERNS:
        list(pattern.finditer(text))
    assert time.perf_counter() - start < 2.0


def test_every_expression_is_told():
    """What stands here is what the others may use."""
    assert {
        name for name, value in vars(words).items() if value in PATTERNS and name[0] != "_"
    } <= {*words.__all__}
