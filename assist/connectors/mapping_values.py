"""Values of a mapping file: where in a payload they stand, and how they are renamed.

The law: whatever JSON holds is compared as text (`true`, `3`, `null` is nothing); a fault names the
path and never what stands there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from assist.connectors.payloads import Unit, found, moment
from assist.connectors.port import Unread
from assist.packs.yamlfile import Node

__all__ = ["Value", "Values", "value_in"]

_KEYS = frozenset({"path", "is", "map", "else", "in"})
_UNITS = {unit.name.lower(): unit for unit in Unit}
_FROM_TOP = "$."


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """A payload, and the item of it that is looked at; paths with `$.` begin at the payload."""

    item: object = field(repr=False)
    top: object = field(repr=False)

    def at(self, path: str) -> tuple[object, str]:
        """Return where a path begins, and the path from there."""
        if path.startswith(_FROM_TOP):
            return self.top, path.removeprefix(_FROM_TOP)
        return self.item, path

    def plain(self, path: str) -> str | None:
        """Return what stands at `path` as text; None where nothing does."""
        begin, rest = self.at(path)
        value = found(begin, rest)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return f"{value:g}" if isinstance(value, float) else str(value)
        if value is None or isinstance(value, str):
            return value
        raise Unread(f"`{path}` should be a text or a number", code="payload.wrong-type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A constant, or what stands at a path, renamed by `names`; what is not in them is `other`."""

    path: str = ""
    constant: str | None = None
    names: Mapping[str, str] | None = None
    other: str | None = None
    unit: Unit = Unit.WRITTEN

    def maybe(self, values: Values) -> str | None:
        """Return the text, None where there is none."""
        if self.constant is not None:
            return self.constant
        told = values.plain(self.path)
        if self.names is None:
            return self.other if told is None else told
        return self.names.get(told or "", self.other)

    def text(self, values: Values) -> str:
        """Return the text, or raise Unread where there is none."""
        told = self.maybe(values)
        if told:
            return told
        raise Unread(f"`{self.path}` is missing, or `map` lacks it", code="payload.missing-field")

    def time(self, values: Values) -> datetime:
        """Return the time, or raise Unread."""
        if self.constant is not None:
            return moment({"time": self.constant}, "time")
        begin, rest = values.at(self.path)
        return moment(begin, rest, self.unit)

    def check_results(self, node: Node, known: tuple[str, ...]) -> None:
        """Raise PackError where this could give something that is not known."""
        told = [self.constant, self.other, *(self.names or {}).values()]
        for one in told:
            if one is not None and one not in known:
                raise node.wrong(f"{one!r} is not known; choose from {', '.join(known)}")


def value_in(node: Node, what: str) -> Value:
    """Return the value that a node of the file describes: a path, or a mapping with more."""
    if not isinstance(node.value, Mapping):
        return Value(path=node.text(what))
    keys = node.mapping(what, _KEYS)
    if ("path" in keys) == ("is" in keys):
        raise node.wrong(f"{what} needs either `path` or `is`")
    if "is" in keys:
        return Value(constant=keys["is"].verbatim(what))
    names = keys["map"].mapping("map") if "map" in keys else None
    return Value(
        path=keys["path"].text(what),
        names={key: told.verbatim(what) for key, told in names.items()} if names else None,
        other=keys["else"].verbatim(what) if "else" in keys else None,
        unit=_UNITS[keys["in"].one_of("in", tuple(_UNITS))] if "in" in keys else Unit.WRITTEN,
    )
