"""Client messages mirror the core's values and never show words."""

import json
from dataclasses import fields

from assist.core import turns
from assist.wire.incoming import PastContact, SentTurn
from assist.wire.messages import parse

SECRET = "swordfish-7"
NOON = "2026-03-02T12:00:00Z"


def test_a_sent_turn_has_the_fields_of_the_cores_turn():
    """What the wire checks and what the core keeps are the same fields."""
    assert set(SentTurn.model_fields) == {field.name for field in fields(turns.Turn)}
    assert set(PastContact.model_fields) == {field.name for field in fields(turns.PastContact)}


def test_no_message_shows_words_or_a_token_in_its_repr():
    """Printing a message by mistake gives nothing away."""
    told = {"conversation": "c", "at": NOON}
    messages = (
        {"type": "hello", "protocol": 1, "role": "agent", "token": SECRET},
        {"type": "renew", "token": SECRET},
        {"type": "erase", "customer": SECRET},
        {**told, "type": "draft", "revision": 1, "text": SECRET},
        {**told, "type": "edit", "turn": "t", "text": SECRET},
        {
            **told,
            "type": "turn",
            "turn": {"id": "t", "role": "customer", "text": SECRET, "at": NOON},
        },
        {
            **told,
            "type": "open",
            "customer": {"name": SECRET, "history": [{"at": NOON, "summary": SECRET}]},
        },
        {**told, "type": "feedback", "suggestion": "s", "action": "shown", "reason": SECRET},
    )
    for message in messages:
        assert SECRET not in repr(parse(json.dumps(message)))


def test_an_empty_text_is_a_text():
    """A turn without words, such as a picture, is accepted."""
    message = parse('{"type":"draft","conversation":"c","revision":0,"text":""}')
    assert message.text == ""
