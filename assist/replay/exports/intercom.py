"""Intercom: conversations as `GET /conversations/ID` answers them, with `conversation_parts`.

The law: the first message stands in `source`, all others in the parts. A part of any kind that has
words was said (a closing with a last line, say); notes are private.
"""

from assist.core.turns import Role, Turn
from assist.replay.exports.gathering import Gathering, plain
from assist.replay.exports.nodes import Node

__all__ = ["gather", "looks_like"]

_ROLES = {
    "user": Role.CUSTOMER, "lead": Role.CUSTOMER, "contact": Role.CUSTOMER,
    "admin": Role.AGENT, "teammate": Role.AGENT, "bot": Role.BOT,
}  # fmt: skip
_AUTOMATED = frozenset({"campaigns_initiated", "automated", "operator_initiated"})


def looks_like(document: Node) -> bool:
    """Tell whether this is a conversation, a list of them, or a notification about one."""
    if document.values.get("type") in ("notification_event", "conversation.list"):
        return True
    return "conversation_parts" in document.values or "source" in document.values


def gather(document: Node, into: Gathering) -> None:
    """Put the parts of one document where they belong."""
    if document.values.get("type") == "notification_event":
        _conversation(document.child("data").child("item"), into)
    elif document.values.get("type") == "conversation.list":
        for one in document.children("conversations"):
            _conversation(one, into)
    else:
        _conversation(document, into)


def _conversation(conversation: Node, into: Gathering) -> None:
    place = conversation.named("id")
    source, held = conversation.child("source"), conversation.child("conversation_parts")
    if source.has("author"):
        made = "created_at" if conversation.has("created_at") else "updated_at"
        _said(source, place, into, dated=conversation, key=made)
    parts = held.children("conversation_parts")
    for part in parts:
        _said(part, place, into, dated=part, key="created_at")
    total = held.values.get("total_count")
    if isinstance(total, int) and total > len(parts):
        into.remark("parts that Intercom did not put into the file", total - len(parts))


def _said(part: Node, place: str, into: Gathering, *, dated: Node, key: str) -> None:
    kind = part.words("part_type")
    attachments = len(part.children("attachments"))
    text = plain(part.words("body"))
    if part.flag("redacted"):
        into.leave("redacted messages")
        return
    if not text.strip() and not attachments:
        into.leave_kind("events without words", kind or "source")
        return
    author = part.child("author")
    role = _role(part, author)
    if role is None:
        into.leave("messages by an author of unknown type")
        return
    if role is Role.CUSTOMER:
        into.call(place, author.words("name") or None)
    turn = Turn(
        id=part.named("id"),
        role=role,
        text=text,
        at=dated.time(key),
        author=author.name("id"),
        private=kind.startswith("note"),
    )
    into.say(place, turn, attachments=attachments)


def _role(part: Node, author: Node) -> Role | None:
    if part.words("delivered_as") in _AUTOMATED:
        return Role.SYSTEM
    if any(one.flag(mark) for one in (author, part) for mark in ("from_ai_agent", "is_ai_answer")):
        return Role.BOT
    return _ROLES.get(author.words("type"))
