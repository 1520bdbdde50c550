"""Each message that changes a conversation becomes its event, nothing added."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from assist.core import turns
from assist.core.turns import FeedbackAction, Role
from assist.wire.events import Eventful, to_event
from assist.wire.messages import Open, parse
from assist.wire.schema import type_of

GOLDEN = Path(__file__).parents[1] / "golden"
AT = datetime(2026, 3, 2, 10, 31, tzinfo=UTC)
TEXT = "This is the third time I’m asking where my parcel is."

CASES = {
    "open": turns.Opened(
        channel="web", agent="ana", customer_name="Zoë", pack="core", locale="en-GB",
        history=(turns.PastContact(at=datetime.fromisoformat("2026-02-11T09:00:00+01:00"),
                                   summary="Asked about a late parcel."),),
    ),
    "turn": turns.Turn(id="t3", role=Role.CUSTOMER, text=TEXT, at=AT, author="zoe"),
    "edit": turns.Edit(turn="t3", text="Where is my parcel? 📦", at=AT),
    "redact": turns.Redaction(turn="t3", at=AT),
    "typing": turns.Typing(role=Role.CUSTOMER, on=True, at=AT),
    "assign": turns.Assigned(agent=None),
    "feedback": turns.Feedback(
        suggestion="s-1", action=FeedbackAction.EDITED, at=AT, reason="too formal"
    ),
    "snooze": turns.Snoozed(technique="empathy", on=True, at=AT),
    "acknowledge": turns.Acknowledged(alert="critical:1"),
    "close": turns.Closed(at=AT, outcome="solved"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_golden_message_becomes_its_event(name):
    """The event holds what the message says."""
    message = parse((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
    assert to_event(message) == CASES[name]


def test_the_cases_cover_every_eventful_message():
    """No eventful message is left untested."""
    assert set(CASES) == {type_of(message) for message in get_args(Eventful)}


def test_a_conversation_may_open_with_nothing_known():
    """Without a customer the event is the core's empty one."""
    assert to_event(Open(conversation="c")) == turns.Opened()
