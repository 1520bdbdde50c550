"""Rocket.Chat: each payload written from the field facts is read as what happened."""

import json
from datetime import UTC, datetime

from contract import ASKED, Contract, Samples

from assist.connectors.port import Setup
from assist.connectors.rocketchat import PLATFORM
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

WHOLE = [
    Turn(id="Mmsg0000", role=Role.CUSTOMER, text="hello?",
         at=datetime(2026, 3, 2, 10, 30, 5, tzinfo=UTC)),
    Turn(id="Mmsg0001", role=Role.CUSTOMER, text=ASKED,
         at=datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC)),
    Turn(id="Mmsg0002", role=Role.AGENT, text="Let me look into it.", author="AagentKim",
         at=datetime(2026, 3, 2, 10, 31, 40, tzinfo=UTC)),
    Closed(at=datetime(2026, 3, 2, 10, 50, tzinfo=UTC)),
]  # fmt: skip
SAMPLES = Samples(
    platform=PLATFORM,
    places=("rocketchat:workspace:RroomAAAA",),
    setup=Setup(options={"bots": "helper.bot, other.bot"}),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "bot": (Role.BOT, False, "Welcome to the shop."),
        "bot_agent": (Role.BOT, False, "I can help with that."),
        "attachment": (Role.CUSTOMER, False, ""),
        "edited": (Role.CUSTOMER, False, "third time I ask: where is my parcel 4711?"),
        "earlier": (Role.CUSTOMER, False, "hello?"),
        "closing": (Role.SYSTEM, False, "Closed by Kim"),
    },
    others={
        "opened": [Opened(agent="AagentKim", customer_id="VvisitorAAAA", customer_name="Ana Diaz")],
        "assigned": [Assigned(agent="AagentKim")],
        "forwarded": [Assigned(agent="AagentBo")],
        "closed": WHOLE,
        "unneeded": ["event.unneeded"],
        "unknown": ["event.unknown"],
    },
    valid=("Mmsg0001", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None),
    needed=("_id", "messages"),
)


class TestRocketChat(Contract):
    """Rocket.Chat's payloads keep the contract."""

    samples = SAMPLES


def test_the_visitors_secret_is_dropped():
    """The visitor's token, which is their login, never reaches the reading."""
    assert "a-secret-of-the-visitor" in SAMPLES.files["valid"].decode()
    assert "a-secret-of-the-visitor" not in json.dumps(SAMPLES.payload("valid"))


def test_success_is_exactly_an_empty_200():
    """Anything else counts as a failure, and is kept on the room."""
    assert (PLATFORM.accepted.status, PLATFORM.accepted.body) == (200, b"")


def test_an_edit_has_a_revision():
    """The same message again is told from its earlier self by the time of the edit."""
    assert SAMPLES.told(SAMPLES.payload("edited"))[0].revision == "2026-03-02T10:31:20.000Z"


def test_a_workspace_may_have_a_name():
    """Two workspaces are told apart by what the operator calls them."""
    (told,) = PLATFORM.read(SAMPLES.payload("valid"), Setup(options={"account": "north"}))
    assert told.place.name == "rocketchat:north:RroomAAAA"
