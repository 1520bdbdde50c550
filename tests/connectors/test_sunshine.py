"""Sunshine Conversations: each payload written from the field facts is read as what happened."""

from datetime import UTC, datetime

from contract import ASKED, OneAccount, Samples

from assist.connectors.sunshine import PLATFORM
from assist.core.turns import Opened, Role, Turn, Typing

TYPED = datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
SEVERAL = [
    Turn(id="5f74a7d0c6a4b000000000a6", role=Role.CUSTOMER, text=ASKED,
         at=datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC)),
    Turn(id="5f74a7d0c6a4b000000000a7", role=Role.AGENT, text="Let me look into it.", author="Kim",
         at=datetime(2026, 3, 2, 10, 31, 40, tzinfo=UTC)),
    "event.unneeded",
]  # fmt: skip
SAMPLES = Samples(
    platform=PLATFORM,
    places=("sunshine:5d8cff3cd55b040010928b5b:028f4cbe5a5bef4e4d0cd0c7",),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "bot": (Role.BOT, False, "I can help with that."),
        "attachment": (Role.CUSTOMER, False, ""),
        "earlier": (Role.CUSTOMER, False, "hello?"),
    },
    others={
        "carousel": ["message.empty"],
        "typing": [Typing(role=Role.CUSTOMER, on=True, at=TYPED)],
        "typing_agent": [Typing(role=Role.AGENT, on=False, at=TYPED)],
        "opened": [
            Opened(channel="web", customer_id="7494535bff5cef41a15be74d", customer_name="Ana")
        ],
        "several": SEVERAL,
        "unneeded": ["event.unneeded"],
        "unknown": ["event.unknown"],
    },
    valid=("5f74a7d0c6a4b000000000a1", datetime(2026, 3, 2, 10, 31, 5, 213000, tzinfo=UTC), None),
    needed=("app", "events"),
)


class TestSunshine(OneAccount):
    """Sunshine's payloads keep the contract."""

    samples = SAMPLES


def test_an_author_of_another_kind_is_counted():
    """Neither user nor business: nobody whose words could be read."""
    told = SAMPLES.payload("valid")
    told["events"][0]["payload"]["message"]["author"] = {"type": "planet"}
    assert SAMPLES.told(told)[0].reason == "author.unknown"
