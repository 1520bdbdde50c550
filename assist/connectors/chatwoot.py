"""Chatwoot: account, API-inbox and agent-bot webhooks.

The law: who speaks is told by `message_type` and by the sender's type; contacts have none. A
conversation is (account, display id), the numbers of its address in the dashboard. Nothing is ever
answered with 5xx: an API inbox would mark the agent's message as failed.
"""

from datetime import datetime

from assist.connectors.optional import flag, kind_of, label, maybe_name
from assist.connectors.payloads import (
    Unit,
    found,
    listed,
    moment,
    name_of,
    revision_at,
    text_of,
    wanted,
)
from assist.connectors.port import (
    UNDATED,
    Capabilities,
    Happened,
    Happening,
    Ignored,
    Place,
    Platform,
    Setup,
    Unread,
)
from assist.connectors.verifiers import Signed
from assist.core.turns import Assigned, Closed, Opened, Redaction, Role, Turn, Typing

__all__ = ["PLATFORM"]

_BOTS = frozenset({"agent_bot", "captain_assistant"})
_CLOSED = frozenset({"resolved"})
_TYPING = "conversation_typing_"
_EVENTS = frozenset({
    "conversation_created", "conversation_opened", "conversation_resolved",
    "conversation_status_changed", "conversation_typing_off", "conversation_typing_on",
    "conversation_updated", "message_created", "message_updated",
})  # fmt: skip
_UNNEEDED = frozenset({
    "contact_created", "contact_updated", "inbox_created", "inbox_updated", "webwidget_triggered",
})  # fmt: skip


def _read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    event = kind_of(payload, "event")
    if event in _UNNEEDED:
        return (Ignored(reason="event.unneeded"),)
    if event not in _EVENTS:
        return (Ignored(reason="event.unknown"),)
    account = _account(payload, setup)
    if setup.excludes(account):
        return (Ignored(reason="account.other"),)
    told = _told(event, payload, setup)
    if isinstance(told, Ignored):
        return (told,)
    inside = "conversation.id" if event.startswith(("message_", _TYPING)) else "id"
    place = Place(platform="chatwoot", account=account, conversation=name_of(payload, inside))
    theirs = maybe_name(payload, f"{inside.removesuffix('id')}meta.sender.id")
    return (Happening(place=place, what=told, revision=_revision(told), customer=theirs),)


def _told(event: str, payload: object, setup: Setup) -> Happened | Ignored:
    if event.startswith("message_"):
        return _message(payload, setup)
    if event.startswith(_TYPING):
        return _typing(payload, on=event.endswith("on"))
    match event:
        case "conversation_created" | "conversation_opened":
            return _opened(payload)
        case "conversation_resolved":
            return Closed(at=_changed(payload), outcome="resolved")
        case "conversation_status_changed":
            return _status(payload)
    return _updated(payload)


def _revision(told: Happened) -> str | None:
    """Return what tells one closing from the next."""
    if isinstance(told, Closed) and told.at != UNDATED:
        return revision_at(told.at)
    return None


_ACCOUNTS = ("account.id", "account_id", "messages.0.account_id", "conversation.account_id",
             "conversation.messages.0.account_id")  # fmt: skip


def _account(payload: object, setup: Setup) -> str:
    """Return the account that is named, else the one that the operator says it is."""
    for path in _ACCOUNTS:
        if found(payload, path) is not None:
            return name_of(payload, path)
    return setup.account or name_of(payload, _ACCOUNTS[0])


def _message(payload: object, setup: Setup) -> Happened | Ignored:
    kind = kind_of(payload, "message_type")
    if kind == "activity":
        return Ignored(reason="message.activity")
    if kind not in {"incoming", "outgoing", "template"}:
        told = "`message_type` should be incoming, outgoing or template"
        raise Unread(told, code="payload.wrong-type")
    if found(payload, "content_attributes.submitted_values") is not None:
        return Ignored(reason="message.form")
    number, at = name_of(payload, "id"), _written(payload, "created_at")
    if flag(payload, "content_attributes.deleted"):
        return Redaction(turn=number, at=UNDATED)
    private = flag(payload, "private")
    sender = maybe_name(payload, "sender.id")
    if private and sender in setup.own:
        return Ignored(reason="message.own")
    text = text_of(payload, "content")
    if not text.strip() and not listed(payload, "attachments"):
        return Ignored(reason="message.empty")
    role = _role(payload, kind)
    author = None if role is Role.CUSTOMER else sender
    return Turn(id=number, role=role, text=text, at=at, author=author, private=private)


def _role(payload: object, kind: str) -> Role:
    if kind == "incoming":
        return Role.CUSTOMER
    sender = kind_of(payload, "sender.type")
    if sender in _BOTS:
        return Role.BOT
    if found(payload, "additional_attributes.campaign_id") is not None:
        return Role.SYSTEM
    if found(payload, "content_attributes.automation_rule_id") is not None:
        return Role.SYSTEM
    if sender == "user" or found(payload, "content_attributes.external_echo"):
        return Role.AGENT
    return Role.SYSTEM


def _typing(payload: object, *, on: bool) -> Typing | Ignored:
    if flag(payload, "is_private"):  # somebody writes a note: nothing of the conversation
        return Ignored(reason="event.unneeded")
    wanted(payload, "user")
    role = Role.AGENT if kind_of(payload, "user.type") == "user" else Role.CUSTOMER
    return Typing(role=role, on=on, at=UNDATED)


def _opened(payload: object) -> Opened:
    return Opened(
        channel=label(payload, "channel"),
        agent=maybe_name(payload, "meta.assignee.id"),
        customer_id=maybe_name(payload, "meta.sender.id"),
        customer_name=label(payload, "meta.sender.name"),
    )


def _status(payload: object) -> Happened | Ignored:
    status = text_of(payload, "status")
    if status in _CLOSED:
        return Closed(at=_changed(payload), outcome=status)
    if status == "open":
        return _opened(payload)
    return Ignored(reason="event.unneeded")  # pending, snoozed: nothing was said and it goes on


def _updated(payload: object) -> Assigned | Ignored:
    for number, changed in enumerate(listed(payload, "changed_attributes")):
        if isinstance(changed, dict) and "assignee_id" in changed:
            path = f"changed_attributes.{number}.assignee_id.current_value"
            return Assigned(agent=maybe_name(payload, path))
    return Ignored(reason="event.unneeded")


def _written(payload: object, path: str) -> datetime:
    whole = isinstance(found(payload, path), int | float)
    return moment(payload, path, Unit.SECONDS if whole else Unit.WRITTEN)


def _changed(payload: object) -> datetime:
    """Return when a conversation last changed; UNDATED where that is not told."""
    for path in ("updated_at", "timestamp", "last_activity_at"):
        if found(payload, path) is not None:
            return _written(payload, path)
    return UNDATED


PLATFORM = Platform(
    name="chatwoot",
    title="Chatwoot",
    verifier=Signed(
        header="x-chatwoot-signature",
        time_header="x-chatwoot-timestamp",
        joint=".",
        prefix="sha256=",
    ),
    read=_read,
    capabilities=Capabilities(
        edits=True,
        deletions=True,
        typing=True,
        private=True,
        bots=True,
        automations=True,
        attachments=True,
        assignments=True,
        closings=True,
        retries=False,
        notes_out=True,
    ),
    secrets=frozenset({"pubsub_token", "identifier_hash", "hmac_token"}),
)
