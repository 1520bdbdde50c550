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

__all__ = ["BUCKETS", "Feature", "features"]

BUCKETS = 1 << 18
"""How many weights each output of the model has."""
_LONGEST = 2000
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|@\w+|[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[!?]+|\.{2,}|…|[^\w\s]", re.UNICODE
)
_SHORT, _LONG = 2, 5


class Feature(NamedTuple):
    """A bucket, what the feature counts in the text (about 0..1), and where it stands."""

    bucket: int
    value: float
    span: Span


def features(text: str) -> list[Feature]:
    """Return the features of a text: its words, pairs of words, and pieces of words.

    Each is told once, at its first place. The values of words and pairs have length 1 as a vector,
    and so have those of the pieces, so that long turns do not outweigh short ones.
    """
    tokens = list(_tokens(text[:_LONGEST]))
    whole = _once(_grams(tokens))
    parts = _once(_pieces(tokens))
    return [*_weighed(whole), *_weighed(parts)]


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


def _grams(tokens: list[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    before: tuple[str, Span] | None = None
    for word, span in tokens:
        yield f"w {word}", span
        if before is not None:
            yield f"w {before[0]} {word}", Span(before[1].start, span.end)
        before = word, span


def _pieces(tokens: list[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    for word, span in tokens:
        if len(word) < _SHORT or not word[0].isalpha():
            continue
        edged = f"<{word}>"
        for size in range(_SHORT + 1, min(_LONG, len(edged)) + 1):
            for start in range(len(edged) - size + 1):
                yield f"c {edged[start : start + size]}", span


def _once(found: Iterator[tuple[str, Span]]) -> dict[int, Span]:
    places: dict[int, Span] = {}
    for name, span in found:
        places.setdefault(crc32(name.encode()) & (BUCKETS - 1), span)
    return places


def _weighed(places: dict[int, Span]) -> Iterator[Feature]:
    value = len(places) ** -0.5 if places else 0.0
    return (Feature(bucket, value, span) for bucket, span in places.items())
