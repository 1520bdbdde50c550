"""Front's lists of messages and comments become turns."""

import json

from assist.core.turns import Role
from assist.replay.exports.read import parse_export

LINKS = {"related": {"conversation": "https://api2.frontapp.com/conversations/cnv_55c8c149"}}
MESSAGES = [
    {"id": "msg_3", "is_inbound": False, "created_at": 1767603620.1, "author": None,
     "text": "Auto"},
    {"id": "msg_2", "is_inbound": False, "created_at": 1767603610.5, "body": "<p>Let me look</p>",
     "author": {"id": "tea_7"}},
    {"id": "msg_1", "is_inbound": True, "created_at": 1767603600.25, "text": "where is it",
     "body": "<div>where is it</div>", "author": None, "attachments": [{"filename": "x"}]},
    {"id": "msg_4", "is_inbound": False, "is_draft": True, "created_at": 1767603630},
]  # fmt: skip
COMMENTS = [{"id": "com_1", "body": "angry", "posted_at": 1767603605, "author": {"id": "tea_7"}}]


def test_messages_and_comments():
    """Inbound is the customer, a rule is nobody, comments are private, drafts are counted."""
    pages = [
        {"_results": [{**one, "_links": LINKS} for one in rows]} for rows in (MESSAGES, COMMENTS)
    ]
    imported = parse_export("front", "\n".join(map(json.dumps, pages)))
    (chat,) = imported.transcripts
    assert chat.conversation == "cnv_55c8c149"
    assert [(turn.id, turn.role, turn.private, turn.text) for turn in chat.turns] == [
        ("msg_1", Role.CUSTOMER, False, "where is it"), ("com_1", Role.AGENT, True, "angry"),
        ("msg_2", Role.AGENT, False, "Let me look"), ("msg_3", Role.SYSTEM, False, "Auto"),
    ]  # fmt: skip
    assert imported.left_out == {"drafts that were not sent": 1}


def test_a_conversation_with_its_messages():
    """An object that holds a conversation's messages and comments reads the same."""
    one = {"id": "cnv_1", "messages": MESSAGES, "comments": COMMENTS}
    (chat,) = parse_export("front", json.dumps(one)).transcripts
    assert (chat.conversation, len(chat.turns)) == ("cnv_1", 4)
