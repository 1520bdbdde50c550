"""LiveChat's archives become turns, a conversation a thread."""

import json

from assist.core.turns import Role
from assist.replay.exports.read import parse_export

ANA = "b7eff798-f8df-4364-8059-649c35c9ed0c"
BOT = "5c9871d5372c824cbf22d860a707a578"


def event(number, kind, author, text="", **more):
    """Return one event."""
    return {
        "id": f"e{number}", "type": kind, "author_id": author, "text": text, "visibility": "all",
        "created_at": f"2026-01-05T09:00:{number:02}.123456Z", **more,
    }  # fmt: skip


EVENTS = [
    event(1, "message", BOT, "Hello"),
    event(2, "message", ANA, "where is my parcel"),
    event(3, "message", "kim@shop.example", "angry", visibility="agents"),
    event(4, "message", "kim@shop.example", "Let me look"),
    event(5, "file", ANA, url="https://files.example/x.png"),
    event(6, "filled_form", ANA),
    event(7, "system_message", "system", "Chat archived"),
]
CHAT = {
    "id": "PJ0MRSHTDG",
    "users": [
        {"id": ANA, "type": "customer", "name": "Ana"},
        {"id": "kim@shop.example", "type": "agent", "name": "Kim"},
    ],
    "thread": {"id": "K600PKZON8", "active": False, "events": EVENTS},
}
TOLD = [
    ("e1", Role.BOT, False), ("e2", Role.CUSTOMER, False), ("e3", Role.AGENT, True),
    ("e4", Role.AGENT, False), ("e5", Role.CUSTOMER, False), ("e7", Role.SYSTEM, False),
]  # fmt: skip


def told(document):
    """Return what is told of each turn of the only conversation."""
    (chat,) = parse_export("livechat", json.dumps(document)).transcripts
    assert chat.conversation == "K600PKZON8"
    return [(turn.id, turn.role, turn.private) for turn in chat.turns]


def test_a_page_of_archives():
    """Roles come from the users; for agents only is private; a file is a turn without words."""
    imported = parse_export("livechat", json.dumps({"chats": [CHAT], "found_chats": 1}))
    assert imported.left_out == {"events of another kind (filled_form)": 1}
    assert imported.transcripts[0].customer_name == "Ana"
    assert told({"chats": [CHAT]}) == TOLD


def test_a_chat_and_threads_alone():
    """One chat, a page of threads and a thread without users read the same."""
    assert told(CHAT) == TOLD
    assert told({"threads": [CHAT["thread"]]}) == TOLD
    assert told(CHAT["thread"]) == TOLD


def test_threads_are_conversations():
    """Two threads of one chat, months apart, are two conversations."""
    second = {"id": "T2", "events": [event(1, "message", ANA, "hi again")]}
    document = {**CHAT, "threads": [second]}
    found = parse_export("livechat", json.dumps(document)).transcripts
    assert {chat.conversation for chat in found} == {"K600PKZON8", "T2"}


def test_what_may_not_be_read_is_counted():
    """A thread that the exporting account may not see is named as left out."""
    hidden = {"id": "T3", "restricted_access": "access denied"}
    imported = parse_export("livechat", json.dumps({**CHAT, "threads": [hidden]}))
    assert imported.left_out["threads that the exporting account may not read"] == 1
