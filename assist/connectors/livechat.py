"""LiveChat (text.com): webhooks of version 3.7.

The law: the conversation is the chat, which the agent's page knows, not its threads. Customers' ids
are UUIDs, agents' are e-mail addresses; what is neither is a bot's. The secret stands in the body.
"""

import re

from assist.connectors.optional import kind_of, label, maybe_name
from assist.connectors.payloads import Unit, found, listed, moment, name_of, text_of, wanted
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
from assist.connectors.verifiers import BodySecret
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn

__all__ = ["PLATFORM"]

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SAID = frozenset({"message", "file", "system_message"})
_FORMS = frozenset({"custom", "filled_form", "form", "rich_message"})
_UNNEEDED = frozenset({
    "chat_access_updated", "chat_properties_deleted", "chat_properties_updated", "chat_user_added",
    "chat_user_removed", "event_properties_deleted", "event_properties_updated",
    "events_marked_as_seen", "incoming_customer", "incoming_rich_message_postback",
    "routing_status_set",
    "thread_properties_deleted", "thread_properties_updated", "thread_tagged", "thread_untagged",
})  # fmt: skip


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    account = name_of(payload, "organization_id")
    if setup.excludes(account):
        return (Ignored(reason="account.other"),)
    body = wanted(payload, "payload")
    match kind_of(payload, "action"):
        case "incoming_chat":
            return _incoming_chat(body, account)
        case "incoming_event" | "event_updated":
            place = _place(body, "chat_id", account)
            return (_event(wanted(body, "event"), place, {}),)
        case "event_deleted":
            what = Redaction(turn=name_of(body, "event_id"), at=UNDATED)
            return (_at(body, account, what),)
        case "chat_transferred":
            agent = maybe_name(body, "transferred_to.agent_ids.0")
            return (_at(body, account, Assigned(agent=agent)),)
        case "chat_deactivated":
            return (_at(body, account, Closed(at=UNDATED)),)
        case action if action in _UNNEEDED:
            return (Ignored(reason="event.unneeded"),)
    return (Ignored(reason="event.unknown"),)


def _place(body: object, path: str, account: str) -> Place:
    return Place(platform="livechat", account=account, conversation=name_of(body, path))


def _at(body: object, account: str, what: Happened) -> Happening:
    return Happening(place=_place(body, "chat_id", account), what=what)


def _incoming_chat(body: object, account: str) -> tuple[Happening | Ignored, ...]:
    """Return the opening and the first events, which come in no delivery of their own."""
    place = _place(body, "chat.id", account)
    types, known, customer = {}, None, None
    for number, _ in enumerate(listed(body, "chat.users")):
        path = f"chat.users.{number}"
        kind = kind_of(body, f"{path}.type")
        types[name_of(body, f"{path}.id")] = kind
        if kind == "customer":
            known, customer = name_of(body, f"{path}.id"), label(body, f"{path}.name")
    opened = Happening(place=place, what=Opened(customer_id=known, customer_name=customer))
    events = listed(body, "chat.thread.events")
    return (opened, *(_event(event, place, types) for event in events))


def _event(event: object, place: Place, types: dict[str, str]) -> Happening | Ignored:
    kind = kind_of(event, "type")
    if kind not in _SAID:
        return Ignored(reason="message.form" if kind in _FORMS else "event.unknown")
    text = text_of(event, "text")
    if not text.strip() and kind != "file":
        return Ignored(reason="message.empty")
    role = Role.SYSTEM if kind == "system_message" else _role(name_of(event, "author_id"), types)
    counted = isinstance(found(event, "created_at"), int)
    turn = Turn(
        id=name_of(event, "id"),
        role=role,
        text=text,
        at=moment(event, "created_at", Unit.MICROSECONDS if counted else Unit.WRITTEN),
        author=None if role is Role.CUSTOMER else maybe_name(event, "author_id"),
        private=kind_of(event, "visibility") == "agents",
    )
    theirs = maybe_name(event, "author_id") if role is Role.CUSTOMER else None
    return Happening(place=place, what=turn, customer=theirs)


def _role(author: str, types: dict[str, str]) -> Role:
    kind = types.get(author) or ("customer" if _UUID.fullmatch(author) else "agent")
    if kind == "customer":
        return Role.CUSTOMER
    return Role.AGENT if "@" in author else Role.BOT


PLATFORM = Platform(
    name="livechat",
    title="LiveChat",
    verifier=BodySecret(name="secret_key"),
    read=_read,
    capabilities=Capabilities(
        edits=True,
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
