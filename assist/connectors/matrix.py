"""Matrix: the transactions of a homeserver to an application service.

The law: who speaks is told by the sender's id. Whatever stands in an event's `content` was written
by somebody's program: where that is broken the one event is ignored and counted, for an error would
hold up all rooms, as a homeserver sends a transaction again until it is taken. Words that cannot be
read (encrypted rooms) are counted, never guessed. An edit and a redaction name the first event.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from assist.connectors.matrix_people import People
from assist.connectors.optional import kind_of
from assist.connectors.payloads import Unit, found, listed, moment, name_of, text_of, wanted
from assist.connectors.port import (
    UNDATED,
    Answer,
    Capabilities,
    Delivery,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
    Unread,
)
from assist.connectors.verifiers import HeaderToken
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Role, Turn, Typing

__all__ = ["PLATFORM"]

_TRANSACTIONS = "/_matrix/app/v1/transactions/"
_UNSTABLE = "de.sorunome.msc2409.ephemeral"
# A hundred events of 64 KiB: one that is refused for its size would come again for ever.
_LARGEST = 8 * 1_048_576
_FILES = frozenset({"m.audio", "m.file", "m.image", "m.location", "m.video"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Transactions(HeaderToken):
    """The homeserver's token, and which transaction it is."""

    def mark(self, delivery: Delivery) -> bytes | None:
        """Return the transaction's number and events; the number alone begins anew with its log."""
        _, named, number = delivery.path.partition(_TRANSACTIONS)
        try:
            events = listed(json.loads(delivery.body), "events") if named else None
        except (ValueError, RecursionError, Unread):
            events = None
        if events is None:
            return None
        told = "\n".join((number, *(str(found(event, "event_id")) for event in events)))
        return sha256(told.encode("utf-8", "surrogatepass")).digest()


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    wanted(payload, "events")
    people, account = People.of(setup), setup.options.get("account", "homeserver")
    passing = listed(payload, "ephemeral") or _list(_field(payload, _UNSTABLE))
    told = [_one(event, people, account) for event in listed(payload, "events")]
    passed = [one for event in passing for one in _passing(event, people, account)]
    return (*told, *passed) or (Ignored(reason="event.unneeded"),)


def _one(event: object, people: People, account: str) -> Happening | Ignored:
    try:
        what, room = _told(event, people), _room(event, account)
    except Unread:
        return Ignored(reason="event.malformed")
    if isinstance(what, Ignored):
        return what
    theirs = isinstance(what, Turn) and what.role is Role.CUSTOMER
    customer = name_of(event, "sender") if theirs else None
    return Happening(place=room, what=what, revision=_count(event), customer=customer)


def _told(event: object, people: People) -> Happened | Ignored:
    kind, sender = kind_of(event, "type"), name_of(event, "sender")
    if sender in people.own:
        return Ignored(reason="message.own")
    match kind:
        case "m.room.message" | "m.sticker":
            return _message(event, sender, people)
        case "m.room.encrypted":
            return Ignored(reason="message.encrypted")
        case "m.room.redaction":
            newer = found(event, "content.redacts") is not None
            path = "content.redacts" if newer else "redacts"
            return Redaction(turn=name_of(event, path), at=_at(event))
        case "m.room.create":
            return Opened(channel="matrix")
        case "m.room.member":
            return _member(event, people)
        case "m.room.tombstone":
            return Closed(at=_at(event), outcome="room replaced")
    return Ignored(reason="event.unneeded" if kind.startswith("m.") else "event.unknown")


def _message(event: object, sender: str, people: People) -> Happened | Ignored:
    number, content = name_of(event, "event_id"), found(event, "content")
    if found(event, "unsigned.redacted_because") is not None:
        return Redaction(turn=number, at=_at(event))
    relation = _field(content, "m.relates_to")
    if kind_of(relation, "rel_type") == "m.replace":
        return Edit(turn=name_of(relation, "event_id"), text=_new_words(content), at=_at(event))
    if kind_of(content, "msgtype").startswith("m.key."):
        return Ignored(reason="event.unneeded")
    role = _role(content, people.role(sender))
    return Turn(
        id=number,
        role=role,
        text="" if kind_of(event, "type") == "m.sticker" else _words(content),
        at=_at(event),
        author=None if role is Role.CUSTOMER else sender,
    )


