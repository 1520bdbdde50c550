"""What a new connector begins with: a module that works, its payloads, and their contract test.

The law: what is written is complete and passes its own test before a word of it is changed; from
there a platform is made by changing the payloads to its own, then the module until the test passes.
"""

import json
import re
from collections.abc import Mapping

from assist.errors import UsageError

__all__ = ["skeleton"]

_NAME = re.compile(r"[a-z][a-z0-9]{1,30}")

_MODULE = '''"""{title}: its webhook.

The law: payload in, happenings out; see `port.py` for the shape, and `payloads.py` for the fields.
"""

from assist.connectors.payloads import Unit, found, moment, name_of, text_of
from assist.connectors.port import (
    Capabilities,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
)
from assist.connectors.verifiers import HeaderToken
from assist.core.turns import Closed, Role, Turn

__all__ = ["PLATFORM"]

_ROLES = {{"visitor": Role.CUSTOMER, "agent": Role.AGENT, "bot": Role.BOT}}


def read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    """Return what a delivery says happened."""
    match found(payload, "event"):
        case "message":
            return (_said(payload, setup),)
        case "closed":
            return (_happening(payload, Closed(at=moment(payload, "time", Unit.WRITTEN))),)
        case _:
            return (Ignored(reason="event.unknown"),)


def _said(payload: object, setup: Setup) -> Happening | Ignored:
    author = name_of(payload, "message.author")
    if author in setup.own:
        return Ignored(reason="message.own")
    turn = Turn(
        id=name_of(payload, "message.id"),
        role=_ROLES.get(text_of(payload, "message.by"), Role.SYSTEM),
        text=text_of(payload, "message.text"),
        at=moment(payload, "time", Unit.WRITTEN),
        author=author,
        private=found(payload, "message.internal") is True,
    )
    return _happening(payload, turn)


def _happening(payload: object, what: Happened) -> Happening:
    place = Place(
        platform="{name}",
        account=name_of(payload, "account"),
        conversation=name_of(payload, "conversation"),
    )
    return Happening(place=place, what=what)


PLATFORM = Platform(
    name="{name}",
    title="{title}",
    verifier=HeaderToken(header="x-{name}-token"),
    read=read,
    capabilities=Capabilities(private=True, bots=True, attachments=True, closings=True),
    secrets=frozenset({{"token"}}),
)
'''

_TEST = '''"""{title}: every payload it is known to send, and what is understood of it."""

import json
from pathlib import Path

import pytest

from assist.connectors.port import Ignored, Setup, Unread
from assist.connectors.registry import platforms
from assist.connectors.trials import KINDS, payloads_in, trial

PLATFORM = platforms()["{name}"]
PAYLOADS = payloads_in(Path(__file__).parent / "payloads" / "{name}")
OWN = Setup(own=frozenset({{"our-bot"}}))

UNDERSTOOD = {{
    "valid": "turn customer False",
    "agent": "turn agent False",
    "bot": "turn bot False",
    "private": "turn agent True",
    "own": "message.own",
    "closed": "closed",
    "unknown": "event.unknown",
}}


@pytest.mark.parametrize("kind", UNDERSTOOD)
def test_each_payload_is_understood(kind):
    """What a payload says happened is what the platform means by it."""
    (one,) = PLATFORM.read(json.loads(PAYLOADS[kind]), OWN)
    if isinstance(one, Ignored):
        assert one.reason == UNDERSTOOD[kind]
    elif one.what.__class__.__name__ == "Turn":
        assert f"turn {{one.what.role}} {{one.what.private}}" == UNDERSTOOD[kind]
    else:
        assert one.what.__class__.__name__.lower() == UNDERSTOOD[kind]


def test_no_payload_is_left_untried():
    """Each file among the payloads has its line above."""
    assert set(PAYLOADS) == set(UNDERSTOOD)


@pytest.mark.parametrize("kind", KINDS)
async def test_no_delivery_is_answered_with_a_failure_of_ours(kind):
    """Whatever comes, it is taken in or refused with a code, and never a 5xx."""
    outcome = await trial(PLATFORM, kind, PAYLOADS)
    assert outcome is None or outcome.status in {{200, 400, 401, 413, 415}}


def test_a_payload_that_lacks_a_field_is_refused_by_its_name():
    """The fault names the field, and none of the words."""
    payload = json.loads(PAYLOADS["valid"])
    del payload["conversation"]
    with pytest.raises(Unread, match="conversation") as caught:
        PLATFORM.read(payload, OWN)
    assert "parcel" not in str(caught.value)
'''


def skeleton(name: str) -> Mapping[str, str]:
    """Return the files of a connector called `name`, by their place in the project."""
    if not _NAME.fullmatch(name):
        raise UsageError("a connector's name is 2 to 31 letters a to z and digits, a letter first")
    said = {"name": name, "title": name.capitalize()}
    payloads = {
        f"tests/connectors/payloads/{name}/{kind}.json": json.dumps(payload, indent=2) + "\n"
        for kind, payload in _payloads().items()
    }
    return {
        f"assist/connectors/{name}.py": _MODULE.format(**said),
        f"tests/connectors/test_{name}.py": _TEST.format(**said),
        **payloads,
    }


def _payloads() -> Mapping[str, Mapping[str, object]]:
    return {
        "valid": _message("m1", "visitor", "v7", "Where is my parcel?"),
        "agent": _message("m2", "agent", "ana", "Let me look."),
        "bot": _message("m3", "bot", "helper", "Choose a topic."),
        "private": _message("m4", "agent", "ana", "He wrote yesterday too.", internal=True),
        "own": _message("m5", "agent", "our-bot", "A note of ours."),
        "closed": {**_about("closed")},
        "unknown": {**_about("tagged")},
    }


def _message(id_: str, by: str, author: str, text: str, **more: object) -> Mapping[str, object]:
    message = {"id": id_, "by": by, "author": author, "text": text, **more}
    return {**_about("message"), "message": message}


def _about(event: str) -> Mapping[str, object]:
    return {
        "event": event,
        "account": "a1",
        "conversation": "c1",
        "time": "2026-03-02T10:31:05Z",
        "token": "a-secret-of-the-visitor",
    }
