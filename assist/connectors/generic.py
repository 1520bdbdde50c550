"""Any program that can send signed JSON in our own shape: `/in/generic`.

The law: what may be said is what a platform may say on the wire; a delivery is one such message, or
several in `messages`. `schema` is made from the same classes that read a delivery.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from assist.connectors.port import (
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
from assist.connectors.written import Message
from assist.core.turns import Turn
from assist.wire.events import to_event
from assist.wire.faults import fault_of
from assist.wire.shapes import Label, Shape, absent

__all__ = ["PLATFORM", "SIGNED", "Batch", "schema"]

SIGNED = Signed(
    header="x-assist-signature", time_header="x-assist-timestamp", joint=".", prefix="sha256="
)
_MOST = 500
_Message = Annotated[Message, Field(discriminator="type")]
_ONE: TypeAdapter[Message] = TypeAdapter(_Message)


class About(Shape):
    """What goes with a message, or with all of a batch.

    `account` tells apart several installations; `revision` rises with every change of the message
    (a number, or a time of RFC 3339), so that an older one that comes late changes nothing.
    """

    account: Label = "default"
    revision: Label | None = absent()


class Batch(About):
    """Several messages at once, taken in as one: all of them are stored, or none."""

    messages: Annotated[tuple[_Message, ...], Field(max_length=_MOST)]


def read(payload: object, setup: Setup) -> tuple[Happening | Ignored, ...]:
    """Return what the messages of a delivery say happened."""
    text = json.dumps(payload)
    try:
        about, messages = _batch(text) if _is_batch(payload) else _single(text)
    except ValidationError as error:
        fault = fault_of(error)
    else:
        return tuple(_happening(one, about, setup) for one in messages)
    raise Unread(fault.message, code=fault.code.replace("message.", "payload."))


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a delivery."""
    made = TypeAdapter(_Message | Batch).json_schema(ref_template="#/$defs/{model}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:assist:connect:generic",
        "title": "What a program may deliver to /in/generic",
        **made,
    }


def _is_batch(payload: object) -> bool:
    return isinstance(payload, Mapping) and "messages" in payload


def _batch(text: str) -> tuple[About, tuple[Message, ...]]:
    batch = Batch.model_validate_json(text)
    return batch, batch.messages


def _single(text: str) -> tuple[About, tuple[Message, ...]]:
    return About.model_validate_json(text), (_ONE.validate_json(text),)


def _happening(message: Message, about: About, setup: Setup) -> Happening | Ignored:
    what = to_event(message)
    if isinstance(what, Turn) and what.author is not None and what.author in setup.own:
        return Ignored(reason="message.own")
    if not isinstance(what, Happened):
        return Ignored(reason="event.unneeded")
    place = Place(platform="generic", account=about.account, conversation=message.conversation)
    return Happening(place=place, what=what, revision=about.revision)


PLATFORM = Platform(
    name="generic",
    title="Any program (signed webhook)",
    verifier=SIGNED,
    read=read,
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
        retries=True,
    ),
)
