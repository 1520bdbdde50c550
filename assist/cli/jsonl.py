"""JSON lines in, JSON lines out."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assist.core.conversation import Conversation
from assist.core.turns import Role, Turn
from assist.errors import TranscriptError
from assist.line import Line

__all__ = ["conversation_before", "lines", "out", "role_of", "text_of"]

_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_HALF = re.compile("[\ud800-\udfff]")


def lines(source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of every line of a file, or of standard input for `-`."""
    if source == "-":
        yield from _objects(sys.stdin, "<stdin>")
        return
    try:
        with Path(source).open(encoding="utf-8-sig") as file:
            yield from _objects(file, source)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise TranscriptError(f"cannot read the file: {reason}", file=source, line=1) from None


def _objects(file: Any, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    number = 0
    try:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            value = json.loads(line)
            if not isinstance(value, dict):
                raise TranscriptError("a line must be an object", file=name, line=number)
            if _HALF.search(json.dumps(value, ensure_ascii=False)):
                raise TranscriptError("this line holds half a character", file=name, line=number)
            yield number, value
    except UnicodeDecodeError:
        raise TranscriptError("not UTF-8 text", file=name, line=number + 1) from None
    except (ValueError, RecursionError):
        raise TranscriptError("this line is not JSON", file=name, line=number) from None


def text_of(item: dict[str, Any], key: str, source: str, number: int) -> str:
    """Return the text under `key`, or name the line that lacks it."""
    value = item.get(key)
    if not isinstance(value, str):
        raise TranscriptError(f"{key!r} must be there and be a text", file=source, line=number)
    if _HALF.search(value):
        raise TranscriptError(f"{key!r} is not UTF-8 text", file=source, line=number)
    return value


def conversation_before(
    item: dict[str, Any], line: Line, source: str, number: int
) -> tuple[Conversation, datetime]:
    """Return the conversation that the item's `turns` make, and the time of the next turn."""
    conversation, at = line.begin(str(item.get("id", number))), _START
    turns = item.get("turns") or []
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise TranscriptError("'turns' must be a list of {role, text}", file=source, line=number)
    for index, turn in enumerate(turns, start=1):
        said = Turn(
            id=f"t{index}",
            role=role_of(turn, source, number),
            text=text_of(turn, "text", source, number),
            at=at,
        )
        conversation = line.step(conversation, said).conversation
        at += timedelta(seconds=30)
    return conversation, at


def role_of(item: dict[str, Any], source: str, number: int) -> Role:
    """Return the item's role, the customer's where it has none."""
    try:
        return Role(item.get("role", "customer"))
    except ValueError:
        raise TranscriptError(
            "role must be customer, agent, bot or system", file=source, line=number
        ) from None


def out(value: dict[str, Any]) -> None:
    """Print one JSON line to standard output."""
    print(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
