"""Happenings as bytes, to be kept until they were passed on.

The law: what is written is the wire protocol's own message; what was written can be read by every
later version that reads the protocol.
"""

import re
from dataclasses import replace
from typing import Annotated, cast

from pydantic import Field, TypeAdapter, ValidationError

from assist.connectors.once import digest_of
from assist.connectors.port import Happened, Happening, Unread
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Turn, Typing
from assist.service.masks import Masks
from assist.wire import messages as wire
from assist.wire.events import to_event
from assist.wire.faults import fault_of

__all__ = ["Message", "masked_by", "message_of", "read_message", "written"]

Message = (
    wire.Open | wire.TurnMessage | wire.Edit | wire.Redact | wire.Typing | wire.Assign | wire.Close
)
_LONGEST_LABEL = 200
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8}){0,4}")
_MESSAGES: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


def message_of(conversation: str, what: Happened) -> Message:
    """Return the message that says on the wire that `what` happened, or raise Unread."""
    try:
        return _said(conversation, what)
    except ValidationError as error:
        fault = fault_of(error)
    raise Unread(fault.message, code=fault.code.replace("message.", "payload."))


def _said(conversation: str, what: Happened) -> Message:
    match what:
        case Turn():
            return wire.TurnMessage(
                conversation=conversation,
                turn=wire.SentTurn(
                    id=what.id,
                    role=what.role,
                    text=what.text,
                    at=what.at,
                    author=_label(what.author),
                    private=what.private,
                ),
            )
        case Edit():
            return wire.Edit(conversation=conversation, turn=what.turn, text=what.text, at=what.at)
        case Redaction():
            return wire.Redact(conversation=conversation, turn=what.turn, at=what.at)
        case Typing():
            return wire.Typing(conversation=conversation, role=what.role, on=what.on, at=what.at)
        case Assigned():
            return wire.Assign(conversation=conversation, agent=what.agent)
        case Closed():
            return wire.Close(conversation=conversation, at=what.at, outcome=_label(what.outcome))
        case Opened():
            return _opening(conversation, what)


def masked_by(masks: Masks, happening: Happening) -> Happening:
    """Return `happening` with the secrets in its words masked; raise Unread where it is none.

    Its digest is that of its words with their names: a restart, after which no told name is known,
    makes no other words of them.
    """
    message = message_of(happening.place.name, happening.what)
    if isinstance(message, wire.Typing):
        return happening
    masked = cast("Message", masks.on(message))  # masking keeps the kind
    if masked == message:
        return happening
    named = to_event(cast("Message", masks.but_names(message)))
    what = cast("Happened", to_event(masked))
    return replace(happening, what=what, digest=digest_of(cast("Happened", named)))


def written(message: Message) -> bytes:
    """Return `message` as it is kept."""
    return message.model_dump_json().encode()


def read_message(payload: bytes) -> Message:
    """Return the message that was kept as `payload`."""
    return _MESSAGES.validate_json(payload)


def _label(text: str | None) -> str | None:
    return None if text is None else text[:_LONGEST_LABEL]


def _language(tag: str | None) -> str | None:
    """Return `tag` where it is one; a platform's own name of a language is left out."""
    return tag if tag is not None and _LANGUAGE.fullmatch(tag) else None


def _opening(conversation: str, opened: Opened) -> wire.Open:
    known = opened.customer_id or opened.customer_name is not None or opened.history
    customer = wire.Customer(
        id=opened.customer_id,
        name=_label(opened.customer_name),
        history=tuple(
            wire.PastContact(at=contact.at, summary=contact.summary) for contact in opened.history
        ),
    )
    return wire.Open(
        conversation=conversation,
        channel=_label(opened.channel),
        agent=opened.agent,
        customer=customer if known else None,
        pack=opened.pack,
        locale=_language(opened.locale),
    )
