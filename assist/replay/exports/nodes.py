"""The JSON of an export, read safely: each value by its name, each fault with the way to it.

The law: what stands in a file is believed to be of a kind only once it was looked at. A fault names
the way (`conversation_parts[3].created_at`), never what stands there.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from assist.errors import TranscriptError
from assist.replay.transcripts import LONGEST_NAME, is_name

__all__ = ["Node", "documents"]

_HALF = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[\s,]*")
_FIRST, _LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
# Seconds since 1970 stay below the first of these until the year 5138, milliseconds below the next.
_PARTS = ((1e11, 1), (1e14, 1_000), (1e17, 1_000_000), (1e20, 1_000_000_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One object of an export, and where it stands."""

    values: dict[str, Any] = field(repr=False)
    way: str
    file: str
    line: int

    def wrong(self, message: str, key: str = "") -> TranscriptError:
        """Return the fault that names this place, and `key` in it."""
        way = ".".join(part for part in (self.way, key) if part)
        told = f"{way}: {message}" if way else message
        return TranscriptError(told, file=self.file, line=self.line)

    def has(self, *keys: str) -> bool:
        """Tell whether all of `keys` are there and not null."""
        return all(self.values.get(key) is not None for key in keys)

    def child(self, key: str) -> "Node":
        """Return the object at `key`; an empty one where there is none."""
        value = self.values.get(key)
        return self._node({} if value is None else value, key)

    def children(self, key: str) -> tuple["Node", ...]:
        """Return the objects of the list at `key`; none where there is no list."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.wrong("this should be a list", key)
        return tuple(self._node(one, f"{key}[{number}]") for number, one in enumerate(value))

    def words(self, key: str) -> str:
        """Return the text at `key`; empty where there is none."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong("this should be a text", key)
        return value

    def name(self, key: str) -> str | None:
        """Return the id at `key`, a text or a whole number; None where there is none."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**30:
            return str(value)
        if isinstance(value, str) and is_name(value) and not _HALF.search(value):
            return value
        told = f"this should be an id: a whole number, or a text of 1 to {LONGEST_NAME} characters"
        raise self.wrong(told, key)

    def named(self, key: str) -> str:
        """Return the id at `key`, which must be there."""
        name = self.name(key)
        if name is None:
            raise self.wrong(f"this has no {key}")
        return name

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of the list at `key`; what else stands there is passed over."""
        value = self.values.get(key)
        return (
            tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
        )

    def flag(self, key: str) -> bool:
        """Tell whether `key` is true."""
        return self.values.get(key) is True

    def time(self, key: str) -> datetime:
        """Return the time at `key`: ISO, or seconds to nanoseconds since 1970. It must be there."""
        value = self.values.get(key)
        if value is None or value == "":
            raise self.wrong(f"this has no {key}")
        at = _written(value) if isinstance(value, str) else _counted(value)
        if at is None or not _FIRST <= at <= _LAST:
            raise self.wrong("this should be a time: ISO 8601, or since 1970", key)
        return at

    def _node(self, value: object, key: str) -> "Node":
        way = f"{self.way}.{key}" if self.way else key
        if not isinstance(value, dict):
            raise TranscriptError(
                f"{way}: this should be an object", file=self.file, line=self.line
            )
        return Node(values=value, way=way, file=self.file, line=self.line)


def documents(text: str, file: str) -> tuple[Node, ...]:
    """Return the objects of a file: one, a list of them, one a line, or page after page."""
    found: list[Node] = []
    for line, value in _values(text, file):
        for number, one in enumerate(value) if isinstance(value, list) else ((None, value),):
            way = "" if number is None else f"[{number}]"
            if not isinstance(one, dict):
                told = "an export is JSON objects, or a list of them"
                raise TranscriptError(f"{way}: {told}" if way else told, file=file, line=line)
            found.append(Node(values=one, way=way, file=file, line=line))
    if not found:
        raise TranscriptError("the file is empty", file=file, line=1)
    return tuple(found)


def _values(text: str, file: str) -> Iterator[tuple[int, Any]]:
    """Yield each JSON value of a file with the line on which it begins."""
    decoder, line, end = json.JSONDecoder(), 1, 0
    while (begin := _gap(text, end)) < len(text):
        line += text.count("\n", end, begin)
        try:
            value, end = decoder.raw_decode(text, begin)
        except json.JSONDecodeError as error:
            at = 1 + text.count("\n", 0, error.pos)
            told = "this is not JSON, or it ends too soon: export it again"
            raise TranscriptError(told, file=file, line=at) from None
        except (ValueError, RecursionError):
            raise TranscriptError("this JSON cannot be read", file=file, line=line) from None
        yield line, value
        line += text.count("\n", begin, end)


def _gap(text: str, end: int) -> int:
    match = _SPACE.match(text, end)
    return match.end() if match else end


def _written(value: str) -> datetime | None:
    if re.fullmatch(r"\d{9,19}(\.\d{1,9})?", value):
        return _counted(float(value) if "." in value else int(value))
    try:
        at = datetime.fromisoformat(value[:64].replace(" UTC", "+00:00"))
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _counted(value: object) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    parts = next((parts for below, parts in _PARTS if 0 <= value < below), None)
    if parts is None:
        return None
    if isinstance(value, float):
        return datetime.fromtimestamp(value / parts, UTC)
    whole, rest = divmod(value, parts)  # exact down to the microsecond
    return datetime.fromtimestamp(whole, UTC).replace(microsecond=rest * 1_000_000 // parts)
