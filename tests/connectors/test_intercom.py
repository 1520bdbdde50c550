"""Intercom: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assist.connectors.intercom import PLATFORM
from assist.connectors.payloads import scrubbed
from assist.connectors.port import Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn

FOLDER = Path(__file__).parent / "payloads" / "intercom"
PLACE = "intercom:a86dr8yl:215471"
SETUP = Setup(own=frozenset({"999"}))
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask,\nwhere is my parcel?"
VALID_AT = datetime(2026, 3, 2, 10, 31, 5, tzinfo=UTC)
SOURCE_AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
BEGUN = [
    Opened(customer_name="Ana Diaz"),
    Turn(id="403918", role=Role.CUSTOMER, text="hello?", at=SOURCE_AT),
]
AUTOMATED = [
    Opened(),
    Turn(id="403919", role=Role.SYSTEM, text="20 % off this week!", at=SOURCE_AT, author="7"),
]
ENDED = [
    Turn(id="5042", role=Role.AGENT, text="Bye, Ana.", author="7",
         at=datetime(2026, 3, 2, 10, 31, 47, tzinfo=UTC)),
    Closed(at=datetime(2026, 3, 2, 10, 40, tzinfo=UTC)),
]  # fmt: skip
TURNS = {
    "valid": (Role.CUSTOMER, False, ASKED),
    "plain": (Role.CUSTOMER, False, "third time I ask, if a < b"),
    "agent": (Role.AGENT, False, "Let me look into it."),
    "private": (Role.AGENT, True, "This one is furious, be careful."),
    "bot": (Role.BOT, False, "I can help with that."),
    "attachment": (Role.CUSTOMER, False, ""),
}
OTHERS = {
    "automation": AUTOMATED,
    "own": ["message.own"],
    "deleted": [Redaction(turn="5000", at=VALID_AT)],
    "earlier": BEGUN,
    "assigned": [Assigned(agent="7")],
    "unassigned": [Assigned(agent=None)],
    "opened": [Opened()],
    "closed": ENDED,
    "unneeded": ["event.unneeded"],
    "ping": ["event.unneeded"],
    "unknown": ["event.unknown"],
}
VALID = ("5000", VALID_AT, None)


def payload(kind):
    """Return a payload as `read` is given it: without the fields that are secrets."""
    return scrubbed(json.loads((FOLDER / f"{kind}.json").read_text("utf-8")), PLATFORM.secrets)


def read(kind, setup=SETUP):
    """Return what happened at the only place, and why the rest was ignored."""
    told = PLATFORM.read(payload(kind), setup)
    places = {one.place.name for one in told if isinstance(one, Happening)}
    assert places <= {PLACE, "intercom:a86dr8yl:215472"}
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


def test_another_workspace_is_ignored():
    """Where the operator names the workspace, others are not taken in."""
    assert read("valid", Setup(options={"account": "x"})) == ["account.other"]


def test_an_author_of_another_kind_is_counted():
    """An author type of the future is nobody whose words could be read."""
    told = payload("valid")
    told["data"]["item"]["conversation_parts"]["conversation_parts"][0]["author"]["type"] = "alien"
    assert PLATFORM.read(told, SETUP)[0].reason == "author.unknown"


def test_a_notification_of_something_else_is_ignored():
    """A topic about a part alone, without its conversation, has no place."""
    told = payload("deleted")
    told["data"]["item"] = {"type": "conversation_part", "id": "1"}
    assert PLATFORM.read(told, SETUP)[0].reason == "event.unknown"


def test_a_broken_part_is_refused():
    """A part without its time cannot be put anywhere."""
    told = payload("valid")
    del told["data"]["item"]["conversation_parts"]["conversation_parts"][0]["created_at"]
    with pytest.raises(Unread, match="created_at"):
        PLATFORM.read(told, SETUP)


@pytest.mark.parametrize("way", ["author", "part"])
def test_an_ai_is_a_bot_wherever_it_is_marked(way):
    """The mark may stand on the author or on the part; either makes an admin's answer a bot's."""
    told = payload("agent")
    (part,) = told["data"]["item"]["conversation_parts"]["conversation_parts"]
    (part["author"] if way == "author" else part)["from_ai_agent"] = True
    assert PLATFORM.read(told, SETUP)[0].what.role is Role.BOT
