"""One alarm a conversation."""

from datetime import UTC, datetime, timedelta

import pytest

from assist.service.alarms import Alarms

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


@pytest.fixture
def rung():
    return []


@pytest.fixture
def alarms(clock, rung):
    return Alarms(clock, lambda conversation, at: rung.append((conversation, at)))


def test_an_alarm_rings_once_in_its_time(alarms, clock, rung):
    """Not before, and not again."""
    alarms.put("c", AT, 10)
    clock.advance(9.9)
    assert rung == []
    clock.advance(0.1)
    assert rung == [("c", AT)]
    clock.advance(100)
    assert (len(rung), len(alarms)) == (1, 0)


def test_a_new_alarm_takes_the_place_of_the_old(alarms, clock, rung):
    """Only the last one set for a conversation rings; others have their own."""
    later = AT + timedelta(seconds=5)
    alarms.put("c", AT, 10)
    alarms.put("c", later, 20)
    alarms.put("d", AT, 10)
    assert alarms.waits_for("c", later)
    assert not alarms.waits_for("c", AT)
    clock.advance(30)
    assert rung == [("d", AT), ("c", later)]


def test_dropped_and_closed_alarms_do_not_ring(alarms, clock, rung):
    """What was taken away stays silent, and taking away nothing is fine."""
    alarms.put("c", AT, 10)
    alarms.put("d", AT, 10)
    alarms.drop("c")
    alarms.drop("c")
    alarms.close()
    clock.advance(30)
    assert rung == []
    assert clock.pending == 0


def test_what_is_far_off_can_be_left_to_the_log(alarms, clock, rung):
    """What rings soon stays; what rings later is taken away; nothing there is fine."""
    alarms.put("soon", AT, 60)
    alarms.put("later", AT, 61)
    for name in ("soon", "later", "nobody"):
        alarms.leave_to_log(name, 60)
    assert len(alarms) == 1
    clock.advance(100)
    assert rung == [("soon", AT)]
