"""What every message is made of: the strictness, and the small types that fields share.

The law: frozen; unknown fields are ignored, wrong types refused and nothing converted; an optional
field that is absent is left out. Lengths and times as written belong to the wire, so their bounds
stand here and not in the core.
"""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    WrapSerializer,
)
from pydantic_core import PydanticCustomError

from assist.core.attention import EVERY
from assist.core.ledger import Entry
from assist.core.techniques import TECHNIQUES

__all__ = [
    "ANY_CONVERSATION",
    "ConversationId",
    "Count",
    "Id",
    "Label",
    "LedgerEntry",
    "Position",
    "Shape",
    "Technique",
    "Time",
    "Words",
    "absent",
]

ANY_CONVERSATION = "*"
_SAFE_INTEGER = 2**53 - 1
_DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]")
# Later years leave no room to add the time within which something was promised.
_FIRST_YEAR, _LAST_YEAR = 1970, 9900


def _is_none(value: object) -> bool:
    return value is None


def _without_none(entry: Entry, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
    return {name: value for name, value in write(entry).items() if value is not None}


def _one_conversation(name: str) -> str:
    if name == ANY_CONVERSATION:
        raise PydanticCustomError("every", "`*` stands for every conversation; name one")
    return name


def _known_technique(name: str) -> str:
    if name != EVERY and name not in TECHNIQUES:
        raise PydanticCustomError("technique", "it should be the id of a technique, or `*` for all")
    return name


def _as_written(value: object) -> object:
    # A string of digits, which would be read as seconds since 1970, stops here like a number.
    if isinstance(value, datetime) or (isinstance(value, str) and _DATE.match(value)):
        return value
    raise PydanticCustomError("time", "it should be a time of RFC 3339 with its zone")


def _in_range(time: datetime) -> datetime:
    if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        raise PydanticCustomError("year", "its year should be between 1970 and 9900")
    return time


Id = Annotated[str, Field(min_length=1, max_length=200)]
ConversationId = Annotated[
    Id, AfterValidator(_one_conversation), Field(json_schema_extra={"not": {"const": "*"}})
]
Technique = Annotated[Id, AfterValidator(_known_technique)]
Label = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(repr=False)]
Count = Annotated[int, Field(ge=0, le=_SAFE_INTEGER)]
Time = Annotated[
    AwareDatetime, Field(strict=False), BeforeValidator(_as_written), AfterValidator(_in_range)
]
LedgerEntry = Annotated[Entry, WrapSerializer(_without_none)]


def absent(**more: Any) -> Any:
    return Field(default=None, exclude_if=_is_none, **more)


def _require_type(schema: dict[str, Any]) -> None:
    if "type" in schema["properties"]:
        schema["required"] = ["type", *schema.get("required", ())]


class Shape(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="ignore",
        hide_input_in_errors=True,
        json_schema_extra=_require_type,
    )


class Position(Shape):
    """A place in one conversation's events. Offsets rise by one; a new epoch may begin anew."""

    epoch: Id
    offset: Count
