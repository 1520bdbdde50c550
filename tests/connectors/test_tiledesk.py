"""Tiledesk: every payload it is known to send, and what is understood of it."""

import json
from pathlib import Path

import pytest

from assist.connectors.port import Ignored, Setup, Unread
from assist.connectors.registry import platforms
from assist.connectors.trials import KINDS, payloads_in, trial

PLATFORM = platforms()["tiledesk"]
PAYLOADS = payloads_in(Path(__file__).parent / "payloads" / "tiledesk")
OWN = Setup(own=frozenset({"our-bot"}))

UNDERSTOOD = {
    "valid": "turn customer False",
    "earlier": "turn customer False",
    "agent": "turn agent False",
    "bot": "turn bot False",
    "automation": "turn system False",
    "private": "turn agent True",
    "attachment": "turn customer False",
    "own": "message.own",
    "opened": "opened",
    "assigned": "assigned",
    "closed": "closed",
    "unknown": "event.unknown",
}


@pytest.mark.parametrize("kind", UNDERSTOOD)
def test_each_payload_is_understood(kind):
    """What a payload says happened is what the platform means by it."""
    (one,) = PLATFORM.read(json.loads(PAYLOADS[kind]), OWN)
    if isinstance(one, Ignored):
        assert one.reason == UNDERSTOOD[kind]
    elif one.what.__class__.__name__ == "Turn":
        assert f"turn {one.what.role} {one.what.private}" == UNDERSTOOD[kind]
    else:
        assert one.what.__class__.__name__.lower() == UNDERSTOOD[kind]


def test_no_payload_is_left_untried():
    """Each file among the payloads has its line above."""
    assert set(PAYLOADS) == set(UNDERSTOOD)


@pytest.mark.parametrize("kind", KINDS)
async def test_no_delivery_is_answered_with_a_failure_of_ours(kind):
    """Whatever comes, it is taken in or refused with a code, and never a 5xx."""
    outcome = await trial(PLATFORM, kind, PAYLOADS)
    assert outcome is None or outcome.status in {200, 400, 401, 413, 415}


def test_a_payload_that_lacks_a_field_is_refused_by_its_name():
    """The fault names the field, and none of the words."""
    payload = json.loads(PAYLOADS["valid"])
    del payload["payload"]["recipient"]
    with pytest.raises(Unread, match="recipient") as caught:
        PLATFORM.read(payload, OWN)
    assert "parcel" not in str(caught.value)
