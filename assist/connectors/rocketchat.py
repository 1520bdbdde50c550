"""Rocket.Chat: the omnichannel webhook of a workspace.

The law: agents' messages bear `agentId`, the visitor's are those of the visitor's own id, all
others are a bot's. Success is exactly 200. The body names no workspace: each has its own address.
"""

from assist.connectors.optional import flag, kind_of, label, maybe_name
from assist.connectors.payloads import found, listed, moment, name_of, text_of, wanted
from assist.connectors.port import (
    UNDATED,
    Capabilities,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
)
from assist.connectors.verifiers import HeaderToken
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

__all__ = ["PLATFORM"]

_UNNEEDED = frozenset({"LivechatEdit", "LivechatSessionQueued", "LeadCapture"})


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    kind = kind_of(payload, "type")
    if kind in _UNNEEDED:
        return (Ignored(reason="event.unneeded"),)
    room = Place(
        platform="rocketchat",
        account=setup.options.get("account", "workspace"),
        conversation=name_of(payload, "_id"),
    )
    match kind:
        case "Message":
            wanted(payload, "messages")
            return _messages(payload, room, setup) or (Ignored(reason="message.empty"),)
        case "LivechatSessionStart":
            return (_at(room, _opened(payload)), *_messages(payload, room, setup))
        case "LivechatSessionTaken" | "LivechatSessionForwarded":
            return (_at(room, Assigned(agent=maybe_name(payload, "agent._id"))),)
        case "LivechatSession":
            return (*_messages(payload, room, setup), _closed(payload, room))
    return (Ignored(reason="event.unknown"),)


def _at(
    room: Place, what: Happened, revision: str | None = None, visitor: str | None = None
) -> Happening:
    return Happening(place=room, what=what, revision=revision, customer=visitor)


def _opened(payload: object) -> Opened:
    return Opened(
        agent=maybe_name(payload, "agent._id"),
        customer_id=maybe_name(payload, "visitor._id"),
        customer_name=label(payload, "visitor.name"),
    )


def _closed(payload: object, room: Place) -> Happening:
    """Return the end of the session, which comes with all that was said in it once more."""
    for path in ("closedAt", "lastMessageAt"):
        if found(payload, path) is not None:
            return _at(room, Closed(at=moment(payload, path)), str(found(payload, path)))
    return _at(room, Closed(at=UNDATED))


def _messages(payload: object, room: Place, setup: Setup) -> tuple[Happening | Ignored, ...]:
    visitor = maybe_name(payload, "visitor._id")
    bots = frozenset(setup.named("bots"))
    return tuple(_message(one, room, visitor, bots) for one in listed(payload, "messages"))


def _message(
    message: object, room: Place, visitor: str | None, bots: frozenset[str]
) -> Happening | Ignored:
    text = text_of(message, "msg")
    if not text.strip() and not (found(message, "file") or found(message, "attachments")):
        return Ignored(reason="message.empty")
    role = _role(message, visitor, bots)
    edited = maybe_name(message, "editedAt")
    turn = Turn(
        id=name_of(message, "_id"),
        role=role,
        text=text,
        at=moment(message, "ts"),
        author=None if role is Role.CUSTOMER else maybe_name(message, "agentId"),
    )
    return _at(room, turn, edited, visitor)


def _role(message: object, visitor: str | None, bots: frozenset[str]) -> Role:
    if flag(message, "closingMessage"):
        return Role.SYSTEM
    if kind_of(message, "username") in bots or kind_of(message, "u.username") in bots:
        return Role.BOT
    if found(message, "agentId") is not None:
        return Role.AGENT
    if visitor is not None and maybe_name(message, "u._id") == visitor:
        return Role.CUSTOMER
    return Role.BOT


PLATFORM = Platform(
    name="rocketchat",
    title="Rocket.Chat omnichannel",
    verifier=HeaderToken(header="x-rocketchat-livechat-token"),
    read=_read,
    capabilities=Capabilities(
        edits=True, bots=True, attachments=True, assignments=True, closings=True, retries=True
    ),
    secrets=frozenset({"token"}),
)
