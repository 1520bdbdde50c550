"""Words and pieces of words as numbers: the features of the linear model.

The law: a feature is a hash of letters and nothing else; the same text has the same features on
every machine and in every run, in training and in use. Each stands for a place in the text, so that
what a feature weighs can be shown at the words that made it.
"""

import re
from itertools import chain, pairwise
from typing import NamedTuple
from zlib import crc32

from assist.core.remembering import remembering
from assist.core.text import Span, fold, lowered

__all__ = ["BUCKETS", "Counted", "Feature", "counted", "features"]

BUCKETS = 1 << 18
"""How many weights each output of the model has."""
_LONGEST = 2000
_TOKEN = re.compile(
    r"https?://\S+|www\.\S+|@\w+|[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[!?]+|\.{2,}|…|[^\w\s]", re.UNICODE
)
_new = tuple.__new__
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
    """The features of a text side by side: their buckets, values, and which of `spans` each is at.

    `spans` are the words and marks of the text, and behind them the pairs: each with the next.
    """

    buckets: list[int]
    values: list[float]
    places: list[int]
    spans: list[Span]


def features(text: str) -> list[Feature]:
    """Return the features of a text: its words, pairs of words, and pieces of words.

    Each is told once, at its first place. The values of words and pairs have length 1 as a vector,
    and so have those of the pieces, so that long turns do not outweigh short ones.
    """
    found = counted(text)
    spans = [found.spans[place] for place in found.places]
    return list(map(Feature, found.buckets, found.values, spans))


def counted(text: str) -> Counted:
    """Return the features of a text as columns: a hundred a turn, and nobody asks for one alone."""
    words, spans = _tokens(text[:_LONGEST])
    whole, parts = _grams(words), _pieces(words)
    pairs = [Span(one.start, next_.end) for one, next_ in pairwise(spans)]
    return Counted(
        [*whole, *parts],
        [*_values(len(whole)), *_values(len(parts))],
        [*whole.values(), *parts.values()],
        [*spans, *pairs],
    )


def _tokens(text: str) -> tuple[list[str], list[Span]]:
    """Return words and marks in lower case; numbers, names of accounts and addresses are alike."""
    words, spans = [], []
    for match in _TOKEN.finditer(lowered(fold(text))):
        word = match.group()
        if not word.isalpha() or word.startswith("http"):
            word = _plain(word)
        words.append(word)
        spans.append(_new(Span, match.span()))
    return words, spans


def _plain(word: str) -> str:
    """Return what stands for a word that is not letters alone."""
    if word[0] == "@":
        return "@"
    if word[0].isdigit():
        return "0" * min(len(word), 3)
    if word.startswith(("http", "www.")):
        return "//"
    return word[:2] if word[0] in "!?." else word


def _grams(words: list[str]) -> dict[int, int]:
    """Return the buckets of words and pairs of words, each with its first place."""
    places: dict[int, int] = {}
    before, pair = "", len(words) - 1
    for place, word in enumerate(words):
        places.setdefault(_of_word(word).whole, place)
        if before:
            places.setdefault(crc32(f"{before} {word}".encode(), _WORD) & _MASK, pair + place)
        before = word
    return places


def _pieces(words: list[str]) -> dict[int, int]:
    """Return the buckets of the pieces of words, each with its first place."""
    cut = [_of_word(word).pieces for word in words]
    places = dict.fromkeys(chain.from_iterable(cut), 0)
    # The first place of a piece is the one that is put down last.
    for place in range(len(cut) - 1, -1, -1):
        places.update(dict.fromkeys(cut[place], place))
    return places


class _Hashed(NamedTuple):
    """The bucket of a word, and those of its pieces, the short ones first."""

    whole: int
    pieces: tuple[int, ...]


# Most of what anybody types is made of a few hundred words.
@remembering(2048)
def _of_word(word: str) -> _Hashed:
    """Return the buckets of a word and of its pieces between its edges."""
    whole = crc32(word.encode(), _WORD) & _MASK
    if len(word) < _SHORT or not word[0].isalpha():
        return _Hashed(whole, ())
    edged = f"<{word}>"
    size = len(edged)
    sizes = range(_SHORT + 1, min(_LONG, size) + 1)
    cut = (edged[at : at + n].encode() for n in sizes for at in range(size - n + 1))
    return _Hashed(whole, tuple(crc32(piece, _PIECE) & _MASK for piece in cut))


def _values(count: int) -> list[float]:
    """Return as many equal values, as a vector of length 1."""
    return [count**-0.5] * count if count else []
