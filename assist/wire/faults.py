"""From what a validator found to what the peer is told.

The law: a fault names the field and says what to do. It never holds what was sent, not in its
text, not in its cause: a message may be a customer's words.
"""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assist.errors import ClientFault

__all__ = ["fault_of"]

_NOT_AN_OBJECT = frozenset({"model_attributes_type", "model_type", "dict_type"})


def fault_of(error: ValidationError) -> ClientFault:
    """Return the first thing found wrong, as a fault to answer with."""
    found = error.errors(include_url=False, include_context=False, include_input=False)[0]
    match found["type"]:
        case "json_invalid" | "json_type" | "string_unicode":
            return ClientFault(
                "The frame is not JSON; send one JSON object in UTF-8 per text frame.",
                code="message.not-json",
            )
        case "union_tag_not_found":
            return _missing("type")
        case "union_tag_invalid":
            return ClientFault(
                "`type` names no message of this protocol; see the reference for the types known.",
                code="message.unknown-type",
            )
        case kind if kind in _NOT_AN_OBJECT and not found["loc"]:
            return ClientFault(
                "A message is a JSON object with a `type`; send one object per frame.",
                code="message.not-an-object",
            )
    return _field_fault(found)


def _field_fault(found: ErrorDetails) -> ClientFault:
    # The first step of a location is the union's tag, the rest are names of ours and list places.
    field = ".".join(str(step) for step in found["loc"][1:]) or "the message"
    if found["type"] == "missing":
        return _missing(field)
    if found["type"] in {"string_too_long", "too_long"}:
        return ClientFault(
            f"`{field}` is too long; send less ({_lowered(found['msg'])}).", code="message.too-long"
        )
    return ClientFault(
        f"`{field}` cannot be read: {_lowered(found['msg'])}.", code="message.wrong-type"
    )


def _missing(field: str) -> ClientFault:
    return ClientFault(f"`{field}` is missing; send it.", code="message.missing-field")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:].replace("Input should", "it should")
