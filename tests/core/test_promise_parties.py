"""The words for parties and things in promises."""

import re
import time

import pytest

from assist.core import promise_parties as parties

SLOW = ("the a your " * 400, "someone from the " * 300, "your new £4 " * 400, "and it " * 600)
PATTERNS = [value for value in vars(parties).values() if isinstance(value, re.Pattern)]


@pytest.mark.parametrize("text", SLOW, ids=range(len(SLOW)))
def test_no_text_makes_them_slow(text):
    """A text made to go round in circles is read at once."""
    start = time.perf_counter()
    for pattern in PATTERNS:
        list(pattern.finditer(text))
    assert time.perf_counter() - start < 2.0


@pytest.mark.parametrize(
    ("ours", "who"), [(True, "our boiler engineer"), (True, "the duty nurse"), (False, "the van")]
)
def test_our_own_people_are_told_from_others(ours, who):
    """Those who work for the company are told from couriers, banks and the like."""
    assert (parties.COMPANY.search(who) is not None) is ours
