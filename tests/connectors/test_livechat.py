"""LiveChat: each payload written from the field facts is read as what happened."""

from datetime import UTC, datetime

import pytest
from contract import ASKED, OneAccount, Samples
from ways import NOW, Way

from assist.connectors.livechat import PLATFORM
from assist.connectors.port import UNDATED
from assist.connectors.trying import tried
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn

STARTED = [
    Opened(customer_id="b7eff798-f8df-4364-8059-649c35c9ed0c", customer_name="Ana Diaz"),
    Turn(id="PJ0MRSHTDG_8", role=Role.CUSTOMER, text="hi, anybody there?",
         at=datetime(2026, 3, 2, 10, 30, 10, tzinfo=UTC)),
]  # fmt: skip
SAMPLES = Samples(
    platform=PLATFORM,
    places=("livechat:390e44e6-f1e6-0368z-z6ddb-74g14508c2ex:PJ0MRSHTDG",),
    turns={
        "valid": (Role.CUSTOMER, False, ASKED),
        "agent": (Role.AGENT, False, "Let me look into it."),
        "private": (Role.AGENT, True, "This one is furious, be careful."),
        "bot": (Role.BOT, False, "Hello, I am the helper."),
        "automation": (Role.SYSTEM, False, "Chat was transferred to Kim."),
        "attachment": (Role.CUSTOMER, False, ""),
        "edited": (Role.CUSTOMER, False, "third time I ask: where is my parcel 4711?"),
        "earlier": (Role.CUSTOMER, False, "hello?"),
    },
    others={
        "form": ["message.form"],
        "deleted": [Redaction(turn="PJ0MRSHTDG_1", at=UNDATED)],
        "assigned": [Assigned(agent="kim@shop.example")],
        "group": [Assigned(agent=None)],
        "opened": STARTED,
        "closed": [Closed(at=UNDATED)],
        "unneeded": ["event.unneeded"],
        "unknown": ["event.unknown"],
    },
    valid=("PJ0MRSHTDG_1", datetime(2026, 3, 2, 10, 31, 5, 213456, tzinfo=UTC), None),
    needed=("organization_id", "payload.event.author_id"),
)


class TestLiveChat(OneAccount):
    """LiveChat's payloads keep the contract."""

    samples = SAMPLES


def test_microseconds_may_be_counted():
    """The time of an event may be written or counted in microseconds."""
    told = SAMPLES.payload("valid")
    told["payload"]["event"]["created_at"] = 1772447465213456
    assert SAMPLES.told(told)[0].what.at == SAMPLES.valid[1]


def test_the_list_of_users_beats_the_form_of_an_id():
    """Where the chat's users are told, a customer is one whatever their id looks like."""
    told = SAMPLES.payload("opened")
    told["payload"]["chat"]["users"][0]["id"] = "odd@customer.example"
    told["payload"]["chat"]["thread"]["events"][0]["author_id"] = "odd@customer.example"
    assert SAMPLES.told(told)[1].what.role is Role.CUSTOMER


@pytest.mark.parametrize("kind", ["deleted", "closed"])
async def test_what_bears_no_time_happened_when_it_came(kind):
    """The time of the delivery takes the place of one that LiveChat does not tell."""
    way = Way(PLATFORM)
    await way.knock(SAMPLES.payload(kind))
    assert [what.at.timestamp() for _, _, what in way.listener.heard] == [NOW]
    await way.pump.stop()
    await way.journal.close()


def test_to_try_a_payload_shows_the_time_of_trying():
    """`assist connect try` shows no time of 1970."""
    (told,) = tried(PLATFORM, SAMPLES.files["deleted"], SAMPLES.setup, "deleted.json")
    assert told.what.at > datetime(2026, 1, 1, tzinfo=UTC)
