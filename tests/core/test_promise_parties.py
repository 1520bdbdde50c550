"""The words for parties and things in promises."""

import re

import pytest
from growth import TOO_MUCH, growth

from assist.core import promise_parties as parties

SLOW = ("the a your ", "someone from the ", "your new £4 ", "and it ")
PATTERNS = [value for value in vars(parties).values() if isinstance(value, re.Pattern)]


@pytest.mark.parametrize("unit", SLOW)
def test_no_text_makes_them_slow(unit):
    """What a text made to go round in circles costs grows with its length, and no faster."""
    assert growth(lambda text: [[*one.finditer(text)] for one in PATTERNS], unit) < TOO_MUCH


@pytest.mark.parametrize(
    ("ours", "who"), [(True, "our boiler engineer"), (True, "the duty nurse"), (False, "the van")]
)
def test_our_own_people_are_told_from_others(ours, who):
    """Those who work for the company are told from couriers, banks and the like."""
    assert (parties.COMPANY.search(who) is not None) is ours
