"""Front: application webhooks.

The law: comments are the team's own and private. What went out without an author, a rule sent. A
subscription is confirmed by saying its challenge back, once it was verified like any delivery.
"""

import json
from datetime import datetime

from assist.connectors.optional import flag, kind_of, maybe_name, words_at
from assist.connectors.payloads import Unit, listed, moment, name_of, revision_at, text_of
from assist.connectors.port import (
    Answer,
    Capabilities,
    Delivery,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
)
from assist.connectors.verifiers import Coding, Signed
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

__all__ = ["PLATFORM"]

_LONGEST_CHALLENGE = 512
_UNNEEDED = frozenset({
    "conversation_moved", "conversation_restored", "conversation_snooze_expired",
    "conversation_snoozed", "conversations_merged", "link_added", "link_removed",
    "message_delivery_failed", "sync", "tag_added", "tag_removed",
})  # fmt: skip
_TARGET = "payload.target.data"


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    kind = kind_of(payload, "type")
    if kind in _UNNEEDED:
        return (Ignored(reason="event.unneeded"),)
    only = setup.account
    if only is not None and maybe_name(payload, "authorization.id") != only:
        return (Ignored(reason="account.other"),)
    match kind:
        case "inbound_received" | "outbound_sent":
            return (_message(payload),)
        case "new_comment_added":
            return (_comment(payload, setup),)
        case "assignee_changed":
            return (_at(payload, Assigned(agent=_assignee(payload))),)
        case "conversation_archived" | "conversation_deleted":
            at = _time(payload, "payload.emitted_at")
            return (_at(payload, Closed(at=at), revision_at(at)),)
        case "conversation_reopened":
            return (_at(payload, Opened()),)
    return (Ignored(reason="event.unknown"),)


def _at(payload: object, what: Happened, revision: str | None = None) -> Happening:
    place = Place(
        platform="front",
        account=name_of(payload, "authorization.id"),
        conversation=name_of(payload, "payload.conversation.id"),
    )
    theirs = maybe_name(payload, "payload.conversation.recipient.handle")
    return Happening(place=place, what=what, revision=revision, customer=theirs)


def _message(payload: object) -> Happening | Ignored:
    if flag(payload, f"{_TARGET}.is_draft"):
        return Ignored(reason="event.unneeded")
    text = _words(payload)
    if not text.strip() and not listed(payload, f"{_TARGET}.attachments"):
        return Ignored(reason="message.empty")
    author = maybe_name(payload, f"{_TARGET}.author.id")
    if flag(payload, f"{_TARGET}.is_inbound"):
        role = Role.CUSTOMER
    else:
        role = Role.SYSTEM if author is None else Role.AGENT
    turn = Turn(
        id=name_of(payload, f"{_TARGET}.id"),
        role=role,
        text=text,
        at=_time(payload, f"{_TARGET}.created_at"),
        author=None if role is Role.CUSTOMER else author,
    )
    return _at(payload, turn)


def _words(payload: object) -> str:
    """Return the words of a message: as text, else out of its HTML, else the short form of it."""
    return (
        text_of(payload, f"{_TARGET}.text")
        or words_at(payload, f"{_TARGET}.body")
        or text_of(payload, f"{_TARGET}.blurb")
    )


def _comment(payload: object, setup: Setup) -> Happening | Ignored:
    author = maybe_name(payload, f"{_TARGET}.author.id")
    if author in setup.own:
        return Ignored(reason="message.own")
    text = text_of(payload, f"{_TARGET}.body")
    if not text.strip():
        return Ignored(reason="message.empty")
    turn = Turn(
        id=name_of(payload, f"{_TARGET}.id"),
        role=Role.AGENT,
        text=text,
        at=_time(payload, f"{_TARGET}.posted_at"),
        author=author,
        private=True,
    )
    return _at(payload, turn)


def _assignee(payload: object) -> str | None:
    if kind_of(payload, "payload.type") == "unassign":
        return None
    path = "payload.conversation.assignee.id"
    return maybe_name(payload, f"{_TARGET}.id") or maybe_name(payload, path)


def _time(payload: object, path: str) -> datetime:
    return moment(payload, path, Unit.SECONDS)


def _challenge(delivery: Delivery, setup: Setup) -> Answer | None:
    del setup
    given = delivery.headers.get("x-front-challenge")
    if not given or len(given) > _LONGEST_CHALLENGE:
        return None
    return Answer(body=json.dumps({"challenge": given}).encode())


PLATFORM = Platform(
    name="front",
    title="Front",
    verifier=Signed(
        header="x-front-signature",
        time_header="x-front-request-timestamp",
        joint=":",
        coding=Coding.BASE64,
        unit=Unit.MILLISECONDS,
    ),
    read=_read,
    capabilities=Capabilities(
        private=True,
        automations=True,
        attachments=True,
        assignments=True,
        closings=True,
        retries=True,
    ),
    handshake=_challenge,
)
