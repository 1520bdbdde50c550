"""Front: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.connectors.front import PLATFORM
from assist.connectors.payloads import scrubbed
from assist.connectors.port import Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

FOLDER = Path(__file__).parent / "payloads" / "front"
PLACE = "front:cmp_abc:cnv_55c8c149"
SETUP = Setup(own=frozenset({"999"}))
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask, where is my parcel?"
TURNS = {
    "valid": (Role.CUSTOMER, False, ASKED),
    "agent": (Role.AGENT, False, "Let me look into it."),
    "preview": (Role.CUSTOMER, False, "third time I ask, where is"),
    "private": (Role.AGENT, True, "This one is furious, be careful."),
    "automation": (Role.SYSTEM, False, "We are closed on Sundays."),
    "attachment": (Role.CUSTOMER, False, ""),
    "earlier": (Role.CUSTOMER, False, "hello?"),
}
OTHERS = {
    "own": ["message.own"],
    "assigned": [Assigned(agent="tea_7")],
    "unassigned": [Assigned(agent=None)],
    "opened": [Opened()],
    "closed": [Closed(at=datetime(2026, 3, 2, 10, 40, 0, 500000, tzinfo=UTC))],
    "unneeded": ["event.unneeded"],
    "sync": ["event.unneeded"],
    "unknown": ["event.unknown"],
}
VALID = ("msg_1001", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None)


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


def test_a_challenge_is_said_back():
    """A subscription is confirmed by its challenge, as JSON; without one there is no handshake."""
    asked = delivery(b"{}", **{"x-front-challenge": 'a"b'})
    answer = PLATFORM.handshake(asked, SETUP)
    assert (answer.status, json.loads(answer.body)) == (200, {"challenge": 'a"b'})
    assert PLATFORM.handshake(delivery(b"{}"), SETUP) is None
    assert PLATFORM.handshake(delivery(b"{}", **{"x-front-challenge": "x" * 600}), SETUP) is None


def test_another_company_is_ignored():
    """Where the operator names the company, others are not taken in."""
    assert read("valid", Setup(options={"account": "cmp_x"})) == ["account.other"]


def test_a_draft_is_no_message():
    """What a teammate has not sent was said to nobody."""
    told = payload("agent")
    told["payload"]["target"]["data"]["is_draft"] = True
    assert PLATFORM.read(told, SETUP)[0].reason == "event.unneeded"


def test_a_broken_event_is_refused():
    """Without its conversation a message has no place."""
    told = payload("valid")
    del told["payload"]["conversation"]
    with pytest.raises(Unread, match=r"conversation\.id"):
        PLATFORM.read(told, SETUP)
