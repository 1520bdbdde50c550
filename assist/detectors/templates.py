"""A phrase as a rule writes it, ready to be looked for.

The law: a phrase with few readings becomes plain forms for the automaton; one with many becomes
one expression behind anchors, so that neither memory nor time grows with the product of its
choices. The expression is made of escaped literals and choices only: nothing in it can run away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

from assist.core.text import fold, lowered

__all__ = ["FEW", "Template", "expand", "template"]

FEW = 24
"""Readings up to which a phrase is written out in full."""
_CHOICE = re.compile(r"\{([^{}]*)\}")
_OTHER_WORDS = frozenset(("well", "ill", "were", "hell", "shell", "id", "wed", "shed", "its"))
_ELEMENT = re.compile(r"(?:\{[^{}]*\}|[^\s{}])+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A phrase with many readings: its expression, and words one of which must be there.

    `solid` has the alternatives of each element without which the phrase does not stand.
    """

    expression: re.Pattern[str]
    anchors: tuple[str, ...]
    solid: tuple[tuple[str, ...], ...]


def expand(phrase: str) -> tuple[str, ...]:
    """Return every plain phrase that one with `{a|b}` stands for, in lower case."""
    plain = (" ".join("".join(choice).split()) for choice in product(*_parts(phrase)))
    return tuple(dict.fromkeys(phrase for phrase in plain if phrase))


def template(phrase: str) -> Template | None:
    """Return the phrase as an expression behind anchors, or None where it is written out."""
    if prod(len(part) for part in _parts(phrase)) <= FEW:
        return None
    elements = [expand_element(element) for element in _elements(phrase)]
    solid = [element for element in elements if "" not in element]
    if not solid:
        return None
    anchors = max(solid, key=lambda element: (min(map(len, element)), -len(element)))
    return Template(
        expression=re.compile("".join(_written(elements))),
        anchors=tuple(dict.fromkeys(form for anchor in anchors for form in forms(anchor))),
        solid=tuple(solid),
    )


def forms(plain: str) -> tuple[str, ...]:
    """Return a plain phrase as chats write it: with its apostrophes, and without."""
    return tuple(dict.fromkeys((plain, plain.replace("'", ""))))


def typed(plain: str) -> tuple[str, ...]:
    """Return the forms to look for by themselves: "we'll" alone is not "well"."""
    return (plain,) if plain.replace("'", "") in _OTHER_WORDS else forms(plain)


def expand_element(element: str) -> tuple[str, ...]:
    """Return the readings of one element of a phrase; an empty one means that it may be missing."""
    return tuple(dict.fromkeys(" ".join("".join(c).split()) for c in product(*_parts(element))))


def _parts(phrase: str) -> list[tuple[str, ...]]:
    return [
        tuple(part.split("|")) if index % 2 else (part,)
        for index, part in enumerate(_CHOICE.split(lowered(fold(phrase))))
    ]


def _elements(phrase: str) -> list[str]:
    return _ELEMENT.findall(lowered(fold(phrase)))


def _written(elements: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield the expression of each element, with the blank before or after it where one belongs."""
    begun = False
    yield r"(?<!\w)"
    for element in elements:
        words = sorted(filter(None, element), key=len, reverse=True)
        choice = "|".join(re.escape(word).replace("'", "'?") for word in words)
        optional = "" in element
        if begun:
            yield f"(?: (?:{choice})){'?' if optional else ''}"
        else:
            yield f"(?:(?:{choice}) )?" if optional else f"(?:{choice})"
            begun = not optional
    yield r"(?!\w)"
