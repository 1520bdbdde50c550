"""Events: values, complete in themselves, that keep their words to themselves."""

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, datetime
from typing import get_args

import pytest

from assist.core import turns
from assist.core.turns import (
    Closed,
    Draft,
    Edit,
    Event,
    Feedback,
    FeedbackAction,
    Opened,
    PastContact,
    Redaction,
    Role,
    Tick,
    Turn,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRET = "marzipan"


@pytest.mark.parametrize(
    "value",
    [
        Turn(id="t1", role=Role.CUSTOMER, text=SECRET, at=AT),
        Draft(text=SECRET),
        Edit(turn="t1", text=SECRET, at=AT),
        Opened(customer_name=SECRET, history=(PastContact(at=AT, summary=SECRET),)),
        Feedback(suggestion="s", action=FeedbackAction.DISMISSED, at=AT, reason=SECRET),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_event_shows_its_words(value):
    """The repr of an event holds none of the words that were said."""
    assert SECRET not in repr(value)


@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
def test_every_event_is_a_frozen_value(kind):
    """Each kind of event is a frozen, slotted, keyword-only dataclass."""
    assert is_dataclass(kind)
    assert kind.__dataclass_params__.frozen
    assert "__slots__" in vars(kind)
    assert all(field.kw_only for field in fields(kind))


def test_an_event_cannot_be_changed():
    """What happened stays as it happened."""
    with pytest.raises(FrozenInstanceError):
        Tick(at=AT).at = AT


def test_equal_words_make_equal_values():
    """Two events that say the same are the same."""
    assert Redaction(turn="t1", at=AT) == Redaction(turn="t1", at=AT)
    assert Closed(at=AT) != Closed(at=AT, outcome="solved")


def test_the_wire_words_are_the_values():
    """Roles and feedback are told in the words of the protocol."""
    assert {str(role) for role in Role} == {"customer", "agent", "bot", "system"}
    assert {str(action) for action in FeedbackAction} == {
        "shown", "inserted", "copied", "edited", "dismissed", "snoozed", "helpful", "unhelpful",
    }  # fmt: skip


def test_all_names_are_exported():
    """Every event, and what it is made of, can be imported by name."""
    assert {kind.__name__ for kind in get_args(Event)} <= set(turns.__all__)
