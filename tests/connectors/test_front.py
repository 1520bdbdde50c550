"""Front: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime

from contract import ASKED, OneAccount, Samples, delivery

from assist.connectors.front import PLATFORM
from assist.connectors.port import Setup
from assist.core.turns import Assigned, Closed, Opened, Role

CHALLENGE = "x-front-challenge"
SAMPLES = Samples(
    platform=PLATFORM,
    places=("front:cmp_abc:cnv_55c8c149",),
    setup=Setup(own=frozenset({"999"})),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "preview": (Role.CUSTOMER, False, "third time I ask, where is"),
        "private": (Role.AGENT, True, "This one is furious, be careful."),
        "automation": (Role.SYSTEM, False, "We are closed on Sundays."),
        "attachment": (Role.CUSTOMER, False, ""),
        "earlier": (Role.CUSTOMER, False, "hello?"),
    },
    others={
        "own": ["message.own"],
        "assigned": [Assigned(agent="tea_7")],
        "unassigned": [Assigned(agent=None)],
        "opened": [Opened()],
        "closed": [Closed(at=datetime(2026, 3, 2, 10, 40, 0, 500000, tzinfo=UTC))],
        "unneeded": ["event.unneeded"],
        "sync": ["event.unneeded"],
        "unknown": ["event.unknown"],
    },
    valid=("msg_1001", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None),
    needed=("authorization", "payload.conversation"),
)


class TestFront(OneAccount):
    """Front's payloads keep the contract."""

    samples = SAMPLES


def test_a_challenge_is_said_back():
    """A subscription is confirmed by its challenge, as JSON; without one there is no handshake."""
    answer = PLATFORM.handshake(delivery(b"{}", **{CHALLENGE: 'a"b'}), SAMPLES.setup)
    assert (answer.status, json.loads(answer.body)) == (200, {"challenge": 'a"b'})
    for asked in (delivery(b"{}"), delivery(b"{}", **{CHALLENGE: "x" * 600})):
        assert PLATFORM.handshake(asked, SAMPLES.setup) is None


def test_a_draft_is_no_message():
    """What a teammate has not sent was said to nobody."""
    told = SAMPLES.payload("agent")
    told["payload"]["target"]["data"]["is_draft"] = True
    assert SAMPLES.told(told)[0].reason == "event.unneeded"
