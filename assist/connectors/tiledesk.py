"""Tiledesk: its REST hooks.

The law: the visitor is the request's lead, `system` and `bot_…` are what they say, all others are
agents. The hook's own secret comes in a header; the token in the body is a credential, and is
dropped. Built from the server's models and documents; not tried against a running server.
"""

from assist.connectors.optional import maybe_name
from assist.connectors.payloads import Unit, found, moment, name_of, text_of
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
from assist.core.turns import Assigned, Closed, Opened, Role, Turn

__all__ = ["PLATFORM"]

_PRIVATE = "private"


def read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    """Return what a hook says happened."""
    match found(payload, "hook.event"):
        case "message.create":
            return (_said(payload, setup),)
        case "request.create":
            name = found(payload, "payload.lead.fullname")
            opened = Opened(
                customer_id=maybe_name(payload, "payload.lead.lead_id"),
                customer_name=name if isinstance(name, str) else None,
            )
            return (_happening(payload, "request_id", opened),)
        case "request.update":
            agent = found(payload, "payload.participants.0")
            person = agent if isinstance(agent, str) and not agent.startswith("bot_") else None
            return (_happening(payload, "request_id", Assigned(agent=person)),)
        case "request.close":
            closed = Closed(at=moment(payload, "timestamp", Unit.MILLISECONDS))
            return (_happening(payload, "request_id", closed),)
        case _:
            return (Ignored(reason="event.unknown"),)


def _said(payload: object, setup: Setup) -> Happening | Ignored:
    sender = name_of(payload, "payload.sender")
    if sender in setup.own:
        return Ignored(reason="message.own")
    turn = Turn(
        id=name_of(payload, "payload._id"),
        role=_role(sender, found(payload, "payload.request.lead.lead_id")),
        text=text_of(payload, "payload.text"),
        at=moment(payload, "payload.createdAt"),
        author=sender,
        private=found(payload, "payload.attributes.subtype") == _PRIVATE,
    )
    return _happening(payload, "recipient", turn)


def _role(sender: str, lead: object) -> Role:
    if sender == "system":
        return Role.SYSTEM
    if sender.startswith("bot_"):
        return Role.BOT
    return Role.CUSTOMER if sender == lead else Role.AGENT


def _happening(payload: object, conversation: str, what: Happened) -> Happening:
    place = Place(
        platform="tiledesk",
        account=name_of(payload, "payload.id_project"),
        conversation=name_of(payload, f"payload.{conversation}"),
    )
    theirs = maybe_name(payload, "payload.request.lead.lead_id")
    return Happening(place=place, what=what, customer=theirs)


PLATFORM = Platform(
    name="tiledesk",
    title="Tiledesk",
    verifier=HeaderToken(header="x-hook-secret"),
    read=read,
    capabilities=Capabilities(
        private=True,
        bots=True,
        automations=True,
        attachments=True,
        assignments=True,
        closings=True,
    ),
    secrets=frozenset({"token", "secret"}),
)
