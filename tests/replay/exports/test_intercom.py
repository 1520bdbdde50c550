"""Intercom's conversations become turns: the source first, then the parts that have words."""

import json

from assist.core.turns import Role
from assist.replay.exports.read import parse_export

AT = 1767603600
ANA = {"type": "user", "id": "u1", "name": "Ana"}
KIM = {"type": "admin", "id": "7", "name": "Kim"}


def part(number, kind, body, author, **more):
    """Return one part."""
    return {
        "type": "conversation_part", "id": str(number), "part_type": kind, "body": body,
        "created_at": AT + number, "author": author, "attachments": [], "redacted": False, **more,
    }  # fmt: skip


def conversation(*parts, **more):
    """Return a conversation with these parts."""
    return {
        "type": "conversation", "id": "215", "created_at": AT,
        "source": {"type": "conversation", "id": "s1", "delivered_as": "customer_initiated",
                   "body": "<p>Where is<br>my parcel?</p>", "author": ANA, "attachments": []},
        "conversation_parts": {
            "type": "conversation_part.list", "conversation_parts": parts, "total_count": len(parts)
        }, **more,
    }  # fmt: skip


PARTS = (
    part(1, "comment", "<p>Hello</p>", {"type": "bot", "id": "b"}),
    part(2, "assignment", None, KIM),
    part(3, "note", "<p>angry</p>", KIM),
    part(4, "comment", "<p>Let me look</p>", KIM),
    part(5, "comment", "an answer", {"type": "admin", "id": "9", "from_ai_agent": True}),
    part(6, "open", "<p>still nothing</p>", ANA),
    part(7, "comment", None, ANA, attachments=[{"name": "a.png"}]),
    part(8, "comment", "<p>gone</p>", ANA, redacted=True),
    part(9, "close", "<p>Bye</p>", KIM),
    part(10, "comment", "?", {"type": "alien", "id": "x"}),
)


def test_source_and_parts():
    """The first words, notes, bots, reopening and closing words are turns; the rest is counted."""
    imported = parse_export("intercom", json.dumps(conversation(*PARTS)))
    (chat,) = imported.transcripts
    assert [(turn.id, turn.role, turn.private, turn.text) for turn in chat.turns] == [
        ("s1", Role.CUSTOMER, False, "Where is\nmy parcel?"), ("1", Role.BOT, False, "Hello"),
        ("3", Role.AGENT, True, "angry"), ("4", Role.AGENT, False, "Let me look"),
        ("5", Role.BOT, False, "an answer"), ("6", Role.CUSTOMER, False, "still nothing"),
        ("7", Role.CUSTOMER, False, ""), ("9", Role.AGENT, False, "Bye"),
    ]  # fmt: skip
    assert (chat.conversation, chat.customer_name) == ("215", "Ana")
    assert imported.left_out == {
        "events without words (assignment)": 1, "redacted messages": 1,
        "messages by an author of unknown type": 1,
    }  # fmt: skip


def test_what_intercom_kept_back_is_said():
    """Where the file has fewer parts than Intercom counts, the difference is told."""
    held = {"conversation_parts": [PARTS[3]], "total_count": 612}
    imported = parse_export("intercom", json.dumps(conversation(conversation_parts=held)))
    assert imported.remarks == {"parts that Intercom did not put into the file": 611}


def test_a_campaign_is_nobody():
    """A conversation that a campaign began was begun by no person."""
    text = json.dumps(
        conversation(source={**conversation()["source"], "delivered_as": "automated"})
    )
    assert parse_export("intercom", text).transcripts[0].turns[0].role is Role.SYSTEM


def test_lists_and_notifications():
    """A list of conversations and a kept notification read as the conversation does."""
    one = conversation()
    listed = {"type": "conversation.list", "conversations": [one]}
    told = {
        "type": "notification_event",
        "topic": "conversation.user.created",
        "data": {"item": one},
    }
    for document in (listed, told):
        (chat,) = parse_export("intercom", json.dumps(document)).transcripts
        assert [turn.id for turn in chat.turns] == ["s1"]
