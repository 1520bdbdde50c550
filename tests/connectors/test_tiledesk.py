"""Tiledesk: each payload written from its models and documents is read as what happened."""

from datetime import UTC, datetime

from contract import Contract, Samples

from assist.connectors.port import Setup
from assist.connectors.tiledesk import PLATFORM
from assist.core.turns import Assigned, Closed, Opened, Role

AT = datetime(2026, 3, 2, 10, 31, 5, tzinfo=UTC)
SAMPLES = Samples(
    platform=PLATFORM,
    places=("tiledesk:p1:support-group-p1-r7",),
    setup=Setup(own=frozenset({"our-bot"})),
    turns={
        "valid": (Role.CUSTOMER, False, "Where is my parcel?"),
        "earlier": (Role.CUSTOMER, False, "Hello?"),
        "agent": (Role.AGENT, False, "Let me look."),
        "bot": (Role.BOT, False, "Choose a topic."),
        "automation": (Role.SYSTEM, False, "Sam joined the chat"),
        "private": (Role.AGENT, True, "He wrote yesterday too."),
        "attachment": (Role.CUSTOMER, False, ""),
    },
    others={
        "own": ["message.own"],
        "opened": [Opened(customer_id="visitor-7", customer_name="Sam")],
        "assigned": [Assigned(agent="5aaa99")],
        "closed": [Closed(at=AT)],
        "unknown": ["event.unknown"],
    },
    valid=("m1", AT, "visitor-7"),
    needed=("payload.id_project", "payload.recipient"),
)


class TestTiledesk(Contract):
    """Tiledesk's payloads keep the contract."""

    samples = SAMPLES
