"""Erasing from a turn log and from journals of what did not reach it yet."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ways import NOW, Way

from assist.connectors import (
    chatwoot,
    front,
    intercom,
    livechat,
    matrix,
    rocketchat,
    sunshine,
    tiledesk,
    zendesk,
)
from assist.connectors.forgetting import erase_conversation, erase_customer
from assist.connectors.journal import Journal
from assist.connectors.port import Happening, Place
from assist.core.turns import Opened, Role, Turn
from assist.errors import StoreError
from assist.service.store_memory import MemoryLog
from assist.service.tenancy import keyed

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
async def log():
    """Return a log that has one chat of Ann, of the tenant acme."""
    log = MemoryLog()
    opening = b'{"type":"open","conversation":"p:a:old","customer":{"id":"p:a:ann"}}'
    await log.append(keyed("acme", "p:a:old"), None, "open:1", opening, touched=1.0)
    return log


@pytest.fixture
async def place(tmp_path):
    """Return a journal in which another chat of hers waits, one of Bob, and much else."""
    journal = Journal(tmp_path / "j.sqlite")
    busy = Place(platform="p", account="a", conversation="busy")
    texts = (Turn(id=f"m{n}", role=Role.CUSTOMER, text="x", at=AT) for n in range(600))
    await journal.note(tuple(Happening(place=busy, what=one) for one in texts))
    for chat, customer in (("new", "p:a:ann"), ("other", "p:a:bob")):
        where = Place(platform="p", account="a", conversation=chat)
        said = Turn(id="m1", role=Role.CUSTOMER, text=f"MARKER-{chat}", at=AT)
        happened = (Opened(customer_id=customer), said)
        await journal.note(tuple(Happening(place=where, what=one) for one in happened))
    await journal.close()
    return tmp_path / "j.sqlite"


async def left(place):
    """Return the conversations of which something waits."""
    journal = Journal(place)
    names = {one.message.conversation for one in await journal.waiting()}
    await journal.close()
    return names


async def test_a_customer_is_erased_where_it_was_stored_and_where_it_waits(log, place):
    """Both chats count, also behind a page of others' turns; another tenant's has none of it."""
    assert await erase_customer(log, (), "p:a:ann") == 0
    assert await erase_customer(log, (place,), "p:a:ann", "acme") == 2
    assert await log.conversations() == ()
    assert await left(place) == {"p:a:busy", "p:a:other"}
    held = b"".join(file.read_bytes() for file in place.parent.iterdir())
    assert (b"MARKER-new" in held, b"MARKER-other" in held) == (False, True)


async def test_a_conversation_that_only_waits_is_one_too(log, place):
    """It is counted once, and the second time there is none."""
    told = [await erase_conversation(log, (place,), "p:a:new", "acme") for _ in range(2)]
    assert told == [1, 0]


async def test_a_journal_that_cannot_be_written_to_leaves_the_log_as_it_was(log, place):
    """Or what waits there would begin the chat anew, and nobody would know."""
    with closing(sqlite3.connect(place)) as db:
        db.execute("CREATE TRIGGER no BEFORE DELETE ON waiting BEGIN SELECT RAISE(FAIL, 'no'); END")
    with pytest.raises(StoreError):
        await erase_customer(log, (place,), "p:a:ann", "acme")
    assert await log.conversations() == (keyed("acme", "p:a:old"),)


PAYLOADS = Path(__file__).parent / "payloads"


@pytest.mark.parametrize(
    ("platform", "customer", "conversation"),
    [
        (chatwoot.PLATFORM, "chatwoot:1:31", "chatwoot:1:42"),
        (front.PLATFORM, "front:cmp_abc:ana@customer.example", "front:cmp_abc:cnv_55c8c149"),
        (intercom.PLATFORM, "intercom:a86dr8yl:6329", "intercom:a86dr8yl:215471"),
        (livechat.PLATFORM, "b7eff798-f8df-4364-8059-649c35c9ed0c", "PJ0MRSHTDG"),
        (matrix.PLATFORM, None, None),
        (rocketchat.PLATFORM, "rocketchat:workspace:VvisitorAAAA", "RroomAAAA"),
        (sunshine.PLATFORM, "7494535bff5cef41a15be74d", "028f4cbe5a5bef4e4d0cd0c7"),
        (tiledesk.PLATFORM, "tiledesk:p1:visitor-7", "support-group-p1-r7"),
        (zendesk.PLATFORM, "zendesk:12514403:8447388090494", "zendesk:12514403:4711"),
    ],
    ids=lambda given: getattr(given, "name", ""),
)
async def test_a_chat_whose_opening_never_came_is_erased_with_its_customer(
    tmp_path, platform, customer, conversation
):
    """All that came is one message of theirs, which bears their id."""
    journal = Journal(tmp_path / "j.sqlite", lambda: NOW)
    way = Way(platform, journal=journal)
    way.pump._started = False
    payload = json.loads((PAYLOADS / platform.name / "valid.json").read_text("utf-8"))
    receipt = await way.knock(payload)
    assert receipt.code == "delivery.taken"
    (opening, said) = [one.message for one in await journal.waiting()]
    assert opening.conversation == said.conversation
    await journal.close()
    assert (customer or "") in opening.customer.id
    assert opening.customer.id.startswith(f"{platform.name}:")
    assert (conversation or "") in said.conversation
    assert await erase_customer(MemoryLog(), (tmp_path / "j.sqlite",), opening.customer.id) == 1
    assert await left(tmp_path / "j.sqlite") == set()
