"""Intercom: each payload written from the field facts is read as what happened."""

from datetime import UTC, datetime

import pytest
from contract import OneAccount, Samples

from assist.connectors.intercom import PLATFORM
from assist.connectors.port import Setup
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn

ASKED = "third time I ask,\nwhere is my parcel?"
VALID_AT = datetime(2026, 3, 2, 10, 31, 5, tzinfo=UTC)
SOURCE_AT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
BEGUN = [
    Opened(customer_id="6329", customer_name="Ana Diaz"),
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
SAMPLES = Samples(
    platform=PLATFORM,
    places=("intercom:a86dr8yl:215471", "intercom:a86dr8yl:215472"),
    setup=Setup(own=frozenset({"999"})),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "plain": (Role.CUSTOMER, False, "third time I ask, if a < b"),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "private": (Role.AGENT, True, "This one is furious, be careful."),
        "bot": (Role.BOT, False, "I can help with that."),
        "attachment": (Role.CUSTOMER, False, ""),
    },
    others={
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
    },
    valid=("5000", VALID_AT, None),
    needed=("app_id", "data.item.conversation_parts.conversation_parts.0.created_at"),
)


class TestIntercom(OneAccount):
    """Intercom's payloads keep the contract."""

    samples = SAMPLES


def test_an_author_of_another_kind_is_counted():
    """An author type of the future is nobody whose words could be read."""
    told = SAMPLES.payload("valid")
    told["data"]["item"]["conversation_parts"]["conversation_parts"][0]["author"]["type"] = "alien"
    assert SAMPLES.told(told)[0].reason == "author.unknown"


def test_a_notification_of_something_else_is_ignored():
    """A topic about a part alone, without its conversation, has no place."""
    told = SAMPLES.payload("deleted")
    told["data"]["item"] = {"type": "conversation_part", "id": "1"}
    assert SAMPLES.told(told)[0].reason == "event.unknown"


@pytest.mark.parametrize("way", ["author", "part"])
def test_an_ai_is_a_bot_wherever_it_is_marked(way):
    """The mark may stand on the author or on the part; either makes an admin's answer a bot's."""
    told = SAMPLES.payload("agent")
    (part,) = told["data"]["item"]["conversation_parts"]["conversation_parts"]
    (part["author"] if way == "author" else part)["from_ai_agent"] = True
    assert SAMPLES.told(told)[0].what.role is Role.BOT
