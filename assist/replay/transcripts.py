"""Reading transcripts: JSONL, a JSON list, CSV, or plain text; the kind is found from the content.

The law: nothing is skipped in silence. A line that cannot be read is named by its number, and none
of its words are repeated.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from assist.core.turns import Role, Turn
from assist.errors import TranscriptError, UsageError

__all__ = ["KINDS", "LONGEST_NAME", "Transcript", "files_in", "is_name", "parse", "read", "text_of"]

KINDS = (".jsonl", ".json", ".csv", ".txt")
"""The endings that a transcript's file may have in a folder."""
LONGEST_NAME = 200  # as on the wire
MAX_BYTES = 64 * 1024 * 1024
_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_PACE = timedelta(seconds=30)
_SAID = re.compile(
    r"(?:\[(\d{1,2}):(\d{2})(?::(\d{2}))?\]\s*)?([A-Za-z][A-Za-z ]{0,24}?)\s*:\s?(.*)"
)
_COLUMNS = "conversation,id,role,text,at"
_DIVIDED = re.compile(r"[,;\t]")
_BETWEEN = re.compile(r"\s*[\[,]\s*+(?!\])")
_HALF = re.compile("[\ud800-\udfff]")
_ROLES = {
    "customer": Role.CUSTOMER, "client": Role.CUSTOMER, "visitor": Role.CUSTOMER,
    "user": Role.CUSTOMER, "agent": Role.AGENT, "operator": Role.AGENT, "support": Role.AGENT,
    "bot": Role.BOT, "assistant": Role.BOT, "system": Role.SYSTEM,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One conversation as read, its turns in the order of the file."""

    conversation: str
    turns: tuple[Turn, ...]
    customer_name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    number: int
    values: dict[str, Any] = field(repr=False)


def files_in(folder: Path, kinds: tuple[str, ...] = KINDS) -> tuple[Path, ...]:
    """Return the files with transcripts in a folder and those below it, by name; never none.

    JSON that has not one role and not one message in it, such as a list of files, is left out.
    """
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}: name one that holds transcripts")
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in kinds and path.is_file() and not path.name.startswith(".")
        if path.suffix != ".json" or _has_turns(path)
    )
    if not files:
        raise UsageError(f"no transcript in {folder}: they end in {', '.join(kinds)}")
    return tuple(files)


def read(path: Path) -> tuple[Transcript, ...]:
    """Return the conversations in a file, or raise `TranscriptError` with the line."""
    return parse(text_of(path), file=str(path), name=path.stem)


def text_of(path: Path) -> str:
    """Return what stands in a file of at most 64 MiB of UTF-8, or raise `TranscriptError`."""
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise TranscriptError(f"cannot read the file: {reason}", file=file, line=1) from None
    if len(raw) > MAX_BYTES:
        raise TranscriptError("larger than 64 MiB: split it", file=file, line=1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise TranscriptError("not UTF-8 text: save it as UTF-8", file=file, line=line) from None


def parse(text: str, *, file: str = "<text>", name: str = "chat") -> tuple[Transcript, ...]:
    """Return the conversations in `text`; `name` is for those that have none of their own."""
    start = text.lstrip()
    if not start:
        raise TranscriptError("the file is empty", file=file, line=1)
    if start.startswith("["):
        plain = _SAID.match(start.splitlines()[0])
        rows = _plain(text, file) if plain else _json(text, file)
    elif start.startswith("{"):
        rows = _jsonl(text, file)
    elif _is_csv(start):
        rows = _csv(text, file)
    elif file.lower().endswith(".csv") and not _SAID.match(start.splitlines()[0]):
        above = text.removesuffix(start).count("\n")
        raise TranscriptError(_no_columns(), file=file, line=above + 1)
    else:
        rows = _plain(text, file)
    return _grouped(rows, file, name)


def _has_turns(path: Path) -> bool:
    """Tell whether a turn may be in a JSON file; what cannot be read is told when it is read."""
    try:
        found = json.loads(path.read_bytes()) if path.stat().st_size <= MAX_BYTES else None
    except (OSError, ValueError, RecursionError):
        return True
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        return True
    return any({"role", "text", "type"} & one.keys() for one in found)


def _jsonl(text: str, file: str) -> list[_Row]:
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            raise TranscriptError(
                "this line is not JSON: write one object a line", file=file, line=number
            ) from None
        rows.append(_Row(number=number, values=_object(value, file, number)))
    return rows


def _json(text: str, file: str) -> list[_Row]:
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        raise TranscriptError("this is not JSON", file=file, line=error.lineno) from None
    except (ValueError, RecursionError):
        raise TranscriptError("this JSON cannot be read", file=file, line=1) from None
    return [
        _Row(number=number, values=_object(value, file, number))
        for number, value in zip(_begins(text), values, strict=True)
    ]


def _begins(text: str) -> Iterator[int]:
    """Yield the line on which each value of a JSON list begins."""
    decoder, line, end = json.JSONDecoder(), 1, 0
    while match := _BETWEEN.match(text, end):
        line += text.count("\n", end, match.end())
        yield line
        _, at = decoder.raw_decode(text, match.end())
        line, end = line + text.count("\n", match.end(), at), at


def _object(value: Any, file: str, number: int) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TranscriptError("a turn must be an object with role and text", file=file, line=number)
    return value


def _is_csv(start: str) -> bool:
    heading = next(csv.reader([start.splitlines()[0][:1000]]))
    return {"role", "text"} <= {name.strip().lower() for name in heading}


def _no_columns() -> str:
    return (
        f"name the columns in the first line, with commas between: {_COLUMNS}; at least role,text"
    )


def _csv(text: str, file: str) -> list[_Row]:
    start = text.lstrip()
    above = text.removesuffix(start).count("\n")
    reader = csv.DictReader(io.StringIO(start), strict=True)
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    rows = []
    try:
        for values in reader:
            if None in values or None in values.values():
                raise TranscriptError(
                    "this line has not as many columns as the heading",
                    file=file,
                    line=above + reader.line_num,
                )
            filled = {key: value for key, value in values.items() if value != "" or key == "text"}
            rows.append(_Row(number=above + reader.line_num, values=filled))
    except csv.Error:
        line = above + reader.line_num + 1
        raise TranscriptError("this is not CSV", file=file, line=line) from None
    return rows


def _plain(text: str, file: str) -> list[_Row]:
    """Read "Customer: …" lines; a line without a speaker goes on with the turn before."""
    rows: list[_Row] = []
    day, last = _START, _START - _PACE
    for number, line in enumerate(text.splitlines(), start=1):
        match = _SAID.fullmatch(line.strip())
        speaker = match[4].lower() if match else ""
        if match is None or (speaker not in _ROLES and match[1] is None and rows):
            if not line.strip():
                continue
            if not rows:
                told = "start each turn with 'Customer:' or 'Agent:'"
                if _DIVIDED.search(line):
                    told += f"; where this is CSV, {_no_columns()}"
                raise TranscriptError(told, file=file, line=number)
            rows[-1].values["text"] += "\n" + line.strip()
            continue
        at = last + _PACE
        if match[1] is not None:
            hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
            if hour > 23 or minute > 59 or second > 59:
                raise TranscriptError("there is no such time of day", file=file, line=number)
            at = day.replace(hour=hour, minute=minute, second=second)
            if at < last - timedelta(hours=12):
                day += timedelta(days=1)
                at += timedelta(days=1)
        last = at
        values = {"role": speaker, "text": match[5], "at": at.isoformat()}
        rows.append(_Row(number=number, values=values))
    return rows


def _grouped(rows: Iterable[_Row], file: str, name: str) -> tuple[Transcript, ...]:
    turns: dict[str, dict[str, Turn]] = {}
    names: dict[str, str] = {}
    for row in rows:
        conversation = _text(row, "conversation", file, default=name)
        known = turns.setdefault(conversation, {})
        turn = _turn(row, file, known)
        if turn.id in known and known[turn.id] != turn:
            raise TranscriptError(
                "this id stands for another turn above: give each turn its own",
                file=file,
                line=row.number,
            )
        known[turn.id] = turn
        if called := row.values.get("customer_name"):
            names.setdefault(conversation, str(called)[:LONGEST_NAME])
    if not turns:
        raise TranscriptError("there are no turns in this file", file=file, line=1)
    return tuple(
        Transcript(
            conversation=conversation,
            turns=tuple(known.values()),
            customer_name=names.get(conversation),
        )
        for conversation, known in turns.items()
    )


def _turn(row: _Row, file: str, known: dict[str, Turn]) -> Turn:
    role = _ROLES.get(_text(row, "role", file).strip().lower())
    if role is None:
        raise TranscriptError(
            "role must be customer, agent, bot or system", file=file, line=row.number
        )
    return Turn(
        id=_text(row, "id", file, default=f"t{len(known) + 1}"),
        role=role,
        text=_text(row, "text", file),
        at=_at(row, file, known),
        author=_text(row, "author", file, default="") or None,
        private=str(row.values.get("private", "")).lower() in {"true", "yes", "1"},
    )


def _text(row: _Row, key: str, file: str, default: str | None = None) -> str:
    value = row.values.get(key)
    if value is None:
        value = default
    if value is None:
        raise TranscriptError(f"this turn has no {key}", file=file, line=row.number)
    if isinstance(value, int) and not isinstance(value, bool) and key in {"id", "conversation"}:
        return str(value)
    if not isinstance(value, str):
        raise TranscriptError(f"{key} must be a text", file=file, line=row.number)
    if _HALF.search(value):
        raise TranscriptError(f"{key} holds half a character", file=file, line=row.number)
    if key in {"id", "conversation"} and not is_name(value):
        told = f"{key} must be 1 to {LONGEST_NAME} characters, and not *"
        raise TranscriptError(told, file=file, line=row.number)
    return value


def is_name(value: str) -> bool:
    """Tell whether `value` can name a conversation or a turn on the wire."""
    return 0 < len(value) <= LONGEST_NAME and value != "*"


def _at(row: _Row, file: str, known: dict[str, Turn]) -> datetime:
    written = _text(row, "at", file, default="")
    if not written:
        last = list(known.values())[-1].at if known else _START - _PACE
        return last + _PACE
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        raise TranscriptError(
            "at must be a time such as 2026-03-02T10:31:05Z", file=file, line=row.number
        ) from None
    if at.tzinfo is None:
        raise TranscriptError("at needs a zone, such as a Z at its end", file=file, line=row.number)
    return at
