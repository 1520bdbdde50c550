"""Zendesk: comments of tickets, chats of Zendesk Chat, messages of Sunshine Conversations.

The law: which of the three it is, is told by the shape. A comment's author has a role only where
the file has the users (`?include=users`) or the ticket's requester.
"""

from collections.abc import Mapping

from assist.core.turns import Role, Turn
from assist.replay.exports.gathering import Gathering, plain
from assist.replay.exports.nodes import Node

__all__ = ["gather", "looks_like"]

_USERS = {"end-user": Role.CUSTOMER, "agent": Role.AGENT, "admin": Role.AGENT}
_SENDERS = {"visitor": Role.CUSTOMER, "agent": Role.AGENT, "trigger": Role.SYSTEM}


def looks_like(document: Node) -> bool:
    """Tell whether this is of any of the three shapes."""
    return any(isinstance(document.values.get(key), list) for key in ("comments", "history")) or (
        _each_has(document, "chats", "history", "message")
        or _each_has(document, "messages", "author")
        or _each_has(document, "tickets", "comments")
    )


def gather(document: Node, into: Gathering) -> None:
    """Put what one document has where it belongs."""
    if document.has("comments"):
        _ticket(document, into)
    for ticket in document.children("tickets"):
        _ticket(ticket, into, users=_roles(document))
    if document.has("history"):
        _chat(document, into)
    for chat in document.children("chats"):
        _chat(chat, into)
    for message in document.children("messages"):
        _message(message, document, into)


def _each_has(document: Node, key: str, *any_of: str) -> bool:
    listed = document.values.get(key)
    return isinstance(listed, list) and all(
        isinstance(one, dict) and any(name in one for name in any_of) for one in listed
    )


def _roles(document: Node) -> dict[str, Role | None]:
    return {user.named("id"): _USERS.get(user.words("role")) for user in document.children("users")}


def _ticket(
    document: Node, into: Gathering, users: Mapping[str, Role | None] | None = None
) -> None:
    ticket = document.child("ticket")
    place = ticket.name("id") or document.name("ticket_id") or document.name("id") or into.unnamed()
    requester = ticket.name("requester_id") or document.name("requester_id")
    roles = {**(users or {}), **_roles(document)}
    names = {user.named("id"): user.words("name") for user in document.children("users")}
    for comment in document.children("comments"):
        author = comment.name("author_id")
        if author is not None and author not in roles and author != "-1" and requester is not None:
            roles[author] = Role.CUSTOMER if author == requester else Role.AGENT
        _comment(comment, place, roles, into)
    customer = requester or next((key for key, one in roles.items() if one is Role.CUSTOMER), None)
    into.call(place, names.get(customer or ""))


def _comment(comment: Node, place: str, roles: Mapping[str, Role | None], into: Gathering) -> None:
    author = comment.name("author_id")
    if comment.child("via").words("channel") == "chat_transcript":
        into.leave("transcripts inside a ticket: export the chats themselves")
        return
    role = Role.SYSTEM if author == "-1" else roles.get(author or "")
    if role is None:
        raise comment.wrong(
            "nobody knows who wrote this: export the comments with ?include=users", "author_id"
        )
    if comment.words("type") not in {"Comment", ""}:
        into.leave_kind("comments of another kind", comment.words("type"))
        return
    words = comment.words("plain_body") or comment.words("body")
    turn = Turn(
        id=comment.named("id"),
        role=role,
        text=words or plain(comment.words("html_body")),
        at=comment.time("created_at"),
        author=author,
        private=comment.values.get("public") is False,
    )
    into.say(place, turn, attachments=len(comment.children("attachments")))


def _chat(chat: Node, into: Gathering) -> None:
    place = chat.name("id") or into.unnamed()
    visitor = chat.child("visitor")
    into.call(place, visitor.words("name") or None)
    if not chat.has("history") and chat.has("message"):
        turn = Turn(
            id="offline",
            role=Role.CUSTOMER,
            text=chat.words("message"),
            at=chat.time("timestamp"),
            author=visitor.name("id"),
        )
        into.say(place, turn)
    for number, entry in enumerate(chat.children("history")):
        _entry(entry, number, place, into)


def _entry(entry: Node, number: int, place: str, into: Gathering) -> None:
    kind = entry.words("type")
    if kind not in {"chat.msg", "chat.file", "chat.triggered"}:
        into.leave_kind("events without words", kind)
        return
    nick = entry.words("nick")
    sender = entry.words("sender_type").lower() or nick.partition(":")[0].rstrip("0123456789")
    role = Role.SYSTEM if kind == "chat.triggered" or nick == "agent:trigger" else None
    role = role or _SENDERS.get(sender)
    if role is None:
        raise entry.wrong("nobody knows who wrote this: it has no sender_type and no nick")
    turn = Turn(
        id=entry.name("msg_id") or f"h{number}",
        role=role,
        text=entry.words("msg"),
        at=entry.time("timestamp"),
        author=entry.name("agent_id") or nick or None,
    )
    into.say(place, turn, attachments=int(kind == "chat.file"))


def _message(message: Node, document: Node, into: Gathering) -> None:
    place = document.child("conversation").name("id") or into.unnamed()
    author, content = message.child("author"), message.child("content")
    if (kind := author.words("type")) not in {"user", "business"}:
        raise message.wrong("the type of an author should be user or business", "author.type")
    person = Role.CUSTOMER if kind == "user" else Role.AGENT
    if person is Role.CUSTOMER:
        into.call(place, author.words("displayName") or None)
    attached = content.words("type") in {"image", "file"}
    turn = Turn(
        id=message.named("id"),
        role=Role.BOT if "AI" in author.texts("subtypes") else person,
        text=content.words("text"),
        at=message.time("received"),
        author=author.name("userId"),
    )
    into.say(place, turn, attachments=int(attached))
