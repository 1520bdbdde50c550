"""Chatwoot's pages of messages become turns with the roles that its webhooks would have told."""

import json

from assist.core.turns import Role
from assist.replay.exports.read import parse_export

AT = 1767603600


def message(number, kind, text, **more):
    """Return one message as the REST endpoint shows it."""
    return {
        "id": number, "content": text, "inbox_id": 4, "conversation_id": 42, "message_type": kind,
        "content_type": "text", "status": "sent", "content_attributes": {},
        "created_at": AT + number, "private": False, "source_id": None, **more,
    }  # fmt: skip


KIM = {"id": 7, "name": "Kim", "type": "user"}
ANA = {"id": 31, "name": "Ana", "type": "contact"}
EXPORT = {
    "meta": {"contact": {"id": 31, "name": "Ana"}, "labels": [], "agent_last_seen_at": AT},
    "payload": [
        message(1, 0, "where is my parcel", sender=ANA),
        message(2, 3, "You will hear from us", content_type="text"),
        message(3, 1, "One moment", sender={"id": 2, "name": "Helper", "type": "agent_bot"}),
        message(4, 2, "Kim self-assigned this conversation"),
        message(5, 1, "angry, be careful", private=True, sender=KIM),
        message(6, 1, "Let me look", sender=KIM),
        message(7, 0, None, sender=ANA, attachments=[{"id": 1, "file_type": "image"}]),
        message(8, 0, "This message was deleted", content_attributes={"deleted": True}),
        message(9, 1, "Sale!", sender=KIM, additional_attributes={"campaign_id": 3}),
        message(10, 1, "auto", content_attributes={"automation_rule_id": 5}, sender=None),
        message(11, 1, "from my phone", content_attributes={"external_echo": True}, sender=None),
        message(12, 0, "thanks", conversation_id=43, sender={"id": 32, "name": "Bo"}),
    ],
}


def test_roles_private_notes_and_the_rest():
    """Each message is told by who wrote it; what is no turn is counted."""
    imported = parse_export("chatwoot", json.dumps(EXPORT))
    ana, bo = imported.transcripts
    assert [(turn.id, turn.role, turn.private) for turn in ana.turns] == [
        ("1", Role.CUSTOMER, False), ("2", Role.SYSTEM, False), ("3", Role.BOT, False),
        ("5", Role.AGENT, True), ("6", Role.AGENT, False), ("7", Role.CUSTOMER, False),
        ("9", Role.SYSTEM, False), ("10", Role.SYSTEM, False), ("11", Role.AGENT, False),
    ]  # fmt: skip
    assert (ana.conversation, ana.customer_name) == ("42", "Ana")
    assert (bo.conversation, bo.customer_name) == ("43", "Bo")
    assert imported.left_out == {"activity notices": 1, "deleted messages": 1}
    assert imported.remarks == {
        "private, kept and not read": 1, "with attachments, which are not read": 1,
    }  # fmt: skip


def test_conversations_with_their_messages():
    """A list of conversations reads as each of them; written kinds are as good as numbers."""
    chats = [
        {"id": n, "meta": {"sender": {"name": f"N{n}"}}, "messages": [
            {"id": n * 10, "message_type": "outgoing", "content": "hi", "created_at": AT,
             "sender": KIM},
        ]}
        for n in (1, 2)
    ]  # fmt: skip
    imported = parse_export("chatwoot", json.dumps({"payload": chats}))
    told = [(one.conversation, one.customer_name) for one in imported.transcripts]
    assert told == [("1", "N1"), ("2", "N2")]
    assert imported.transcripts[0].turns[0].role is Role.AGENT
