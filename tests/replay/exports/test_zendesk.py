"""Zendesk's three kinds of export become turns: comments, chats and messages."""

import json

import pytest

from assist.core.turns import Role
from assist.errors import TranscriptError
from assist.replay.exports.read import parse_export

COMMENTS = [
    {"id": 1, "type": "Comment", "author_id": 31, "public": True, "body": "raw",
     "plain_body": "where is my parcel", "html_body": "<p>where is my parcel</p>",
     "created_at": "2026-01-05T09:00:00Z", "attachments": []},
    {"id": 2, "type": "Comment", "author_id": 7, "public": False, "body": "angry",
     "created_at": "2026-01-05T09:01:00Z"},
    {"id": 3, "type": "Comment", "author_id": 7, "public": True,
     "html_body": "<div>Let me <b>look</b></div>", "created_at": "2026-01-05T09:02:00Z"},
    {"id": 4, "type": "VoiceComment", "author_id": 7, "public": True, "body": "Call from …",
     "created_at": "2026-01-05T09:03:00Z"},
    {"id": 5, "type": "Comment", "author_id": -1, "public": True, "body": "We got your request",
     "created_at": "2026-01-05T09:04:00Z", "attachments": []},
    {"id": 6, "type": "Comment", "author_id": -1, "public": False, "body": "(09:00) Ana: …",
     "created_at": "2026-01-05T09:05:00Z", "via": {"channel": "chat_transcript"}},
]  # fmt: skip
USERS = [{"id": 31, "role": "end-user", "name": "Ana"}, {"id": 7, "role": "admin", "name": "Kim"}]
TOLD = [
    ("1", Role.CUSTOMER, False, "where is my parcel"), ("2", Role.AGENT, True, "angry"),
    ("3", Role.AGENT, False, "Let me look"), ("5", Role.SYSTEM, False, "We got your request"),
]  # fmt: skip


def told(document, name="t"):
    """Return what is told of each turn of the only conversation, and the conversation."""
    (chat,) = parse_export("zendesk", json.dumps(document), name=name).transcripts
    return [(turn.id, turn.role, turn.private, turn.text) for turn in chat.turns], chat


def test_comments_with_their_users():
    """Roles come from the users; what is not public is private; calls are counted."""
    turns, chat = told({"comments": COMMENTS, "users": USERS}, "4711")
    assert (turns, chat.conversation, chat.customer_name) == (TOLD, "4711", "Ana")
    imported = parse_export("zendesk", json.dumps({"comments": COMMENTS, "users": USERS}))
    assert imported.left_out == {
        "comments of another kind (VoiceComment)": 1,
        "transcripts inside a ticket: export the chats themselves": 1,
    }


def test_comments_of_a_ticket_with_its_requester():
    """Without users, the requester is the customer and everybody else an agent."""
    ticket = {"id": 815, "requester_id": 31, "comments": COMMENTS}
    turns, chat = told(ticket)
    assert (turns, chat.conversation) == (TOLD, "815")
    assert told({"tickets": [ticket]})[0] == TOLD


def test_nobody_is_guessed():
    """Comments of which nobody can tell who wrote them are refused, with what to ask for."""
    with pytest.raises(TranscriptError, match=r"comments\[0\].author_id: .*include=users"):
        parse_export("zendesk", json.dumps({"comments": COMMENTS}))


def test_chats_of_zendesk_chat():
    """The history of a chat becomes turns; joining and rating are counted; triggers are system."""
    at = "2026-01-05T09:00:0"
    history = [
        {"type": "chat.memberjoin", "nick": "visitor", "timestamp": f"{at}0Z"},
        {"type": "chat.msg", "nick": "visitor", "sender_type": "Visitor", "msg": "hello?",
         "msg_id": "m1", "timestamp": f"{at}1Z"},
        {"type": "chat.msg", "nick": "agent:trigger", "sender_type": "Trigger", "msg": "Welcome",
         "timestamp": f"{at}2Z"},
        {"type": "chat.msg", "nick": "agent:7", "msg": "hi", "timestamp": f"{at}3Z"},
        {"type": "chat.file", "nick": "visitor", "timestamp": f"{at}4Z"},
        {"type": "chat.rating", "new_rating": "good", "timestamp": f"{at}5Z"},
    ]  # fmt: skip
    chats = [
        {"id": "c1", "type": "chat", "visitor": {"name": "Ana"}, "history": history},
        {"id": "c2", "type": "offline_msg", "visitor": {"id": "v"}, "message": "call me",
         "timestamp": f"{at}6Z"},
    ]  # fmt: skip
    imported = parse_export("zendesk", json.dumps({"chats": chats}))
    first, second = imported.transcripts
    assert [(turn.role, turn.text) for turn in first.turns] == [
        (Role.CUSTOMER, "hello?"), (Role.SYSTEM, "Welcome"), (Role.AGENT, "hi"),
        (Role.CUSTOMER, ""),
    ]  # fmt: skip
    assert [turn.text for turn in second.turns] == ["call me"]
    assert imported.left_out == {
        "events without words (chat.memberjoin)": 1, "events without words (chat.rating)": 1,
    }  # fmt: skip


def test_messages_of_sunshine_conversations():
    """Users are customers, businesses agents, and what an AI wrote is a bot's."""
    messages = [
        {"id": "a", "received": "2026-01-05T09:00:00.000Z", "author": {"type": "user"},
         "content": {"type": "text", "text": "hi"}},
        {"id": "b", "received": "2026-01-05T09:00:01.000Z",
         "author": {"type": "business", "subtypes": ["AI"]},
         "content": {"type": "text", "text": "hello"}},
        {"id": "c", "received": "2026-01-05T09:00:02.000Z", "author": {"type": "business"},
         "content": {"type": "image", "mediaUrl": "https://x.example/y"}},
    ]  # fmt: skip
    turns, _ = told({"messages": messages, "meta": {"hasMore": False}})
    assert [(turn[1], turn[3]) for turn in turns] == [
        (Role.CUSTOMER, "hi"), (Role.BOT, "hello"), (Role.AGENT, ""),
    ]  # fmt: skip
