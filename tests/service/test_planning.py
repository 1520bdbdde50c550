"""Plans: an alarm for this process, a line in the log for the next."""

from datetime import UTC, datetime

import pytest

from assist.errors import StoreError
from assist.service.hub import Hub
from assist.service.metrics import Metrics
from assist.service.planning import Planning
from assist.service.store import Planned
from assist.service.store_memory import MemoryLog

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
async def parts(line, clock):
    hub = Hub(line, MemoryLog(), clock, Metrics())
    await hub.parts.log.append("c", None, "turn:t1", b"{}", touched=1.0)
    yield hub.parts
    await hub.close()


async def test_the_newest_plan_is_written(parts, clock):
    """Plans made in a row are written as one, and none means never."""
    planning = Planning("c", parts)
    planning.put(AT, 10)
    planning.put(AT, 20)
    await planning.finish()
    (plan,) = await parts.log.planned(clock.wall() + 60, 9)
    assert plan == Planned(conversation="c", at=AT.isoformat(), rings=clock.wall() + 20)
    assert parts.alarms.waits_for("c", AT)
    planning.drop()
    await planning.finish()
    assert await parts.log.planned(clock.wall() + 60, 9) == ()
    assert not parts.alarms.has("c")


async def test_a_plan_of_the_process_before_is_taken_up(parts, clock):
    """Its own moment counts; a plan for another time is none."""
    planning = Planning("c", parts)
    other = Planned(conversation="c", at="2026-03-02T11:00:00+00:00", rings=clock.wall() + 5)
    assert not planning.take_up(AT, other)
    assert not planning.take_up(AT, None)
    assert planning.take_up(AT, Planned(conversation="c", at=AT.isoformat(), rings=other.rings))
    clock.advance(4.9)
    assert parts.alarms.has("c")
    clock.advance(0.1)
    assert not parts.alarms.has("c")
    await planning.finish()


async def test_a_plan_that_cannot_be_written_is_no_obstacle(parts):
    """The alarm is set all the same, and the trouble told."""

    async def broken(conversation, at, rings):
        raise StoreError("no", retry=True)

    parts.log.plan = broken
    planning = Planning("c", parts)
    planning.put(AT, 10)
    await planning.finish()
    assert parts.alarms.has("c")
    assert parts.degraded == {"store"}


async def test_a_plan_is_written_once_the_log_has_it(parts):
    """Not before, and not where that failed: then its alarm is all there is."""
    planning = Planning("c", parts)
    planning.put(AT, 10)
    assert not planning.written
    await planning.finish()
    assert planning.written
    plan = parts.log.plan

    async def failing(*_):
        raise StoreError("no", retry=True)

    parts.log.plan = failing
    planning.put(AT, 20)
    await planning.finish()
    assert not planning.written
    parts.log.plan = plan
