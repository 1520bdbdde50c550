"""The few kinds of values that our YAML files hold, as pieces of JSON Schema.

The law: our loader reads every scalar as text, while an editor reads `4` as a number and `true` as
a truth value; so a text here may look like either.
"""

from collections.abc import Mapping
from typing import Any

__all__ = ["DIALECT", "Schema", "choice", "listed", "mapping", "number", "sentence", "text"]

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def text(description: str = "", *, pattern: str = "") -> Schema:
    """Return the schema of any text that is not empty."""
    return _told(
        {"type": ["string", "number", "boolean"], "minLength": 1}
        | ({"pattern": pattern} if pattern else {}),
        description,
    )


def sentence(description: str) -> Schema:
    """Return the schema of one sentence with its full stop."""
    return _told({"type": "string", "pattern": r"[.?!]\s*$"}, description)


def number(low: float, high: float, description: str, *, default: float | None = None) -> Schema:
    """Return the schema of a number within bounds, which may be written in quotes."""
    found: Schema = {
        "anyOf": [
            {"type": "number", "minimum": low, "maximum": high},
            {"type": "string", "pattern": r"^\s*[-+]?[0-9.]+\s*$"},
        ]
    }
    return _told(found | ({} if default is None else {"default": default}), description)


def choice(known: tuple[str, ...], description: str = "") -> Schema:
    """Return the schema of one of these words."""
    return _told({"enum": list(known)}, description)


def listed(item: Schema, description: str = "", *, fewest: int = 1, alone: bool = True) -> Schema:
    """Return the schema of a list of such items; with `alone`, one item needs no list."""
    items = {"type": "array", "items": item, "minItems": fewest}
    return _told({"anyOf": [item, items]} if alone else items, description)


def mapping(
    keys: Mapping[str, Schema], required: tuple[str, ...] = (), description: str = ""
) -> Schema:
    """Return the schema of a mapping with these keys and no others."""
    found: Schema = {
        "type": "object",
        "properties": dict(keys),
        "additionalProperties": False,
    }
    return _told(found | ({"required": list(required)} if required else {}), description)


def _told(schema: Schema, description: str) -> Schema:
    return {"description": description, **schema} if description else schema
