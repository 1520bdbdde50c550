"""What a company allows its agents to offer."""

import pytest

from assist.core.playbook import EMPTY, Offer, Playbook

ANYTIME = Offer(text="look into it")
LATE = Offer(text="ask the courier", causes=("delay", "missing-order"))
BROKEN = Offer(text="replace it", causes=("damaged",))
BOOK = Playbook(name="shop", offers=(ANYTIME, LATE, BROKEN))


@pytest.mark.parametrize(
    ("expected", "causes"),
    [
        ((ANYTIME,), ()),
        ((LATE, ANYTIME), ("delay",)),
        ((LATE, BROKEN, ANYTIME), ("damaged", "delay")),
        ((ANYTIME,), ("billing",)),
    ],
)
def test_offers_made_for_the_cause_come_first(expected, causes):
    """What is made for a known cause leads, what fits any cause follows, the rest is left out."""
    assert BOOK.for_causes(causes) == expected


def test_an_empty_playbook_offers_nothing():
    """Without a playbook nothing is offered."""
    assert EMPTY.for_causes(("delay",)) == ()
