"""Intercom: notifications about conversations.

The law: the customer's first message stands in `source`, later ones in the only new part. A body
may be HTML (before API 2.15); its words are what counts. Notes are private.
"""

from collections.abc import Iterator

from assist.connectors.optional import flag, kind_of, label, maybe_name, words_at
from assist.connectors.payloads import Unit, found, listed, moment, name_of, wanted
from assist.connectors.port import (
    Capabilities,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
)
from assist.connectors.verifiers import Signed
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn

__all__ = ["PLATFORM"]

_ROLES = {
    "user": Role.CUSTOMER, "lead": Role.CUSTOMER, "contact": Role.CUSTOMER,
    "admin": Role.AGENT, "teammate": Role.AGENT, "bot": Role.BOT,
}  # fmt: skip
_AUTOMATED = frozenset({"automated", "campaigns_initiated", "operator_initiated"})
_AI_MARKS = ("author.from_ai_agent", "author.is_ai_answer", "from_ai_agent", "is_ai_answer")
_PARTS = "conversation_parts.conversation_parts"


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    topic = kind_of(payload, "topic")
    if topic == "ping":
        return (Ignored(reason="event.unneeded"),)
    if not topic.startswith(("conversation.", "conversation_part.")):
        return (Ignored(reason="event.unknown"),)
    account = name_of(payload, "app_id")
    if setup.excludes(account):
        return (Ignored(reason="account.other"),)
    item = wanted(payload, "data.item")
    if kind_of(item, "type") != "conversation":
        return (Ignored(reason="event.unknown"),)
    happened = tuple(_happened(topic, item, _place(item, account), setup))
    return happened or (Ignored(reason="event.unneeded"),)


def _place(item: object, account: str) -> Place:
    return Place(platform="intercom", account=account, conversation=name_of(item, "id"))


def _happened(
    topic: str, item: object, place: Place, setup: Setup
) -> Iterator[Happening | Ignored]:
    if topic.endswith(".created"):
        theirs = _ROLES.get(kind_of(item, "source.author.type")) is Role.CUSTOMER
        known = maybe_name(item, "source.author.id") if theirs else None
        name = label(item, "source.author.name") if theirs else None
        yield Happening(place=place, what=Opened(customer_id=known, customer_name=name))
        yield from _said(item, "source", place, setup)
    for number, _ in enumerate(listed(item, _PARTS)):
        yield from _said(item, f"{_PARTS}.{number}", place, setup)
    match topic.rpartition(".")[2]:
        case "assigned":
            agent = maybe_name(item, "admin_assignee_id")
            yield Happening(place=place, what=Assigned(agent=None if agent == "0" else agent))
        case "closed":
            at = moment(item, "updated_at", Unit.SECONDS)
            revision = str(int(at.timestamp()))
            yield Happening(place=place, what=Closed(at=at), revision=revision)
        case "opened":
            yield Happening(place=place, what=Opened())


def _said(item: object, path: str, place: Place, setup: Setup) -> Iterator[Happening | Ignored]:
    """Yield what a part or the source says; parts that say nothing are of the topic alone."""
    dated = f"{path}.created_at" if path != "source" else "created_at"
    if flag(item, f"{path}.redacted"):
        what: Happened = Redaction(
            turn=name_of(item, f"{path}.id"), at=moment(item, dated, Unit.SECONDS)
        )
        yield Happening(place=place, what=what)
        return
    text = words_at(item, f"{path}.body")
    if not text.strip() and not listed(item, f"{path}.attachments"):
        return
    author, role = maybe_name(item, f"{path}.author.id"), _role(item, path)
    private = kind_of(item, f"{path}.part_type").startswith("note")
    if role is None:
        yield Ignored(reason="author.unknown")
    elif private and author in setup.own:
        yield Ignored(reason="message.own")
    else:
        what = Turn(
            id=name_of(item, f"{path}.id"),
            role=role,
            text=text,
            at=moment(item, dated, Unit.SECONDS),
            author=None if role is Role.CUSTOMER else author,
            private=private,
        )
        theirs = author if role is Role.CUSTOMER else None
        yield Happening(place=place, what=what, revision=_revision(item, path), customer=theirs)


def _revision(item: object, path: str) -> str | None:
    value = found(item, f"{path}.updated_at")
    return str(value) if isinstance(value, int) and path != "source" else None


def _role(item: object, path: str) -> Role | None:
    if kind_of(item, f"{path}.delivered_as") in _AUTOMATED:
        return Role.SYSTEM
    if any(flag(item, f"{path}.{mark}") for mark in _AI_MARKS):
        return Role.BOT
    return _ROLES.get(kind_of(item, f"{path}.author.type"))


PLATFORM = Platform(
    name="intercom",
    title="Intercom",
    verifier=Signed(header="x-hub-signature", digest="sha1", prefix="sha1="),
    read=_read,
    capabilities=Capabilities(
        deletions=True,
        private=True,
        bots=True,
        automations=True,
        attachments=True,
        assignments=True,
        closings=True,
        retries=True,
    ),
)
