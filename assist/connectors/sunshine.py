"""Sunshine Conversations: webhooks of version 2, several events a delivery.

The law: `user` is the customer, `business` the company's side; what an AI wrote says so. The secret
comes in a header with each delivery.
"""

from assist.connectors.optional import kind_of, label, maybe_name
from assist.connectors.payloads import listed, moment, name_of, text_of, wanted
from assist.connectors.port import (
    Capabilities,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
)
from assist.connectors.verifiers import HeaderToken
from assist.core.turns import Opened, Role, Turn, Typing

__all__ = ["PLATFORM"]

_ATTACHED = frozenset({"file", "image", "location"})
_UNNEEDED = frozenset({
    "client:add", "client:remove", "client:update", "conversation:join", "conversation:leave",
    "conversation:message:delivery:channel", "conversation:message:delivery:failure",
    "conversation:message:delivery:user", "conversation:postback", "conversation:read",
    "conversation:referral", "conversation:remove", "switchboard:acceptControl",
    "switchboard:offerControl", "switchboard:passControl", "switchboard:releaseControl",
    "user:merge", "user:remove", "user:update",
})  # fmt: skip


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    account = name_of(payload, "app.id")
    if setup.excludes(account):
        return (Ignored(reason="account.other"),)
    wanted(payload, "events")
    told = tuple(_event(event, account) for event in listed(payload, "events"))
    return told or (Ignored(reason="event.unneeded"),)


def _event(event: object, account: str) -> Happening | Ignored:
    match kind_of(event, "type"):
        case "conversation:message":
            return _message(event, account)
        case "conversation:typing":
            return _typing(event, account)
        case "conversation:create":
            return _at(event, account, _opened(event))
        case kind if kind in _UNNEEDED:
            return Ignored(reason="event.unneeded")
    return Ignored(reason="event.unknown")


def _at(event: object, account: str, what: Happened) -> Happening:
    conversation = name_of(event, "payload.conversation.id")
    place = Place(platform="sunshine", account=account, conversation=conversation)
    theirs = isinstance(what, Turn) and what.role is Role.CUSTOMER
    customer = maybe_name(event, "payload.message.author.userId") if theirs else None
    return Happening(place=place, what=what, customer=customer)


def _message(event: object, account: str) -> Happening | Ignored:
    role = _role(event, "payload.message.author")
    if role is None:
        return Ignored(reason="author.unknown")
    text = text_of(event, "payload.message.content.text")
    if not text.strip() and kind_of(event, "payload.message.content.type") not in _ATTACHED:
        return Ignored(reason="message.empty")
    turn = Turn(
        id=name_of(event, "payload.message.id"),
        role=role,
        text=text,
        at=moment(event, "payload.message.received"),
        author=None if role is Role.CUSTOMER else _author(event),
    )
    return _at(event, account, turn)


def _author(event: object) -> str | None:
    return maybe_name(event, "payload.message.author.userId") or label(
        event, "payload.message.author.displayName"
    )


def _role(event: object, path: str) -> Role | None:
    match kind_of(event, f"{path}.type"):
        case "user":
            return Role.CUSTOMER
        case "business":
            return Role.BOT if "AI" in listed(event, f"{path}.subtypes") else Role.AGENT
    return None


def _typing(event: object, account: str) -> Happening | Ignored:
    role = _role(event, "payload.activity.author")
    if role is None:
        return Ignored(reason="author.unknown")
    on = text_of(event, "payload.activity.type") == "typing:start"
    return _at(event, account, Typing(role=role, on=on, at=moment(event, "createdAt")))


def _opened(event: object) -> Opened:
    return Opened(
        channel=label(event, "payload.source.type"),
        customer_id=maybe_name(event, "payload.user.id"),
        customer_name=label(event, "payload.user.profile.givenName"),
    )


PLATFORM = Platform(
    name="sunshine",
    title="Sunshine Conversations",
    verifier=HeaderToken(header="x-api-key"),
    read=_read,
    capabilities=Capabilities(typing=True, bots=True, attachments=True, retries=True),
)
