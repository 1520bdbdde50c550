"""Text, and places in it.

The law: no function here ever moves an offset. Every span found in folded or lowered text is a
span of the text as sent, counted in Unicode code points, half open.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from assist.core.remembering import remembering

__all__ = ["Span", "Word", "fold", "joined", "lowered", "sentence_at", "sentences", "words"]


class Span(NamedTuple):
    """Half-open range of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words this span covers in `text`."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> "Span":
        """Return the same length, `by` places further on."""
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: "Span") -> bool:
        """Tell whether both cover at least one place in common."""
        return self.start < other.end and other.start < self.end


class Word(NamedTuple):
    """One word of a text, lower case, with its place."""

    text: str
    span: Span


# Typographic quotes, apostrophes, dashes and spaces, each to its one plain character.
_PLAIN = str.maketrans(
    {
        "‘": "'", "’": "'", "‛": "'", "′": "'", "´": "'", "`": "'",
        "“": '"', "”": '"', "„": '"', "″": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " ",
    }
)  # fmt: skip

_new = tuple.__new__
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*'?")
# What ends a sentence; a full stop inside a word or a number, as in 4.15, does not.
_STOP = re.compile(r"(?<![.!?])[.!?]++(?=\s|$)|\n")


# Several readers fold, lower and cut the same turn one after the other.
@remembering(64)
def fold(text: str) -> str:
    """Return `text` with typographic quotes, dashes and spaces made plain, one for one."""
    return text.translate(_PLAIN)


@remembering(64)
def lowered(text: str) -> str:
    """Return `text` in lower case with every character kept in its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


@remembering(64)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, folded and in lower case."""
    plain = lowered(fold(text))
    found = _WORD.finditer(plain)
    # A third of what their own makers take, which are written in Python.
    return tuple([_new(Word, (match[0], _new(Span, match.span()))) for match in found])


@remembering(64)
def sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of the sentences of `text`, without the blanks around them."""
    ends = [*(match.end() for match in _STOP.finditer(text)), len(text)]
    found, start = [], 0
    for end in ends:
        span = _trimmed(text, Span(start, end))
        if span.start < span.end:
            found.append(span)
        start = end
    return tuple(found)


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same characters as spans in order, none of which overlaps another."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def sentence_at(text: str, place: Span) -> Span:
    """Return the sentence of `text` that covers `place`, or `place` itself where none does."""
    return next((span for span in sentences(text) if span.overlaps(place)), place)


def _trimmed(text: str, span: Span) -> Span:
    body = span.of(text)
    start = span.start + len(body) - len(body.lstrip())
    return Span(start, max(start, span.end - (len(body) - len(body.rstrip()))))
