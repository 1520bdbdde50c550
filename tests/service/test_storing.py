"""An input into the log: whether it counts as talk, and a store that fails."""

from datetime import UTC, datetime

import pytest

from assist.errors import StoreError
from assist.service.entries import Fired
from assist.service.hub import Hub
from assist.service.metrics import Metrics
from assist.service.store import Appended, Duplicate
from assist.service.store_memory import MemoryLog
from assist.service.storing import appended
from assist.wire.messages import Close

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SAID = Close(conversation="c", at=AT)


@pytest.fixture
async def parts(line, clock):
    hub = Hub(line, MemoryLog(), clock, Metrics())
    yield hub.parts
    await hub.close()


async def test_what_is_said_is_stored_once_and_counts_as_talk(parts, clock):
    """Its id is known from then on; the conversation was touched now."""
    assert await appended(SAID, parts, "close:1", 0) == Appended(seq=1)
    assert await appended(SAID, parts, "close:1", 1) == Duplicate(seq=1)
    assert await parts.log.untouched(clock.wall() + 1, 9) == ("c",)


async def test_what_time_brings_is_no_talk(parts, clock):
    """A silent chat is not kept for longer because its silence was noted."""
    await appended(SAID, parts, "close:1", 0)
    clock.advance(3600)
    await appended(Fired(conversation="c", at=AT), parts, "tick:2", 1)
    assert await parts.log.untouched(clock.wall() - 1, 9) == ("c",)


async def test_a_store_that_fails_is_degraded_until_it_takes_something(parts):
    """Who asked is told; the next that is stored ends it."""
    append = parts.log.append

    async def failing(*_, **__):
        raise StoreError("no", retry=True)

    parts.log.append = failing
    with pytest.raises(StoreError):
        await appended(SAID, parts, "close:1", 0)
    assert "store" in parts.degraded
    parts.log.append = append
    await appended(SAID, parts, "close:1", 0)
    assert "store" not in parts.degraded
