"""What is said again is answered again; what names nothing there is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assist.core.conversation import Conversation, Summary
from assist.core.turns import Acknowledged, Closed, Edit, Feedback, FeedbackAction
from assist.errors import ClientFault
from assist.service.repeats import is_settled
from assist.wire.messages import parse

AT = datetime(2026, 3, 2, 11, tzinfo=UTC)


def entry(kind, **more):
    at = {"at": AT.isoformat()} if kind != "acknowledge" else {}
    return parse(json.dumps({"type": kind, "conversation": "c", **at, **more}))


def test_an_edit_is_settled_where_it_is_known_or_overtaken():
    """The same again, an older one, and one of words that were taken back change nothing."""
    edit = Edit(turn="t1", text="x", at=AT)
    chat = Conversation(id="c", edits=(edit,), redacted=frozenset({"t2"}))
    later = (AT + timedelta(seconds=1)).isoformat()
    earlier = (AT - timedelta(seconds=1)).isoformat()
    cases = (
        ({"turn": "t1", "text": "x"}, True),
        ({"turn": "t1", "text": "y"}, False),
        ({"turn": "t1", "text": "y", "at": earlier}, True),
        ({"turn": "t1", "text": "x", "at": later}, False),
        ({"turn": "t2", "text": "x"}, True),
        ({"turn": "t3", "text": "x"}, False),
    )
    for more, settled in cases:
        assert is_settled(chat, entry("edit", **more), set()) is settled
    assert is_settled(chat, entry("redact", turn="t2"), set())
    assert not is_settled(chat, entry("redact", turn="t1"), set())


def test_feedback_is_about_a_suggestion_that_was_told():
    """An unknown id is refused with a stable code; the same feedback again is settled."""
    said = entry("feedback", suggestion="s", action="helpful")
    with pytest.raises(ClientFault) as told:
        is_settled(Conversation(id="c"), said, {"other"})
    assert (told.value.code, told.value.retry) == ("suggestion.unknown", False)
    assert not is_settled(Conversation(id="c"), said, {"s"})
    known = Feedback(suggestion="s", action=FeedbackAction.HELPFUL, at=AT)
    assert is_settled(Conversation(id="c", events=(known,)), said, {"s"})


def test_an_alert_is_acknowledged_once_and_must_exist():
    """An unknown id is refused with a stable code."""
    with pytest.raises(ClientFault) as told:
        is_settled(Conversation(id="c"), entry("acknowledge", alert="high:1"), set())
    assert told.value.code == "alert.unknown"


def test_a_close_is_settled_until_the_chat_is_open_again():
    """The same close again changes nothing; after a later turn it would."""
    chat = Conversation(id="c", events=(Acknowledged(alert="a"), Closed(at=AT)))
    assert not is_settled(chat, entry("close"), set())
    assert is_settled(_closed(chat), entry("close"), set())
    assert not is_settled(_closed(chat), entry("close", outcome="solved"), set())


def _closed(chat):
    return replace(chat, summary=Summary(problem=None))
