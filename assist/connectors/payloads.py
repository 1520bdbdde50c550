"""Fields of a payload, taken out safely.

The law: a payload is JSON from outside; nothing in it is believed to be of a kind before it was
looked at. A fault names the path of the field, never what stands there.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from assist.connectors.port import Unread

__all__ = [
    "Unit",
    "found",
    "listed",
    "moment",
    "name_of",
    "revision_at",
    "scrubbed",
    "text_of",
    "wanted",
]


class Unit(Enum):
    """What a platform counts its time in: parts of a second since 1970, or written out."""

    SECONDS = 1
    MILLISECONDS = 1_000
    MICROSECONDS = 1_000_000
    NANOSECONDS = 1_000_000_000
    WRITTEN = 0


_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9900, 1, 1, tzinfo=UTC)


def found(payload: object, path: str) -> Any:
    """Return what stands at `path` (`data.items.0.id`), or None where nothing does."""
    here: Any = payload
    for step in path.split("."):
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and step.isascii() and step.isdigit() and len(step) < 7:
            here = here[int(step)] if int(step) < len(here) else None
        else:
            return None
    return here


def wanted(payload: object, path: str) -> Any:
    """Return what stands at `path`, or raise Unread where nothing does."""
    value = found(payload, path)
    if value is None:
        raise Unread(f"`{path}` is missing", code="payload.missing-field")
    return value


def name_of(payload: object, path: str) -> str:
    """Return the id at `path`: a string, or a whole number written out."""
    value = wanted(payload, path)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and 0 < len(value) <= 200:
        return value
    raise _of_another_kind(path, "an id: a number, or a string of 1 to 200 characters")


def text_of(payload: object, path: str) -> str:
    """Return the words at `path`; empty where there are none."""
    value = found(payload, path)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    raise _of_another_kind(path, "a string")


def listed(payload: object, path: str) -> list[Any]:
    """Return the list at `path`; empty where there is none."""
    value = found(payload, path)
    if value is None:
        return []
    if isinstance(value, list):
        return value
    raise _of_another_kind(path, "a list")


def moment(payload: object, path: str, unit: Unit = Unit.WRITTEN) -> datetime:
    """Return the time at `path`, with its zone (UTC where none is written)."""
    value = wanted(payload, path)
    try:
        read = _written(value) if unit is Unit.WRITTEN else _counted(value, unit)
    except (ValueError, OverflowError, OSError, TypeError):
        read = None
    if read is None or not _FIRST <= read <= _LAST:
        kind = "a time of RFC 3339" if unit is Unit.WRITTEN else f"a time in {unit.name.lower()}"
        raise _of_another_kind(path, kind)
    return read


def revision_at(at: datetime) -> str:
    """Return what tells a thing that happened at this time from the same at another."""
    return str(int(at.timestamp() * Unit.MILLISECONDS.value))


def scrubbed(payload: object, names: Collection[str]) -> object:
    """Return `payload` without the fields of these names, at whatever depth."""
    if isinstance(payload, dict):
        return {key: scrubbed(value, names) for key, value in payload.items() if key not in names}
    if isinstance(payload, list):
        return [scrubbed(value, names) for value in payload]
    return payload


def _written(value: object) -> datetime | None:
    if not isinstance(value, str) or len(value) > 64:
        return None
    read = datetime.fromisoformat(value)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _counted(value: object, unit: Unit) -> datetime | None:
    if isinstance(value, str) and len(value) <= 32:
        value = float(value) if "." in value else int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int):  # whole numbers stay exact down to the microsecond
        seconds, rest = divmod(value, unit.value)
        fine = rest * 1_000_000 // unit.value
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=fine)
    return datetime.fromtimestamp(value / unit.value, UTC)


def _of_another_kind(path: str, kind: str) -> Unread:
    return Unread(f"`{path}` should be {kind}", code="payload.wrong-type")
