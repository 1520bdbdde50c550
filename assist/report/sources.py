"""Where chats come from: a turn log, files of raw inputs, transcripts, or folders of these.

The law: nothing is skipped in silence; a line that cannot be read is named by file and number, and
none of its words are repeated. What a file holds is found from its content; of a folder, JSON that
can hold no turn is no source.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assist.core.turns import Event
from assist.errors import AssistError, TranscriptError, UsageError
from assist.replay.play import events_of
from assist.replay.transcripts import files_in, read
from assist.service.entries import Entry, decoded, event_of, redacted, without_words
from assist.service.recorded import recorded
from assist.wire.messages import parse

__all__ = ["Source", "from_events", "from_files", "from_store"]

_PASSING = {"hello", "subscribe", "unsubscribe", "draft", "typing", "summarise", "prefer", "held"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One conversation, as everything that happened in it, in the order it was told."""

    conversation: str
    events: tuple[Event, ...] = field(repr=False)


def from_store(name: str) -> Iterator[Source]:
    """Yield the conversations of a turn log, `sqlite:PATH` or PATH."""
    kind, colon, rest = name.partition(":")
    if colon and kind != "sqlite" and not Path(name).exists():
        raise UsageError("a report reads turn logs in files: give --store sqlite:PATH")
    path = Path(rest if kind == "sqlite" else name)
    for conversation, entries in recorded(path):
        yield Source(conversation=conversation, events=tuple(map(event_of, entries)))


def from_files(places: Iterable[Path]) -> Iterator[Source]:
    """Yield the conversations of transcripts and raw inputs, and of folders full of them."""
    for path in _files(places):
        if _is_raw(path):
            yield from from_events([path])
        else:
            for transcript in read(path):
                yield Source(conversation=transcript.conversation, events=events_of(transcript))


def from_events(files: Iterable[Path]) -> Iterator[Source]:
    """Yield the conversations of files with raw inputs, one JSON message a line, as on the wire."""
    chats: dict[str, list[Entry]] = {}
    for path in files:
        for number, line in enumerate(_lines(path), start=1):
            entry = _entry(line, path, number) if line.strip() else None
            if entry is not None:
                chats.setdefault(entry.conversation, []).append(entry)
    for name, entries in chats.items():
        gone = set(redacted(tuple(entries)))
        kept = (without_words(e) if place in gone else e for place, e in enumerate(entries))
        yield Source(conversation=name, events=tuple(map(event_of, kept)))


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        yield from files_in(place) if place.is_dir() else (place,)


def _is_raw(path: Path) -> bool:
    """Tell whether the first line is a message of the protocol."""
    if path.suffix not in {".jsonl", ".json"} or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        first = next((line for line in file if line.strip()), "")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "type" in value


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise TranscriptError(f"cannot read the file: {reason}", file=str(path), line=1) from None
    except UnicodeDecodeError:
        raise TranscriptError("not UTF-8 text", file=str(path), line=1) from None


def _entry(line: str, path: Path, number: int) -> Entry | None:
    """Return the input on a line, None for a message that changes no conversation."""
    try:
        kind = json.loads(line).get("type")
    except (ValueError, RecursionError, AttributeError):
        raise TranscriptError("this line is no message", file=str(path), line=number) from None
    try:
        if kind in _PASSING:
            parse(line)
            return None
        return decoded(line.encode())
    except AssistError as error:
        fault = error
    try:
        parse(line)
    except AssistError as error:
        fault = error
    raise TranscriptError(_without_stop(fault.message), file=str(path), line=number)


def _without_stop(words: str) -> str:
    return words.rstrip(".")
