"""The small types refuse what they should, and convert nothing."""

import json
from datetime import datetime, timedelta

import pytest
from pydantic import ValidationError

from assist.errors import ClientFault
from assist.wire.messages import Close, Position, Subscribe, encode, parse


def closed(at: object) -> Close:
    return parse(json.dumps({"type": "close", "conversation": "c", "at": at}))


@pytest.mark.parametrize(
    "at", ["2026-03-02T12:00:00Z", "2026-03-02t12:00:00.5z", "2026-03-02T12:00:00+05:30"]
)
def test_times_with_a_zone_are_read(at):
    """RFC 3339 with a zone is a time, and knows its zone."""
    assert closed(at).at.utcoffset() is not None


def test_the_zone_is_kept_as_sent():
    """A time is not moved to another zone."""
    message = closed("2026-03-02T12:00:00+05:30")
    assert message.at.utcoffset() == timedelta(hours=5, minutes=30)
    assert "12:00:00+05:30" in encode(message)


@pytest.mark.parametrize(
    "at",
    [
        "2026-03-02T12:00:00", "2026-03-02", "1772452800", 1772452800, 1.5, None, True, "noon",
        "2026-02-30T12:00:00Z", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59Z",
    ],
)  # fmt: skip
def test_anything_else_is_no_time(at):
    """No zone, no date, a number, or a year with no room around it is refused."""
    with pytest.raises(ClientFault) as caught:
        closed(at)
    assert caught.value.code == "message.wrong-type"
    assert "`at`" in caught.value.message


def test_a_time_made_in_code_needs_its_zone_too():
    """The client cannot build a message with a naive time."""
    with pytest.raises(ValidationError):
        Close(conversation="c", at=datetime(2026, 3, 2))  # noqa: DTZ001 - naive on purpose


@pytest.mark.parametrize("offset", [-1, 1.0, "1", True, 2**53])
def test_an_offset_is_a_whole_number_that_every_json_reader_keeps(offset):
    """Offsets are integers from 0 to 2**53 - 1."""
    after = {"epoch": "e", "offset": offset}
    with pytest.raises(ClientFault):
        parse(json.dumps({"type": "subscribe", "conversation": "c", "after": after}))


def test_messages_do_not_change():
    """A message is frozen."""
    position = Position(epoch="e", offset=1)
    with pytest.raises(ValidationError):
        position.offset = 2


def test_only_following_may_name_every_conversation():
    """`*` is for subscribe and unsubscribe; nothing can be said in it."""
    assert parse(encode(Subscribe(conversation="*"))).conversation == "*"
    with pytest.raises(ClientFault, match="conversation"):
        parse('{"type":"open","conversation":"*"}')
