"""A text cut into pieces, and patterns of pieces with others in between.

The law: words, the two halves of a contraction and single marks are pieces; a text and a pattern
are cut by the same knife. A pattern becomes one expression over pieces, made of escaped literals
and bounded repeats only: nothing in it can run away. Every find is told in places of the text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby

from assist.core.text import fold, lowered

__all__ = ["Pieces", "anchors", "cut", "expression", "needs", "solid"]

_PIECE = re.compile(
    r"[^\W_]+?(?=n't\b)|n't\b|'(?:s|m|re|ve|ll|d)\b|[^\W_]+(?:-[^\W_]+|(?<=\d)[.,:/]\d+)*|[^\w\s]|_"
)
_TYPED = {
    **{whole: (whole[:-2], "nt") for whole in (
        "cant", "wont", "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "werent", "hasnt",
        "havent", "hadnt", "couldnt", "wouldnt", "shouldnt",
    )},
    "cannot": ("can", "not"), "im": ("i", "m"), "youre": ("you", "re"), "youve": ("you", "ve"),
    "ive": ("i", "ve"), "theyre": ("they", "re"), "thats": ("that", "s"),
}  # fmt: skip
_NUMBER = (
    r"(?:\d[\d.,:/-]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|forty|fifty|sixty|ninety|hundred|thousand)"
)
_COMMON = frozenset(
    (
        "a", "an", "and", "are", "as", "at", "be", "but", "by", "can", "do", "for", "from", "get",
        "have", "i", "if", "in", "is", "it", "me", "my", "no", "not", "now", "of", "on", "our",
        "see", "so", "that", "the", "there", "this", "to", "was", "we", "what", "will", "with",
        "you", "your", "'ll", "'s",
    )
)  # fmt: skip
"""Words of nearly every turn; a poor gate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The pieces of a text, joined by single blanks, and where each stands in both."""

    words: tuple[str, ...]
    joined: str
    starts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield where the pattern stands in the text, leftmost first, none inside another."""
        for match in pattern.finditer(self.joined):
            first = bisect_left(self.starts, match.start())
            last = bisect_left(self.starts, match.end()) - 1
            yield self.places[first][0], self.places[last][1]


def cut(plain: str) -> Pieces:
    """Return the pieces of folded text in lower case."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for match in _PIECE.finditer(plain):
        word = match.group()
        if word in _TYPED:
            for half, start, end in _halves(match):
                words.append(half)
                places.append((start, end))
        else:
            words.append(word)
            places.append(match.span())
    starts = [0, *accumulate(len(word) + 1 for word in words)][:-1]
    joined = " ".join(words) + " " if words else ""
    return Pieces(words=tuple(words), joined=joined, starts=tuple(starts), places=tuple(places))


def _halves(match: re.Match[str]) -> Iterator[tuple[str, int, int]]:
    word, start = match.group(), match.start()
    for part in _TYPED[word]:
        yield part, start, start + len(part)
        start += len(part)


def expression(line: str) -> re.Pattern[str]:
    """Return the expression over pieces of a line such as `waiting|waited * # days late?`."""
    written = "".join(
        _gap(len(tuple(row))) if element == "*" else "".join(map(_written, row))
        for element, row in groupby(_elements(line))
    )
    return re.compile(rf"(?<!\S){written}")


def _gap(stars: int) -> str:
    """Return what stands for so many gaps in a row: one, or each word could be in any of them."""
    return rf"(?:(?![^\w\s'] )\S+ ){{0,{3 * stars}}}"


def needs(alternatives: Iterable[Iterable[str]]) -> tuple[frozenset[str], ...]:
    """Return, of each element with these alternatives, the pieces one of which must be there."""
    return tuple(
        frozenset(
            first
            for word in words
            for form in (word, word.replace("'", ""))
            for first in _of_a_rule(form).words[:1]
        )
        for words in alternatives
    )


def solid(line: str) -> tuple[tuple[str, ...], ...]:
    """Return the alternatives of each element that must be there."""
    return tuple(
        tuple(element.split("|"))
        for element in _elements(line)
        if element not in {"*", "#"} and not element.endswith("?")
    )


def anchors(line: str) -> tuple[str, ...]:
    """Return words, one of which stands in every text that the line finds."""
    return max(solid(line), key=_anchoring)


def _elements(line: str) -> list[str]:
    return lowered(fold(line)).split()


def _written(element: str) -> str:
    if element == "#":
        return f"{_NUMBER} "
    words = sorted(element.removesuffix("?").split("|"), key=len, reverse=True)
    choices = dict.fromkeys(re.escape(form) for word in words for form in _forms(word))
    return f"(?:{'|'.join(choices)})" + ("?" if element.endswith("?") else "")


def _forms(word: str) -> tuple[str, ...]:
    """Return a word as pieces, with its apostrophe and without; blanks close each piece."""
    both = (word, word.replace("'", ""))
    return tuple(dict.fromkeys(_of_a_rule(form).joined for form in both))


# Rules share most of their words.
@lru_cache(maxsize=20_000)
def _of_a_rule(word: str) -> Pieces:
    return cut(word)


def _anchoring(words: tuple[str, ...]) -> tuple[bool, int, int]:
    """Rank words as a gate: rare ones before those of every sentence, long before short."""
    common = sum(word in _COMMON for word in words)
    return (
        not any(word in {"n't", "nt", "ca", "wo"} for word in words),
        -common,
        min(map(len, words)),
    )
