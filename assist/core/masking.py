"""Secrets in what people write: found by their form, and masked so that every span stays valid.

The law: pure, and linear in the text. What is found keeps its place, its length and its separators;
only letters, the marks on them and digits become `•`. A number counts as a card or an IBAN where
its own check digits say so, as a phone number, a password or a code where its form or the words
before it do, a name where it was told or somebody says it as theirs. When unsure it stays: an order
number that nobody can read helps no customer.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args
from unicodedata import category

from assist.core.mask_names import names, told
from assist.core.mask_numbers import cards, ibans
from assist.core.mask_words import codes, emails, passwords, phones
from assist.core.text import Span, fold

__all__ = ["DEFAULT", "KINDS", "NAMES", "Found", "Secret", "dotted", "find", "masked"]

NAMES: Final = "names"
Secret = Literal["cards", "ibans", "phones", "emails", "passwords", "codes", "names"]
KINDS: tuple[str, ...] = get_args(Secret)
DEFAULT: Final = ("cards", "ibans", "passwords", "codes")
"""What nobody needs to answer a chat, and whose leak does harm. How to reach somebody is needed."""

_DOT = "•"
_FINDERS: Mapping[str, Callable[[str], Iterable[Span]]] = MappingProxyType(
    {
        "cards": cards,
        "ibans": ibans,
        "phones": phones,
        "emails": emails,
        "passwords": passwords,
        "codes": codes,
        NAMES: names,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a secret stands, and of which kind it is."""

    kind: str
    span: Span


def masked(text: str, kinds: Collection[str] = DEFAULT, name: str | None = None) -> str:
    """Return `text`, as long as it is, with every secret of these kinds made unreadable.

    `name` is the customer's, where it is known; it counts among the names.
    """
    found = find(text, kinds, name)
    if not found:
        return text
    letters = list(text)
    for one in found:
        for place in range(one.span.start, one.span.end):
            if _is_read(letters[place]) or (one.kind == "passwords" and letters[place] != " "):
                letters[place] = _DOT
    return "".join(letters)


def dotted(name: str) -> str:
    """Return `name`, as long as it is, with nothing of it left to read."""
    return "".join(_DOT if _is_read(letter) else letter for letter in name)


def find(
    text: str,
    kinds: Collection[str] = DEFAULT,
    name: str | None = None,
) -> tuple[Found, ...]:
    """Return the secrets of these kinds in `text`, in order."""
    folded = fold(text)
    spans = {kind: list(_FINDERS[kind](folded)) for kind in KINDS if kind in kinds}
    if name is not None and NAMES in spans:
        spans[NAMES] += told(folded, name)
    found = [Found(kind=kind, span=span) for kind in spans for span in _apart(spans[kind])]
    return tuple(sorted(found, key=lambda one: one.span))


def _is_read(letter: str) -> bool:
    """Tell whether this is a letter or a digit, or an accent or a vowel sign on one."""
    return letter.isalnum() or category(letter) in {"Mn", "Mc"}


def _apart(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that meet as one."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
