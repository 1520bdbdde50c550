"""Chatwoot: what `GET …/conversations/ID/messages` answers, conversations with their messages.

The law: the same roles as a webhook would have told. Activity ("Kim resolved this") is left out, as
it is never sent by webhook.
"""

from assist.core.turns import Role, Turn
from assist.replay.exports.gathering import Gathering
from assist.replay.exports.nodes import Node

__all__ = ["gather", "looks_like"]

_KINDS = {0: "incoming", 1: "outgoing", 2: "activity", 3: "template"}
_BOTS = frozenset({"agent_bot", "agentbot", "captain_assistant", "captain::assistant"})


def looks_like(document: Node) -> bool:
    """Tell whether this is a page of messages, a conversation with messages, or one message."""
    messages = document.values.get("payload", document.values.get("messages"))
    if messages is None:
        return "message_type" in document.values
    return isinstance(messages, list) and all(
        isinstance(one, dict) and ("message_type" in one or "messages" in one) for one in messages
    )


def gather(document: Node, into: Gathering) -> None:
    """Put the messages of one document where they belong."""
    if document.has("message_type"):
        _message(document, _place(document, None, into), into)
        return
    key = "payload" if "payload" in document.values else "messages"
    name = document.name("id")
    for child in document.children(key):
        if child.has("message_type"):
            _message(child, _place(child, name, into), into)
        else:
            gather(child, into)
    if name is not None:
        into.call(name, document.child("meta").child("sender").words("name") or None)


def _place(message: Node, name: str | None, into: Gathering) -> str:
    told = message.name("conversation_id") or message.child("conversation").name("id") or name
    return told or into.unnamed()


def _message(message: Node, place: str, into: Gathering) -> None:
    kind = _kind(message)
    attributes = message.child("content_attributes")
    if kind == "activity":
        into.leave("activity notices")
        return
    if attributes.flag("deleted"):
        into.leave("deleted messages")
        return
    role = _role(message, kind, attributes)
    sender = message.child("sender")
    if role is Role.CUSTOMER:
        into.call(place, sender.words("name") or None)
    turn = Turn(
        id=message.named("id"),
        role=role,
        text=message.words("content"),
        at=message.time("created_at"),
        author=sender.name("id"),
        private=message.flag("private"),
    )
    into.say(place, turn, attachments=len(message.children("attachments")))


def _kind(message: Node) -> str:
    value = message.values.get("message_type")
    kind = _KINDS.get(value) if isinstance(value, int) else value
    if kind not in _KINDS.values():
        raise message.wrong(
            "this should be incoming, outgoing, activity or template", "message_type"
        )
    return str(kind)


def _role(message: Node, kind: str, attributes: Node) -> Role:
    if kind == "incoming":
        return Role.CUSTOMER
    sender = (message.child("sender").words("type") or message.words("sender_type")).lower()
    if sender in _BOTS:
        return Role.BOT
    campaign = message.child("additional_attributes").has("campaign_id")
    if campaign or attributes.has("automation_rule_id"):
        return Role.SYSTEM
    if sender == "user" or attributes.has("external_echo"):
        return Role.AGENT
    return Role.SYSTEM