def _role(content: object, role: Role) -> Role:
    """Return who speaks: programs say of themselves that they are none of the people."""
    told = {"m.notice": Role.BOT, "m.server_notice": Role.SYSTEM}
    return told.get(kind_of(content, "msgtype"), role)


def _new_words(content: object) -> str:
    new = _field(content, "m.new_content")
    return text_of(content, "body").removeprefix("* ") if new is None else _words(new)


def _words(content: object) -> str:
    """Return what was said: not a file's name, and not the words that a reply quotes."""
    body = text_of(content, "body")
    if kind_of(content, "msgtype") in _FILES:
        name = text_of(content, "filename")
        return body if name and name != body else ""
    replied = _field(_field(content, "m.relates_to"), "m.in_reply_to")
    return body if replied is None else _without_quote(body)


def _without_quote(body: str) -> str:
    lines = body.split("\n")
    quoted = next((n for n, line in enumerate(lines) if not line.startswith(">")), len(lines))
    if not quoted or quoted == len(lines) or lines[quoted]:
        return body
    return "\n".join(lines[quoted + 1 :])


def _member(event: object, people: People) -> Assigned | Ignored:
    """Return who took the chat: an agent who came in, and not one who changed their picture."""
    user = name_of(event, "state_key")
    came = kind_of(event, "content.membership") == "join"
    before = kind_of(event, "unsigned.prev_content.membership")
    if came and before != "join" and user not in people.own and people.role(user) is Role.AGENT:
        return Assigned(agent=user)
    return Ignored(reason="event.unneeded")


def _passing(event: object, people: People, account: str) -> tuple[Happening | Ignored, ...]:
    """Return for customers and agents whether one of them types: a homeserver lists all who do."""
    if found(event, "type") != "m.typing":
        return (Ignored(reason="event.unneeded"),)
    try:
        room, users = _room(event, account), listed(event, "content.user_ids")
    except Unread:
        return (Ignored(reason="event.malformed"),)
    typing = {user for user in users if isinstance(user, str)} - people.own
    roles = {people.role(user) for user in typing}
    return tuple(
        Happening(place=room, what=Typing(role=role, on=role in roles, at=UNDATED))
        for role in (Role.CUSTOMER, Role.AGENT)
    )


def _room(event: object, account: str) -> Place:
    return Place(platform="matrix", account=account, conversation=name_of(event, "room_id"))


def _at(event: object) -> datetime:
    """Return when it was sent, as the sender's homeserver says; UNDATED where that is no time."""
    try:
        return moment(event, "origin_server_ts", Unit.MILLISECONDS)
    except Unread:
        return UNDATED


def _count(event: object) -> str | None:
    """Return what tells a later change from an earlier one that comes once more."""
    at = found(event, "origin_server_ts")
    return str(at) if isinstance(at, int) and at >= 0 else None


def _field(value: object, name: str) -> Any:
    """Return a field whose name has dots in it, or None."""
    return value.get(name) if isinstance(value, dict) else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _handshake(delivery: Delivery, setup: Setup) -> Answer | None:
    """Answer what is no transaction: a ping, and questions after users and rooms: none is ours."""
    del setup
    if not delivery.path or delivery.path.startswith(_TRANSACTIONS):
        return None
    if delivery.path.endswith("/_matrix/app/v1/ping"):
        return Answer(body=b"{}")
    return Answer(status=404, body=b'{"errcode":"M_NOT_FOUND","error":"not here"}')


PLATFORM = Platform(
    name="matrix",
    title="Matrix",
    verifier=_Transactions(header="authorization", prefix="Bearer "),
    read=_read,
    capabilities=Capabilities(
        edits=True,
        deletions=True,
        typing=True,
        bots=True,
        automations=True,
        attachments=True,
        assignments=True,
        closings=True,
        retries=True,
    ),
    methods=("PUT", "POST", "GET"),
    handshake=_handshake,
    accepted=Answer(body=b"{}"),
    largest_body=_LARGEST,
)
