"""Chatwoot: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.connectors.chatwoot import PLATFORM
from assist.connectors.payloads import scrubbed
from assist.connectors.port import UNDATED, Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn, Typing

FOLDER = Path(__file__).parent / "payloads" / "chatwoot"
PLACE = "chatwoot:1:42"
SETUP = Setup(own=frozenset({"999"}))
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask, where is my parcel?"
OPENED = Opened(channel="Channel::WebWidget", agent="7", customer_name="Ana Diaz")
RESOLVED = Closed(at=datetime(2026, 3, 2, 10, 40, 0, 500000, tzinfo=UTC), outcome="resolved")
TURNS = {
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
}
OTHERS = {
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
}
VALID = ("901", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None)


def payload(kind):
    """Return a payload as `read` is given it: without the fields that are secrets."""
    return scrubbed(json.loads((FOLDER / f"{kind}.json").read_text("utf-8")), PLATFORM.secrets)


def read(kind, setup=SETUP):
    """Return what happened at the only place, and why the rest was ignored."""
    told = PLATFORM.read(payload(kind), setup)
    places = {one.place.name for one in told if isinstance(one, Happening)}
    assert places <= {PLACE}
    return [one.reason if isinstance(one, Ignored) else one.what for one in told]


def test_every_payload_is_proved():
    """There is no payload file of which nothing is said here."""
    assert {path.stem for path in FOLDER.glob("*.json")} == {*TURNS, *OTHERS}


@pytest.mark.parametrize("kind", TURNS)
def test_who_said_what(kind):
    """A message is a turn of the right role, private where only the team sees it."""
    (turn,) = read(kind)
    assert isinstance(turn, Turn)
    assert (turn.role, turn.private, turn.text) == TURNS[kind]


@pytest.mark.parametrize("kind", OTHERS)
def test_what_else_happened(kind):
    """What is no message is told as what it is, or ignored for a reason."""
    assert read(kind) == OTHERS[kind]


def test_ids_and_times_are_the_platforms_own():
    """A turn bears the platform's id and time, and no author where a customer speaks."""
    (turn,) = read("valid")
    assert (turn.id, turn.at, turn.author) == VALID


def delivery(body, **headers):
    """Return a request with this body."""
    headers = {"content-type": "application/json", **headers}
    return Delivery(headers=headers, body=body, received_at=1_772_447_500.0)


def test_only_the_platforms_own_deliveries_are_believed():
    """A proven delivery passes; without its proof, with another secret or body it does not."""
    body = (FOLDER / "valid.json").read_bytes()
    proven = PLATFORM.verifier.stamped(delivery(body), SECRET)
    PLATFORM.verifier.verify(proven, SECRET)
    with pytest.raises(Unverified):
        PLATFORM.verifier.verify(proven, b"another-secret-altogether")
    with pytest.raises(Unverified):
        PLATFORM.verifier.verify(delivery(b"{}"), SECRET)


def test_the_customers_socket_secret_is_dropped():
    """The bearer secret of the customer's socket never reaches the reading."""
    assert "pubsub_token" in (FOLDER / "valid.json").read_text("utf-8")
    assert "pubsub_token" not in json.dumps(payload("valid"))


def test_own_notes_are_only_own_where_they_are_private():
    """A public answer by the same sender is somebody speaking; our notes are always private."""
    told = {**payload("own"), "private": False}
    (turn,) = PLATFORM.read(told, SETUP)
    assert turn.what.role is Role.BOT
    assert read("own", Setup())[0].private


def test_the_account():
    """Other accounts are ignored where one is named; it also fills in where none is told."""
    assert read("valid", Setup(options={"account": "2"})) == ["account.other"]
    told = {key: value for key, value in payload("closed").items() if key != "messages"}
    with pytest.raises(Unread, match=r"account\.id"):
        PLATFORM.read(told, Setup())
    (closed,) = PLATFORM.read(told, Setup(options={"account": "1"}))
    assert closed.place.name == PLACE


def test_a_message_without_anything_is_ignored():
    """Neither words nor attachments: nothing was said."""
    assert PLATFORM.read({**payload("valid"), "content": None}, SETUP)[0].reason == "message.empty"


@pytest.mark.parametrize(
    "change",
    [
        {"message_type": None},
        {"message_type": "shouted"},
        {"id": None},
        {"created_at": None},
        {"conversation": {}},
        {"content": 5},
    ],
)
def test_a_broken_message_is_refused(change):
    """A field that is needed and missing, or of another kind, is named."""
    with pytest.raises(Unread):
        PLATFORM.read({**payload("valid"), **change}, SETUP)


def test_nothing_is_answered_with_a_server_error():
    """An API inbox would mark the agent's message as failed."""
    assert not PLATFORM.capabilities.retries
