"""A turn as the words, marks and signs that the lexicon looks up, each with its place.

The law: every place is a span of the text as sent. Addresses, mentions and links are one silent
token each; marks are told apart only as far as they end something.
"""

import re
from typing import NamedTuple

from assist.core.text import fold, lowered
from assist.detectors.lexicon_table import Table

__all__ = ["Tokens", "tokenise"]


class Tokens(NamedTuple):
    """What is looked up, and where each stands."""

    keys: list[str]
    places: list[tuple[int, int]]


_CHUNK = re.compile(r"\n+|\S+")
_PIECE = re.compile(
    r"\d+(?:[.,:]\d+)*(?![^\W\d_])|[^\W_]+(?:'[^\W_]+)*|[.!?…]+|[,;:()]+|-{2,}|[^\w\s]"
)
_LINK = re.compile(r"@|://|\bwww\.")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_MARKS = {".": ".", "!": "!", "?": "?", "…": "…", ",": ",", ";": ",", ":": ",", "(": ",", ")": ","}
_SILENT = ""


def tokenise(text: str, known: Table) -> Tokens:
    """Return the tokens of `text`."""
    lower = lowered(fold(text))
    keys: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _CHUNK.finditer(lower):
        chunk = match.group()
        if chunk.isalnum():
            keys.append(chunk)
            places.append(match.span())
        elif not _whole(chunk, match.start(), known, keys, places):
            for piece in _PIECE.finditer(lower, match.start(), match.end()):
                keys.append(_key(piece.group()))
                places.append(piece.span())
    if _STRETCHED.search(lower):
        keys = [_unstretched(key, known) for key in keys]
    return Tokens(keys, places)


def _whole(
    chunk: str, start: int, known: Table, keys: list[str], places: list[tuple[int, int]]
) -> bool:
    """Take the chunk as one token where it is a line end, a dash, an emoticon or an address."""
    bare = chunk.rstrip(".,!?")
    if chunk[0] == "\n" or chunk == "-":
        key = "\n" if chunk[0] == "\n" else ","
    elif bare in known.emoticons:
        key = bare
    elif _LINK.search(chunk):
        key = _SILENT
    else:
        return False
    keys.append(key)
    places.append((start, start + len(bare) if key == bare else start + len(chunk)))
    return True


def _key(piece: str) -> str:
    first = piece[0]
    if first not in _MARKS and not piece.startswith("--"):
        return piece
    if len(piece) == 1:
        return _MARKS[first]
    if "?" in piece:
        return "?"
    if "!" in piece:
        return "!"
    return "…" if first in ".…" else ","


def _unstretched(key: str, known: Table) -> str:
    """Return "good" for "goooood" and "so" for "soooo", where the lexicon knows the short one."""
    if key in known.entries:
        return key
    for kept in (r"\1\1", r"\1"):
        short = _STRETCHED.sub(kept, key)
        if short in known.entries:
            return short
    return key
