"""Messages made from the published schema, and then bent.

The law: what is made follows the schema of its type and nothing else, so a message that is added
tomorrow is made too; every bend leaves valid JSON.
"""

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from assist.wire.schema import CLIENT_TYPES, json_schema, type_of

__all__ = ["Maker"]

_KNOWN = {"conversation": ("c1", "c2", "c3"), "technique": ("*", "empathy", "apologise")}
"""Names of which some exist, by field."""
_TIMES = (
    "2026-03-02T10:31:00Z", "2026-03-02T11:31:00+01:00", "1970-01-01T00:00:00Z",
    "9900-12-31T23:59:59-12:00", "2026-02-29T00:00:00Z", "2026-03-02 10:31:00", "now", "1772447460",
)  # fmt: skip
_TEXTS = (
    "", "x", "Where is my parcel?", "\u202eevil", "\u0000\u0007", "\ud83d\ude00" * 8, "\ud800",
    "<script>alert(1)</script>", "{{7*7}}", "'; DROP TABLE inputs; --", "../../etc/passwd", "*",
    "a" * 9_000, "[bold red]x[/]", "%s%n{0}", "\n\r\t", "﷽" * 50, "é" * 300,
)  # fmt: skip
_NUMBERS = (0, 1, -1, 2**31, 2**53, 2**63, 2**64, -(2**63), 10**40, 0.5, -0.0, 1e308, 1e-308)


class Maker:
    """Makes messages with its own dice: the same seed gives the same messages."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - dice of a test
        self._defs: Mapping[str, Any] = json_schema()["$defs"]
        self._kinds = [kind.__name__ for kind in CLIENT_TYPES if type_of(kind) != "hello"]
        self._bends: tuple[Callable[[Any], Any], ...] = (
            self._without, self._with_more, self._other, self._other, self._deep, self._twice,
        )  # fmt: skip

    def message(self) -> str:
        """Return a message as JSON: made from the schema, and most times bent once or twice."""
        made = self._value(self._defs[self._rng.choice(self._kinds)], 0)
        for _ in range(self._rng.choice((0, 1, 1, 1, 2))):
            made = self._rng.choice(self._bends)(made)
        return json.dumps(made)

    def _value(self, schema: Mapping[str, Any], depth: int) -> Any:
        """Return a value that this schema allows, or nearly."""
        if "$ref" in schema:
            return self._value(self._defs[schema["$ref"].rpartition("/")[2]], depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self._rng.choice(schema["enum"])
        for many in ("anyOf", "oneOf"):
            if many in schema:
                return self._value(self._rng.choice(schema[many]), depth)
        match schema.get("type"):
            case "object":
                return self._object(schema, depth)
            case "array":
                return [self._value(schema.get("items", {}), depth + 1) for _ in range(self._few())]
            case "string":
                return self._string(schema)
            case "integer":
                return self._rng.randint(schema.get("minimum", 0), schema.get("maximum", 100))
            case "number":
                return self._rng.random()
            case "boolean":
                return self._rng.random() < 0.5
        return None

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = set(schema.get("required", ()))
        return {
            name: self._rng.choice(_KNOWN[name])
            if name in _KNOWN
            else self._value(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in required or self._rng.random() < 0.5
        }

    def _string(self, schema: Mapping[str, Any]) -> str:
        if schema.get("format") == "date-time":
            return self._rng.choice(_TIMES)
        least, most = schema.get("minLength", 0), schema.get("maxLength", 10**6)
        fitting = [text for text in _TEXTS if least <= len(text) <= most]
        return self._rng.choice((f"t{self._rng.randrange(40)}", *fitting))

    def _few(self) -> int:
        return self._rng.choice((0, 1, 2, 5))

    def _anything(self) -> Any:
        kinds: tuple[Any, ...] = (
            None, True, [], {}, [[[]]], {"a": {"b": 1}},
            self._rng.choice(_NUMBERS), self._rng.choice(_TEXTS), self._rng.choice(_TIMES),
        )  # fmt: skip
        return self._rng.choice(kinds)

    def _without(self, made: Any) -> Any:
        where = self._place(made)
        if where:
            del where[self._rng.choice(list(where))]
        return made

    def _with_more(self, made: Any) -> Any:
        where = self._place(made)
        where[self._rng.choice(("extra", "__proto__", "type", "", "re", "position"))] = (
            self._anything()
        )
        return made

    def _other(self, made: Any) -> Any:
        where = self._place(made)
        if where:
            where[self._rng.choice(list(where))] = self._anything()
        return made

    def _deep(self, made: Any) -> Any:
        where, deep = self._place(made), self._anything()
        for _ in range(self._rng.choice((3, 50, 300))):
            deep = [deep] if self._rng.random() < 0.5 else {"turn": deep}
        where[self._rng.choice([*where, "extra"])] = deep
        return made

    def _twice(self, made: Any) -> Any:
        return self._rng.choice(([made], [made, made], {"type": made}, {"turn": made}, made))

    def _place(self, made: Any) -> dict[str, Any]:
        """Return an object somewhere inside, mostly at the top."""
        inside = (
            [value for value in made.values() if isinstance(value, dict)]
            if isinstance(made, dict)
            else []
        )
        if inside and self._rng.random() < 0.4:
            return self._place(self._rng.choice(inside))
        return made if isinstance(made, dict) else {}
