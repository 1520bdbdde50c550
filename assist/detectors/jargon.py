"""Codes and acronyms in a draft that nobody outside the house has to know.

The law: only shape and place are looked at, never meaning. What everybody knows, what the customer
wrote first, what is explained on the spot, what is quoted and what may be a name stays silent.
"""

import re
from collections.abc import Iterator, Sequence

from assist.core.signals import NOTHING, Detector, Evidence, Findings, Signal
from assist.core.text import Span, fold, lowered, sentences
from assist.core.turns import Draft, Role, Turn
from assist.detectors import jargon_data as data
from assist.detectors.shape_data import LOUD_WORDS, SMALL_WORDS
from assist.detectors.shape_drafts import shouts

__all__ = ["SOURCE", "load"]

SOURCE = "jargon"

_READ = 4000
_CODE = re.compile(
    r"(?<![\w.@#/&+'-])(?:[A-Z]{2,6}s?|(?<![A-Z\d] )\d[A-Z]{2,3}|[PL][1-4]|T\+\d)"
    r"(?![\w@/&+]|['-][A-Z\d]|\.\w)"
)
_QUOTED = re.compile(r'"[^"\n]{1,200}"')
_BEFORE = re.compile(r"([^\W_]+)(?: is|'s| was|:)? $")
_BRACKET = re.compile(r"\([^()]*$")
_TITLED = re.compile(r"[A-Z][a-z]+$")
_NAMED_NEXT = re.compile(r" (?:[A-Z][a-z]|\d)|:\d")
_EXPLAINED = re.compile(
    r",? (?:\(|which |meaning|that is\b|i\.?e\.?|or rather|stands|means|short for|so the\b|"
    r"in short)"
)
_SPELT = re.compile(r"(.)\1\1|^[IVX]+$")
_PLACE = re.compile(r"\b(?:from|to|at|in|into|via) $")
_CLOCK = re.compile(r" (?:at|on|by) (?:\d|[A-Z])")
_BESIDE = re.compile(
    r" (?:[A-Z]{2}|vs\b|of\b|(?:international |central )?(?:airport|station|stadium)\b)"
)
_AFTER = re.compile(r"(?:[A-Z]{2,}|\d) $")
_FRAMED = re.compile(
    r"\b(?:your|our|my|the|an?|two|three|both|some|several|which|this|that|every|each|no|any|its|their|another|and|or|to|for|with|by|"
    r"via|per|through|from|of|under|into|in|on|without|is|are|was|'s|get|got|send|sent|see|need|"
    r"raise[d]?|open(?:ed)?|log(?:ged)?|set|check(?:ed)?|run|ran|do|did|pending|new|old|full|"
    r"first|second|next|internal|[a-z]+ed) $",
    re.IGNORECASE,
)
_STATE = re.compile(r"[A-Za-z], $")
_SHOUT = 0.6
_EACH = 0.5
_EVERYDAY = frozenset(data.EVERYDAY)
_NAMING = frozenset(data.NAMING)
_WORDS = frozenset(word.upper() for word in (*LOUD_WORDS, *SMALL_WORDS))


def load() -> Detector:
    """Return the detector."""
    return _detect


def _detect(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
    if not isinstance(subject, Draft):
        return NOTHING
    text = fold(subject.text[:_READ])
    places = [place for place in _codes(text) if not _known(place.of(text), earlier)]
    if not places:
        return NOTHING
    signal = Signal(
        name="draft.jargon",
        score=min(1.0, _EACH * len({place.of(text) for place in places})),
        evidence=tuple(
            Evidence(turn="", span=place, cue="draft.jargon", source=SOURCE) for place in places
        ),
    )
    return Findings(signals=(signal,))


def _codes(text: str) -> Iterator[Span]:
    """Yield the places of codes that are nobody's name and not explained where they stand."""
    if not _CODE.search(text):
        return
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    silent = [*quoted, *shouts(text, quoted)]
    for sentence in sentences(text):
        if _shouted(sentence.of(text)):
            continue
        for match in _CODE.finditer(text, sentence.start, sentence.end):
            place = Span(*match.span())
            if (
                match.group().rstrip("s") not in _EVERYDAY
                and not {match.group().upper(), match.group().rstrip("s")} & _WORDS
                and match.group().upper() not in _EVERYDAY
                and not _SPELT.search(match.group())
                and not any(place.overlaps(other) for other in silent)
                and not _named(text, place, sentence.start)
                and _framed(text, place, sentence.start)
                and not _explained(text, place)
            ):
                yield place


def _shouted(sentence: str) -> bool:
    """Tell whether most of the words are in capitals: that is loud, and no code."""
    said = re.findall(r"[A-Za-z]{2,}", sentence)
    return len(said) > 2 and sum(word.isupper() for word in said) >= _SHOUT * len(said)


def _named(text: str, place: Span, begins: int) -> bool:
    """Tell whether it may be a name, or the customer's own number for a thing."""
    if _PLACE.search(text, begins, place.start) and _CLOCK.match(text, place.end):
        return True
    if _NAMED_NEXT.match(text, place.end) or _STATE.search(text, begins, place.start):
        return True
    if _BESIDE.match(text, place.end) or _AFTER.search(text, begins, place.start):
        return True
    before = _BEFORE.search(text, max(begins, place.start - 30), place.start)
    if before is None:
        return False
    if before[1].lower() in _NAMING:
        return True
    return before.start() > begins and _TITLED.match(before[1]) is not None


def _framed(text: str, place: Span, begins: int) -> bool:
    """Tell whether it stands where the house names its things: "your X", "set the X", "X team"."""
    if not text[begins : place.start].strip(" '(*-"):
        return bool(re.match(r"(?:'s)? [a-z]", text[place.end : place.end + 4]))
    return _FRAMED.search(text, max(begins, place.start - 30), place.start) is not None


def _explained(text: str, place: Span) -> bool:
    """Tell whether words beside it say what it is: "(…)", ", which is", or its own initials."""
    opened = _BRACKET.search(text, max(0, place.start - 60), place.start)
    if opened or _EXPLAINED.match(text, place.end):
        return True
    code = place.of(text).lower()
    said = re.findall(r"[^\W\d_]+", text[max(0, place.start - 80) : place.start].lower())
    return len(code) > 2 and "".join(word[0] for word in said[-len(code) :]) == code


def _known(code: str, earlier: Sequence[Turn]) -> bool:
    """Tell whether the customer has used the code."""
    asked = re.compile(rf"(?<!\w){re.escape(code.rstrip('s').lower())}s?(?!\w)")
    return any(
        turn.role is Role.CUSTOMER and asked.search(lowered(fold(turn.text))) for turn in earlier
    )
