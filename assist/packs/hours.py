"""Opening hours as people write them: `Mon-Fri 9:00-17:30, Sat 10-14`, or `24/7`.

The law: what cannot be read is refused; a night is written as two stretches, one each day.
"""

import re

from assist.core.playbook import Opening
from assist.errors import PackError
from assist.packs.yamlfile import Node

__all__ = ["openings"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STRETCH = re.compile(
    r"(?P<from>[a-z]+)(?:\s*-\s*(?P<to>[a-z]+))?\s+"
    r"(?P<h1>\d{1,2})(?::(?P<m1>\d\d))?\s*-\s*(?P<h2>\d{1,2})(?::(?P<m2>\d\d))?"
)
_FULL = 24 * 60
ALWAYS = "24/7"


def openings(node: Node) -> tuple[Opening, ...]:
    """Return when it is open, or raise `PackError` where the hours cannot be read."""
    told = node.text("hours").lower().replace("–", "-")
    if told == ALWAYS:
        return (Opening(days=frozenset(range(7)), start=0, end=_FULL),)
    return tuple(_stretch(part.strip(), node) for part in told.split(","))


def _stretch(told: str, node: Node) -> Opening:
    found = _STRETCH.fullmatch(told)
    if found is None:
        raise _unread(told, node)
    first, last = _day(found["from"], told, node), _day(found["to"] or found["from"], told, node)
    start = int(found["h1"]) * 60 + int(found["m1"] or 0)
    end = int(found["h2"]) * 60 + int(found["m2"] or 0)
    if int(found["m1"] or 0) > 59 or int(found["m2"] or 0) > 59 or end > _FULL:
        raise node.wrong(f"{told!r} has no such time of day", "playbook.bad-hours")
    if start >= end:
        raise node.wrong(
            f"{told!r} ends before it begins: write a night as two stretches, one each day",
            "playbook.bad-hours",
        )
    days = {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return Opening(days=frozenset(days), start=start, end=end)


def _day(told: str, stretch: str, node: Node) -> int:
    found = [number for number, day in enumerate(_DAYS) if len(told) > 2 and told.startswith(day)]
    if not found:
        raise _unread(stretch, node)
    return found[0]


def _unread(told: str, node: Node) -> PackError:
    return node.wrong(
        f"{told!r} cannot be read as hours: write Mon-Fri 9:00-17:30, Sat 10-14, or {ALWAYS}",
        "playbook.bad-hours",
    )
