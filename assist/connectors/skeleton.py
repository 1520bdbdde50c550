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

_TEST = '''"""{title}: each of its payloads is read as what happened."""

from datetime import UTC, datetime

from contract import Contract, Samples

from assist.connectors.{name} import PLATFORM
from assist.connectors.port import Setup
from assist.core.turns import Closed, Role

AT = datetime(2026, 3, 2, 10, 31, 5, tzinfo=UTC)
SAMPLES = Samples(
    platform=PLATFORM,
    places=("{name}:a1:c1",),
    setup=Setup(own=frozenset({{"our-bot"}})),
    turns={{
        "valid": (Role.CUSTOMER, False, "Where is my parcel?"),
        "agent": (Role.AGENT, False, "Let me look."),
        "bot": (Role.BOT, False, "Choose a topic."),
        "private": (Role.AGENT, True, "He wrote yesterday too."),
    }},
    others={{
        "own": ["message.own"],
        "closed": [Closed(at=AT)],
        "unknown": ["event.unknown"],
    }},
    valid=("m1", AT, "v7"),
    needed=("conversation", "message.id", "time"),
)


class Test{title}(Contract):
    """The payloads of {title} keep the contract."""

    samples = SAMPLES
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
