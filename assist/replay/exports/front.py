"""Front: messages and comments of conversations, as its Core API lists them.

The law: comments are the team's own and private. What went out without an author, a rule sent.
"""

from assist.core.turns import Role, Turn
from assist.replay.exports.gathering import Gathering, plain
from assist.replay.exports.nodes import Node

__all__ = ["gather", "looks_like"]


def looks_like(document: Node) -> bool:
    """Tell whether this is a list of messages or comments, or a conversation that has them."""
    results = document.values.get("_results", document.values.get("messages"))
    return isinstance(results, list) and all(
        isinstance(one, dict) and ("is_inbound" in one or "posted_at" in one) for one in results
    )


def gather(document: Node, into: Gathering) -> None:
    """Put the messages and comments of one document where they belong."""
    name = document.name("id")
    for key in ("_results", "messages", "comments"):
        for one in document.children(key):
            place = _place(one) or name or into.unnamed()
            if one.has("posted_at"):
                _comment(one, place, into)
            else:
                _message(one, place, into)


def _place(item: Node) -> str | None:
    """Return the conversation that the item's links name, if any."""
    link = item.child("_links").child("related").words("conversation")
    return link.rstrip("/").rpartition("/")[2] or None


def _message(message: Node, place: str, into: Gathering) -> None:
    if message.flag("is_draft"):
        into.leave("drafts that were not sent")
        return
    inbound = message.values.get("is_inbound")
    if not isinstance(inbound, bool):
        raise message.wrong("this should be true or false", "is_inbound")
    author = message.child("author")
    sender = Role.AGENT if author.has("id") else Role.SYSTEM
    turn = Turn(
        id=message.named("id"),
        role=Role.CUSTOMER if inbound else sender,
        text=message.words("text") or plain(message.words("body")),
        at=message.time("created_at"),
        author=author.name("id"),
    )
    into.say(place, turn, attachments=len(message.children("attachments")))


def _comment(comment: Node, place: str, into: Gathering) -> None:
    turn = Turn(
        id=comment.named("id"),
        role=Role.AGENT,
        text=comment.words("body"),
        at=comment.time("posted_at"),
        author=comment.child("author").name("id"),
        private=True,
    )
    into.say(place, turn, attachments=len(comment.children("attachments")))
