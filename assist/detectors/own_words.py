"""The words to tell a feeling by: what is quoted from others is none, nor is "hi, me again".

The law: such words are blanked, one blank a character, so that no place moves; what customers quote
of themselves stays. Only detectors of feeling are kept from them: a threat is read anywhere. All
lists are our own, written from general knowledge.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import wraps
from typing import NamedTuple

from assist.core.remembering import remembering
from assist.core.signals import Detector, Findings
from assist.core.text import fold, lowered
from assist.core.turns import Draft, Role, Turn

__all__ = ["own_words", "without_quotes", "words_of_feeling"]

_QUOTED = re.compile(
    r'"(?P<double>[^"\n]{2,300})"'
    r"|(?<![^\s(,:])'(?=[^\W\d_]|\d)(?P<single>(?:[^'\n]|'(?=[^\W\d_])){2,300})'(?![^\W_])"
)
_SAYS = (
    "say|says|said|saying|tells?|told|asks?|asked|wrote|writes?|written|reads?|shows?|displays?|"
    "states?|stated|claims?|claimed|calls?|called|repl(?:y|ies|ied)|warn(?:s|ed)|promised|titled|"
    "labell?ed|marked|named|answered|quote|quoth|hears?|heard|thought|thinking|mentions?|goes|went|"
    "sends?|sent|gives?|gave|lists?|listed|claiming|reading|put|like"
)
_THINGS = (
    "labels?|signs?|letters?|messages?|mails?|emails?|texts?|errors?|warnings?|notes?|notices?|"
    "reviews?|screens?|displays?|status|pages?|menus?|forms?|leaflets?|manuals?|adverts?|ads?|"
    "subject|title|option|button|banner|description|popup|pop-up|code|announcement|post|field|"
    "quotes?|words?|sentence|clause|term|heading|caption|sticker|tag"
)
_OPENED = re.compile(rf"(?:\b(?:{_SAYS}|{_THINGS})\b[^.!?\"]{{0,24}}|:\s*)$")
_CLOSED = re.compile(
    r"[\s,]*(?:[^\W\d_]+(?:'s)?\s+){0,3}?(?:said|says|wrote|told|asked|quoth|replied|answered|promised)"
    r"\b(?:\s+(?:me|us))?|[\s,]*(?:is|was)\s+what\s+(?:[^\W\d_]+\s+){1,4}?(?:said|says|wrote|told)\b"
)
_ENDED = re.compile(r"[\s.,;:!?]*")
_OWN = re.compile(
    r"\b(?:i|i've|i'd|i'll|me|we)\s+(?:\w+\s+){0,2}"
    r"(?:say|said|told|tell|asked|ask|wrote|answered|replied|repeat|shouted|called|call|mean|meant)"
    r"\b[^.!?\"]{0,30}$"
)
_GREETS = (
    r"(?:hi|hello|hey|heya|hiya|hallo|yo|good (?:morning|afternoon|evening))(?: there| all| guys)?"
)
_BACK = re.compile(
    rf"\s*(?:{_GREETS}[\s,]+again|(?:(?:{_GREETS}|ok|sorry|yes|morning)[\s,.!-]*)?"
    r"(?:it['\u2019]?s )?(?:only |just )?me,? (?:again|back))"
    r"(?: (?:i['\u2019]?m afraid|im afraid|sorry|lol|haha))?(?![^\W_])[\s,.!:)-]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BREAKS = '.!?,;\n"'

_LEFT = 2
"""As many words must be left to tell a feeling by."""
_FEWEST = 3
"""Fewer words in quotation marks, with no word of speaking near, may be meant as scorn."""


def own_words(detector: Detector) -> Detector:
    """Return the detector, reading in customers' turns the words of feeling only."""

    @wraps(detector)
    def read(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        if isinstance(subject, Turn) and subject.role is Role.CUSTOMER:
            own = words_of_feeling(subject.text)
            if own != subject.text:
                return detector(replace(subject, text=own), earlier)
        return detector(subject, earlier)

    return read


# Several detectors read the same turn one after the other.
@remembering(64)
def words_of_feeling(text: str) -> str:
    """Return `text` with blanks for what is quoted and for the greeting of one who comes back."""
    own = without_quotes(text)
    back = _BACK.match(own)
    return " " * back.end() + own[back.end() :] if back else own


def without_quotes(text: str) -> str:
    """Return `text` with a blank for every character that is quoted from somebody else.

    The words that say who is quoted go too. A text that says next to nothing beside its quotation
    is returned as it is.
    """
    plain = fold(text)
    if '"' not in plain and "'" not in plain:
        return text
    plain = lowered(plain)
    quotes = list(_quotes(plain))
    for wide in (True, False):
        own = list(text)
        for quote in quotes:
            start, end = quote.clause if wide else quote.words
            own[start:end] = " " * (end - start)
        kept = "".join(own)
        if len(_WORD.findall(kept)) >= _LEFT:
            return kept
    return text


class _Quote(NamedTuple):
    """Where quoted words stand, alone and with the words that say whose they are."""

    words: tuple[int, int]
    clause: tuple[int, int]


def _quotes(plain: str) -> Iterator[_Quote]:
    for match in _QUOTED.finditer(plain):
        before, after = plain[: match.start()], plain[match.end() :]
        opened, closed = _OPENED.search(before), _CLOSED.match(after)
        named = opened is not None or closed is not None
        if _OWN.search(before) or not (named or len(match.group().split()) >= _FEWEST):
            continue
        start, end = match.span()
        if opened is not None:
            start = max(before.rfind(mark) for mark in _BREAKS) + 1
        end += closed.end() if closed else 0
        ended = _ENDED.match(plain, end)
        yield _Quote(match.span(), (start, ended.end() if ended else end))
