"""Labelled lines of a file, gzipped or plain, each with its number.

The law: a line that cannot be used is named by its number, and none of its words are repeated.
"""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Protocol, TypeVar

from assist.errors import TranscriptError

__all__ = ["Row", "fewer", "rows"]

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One object of a file, and where it stands."""

    file: str
    line: int
    values: dict[str, Any] = field(repr=False)

    def fault(self, message: str) -> TranscriptError:
        """Return the error that this row is."""
        return TranscriptError(message, file=self.file, line=self.line)

    def text(self, key: str, *, absent: str | None = None) -> str:
        """Return the text under `key`; `absent` stands for one that is missing or null."""
        value = self.values.get(key)
        if value is None and absent is not None:
            return absent
        if not isinstance(value, str):
            raise self.fault(f"{key!r} must be there and be a text")
        return value

    def one_of(self, key: str, known: Iterable[Any]) -> Any:
        """Return the value under `key`, which must be one of those `known`."""
        value, names = self.values.get(key), list(known)
        if value not in names:
            told = ", ".join(json.dumps(name) for name in names)
            raise self.fault(f"{key!r} must be one of {told}")
        return value

    def number(self, key: str) -> float:
        """Return the number under `key`."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(f"{key!r} must be there and be a number")
        return float(value)


def rows(path: Path) -> Iterator[Row]:
    """Yield the objects of a file of JSON lines; empty lines are passed over."""
    name, number = path.name, 0
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _row(line, name, number)
    except UnicodeDecodeError:
        raise TranscriptError("not UTF-8 text", file=name, line=number + 1) from None
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or "is it whole, and gzipped if it ends in .gz?"
        raise TranscriptError(f"cannot read the file: {reason}", file=name, line=1) from None


def _opened(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _row(line: str, name: str, number: int) -> Row:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise TranscriptError("this line is not JSON", file=name, line=number) from None
    if not isinstance(values, dict):
        raise TranscriptError("a line must be an object", file=name, line=number)
    if "\\u" in line and _HALF.search(json.dumps(values, ensure_ascii=False)):
        told = (
            "a text holds half a character, such as \\ud800 alone: write it whole or leave it out"
        )
        raise TranscriptError(told, file=name, line=number)
    return Row(file=name, line=number, values=values)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def fewer(found: Iterable[_N], most: int | None) -> tuple[_N, ...]:
    """Return at most so many, the same ones in every run, in the order they had."""
    kept = tuple(found)
    if most is None or len(kept) <= most:
        return kept
    drawn = sorted(range(len(kept)), key=lambda place: _draw(kept[place].id, place))[:most]
    return tuple(kept[place] for place in sorted(drawn))


def _draw(name: str, place: int) -> bytes:
    return sha256(f"{name}/{place}".encode()).digest()
