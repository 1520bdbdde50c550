"""What a rewrite must never change.

The law: numbers, dates, links and names stay; nothing is promised that was not promised; no may
becomes a will; a limit that was stated is still stated; nobody admits what was not admitted. A
rewrite that breaks one of these is not offered.
"""

import re
from collections import Counter

from assist.core.text import fold, lowered

__all__ = ["broken"]

_NUMBER = re.compile(
    r"https?://\S+|\S+@\S+|[#£$€]?\w*\d[\w.,:/-]*\w|[#£$€]?\d|"
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|"
    r"september|october|november|december|today|tomorrow|tonight|two|three|four|five|six|seven|"
    r"eight|nine|ten|dozen|hundred|thousand)\b"
)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][a-z]+\b|\b[A-Za-z]*[a-z][A-Z]\w*")
_WORD = re.compile(r"[a-z]+")
_COMMITMENT = re.compile(
    r"\b(?:(?:i|we|they|he|she|it|you)(?:'ll| will| shall|'(?:m|re) going to)|i promise|we promise|"
    r"i guarantee|we guarantee|commit|make sure|ensure|guaranteed?|refund(?:ed)?|credit(?:ed)?|"
    r"waived?|replace(?:d|ment)?|free|compensat\w+|discount|voucher|by \d|within \d)\b"
)
_STRONG = re.compile(r"\b(?:will|must|shall|definitely|certainly|guarantee\w*|always)\b|'ll\b")
_HEDGE = re.compile(
    r"\b(?:(?:may|might)(?! have caused)|probably|usually|normally|should(?! have|'ve)|"
    r"perhaps|maybe|about|around|try to|hope to|expected)\b"
)
_OF_YOU = re.compile(
    r"\byou(?:'re| (?:do|did|have|are|were|should))(?:n't|nt| not)\b|"
    r"\byou (?:never|failed|forgot)\b"
)
_NEGATION = re.compile(
    r"\b(?:cannot|cant|wont|dont|doesnt|isnt|arent|unable|not|no|never|nothing|none|nobody|"
    r"impossible)\b|n't\b"
)
_CONDITION = re.compile(
    r"\b(?:as soon as|once|after|from|with|if|when|until|till|unless|without|before|only|yet)\b"
)
_ADMISSION = re.compile(
    r"\b(?:(?:our|my) (?:fault|mistake|error)|(?:we|i) (?:failed|messed|got (?:it|this) wrong)|"
    r"negligen\w+|liable|liability)\b"
)


def broken(before: str, after: str) -> str | None:
    """Return the name of the first law that `after` breaks against `before`, or None."""
    old, new = lowered(fold(before)), lowered(fold(after))
    if Counter(_NUMBER.findall(old)) != Counter(_NUMBER.findall(new)):
        return "numbers"
    if not (_names(before) <= _words(new) and _names(after) <= _words(old)):
        return "names"
    if _gained(_COMMITMENT, old, new):
        return "commitments"
    if len(_STRONG.findall(new)) > len(_STRONG.findall(old)) or _gained(_HEDGE, new, old):
        return "modality"
    if _gained(_ADMISSION, old, new):
        return "admission"
    return "limit" if _unlimited(old, new) else None


def _gained(pattern: re.Pattern[str], old: str, new: str) -> Counter[str]:
    return Counter(pattern.findall(new)) - Counter(pattern.findall(old))


def _names(text: str) -> set[str]:
    """Return the words that carry a capital inside a sentence."""
    return {name.lower() for name in _NAME.findall(fold(text))}


def _words(low: str) -> set[str]:
    return set(_WORD.findall(low))


def _unlimited(old: str, new: str) -> bool:
    """Tell whether a refusal has gone and no new condition stands in its place."""
    old = old.replace("until after", "until").replace("till after", "till")
    had, has = (len(_NEGATION.findall(_OF_YOU.sub("you", text))) for text in (old, new))
    return had - has > _gained(_CONDITION, old, new).total()
