"""LiveChat: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ways import NOW, Way

from assist.connectors.livechat import PLATFORM
from assist.connectors.payloads import scrubbed
from assist.connectors.port import UNDATED, Delivery, Happening, Ignored, Setup, Unread, Unverified
from assist.connectors.trying import tried
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn

FOLDER = Path(__file__).parent / "payloads" / "livechat"
PLACE = "livechat:390e44e6-f1e6-0368z-z6ddb-74g14508c2ex:PJ0MRSHTDG"
SETUP = Setup()
SECRET = b"a-secret-of-the-platform"
ASKED = "third time I ask, where is my parcel?"
STARTED = [
    Opened(customer_name="Ana Diaz"),
    Turn(id="PJ0MRSHTDG_8", role=Role.CUSTOMER, text="hi, anybody there?",
         at=datetime(2026, 3, 2, 10, 30, 10, tzinfo=UTC)),
]  # fmt: skip
TURNS = {
    "valid": (Role.CUSTOMER, False, ASKED),
    "agent": (Role.AGENT, False, "Let me look into it."),
    "private": (Role.AGENT, True, "This one is furious, be careful."),
    "bot": (Role.BOT, False, "Hello, I am the helper."),
    "automation": (Role.SYSTEM, False, "Chat was transferred to Kim."),
    "attachment": (Role.CUSTOMER, False, ""),
    "edited": (Role.CUSTOMER, False, "third time I ask: where is my parcel 4711?"),
    "earlier": (Role.CUSTOMER, False, "hello?"),
}
OTHERS = {
    "form": ["message.form"],
    "deleted": [Redaction(turn="PJ0MRSHTDG_1", at=UNDATED)],
    "assigned": [Assigned(agent="kim@shop.example")],
    "group": [Assigned(agent=None)],
    "opened": STARTED,
    "closed": [Closed(at=UNDATED)],
    "unneeded": ["event.unneeded"],
    "unknown": ["event.unknown"],
}
VALID = ("PJ0MRSHTDG_1", datetime(2026, 3, 2, 10, 31, 5, 213456, tzinfo=UTC), None)


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


def test_microseconds_may_be_counted():
    """The time of an event may be written or counted in microseconds."""
    told = payload("valid")
    told["payload"]["event"]["created_at"] = 1772447465213456
    assert PLATFORM.read(told, SETUP)[0].what.at == VALID[1]


def test_the_list_of_users_beats_the_form_of_an_id():
    """Where the chat's users are told, a customer is one whatever their id looks like."""
    told = payload("opened")
    told["payload"]["chat"]["users"][0]["id"] = "odd@customer.example"
    told["payload"]["chat"]["thread"]["events"][0]["author_id"] = "odd@customer.example"
    assert PLATFORM.read(told, SETUP)[1].what.role is Role.CUSTOMER


def test_another_organisation_is_ignored():
    """Where the operator names the organisation, others are not taken in."""
    assert read("valid", Setup(options={"account": "x"})) == ["account.other"]


def test_a_broken_event_is_refused():
    """An event without its author cannot be anybody's."""
    told = payload("valid")
    del told["payload"]["event"]["author_id"]
    with pytest.raises(Unread, match="author_id"):
        PLATFORM.read(told, SETUP)


@pytest.mark.parametrize("kind", ["deleted", "closed"])
async def test_what_bears_no_time_happened_when_it_came(kind):
    """The time of the delivery takes the place of one that LiveChat does not tell."""
    way = Way(PLATFORM)
    await way.knock(payload(kind))
    assert [what.at.timestamp() for _, _, what in way.listener.heard] == [NOW]
    await way.pump.stop()
    await way.journal.close()


def test_to_try_a_payload_shows_the_time_of_trying():
    """`assist connect try` shows no time of 1970."""
    (told,) = tried(PLATFORM, (FOLDER / "deleted.json").read_bytes(), SETUP, "deleted.json")
    assert told.what.at > datetime(2026, 1, 1, tzinfo=UTC)
