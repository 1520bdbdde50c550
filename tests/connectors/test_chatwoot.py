"""Chatwoot: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime

import pytest
from contract import ASKED, OneAccount, Samples

from assist.connectors.chatwoot import PLATFORM
from assist.connectors.port import UNDATED, Setup, Unread
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Typing

OPENED = Opened(channel="Channel::WebWidget", agent="7", customer_id="31", customer_name="Ana Diaz")
RESOLVED = Closed(at=datetime(2026, 3, 2, 10, 40, 0, 500000, tzinfo=UTC), outcome="resolved")
PLACE = "chatwoot:1:42"
SAMPLES = Samples(
    platform=PLATFORM,
    places=(PLACE,),
    setup=Setup(own=frozenset({"999"})),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "delivered": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "private": (Role.AGENT, True, "This one is furious, be careful."),
        "bot": (Role.BOT, False, "Hello, I am the helper."),
        "captain": (Role.BOT, False, "I can help with that."),
        "automation": (Role.SYSTEM, False, "We are closed on Sundays."),
        "campaign": (Role.SYSTEM, False, "20 % off this week!"),
        "template": (Role.SYSTEM, False, "Give the team a way to reach you."),
        "echo": (Role.AGENT, False, "Answered from my phone."),
        "attachment": (Role.CUSTOMER, False, ""),
        "edited": (Role.CUSTOMER, False, "third time I ask: where is my parcel 4711?"),
        "earlier": (Role.CUSTOMER, False, "hello?"),
    },
    others={
        "deleted": [Redaction(turn="901", at=UNDATED)],
        "rating": ["message.form"],
        "own": ["message.own"],
        "typing": [Typing(role=Role.CUSTOMER, on=True, at=UNDATED)],
        "typing_agent": [Typing(role=Role.AGENT, on=False, at=UNDATED)],
        "typing_note": ["event.unneeded"],
        "assigned": [Assigned(agent="7")],
        "unassigned": [Assigned(agent=None)],
        "labelled": ["event.unneeded"],
        "opened": [OPENED],
        "opened_for_bot": [OPENED],
        "resolved_for_bot": [RESOLVED],
        "reopened": [OPENED],
        "closed": [RESOLVED],
        "snoozed": ["event.unneeded"],
        "unneeded": ["event.unneeded"],
        "unknown": ["event.unknown"],
    },
    valid=("901", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None),
    needed=("conversation", "created_at", "id", "message_type"),
)


class TestChatwoot(OneAccount):
    """Chatwoot's payloads keep the contract."""

    samples = SAMPLES


def test_the_customers_socket_secret_is_dropped():
    """The bearer secret of the customer's socket never reaches the reading."""
    assert "pubsub_token" in SAMPLES.files["valid"].decode()
    assert "pubsub_token" not in json.dumps(SAMPLES.payload("valid"))


def test_own_notes_are_only_own_where_they_are_private():
    """A public answer by the same sender is somebody speaking; our notes are always private."""
    told = {**SAMPLES.payload("own"), "private": False}
    (turn,) = SAMPLES.told(told)
    assert turn.what.role is Role.BOT
    assert SAMPLES.read("own", Setup())[0].private


def test_the_operators_account_fills_in():
    """Where no account is told, it is the one that the operator named; without one, a fault."""
    told = {key: value for key, value in SAMPLES.payload("closed").items() if key != "messages"}
    with pytest.raises(Unread, match=r"account\.id"):
        PLATFORM.read(told, Setup())
    (closed,) = PLATFORM.read(told, Setup(options={"account": "1"}))
    assert closed.place.name == PLACE


def test_a_message_without_anything_is_ignored():
    """Neither words nor attachments: nothing was said."""
    assert SAMPLES.told({**SAMPLES.payload("valid"), "content": None})[0].reason == "message.empty"


@pytest.mark.parametrize("change", [{"message_type": "shouted"}, {"content": 5}])
def test_a_broken_message_is_refused(change):
    """What is of another kind than the platform says is not guessed at."""
    with pytest.raises(Unread):
        SAMPLES.told({**SAMPLES.payload("valid"), **change})


def test_nothing_is_answered_with_a_server_error():
    """An API inbox would mark the agent's message as failed."""
    assert not PLATFORM.capabilities.retries
