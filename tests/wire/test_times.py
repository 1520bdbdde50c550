"""Nothing was said in the future."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assist.errors import ClientFault
from assist.wire.messages import parse
from assist.wire.times import check_times

GOLDEN = Path(__file__).parents[1] / "golden"
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLACES = [
    ("turn", ("turn", "at")),
    ("open", ("customer", "history", 0, "at")),
    *((name, ("at",)) for name in ("edit", "redact", "typing", "close", "feedback", "snooze")),
]


def at(name, place, when):
    """Return the golden message with another time in that place."""
    message = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    inner = message
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = when
    return parse(json.dumps(message))


def refusal(message):
    try:
        check_times(message, NOW, HOUR)
    except ClientFault as fault:
        return fault
    return None


@pytest.mark.parametrize(("name", "place"), PLACES)
def test_a_time_in_the_future_is_refused(name, place):
    """In every message that has one; the field is named, the time is not repeated."""
    fault = refusal(at(name, place, "2026-03-02T13:00:01Z"))
    assert fault.code == "message.future-time"
    assert f"`{'.'.join(map(str, place))}`" in fault.message
    assert "2026" not in fault.message


@pytest.mark.parametrize(("name", "place"), PLACES)
@pytest.mark.parametrize(
    "when",
    ["2026-03-02T13:00:00Z", "2026-03-02T14:59:00+02:00", "1970-01-01T00:00:00Z"],
)
def test_the_past_is_long_and_clocks_differ_a_little(name, place, when):
    """Up to an hour ahead passes, in whatever zone; so does what was said long ago."""
    assert refusal(at(name, place, when)) is None


def test_no_message_with_a_time_is_left_out():
    """Whatever golden message of a client has an `at` somewhere is one of the above."""
    timed = {
        path.stem
        for path in GOLDEN.glob("*.json")
        if '"at":' in path.read_text(encoding="utf-8") and _is_a_clients(path)
    }
    assert timed == {name for name, _ in PLACES}


def _is_a_clients(path):
    try:
        parse(path.read_text(encoding="utf-8"))
    except ClientFault:
        return False
    return True
