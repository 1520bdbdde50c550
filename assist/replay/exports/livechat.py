"""LiveChat: chats as `list_archives`, `get_chat` and `list_threads` of the Agent Chat API answer.

The law: a chat has many threads over the months; each thread is a conversation. Events for agents
only are private.
"""

from collections.abc import Mapping

from assist.core.turns import Role, Turn
from assist.replay.exports.gathering import Gathering
from assist.replay.exports.nodes import Node

__all__ = ["gather", "looks_like"]


def looks_like(document: Node) -> bool:
    """Tell whether this is a page of chats, a chat, a page of threads, or a thread."""
    chats = document.values.get("chats")
    if isinstance(chats, list):
        return all(isinstance(one, dict) and ("thread" in one or "threads" in one) for one in chats)
    return any(
        isinstance(document.values.get(key), kind)
        for key, kind in (("threads", list), ("thread", dict), ("events", list))
    )


def gather(document: Node, into: Gathering) -> None:
    """Put the events of one document where they belong."""
    if document.has("chats"):
        for chat in document.children("chats"):
            _chat(chat, into)
    elif document.has("events"):
        _thread(document, {}, into)
    else:
        _chat(document, into)


def _chat(chat: Node, into: Gathering) -> None:
    users = {user.named("id"): user for user in chat.children("users")}
    threads = chat.children("threads")
    if chat.has("thread"):
        threads = (*threads, chat.child("thread"))
    for thread in threads:
        _thread(thread, users, into)


def _thread(thread: Node, users: Mapping[str, Node], into: Gathering) -> None:
    place = thread.name("id") or into.unnamed()
    if thread.values.get("restricted_access") is not None:
        into.leave("threads that the exporting account may not read")
        return
    for event in thread.children("events"):
        _event(event, place, users, into)
    for user in users.values():
        if user.words("type") == "customer":
            into.call(place, user.words("name") or None)


def _event(event: Node, place: str, users: Mapping[str, Node], into: Gathering) -> None:
    kind = event.words("type")
    if kind not in {"message", "file", "system_message"}:
        into.leave_kind("events of another kind", kind)
        return
    author = event.name("author_id")
    turn = Turn(
        id=event.named("id"),
        role=Role.SYSTEM if kind == "system_message" else _role(event, author, users),
        text=event.words("text"),
        at=event.time("created_at"),
        author=author,
        private="agents" in (event.values.get("visibility"), event.values.get("recipients")),
    )
    into.say(place, turn, attachments=int(kind == "file"))


def _role(event: Node, author: str | None, users: Mapping[str, Node]) -> Role:
    """Tell by the list of users, else by the form of the id: only agents have an @ in theirs."""
    if author is None:
        raise event.wrong("this has no author_id")
    if author in users:
        customer = users[author].words("type") == "customer"
    else:
        customer = "@" not in author and author.count("-") == 4
    if customer:
        return Role.CUSTOMER
    return Role.AGENT if "@" in author else Role.BOT
