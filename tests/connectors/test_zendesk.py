"""Zendesk: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.connectors.payloads import scrubbed
from assist.connectors.port import Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.connectors.zendesk import PLATFORM
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

FOLDER = Path(__file__).parent / "payloads" / "zendesk"
PLACE = "zendesk:12514403:4711"
SETUP = Setup()
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask, where is my parcel?"
TURNS = {
    "valid": (Role.CUSTOMER, False, ASKED),
    "agent": (Role.AGENT, False, "Let me look into it."),
    "automation": (Role.SYSTEM, False, "We are closed on Sundays."),
    "system": (Role.SYSTEM, False, "The conversation was transferred."),
    "earlier": (Role.CUSTOMER, False, "hello?"),
}
OTHERS = {
    "author_unknown": ["author.unknown"],
    "assigned": [Assigned(agent="7")],
    "closed": [Closed(at=datetime(2026, 3, 2, 10, 50, 0, 100200, tzinfo=UTC), outcome="solved")],
    "opened": [Opened(agent="7")],
    "unneeded": ["event.unneeded"],
    "unknown": ["event.unknown"],
}
VALID = ("644bbc3f0000000000000001", datetime(2026, 3, 2, 10, 31, 5, 213456, tzinfo=UTC), None)


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


@pytest.mark.parametrize("time", [1772447465213456789, "1772447465213456789"])
def test_nanoseconds_may_be_counted(time):
    """The time may be written or counted; both are the same moment."""
    (turn,) = PLATFORM.read({**payload("valid"), "time": time}, SETUP)
    assert turn.what.at == VALID[1]


def test_solved_after_solved_is_no_second_end():
    """A ticket that goes from solved to closed ended already."""
    told = payload("closed")
    told = {**told, "event": {"current": "CLOSED", "previous": "SOLVED"}}
    assert PLATFORM.read(told, SETUP)[0].reason == "event.unneeded"


def test_another_account_is_ignored():
    """Where the operator names the account, others are not taken in."""
    assert read("valid", Setup(options={"account": "1"})) == ["account.other"]


@pytest.mark.parametrize("part", ["detail", "event", "time", "account_id"])
def test_a_broken_event_is_refused_or_told_apart(part):
    """Without the ticket, the time or the account there is no place to put a turn."""
    told = {key: value for key, value in payload("agent").items() if key != part}
    if part == "event":
        assert PLATFORM.read(told, SETUP)[0].reason == "author.unknown"
    else:
        with pytest.raises(Unread):
            PLATFORM.read(told, SETUP)
