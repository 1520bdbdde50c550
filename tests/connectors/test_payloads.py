"""Fields taken out of JSON: found or named, never shown."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.connectors.payloads import (
    Unit,
    found,
    listed,
    moment,
    name_of,
    revision_at,
    scrubbed,
    text_of,
    wanted,
)
from assist.connectors.port import Unread

PAYLOAD = {"a": [{"b": 5}, {"c": "text"}], "n": None, "yes": True}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


def test_paths_go_through_objects_and_lists():
    """A number is a place in a list; what is not there is nothing."""
    assert (found(PAYLOAD, "a.0.b"), found(PAYLOAD, "a.1.c")) == (5, "text")
    assert [found(PAYLOAD, path) for path in ("a.7", "a.b", "n.x", "a.-1", "x")] == [None] * 5


@given(JSON, st.text(max_size=12))
def test_no_json_breaks_a_path(payload, path):
    """Whatever stands there, it is found, or refused by its name."""
    found(payload, path)
    for take in (wanted, name_of, text_of, listed, moment):
        refused = ""
        try:
            take(payload, path)
        except Unread as fault:
            refused = fault.message
        assert refused == "" or refused.startswith(f"`{path}`")


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (1_772_447_465, Unit.SECONDS, "2026-03-02T10:31:05+00:00"),
        ("1772447465", Unit.SECONDS, "2026-03-02T10:31:05+00:00"),
        (1_772_447_465.25, Unit.SECONDS, "2026-03-02T10:31:05.250000+00:00"),
        (1_772_447_465_001, Unit.MILLISECONDS, "2026-03-02T10:31:05.001000+00:00"),
        (1_772_447_465_000_001, Unit.MICROSECONDS, "2026-03-02T10:31:05.000001+00:00"),
        (1_772_447_465_000_001_999, Unit.NANOSECONDS, "2026-03-02T10:31:05.000001+00:00"),
        ("2026-03-02T10:31:05Z", Unit.WRITTEN, "2026-03-02T10:31:05+00:00"),
        ("2026-03-02T11:31:05+01:00", Unit.WRITTEN, "2026-03-02T11:31:05+01:00"),
        ("2026-03-02 10:31:05", Unit.WRITTEN, "2026-03-02T10:31:05+00:00"),
    ],
)
def test_times_are_read_in_their_unit(value, unit, written):
    """To the microsecond."""
    assert moment({"t": value}, "t", unit).isoformat() == written


@pytest.mark.parametrize("value", [True, "soon", 1e300, float("nan"), -1, "9" * 40, [], "1" * 80])
@pytest.mark.parametrize("unit", Unit)
def test_what_is_no_time_is_refused(value, unit):
    """Nothing overflows."""
    with pytest.raises(Unread, match="`t` should be a time"):
        moment({"t": value}, "t", unit)


def test_named_fields_are_dropped_at_any_depth():
    """Everything else stays as it was."""
    payload = {"token": 1, "a": [{"token": {"b": 2}, "c": 3}]}
    assert scrubbed(payload, {"token"}) == {"a": [{"c": 3}]}


def test_a_revision_counts_milliseconds():
    """A thing that happens again a moment later is another one."""
    at = datetime(2026, 3, 2, 10, 40, 0, 500_000, tzinfo=UTC)
    assert revision_at(at) == "1772448000500"
    assert revision_at(at.replace(microsecond=501_000)) == "1772448000501"
