"""Happenings as messages of the wire: the same again after being kept, and refused where not."""

from datetime import UTC, datetime

import pytest

from assist.connectors.port import Unread
from assist.connectors.written import message_of, read_message, written
from assist.core.turns import (
    Assigned,
    Closed,
    Edit,
    Opened,
    PastContact,
    Redaction,
    Role,
    Turn,
    Typing,
)
from assist.wire.events import to_event

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
HAPPENED = [
    Opened(customer_name="Sam", channel="web", history=(PastContact(at=AT, summary="late"),)),
    Opened(customer_id="17", locale="de"),
    Turn(id="m", role=Role.BOT, text="Hi 📦", at=AT, author="b", private=True),
    Edit(turn="m", text="Hello", at=AT),
    Redaction(turn="m", at=AT),
    Typing(role=Role.CUSTOMER, on=False, at=AT),
    Assigned(agent=None),
    Closed(at=AT, outcome="solved"),
]


@pytest.mark.parametrize("what", HAPPENED)
def test_what_is_kept_comes_back_the_same(what):
    """Through bytes and back to the core's value."""
    assert to_event(read_message(written(message_of("c", what)))) == what


def test_labels_beyond_the_bound_are_cut():
    """A long name loses its end, and no message is lost for it."""
    long = "x" * 500
    assert len(message_of("c", Opened(customer_name=long)).customer.name) == 200
    turn = Turn(id="m", role=Role.AGENT, text="a", at=AT, author=long)
    assert len(message_of("c", turn).turn.author) == 200


@pytest.mark.parametrize(
    "what",
    [
        Turn(id="", role=Role.AGENT, text="my card is 4111", at=AT),
        Turn(id="m", role=Role.AGENT, text="my card is 4111", at=AT.replace(tzinfo=None)),
        Redaction(turn="x" * 300, at=AT),
    ],
)
def test_what_cannot_be_said_on_the_wire_is_refused(what):
    """The fault names the field, and none of the words."""
    with pytest.raises(Unread) as caught:
        message_of("c", what)
    assert caught.value.code.startswith("payload.")
    assert "4111" not in str(caught.value)


@pytest.mark.parametrize(
    ("told", "kept"),
    [("en-GB", "en-GB"), ("pt_BR", "pt_BR"), ("English (US)", None), ("", None)],
)
def test_a_language_that_is_no_tag_is_left_out(told, kept):
    """The rest of the opening is not lost for it."""
    message = message_of("c", Opened(locale=told, customer_name="Sam"))
    assert (message.locale, message.customer.name) == (kept, "Sam")
