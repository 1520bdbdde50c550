"""Words and pieces of words as numbers: the features of the linear model.

The law: a feature is a hash of letters and nothing else; the same text has the same features on
every machine and in every run, in training and in use. Each stands for a place in the text, so that
what a feature weighs can be shown at the words that made it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from assist.core.text import Span, fold, lowered

__all__ = ["BUCKETS", "Counted", "Feature", "counted", "features"]

BUCKETS = 1 << 18
"""How many weights each output of the model has."""
_LONGEST = 2000
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|@\w+|[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[!?]+|\.{2,}|…|[^\w\s]", re.UNICODE
)
_SHORT, _LONG = 2, 5
_MASK = BUCKETS - 1
_WORD, _PIECE = crc32(b"w "), crc32(b"c ")
"""What the hash of each kind goes on from."""


class Feature(NamedTuple):
    """A bucket, what the feature counts in the text (about 0..1), and where it stands."""

    bucket: int
    value: float
    span: Span


class Counted(NamedTuple):
    """The features of a text side by side: their buckets, values and places."""

    buckets: list[int]
    values: list[float]
    spans: list[Span]


def features(text: str) -> list[Feature]:
    """Return the features of a text: its words, pairs of words, and pieces of words.

    Each is told once, at its first place. The values of words and pairs have length 1 as a vector,
    and so have those of the pieces, so that long turns do not outweigh short ones.
    """
    return list(map(Feature, *counted(text)))


def counted(text: str) -> Counted:
    """Return the features of a text as columns: a hundred a turn, and nobody asks for one alone."""
    tokens = list(_tokens(text[:_LONGEST]))
    whole, parts = _grams(tokens), _pieces(tokens)
    return Counted(
        [*whole, *parts],
        [*_values(len(whole)), *_values(len(parts))],
        [*whole.values(), *parts.values()],
    )


def _tokens(text: str) -> Iterator[tuple[str, Span]]:
    """Yield words and marks in lower case; numbers, names of accounts and addresses are alike."""
    for match in _TOKEN.finditer(lowered(fold(text))):
        word = match.group()
        if word[0] == "@":
            word = "@"
        elif word[0].isdigit():
            word = "0" * min(len(word), 3)
        elif word.startswith(("http", "www.")):
            word = "//"
        elif word[0] in "!?.":
            word = word[:2]
        yield word, Span(*match.span())


def _grams(tokens: list[tuple[str, Span]]) -> dict[int, Span]:
    """Return the buckets of words and pairs of words, each with its first place."""
    places: dict[int, Span] = {}
    before, begun = "", Span(0, 0)
    for word, span in tokens:
        places.setdefault(crc32(word.encode(), _WORD) & _MASK, span)
        if before:
            pair = crc32(f"{before} {word}".encode(), _WORD) & _MASK
            places.setdefault(pair, Span(begun.start, span.end))
        before, begun = word, span
    return places


def _pieces(tokens: list[tuple[str, Span]]) -> dict[int, Span]:
    """Return the buckets of the pieces of words, each with its first place."""
    places: dict[int, Span] = {}
    for word, span in tokens:
        if len(word) < _SHORT or not word[0].isalpha():
            continue
        for bucket in _of_word(f"<{word}>"):
            places.setdefault(bucket, span)
    return places


def _of_word(edged: str) -> list[int]:
    """Return the buckets of the pieces of a word between its edges, the short ones first."""
    size = len(edged)
    sizes = range(_SHORT + 1, min(_LONG, size) + 1)
    if not edged.isascii():
        cut = [edged[at : at + n].encode() for n in sizes for at in range(size - n + 1)]
        return [crc32(piece, _PIECE) & _MASK for piece in cut]
    data = edged.encode()
    return [crc32(data[at : at + n], _PIECE) & _MASK for n in sizes for at in range(size - n + 1)]


def _values(count: int) -> list[float]:
    """Return as many equal values, as a vector of length 1."""
    return [count**-0.5] * count if count else []
