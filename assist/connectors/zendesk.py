"""Zendesk: event webhooks about messaging tickets.

The law: the conversation is the ticket, whose number the agent's page knows. Private notes and
typing are not told by these events; who is an AI agent is not told either.
"""

from datetime import datetime

from assist.connectors.optional import kind_of, maybe_name
from assist.connectors.payloads import Unit, found, moment, name_of, revision_at, text_of
from assist.connectors.port import (
    Capabilities,
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

_TYPES = "zen:event-type:"
_ROLES = {
    "end_user": Role.CUSTOMER,
    "agent": Role.AGENT,
    "trigger": Role.SYSTEM,
    "system": Role.SYSTEM,
}
_DONE = frozenset({"solved", "closed"})


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    only = setup.account
    if only is not None and maybe_name(payload, "account_id") != only:
        return (Ignored(reason="account.other"),)
    kind = kind_of(payload, "type")
    if not kind.startswith(_TYPES):
        return (Ignored(reason="event.unknown"),)
    match kind.removeprefix(_TYPES):
        case "messaging_ticket.message_added":
            return (_message(payload),)
        case "ticket.status_changed":
            return (_status(payload),)
        case "ticket.agent_assignment_changed":
            return (_at(payload, Assigned(agent=_assignee(payload))),)
    return (Ignored(reason="event.unneeded"),)


def _at(payload: object, what: Happened, *, revision: str | None = None) -> Happening:
    place = Place(
        platform="zendesk",
        account=name_of(payload, "account_id"),
        conversation=name_of(payload, "detail.id"),
    )
    theirs = maybe_name(payload, "detail.requester_id")
    if theirs is None and isinstance(what, Turn) and what.role is Role.CUSTOMER:
        theirs = maybe_name(payload, "event.actor.id")
    return Happening(place=place, what=what, revision=revision, customer=theirs)


def _message(payload: object) -> Happening | Ignored:
    role = _ROLES.get(kind_of(payload, "event.actor.type"))
    if role is None:
        return Ignored(reason="author.unknown")
    text = text_of(payload, "event.message.body")
    if not text.strip() and not found(payload, "event.message.attachments"):
        return Ignored(reason="message.empty")
    turn = Turn(
        id=name_of(payload, "event.message.id"),
        role=role,
        text=text,
        at=_time(payload),
        author=None if role is Role.CUSTOMER else maybe_name(payload, "event.actor.id"),
    )
    return _at(payload, turn)


def _status(payload: object) -> Happening | Ignored:
    now = text_of(payload, "event.current").lower()
    before = text_of(payload, "event.previous").lower()
    if now in _DONE and before not in _DONE:
        at = _time(payload)
        return _at(payload, Closed(at=at, outcome=now), revision=revision_at(at))
    if before in _DONE and now not in _DONE:
        requester = maybe_name(payload, "detail.requester_id")
        return _at(payload, Opened(agent=_assignee(payload), customer_id=requester))
    return Ignored(reason="event.unneeded")


def _assignee(payload: object) -> str | None:
    path = "detail.assignee_id"
    return maybe_name(payload, "event.current" if _is_assignment(payload) else path)


def _is_assignment(payload: object) -> bool:
    return kind_of(payload, "type").endswith("agent_assignment_changed")


def _time(payload: object) -> datetime:
    """Return when it happened; Zendesk writes down to the nanosecond."""
    value = found(payload, "time")
    counted = isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
    return moment(payload, "time", Unit.NANOSECONDS if counted else Unit.WRITTEN)


PLATFORM = Platform(
    name="zendesk",
    title="Zendesk messaging",
    verifier=Signed(
        header="x-zendesk-webhook-signature",
        time_header="x-zendesk-webhook-signature-timestamp",
        coding=Coding.BASE64,
        unit=Unit.WRITTEN,
    ),
    read=_read,
    capabilities=Capabilities(
        automations=True, attachments=False, assignments=True, closings=True, retries=True
    ),
)
