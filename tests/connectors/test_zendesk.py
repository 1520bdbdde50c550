"""Zendesk: each payload written from the field facts is read as what happened."""

from datetime import UTC, datetime

import pytest
from contract import ASKED, OneAccount, Samples

from assist.connectors.zendesk import PLATFORM
from assist.core.turns import Assigned, Closed, Opened, Role

SAMPLES = Samples(
    platform=PLATFORM,
    places=("zendesk:12514403:4711",),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "automation": (Role.SYSTEM, False, "We are closed on Sundays."),
        "system": (Role.SYSTEM, False, "The conversation was transferred."),
        "earlier": (Role.CUSTOMER, False, "hello?"),
    },
    others={
        "author_unknown": ["author.unknown"],
        "assigned": [Assigned(agent="7")],
        "closed": [
            Closed(at=datetime(2026, 3, 2, 10, 50, 0, 100200, tzinfo=UTC), outcome="solved")
        ],
        "opened": [Opened(customer_id="8447388090494", agent="7")],
        "unneeded": ["event.unneeded"],
        "unknown": ["event.unknown"],
    },
    valid=("644bbc3f0000000000000001", datetime(2026, 3, 2, 10, 31, 5, 213456, tzinfo=UTC), None),
    needed=("account_id", "detail", "time"),
)


class TestZendesk(OneAccount):
    """Zendesk's payloads keep the contract."""

    samples = SAMPLES


@pytest.mark.parametrize("time", [1772447465213456789, "1772447465213456789"])
def test_nanoseconds_may_be_counted(time):
    """The time may be written or counted; both are the same moment."""
    (turn,) = SAMPLES.told({**SAMPLES.payload("valid"), "time": time})
    assert turn.what.at == SAMPLES.valid[1]


def test_solved_after_solved_is_no_second_end():
    """A ticket that goes from solved to closed ended already."""
    told = SAMPLES.payload("closed")
    told = {**told, "event": {"current": "CLOSED", "previous": "SOLVED"}}
    assert SAMPLES.told(told)[0].reason == "event.unneeded"


def test_an_event_that_tells_nothing_has_no_author():
    """Without what happened there is nobody who said it."""
    told = {key: value for key, value in SAMPLES.payload("agent").items() if key != "event"}
    assert SAMPLES.told(told)[0].reason == "author.unknown"
