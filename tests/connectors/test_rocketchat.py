"""Rocket.Chat: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.connectors.payloads import scrubbed
from assist.connectors.port import Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.connectors.rocketchat import PLATFORM
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

FOLDER = Path(__file__).parent / "payloads" / "rocketchat"
PLACE = "rocketchat:workspace:RroomAAAA"
SETUP = Setup(options={"bots": "helper.bot, other.bot"})
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask, where is my parcel?"
WHOLE = [
    Turn(id="Mmsg0000", role=Role.CUSTOMER, text="hello?",
         at=datetime(2026, 3, 2, 10, 30, 5, tzinfo=UTC)),
    Turn(id="Mmsg0001", role=Role.CUSTOMER, text=ASKED,
         at=datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC)),
    Turn(id="Mmsg0002", role=Role.AGENT, text="Let me look into it.", author="AagentKim",
         at=datetime(2026, 3, 2, 10, 31, 40, tzinfo=UTC)),
    Closed(at=datetime(2026, 3, 2, 10, 50, tzinfo=UTC)),
]  # fmt: skip
TURNS = {
    "valid": (Role.CUSTOMER, False, ASKED),
    "agent": (Role.AGENT, False, "Let me look into it."),
    "bot": (Role.BOT, False, "Welcome to the shop."),
    "bot_agent": (Role.BOT, False, "I can help with that."),
    "attachment": (Role.CUSTOMER, False, ""),
    "edited": (Role.CUSTOMER, False, "third time I ask: where is my parcel 4711?"),
    "earlier": (Role.CUSTOMER, False, "hello?"),
    "closing": (Role.SYSTEM, False, "Closed by Kim"),
}
OTHERS = {
    "opened": [Opened(agent="AagentKim", customer_name="Ana Diaz")],
    "assigned": [Assigned(agent="AagentKim")],
    "forwarded": [Assigned(agent="AagentBo")],
    "closed": WHOLE,
    "unneeded": ["event.unneeded"],
    "unknown": ["event.unknown"],
}
VALID = ("Mmsg0001", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None)


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


def test_the_visitors_secret_is_dropped():
    """The visitor's token, which is their login, never reaches the reading."""
    assert "a-secret-of-the-visitor" in (FOLDER / "valid.json").read_text("utf-8")
    assert "a-secret-of-the-visitor" not in json.dumps(payload("valid"))


def test_success_is_exactly_an_empty_200():
    """Anything else counts as a failure, and is kept on the room."""
    assert (PLATFORM.accepted.status, PLATFORM.accepted.body) == (200, b"")


def test_an_edit_has_a_revision():
    """The same message again is told from its earlier self by the time of the edit."""
    assert PLATFORM.read(payload("edited"), SETUP)[0].revision == "2026-03-02T10:31:20.000Z"


def test_a_workspace_may_have_a_name():
    """Two workspaces are told apart by what the operator calls them."""
    (told,) = PLATFORM.read(payload("valid"), Setup(options={"account": "north"}))
    assert told.place.name == "rocketchat:north:RroomAAAA"


def test_a_broken_message_is_refused():
    """Without its room or its messages a delivery says nothing."""
    for part in ("_id", "messages"):
        told = {key: value for key, value in payload("valid").items() if key != part}
        with pytest.raises(Unread, match=part):
            PLATFORM.read(told, SETUP)
