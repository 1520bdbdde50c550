"""Sunshine Conversations: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.connectors.payloads import scrubbed
from assist.connectors.port import Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.connectors.sunshine import PLATFORM
from assist.core.turns import Opened, Role, Turn, Typing

FOLDER = Path(__file__).parent / "payloads" / "sunshine"
PLACE = "sunshine:5d8cff3cd55b040010928b5b:028f4cbe5a5bef4e4d0cd0c7"
SETUP = Setup()
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask, where is my parcel?"
TYPED = datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
SEVERAL = [
    Turn(id="5f74a7d0c6a4b000000000a6", role=Role.CUSTOMER, text=ASKED,
         at=datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC)),
    Turn(id="5f74a7d0c6a4b000000000a7", role=Role.AGENT, text="Let me look into it.", author="Kim",
         at=datetime(2026, 3, 2, 10, 31, 40, tzinfo=UTC)),
    "event.unneeded",
]  # fmt: skip
TURNS = {
    "valid": (Role.CUSTOMER, False, ASKED),
    "agent": (Role.AGENT, False, "Let me look into it."),
    "bot": (Role.BOT, False, "I can help with that."),
    "attachment": (Role.CUSTOMER, False, ""),
    "earlier": (Role.CUSTOMER, False, "hello?"),
}
OTHERS = {
    "carousel": ["message.empty"],
    "typing": [Typing(role=Role.CUSTOMER, on=True, at=TYPED)],
    "typing_agent": [Typing(role=Role.AGENT, on=False, at=TYPED)],
    "opened": [Opened(channel="web", customer_name="Ana")],
    "several": SEVERAL,
    "unneeded": ["event.unneeded"],
    "unknown": ["event.unknown"],
}
VALID = ("5f74a7d0c6a4b000000000a1", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None)


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


def test_an_author_of_another_kind_is_counted():
    """Neither user nor business: nobody whose words could be read."""
    told = payload("valid")
    told["events"][0]["payload"]["message"]["author"] = {"type": "planet"}
    assert PLATFORM.read(told, SETUP)[0].reason == "author.unknown"


def test_a_delivery_without_events_is_refused():
    """The list of events is what a delivery is for."""
    with pytest.raises(Unread, match="events"):
        PLATFORM.read({"app": {"id": "a"}}, SETUP)


def test_another_app_is_ignored():
    """Where the operator names the app, others are not taken in."""
    assert read("valid", Setup(options={"account": "x"})) == ["account.other"]
