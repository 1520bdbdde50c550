"""Elements of a page, as text.

The law: whatever is put inside an element or an attribute is escaped here, unless it is an element
itself; nothing else in this room writes a `<`. A page cannot hold NUL: a sign stands in its place.
"""

from collections.abc import Iterable
from html import escape

__all__ = ["Element", "among", "element"]

_EMPTY = frozenset({"meta", "path", "circle", "rect", "polyline", "line"})


class Element(str):
    """Text that is markup already."""

    __slots__ = ()


def element(name: str, /, *inside: str, **attributes: str | float | None) -> Element:
    """Return an element; `class_` and `aria_label` are written `class` and `aria-label`.

    An attribute that is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY:
        return Element(f"<{name}{written}>" if name == "meta" else f"<{name}{written}/>")
    return Element(f"<{name}{written}>{among(inside)}</{name}>")


def among(inside: Iterable[str]) -> Element:
    """Return these one after the other, what is not markup escaped."""
    return Element("".join(one if isinstance(one, Element) else _escaped(one) for one in inside))


def _escaped(text: str) -> str:
    return escape(text).replace("\0", "\ufffd")
