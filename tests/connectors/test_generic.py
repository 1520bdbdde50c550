"""Our own shape: what it says is what happened, and the schema is of the same classes."""

import json
from pathlib import Path

import jsonschema
import pytest

from assist.connectors.generic import PLATFORM, schema
from assist.connectors.port import Happening, Ignored, Setup, Unread
from assist.connectors.trials import payloads_in

PAYLOADS = payloads_in(Path(__file__).parent / "payloads" / "generic")
OWN = Setup(own=frozenset({"our-bot"}))
KINDS = {
    "valid": "Turn",
    "edited": "Edit",
    "deleted": "Redaction",
    "typing": "Typing",
    "assigned": "Assigned",
    "opened": "Opened",
    "closed": "Closed",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_message_is_understood(kind):
    """It says what happened, in its account's conversation."""
    (one,) = PLATFORM.read(json.loads(PAYLOADS[kind]), OWN)
    assert isinstance(one, Happening)
    assert type(one.what).__name__ == KINDS[kind]
    assert one.place.name == "generic:shop:c1"


@pytest.mark.parametrize("kind", sorted(set(PAYLOADS) - {"unknown"}))
def test_the_schema_holds_for_what_is_accepted(kind):
    """A sender may check its messages against it."""
    jsonschema.validate(json.loads(PAYLOADS[kind]), schema())


@pytest.mark.parametrize("kind", ["unknown"])
def test_what_is_not_ours_is_refused_by_both(kind):
    """Whoever writes the messages is told of a mistake; nothing is silently left out."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(json.loads(PAYLOADS[kind]), schema())
    with pytest.raises(Unread) as caught:
        PLATFORM.read(json.loads(PAYLOADS[kind]), OWN)
    assert caught.value.code == "payload.unknown-type"


def test_several_messages_are_read_in_their_order():
    """A batch is as many happenings."""
    read = PLATFORM.read(json.loads(PAYLOADS["several"]), OWN)
    assert [type(one.what).__name__ for one in read] == ["Turn", "Assigned"]


def test_our_own_sender_is_told_apart():
    """By the author, as the operator named it."""
    assert PLATFORM.read(json.loads(PAYLOADS["own"]), OWN) == (Ignored(reason="message.own"),)


def test_the_schema_as_published_is_current():
    """docs/reference/schema has what `assist connect schema` prints."""
    path = Path(__file__).parents[2] / "docs/reference/schema/connect.schema.json"
    assert json.loads(path.read_text("utf-8")) == schema()
