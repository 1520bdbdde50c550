"""How a turn is written and when it comes, whatever its words mean.

The law: loudness is arousal and never valence; nothing here looks a word up for its meaning. What
is compared with the past is the customer's own past, in this conversation only.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from assist.core.remembering import remembering
from assist.core.signals import NOTHING, Cue, Detector, Evidence, Findings, Pull, Signal
from assist.core.text import Span, fold, lowered
from assist.core.turns import Draft, Role, Turn
from assist.detectors import shape_data as data
from assist.detectors.shape_drafts import asked, drafted, lengthy, loud, telling, whole

__all__ = ["SOURCE", "load"]

SOURCE = "shape"


class _Mark(NamedTuple):
    """One loud place: what it is, where, how loud."""

    cue: str
    span: Span
    amount: float


_REASONS = {
    "shape.capitals": "shouting in capitals",
    "shape.exclamation": "several exclamation marks",
    "shape.question": "several question marks",
    "shape.stretched": "stretched letters",
    "shape.length": "a much longer message than before",
}
_CAPITALS = re.compile(r"(?<![\w#/@.'-])[^\W\d_a-z]+(?:'[^\W\d_a-z]+)*(?![\w/@'-])")
_ROMAN = re.compile(r"[IVX]+$")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Ý]")
_RUN = re.compile(r"[!?]{2,}")
_STRETCH = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_CHUNK = re.compile(r"\S+")
_NUMERAL = re.compile(r"(?:[ivxlcm]+|a{3})[.,:;!?)]*$", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w@/][@/.][\w@/]|\d|w{3}", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_ACRONYMS = frozenset(data.ACRONYMS)
_NAMING = frozenset(data.NAMING)
_CODES = frozenset(data.CODES)
_SMALL = frozenset(data.SMALL_WORDS)
_CLOSING = frozenset(data.CLOSING_WORDS)

_WINDOW = timedelta(seconds=90)
_SEVERAL = 3
_BACK = 12
_READ = 4000
_LONG_WORDS = 40
_LONGER = 3
_ALIKE = 0.6
_CONTENT = 4
_LONG_WORD = 4
_TERSE_AFTER = 12
_SHOWN = 12


def load() -> Detector:
    """Return the detector."""
    return _detect


def _detect(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
    turn = subject.id if isinstance(subject, Turn) else ""
    past = [before for before in earlier if not before.private]
    marks = [*_loud(subject.text)]
    signals: list[Signal] = []
    if isinstance(subject, Turn) and subject.role is Role.CUSTOMER:
        own = [before for before in past if before.role is Role.CUSTOMER][-_BACK:]
        marks += _longer(subject, own)
        signals += (*_burst(subject, past), *_repeat(subject, own), *_terse(subject, own, past))
    elif isinstance(subject, Draft):
        signals += (
            *loud(subject),
            *asked(subject),
            *lengthy(subject),
            *_between(subject, past),
            *telling(subject, past),
        )
    if marks:
        signals.insert(0, _arousal(marks, turn))
    if not signals:
        return NOTHING
    cues = tuple(Cue(name=mark.cue, span=mark.span, source=SOURCE) for mark in marks[:_SHOWN])
    return Findings(cues=cues, signals=tuple(signals))


def _arousal(marks: list[_Mark], turn: str) -> Signal:
    loudest: dict[str, float] = {}
    for mark in marks:
        loudest[mark.cue] = max(mark.amount, loudest.get(mark.cue, 0.0))
    return Signal(
        name="arousal",
        score=round(min(1.0, sum(loudest.values())), 4),
        evidence=tuple(
            Evidence(turn=turn, span=mark.span, cue=mark.cue, source=SOURCE)
            for mark in marks[:_SHOWN]
        ),
        reason=_REASONS[max(loudest, key=lambda cue: loudest[cue])],
        pulls=(Pull(axis="arousal", amount=1.0),),
    )


def _loud(text: str) -> Iterator[_Mark]:
    yield from _capitals(text)
    for run in _RUN.finditer(text):
        asked = "?" in run.group()
        amount = min(0.5, 0.2 + 0.05 * (len(run.group())))
        cue = "shape.question" if asked else "shape.exclamation"
        yield _Mark(cue, Span(*run.span()), round(amount, 4))
    if _STRETCH.search(text):
        yield from _stretched(text)


def _stretched(text: str) -> Iterator[_Mark]:
    """Find words with a letter held down; addresses, codes and Roman numbers are none."""
    for chunk in _CHUNK.finditer(text):
        word = chunk.group()
        if not _STRETCH.search(word) or _NUMERAL.match(word) or _ADDRESS.search(word):
            continue
        for part in _WORD.finditer(text, chunk.start(), chunk.end()):
            if _STRETCH.search(part.group()):
                yield _Mark("shape.stretched", Span(*part.span()), 0.2)


def _capitals(text: str) -> Iterator[_Mark]:
    """Find words in capitals: one of four letters or more, or three of any length."""
    plain = fold(text)
    found = [match for match in _CAPITALS.finditer(plain) if _shouted(plain, match)]
    long = [match for match in found if len(match.group()) >= _LONG_WORD]
    spoken = long or [match for match in found if match.group().lower() in _SMALL]
    if len(found) >= _SEVERAL and spoken:
        amount = 0.6 if len(found) < 2 * _SEVERAL else 0.8
    else:
        found, amount = long, 0.3 + 0.1 * (len(long) - 1)
    for match in found:
        yield _Mark("shape.capitals", Span(*match.span()), round(amount, 4))


def _shouted(text: str, match: re.Match[str]) -> bool:
    word = match.group()
    if (
        len(word) < 2
        or not word.isupper()
        or _ROMAN.match(word)
        or word in _ACRONYMS
        or not _VOWEL.search(word)
    ):
        return False
    before = _WORD.findall(lowered(text[max(0, match.start() - 24) : match.start()]))
    return not (_NAMING.intersection(before[-1:]) or _CODES.intersection(before[-2:]))


def _longer(subject: Turn, own: list[Turn]) -> Iterator[_Mark]:
    size = len(subject.text.split())
    if size < _LONG_WORDS or len(own) < 2:
        return
    usual = median(len(turn.text.split()) for turn in own)
    if size >= _LONGER * max(1, usual):
        yield _Mark("shape.length", whole(subject), 0.3)


def _burst(subject: Turn, past: list[Turn]) -> Iterator[Signal]:
    """Notice several turns in a row, each soon after the other, with no answer in between."""
    row = _row(subject, past)
    if len(row) < _SEVERAL:
        return
    yield Signal(
        name="shape.burst",
        score=round(min(1.0, 0.2 * len(row)), 4),
        evidence=tuple(_evidence(turn, "shape.burst") for turn in row),
        reason="several messages in a row",
        pulls=(Pull(axis="arousal", amount=0.4),),
    )


def _row(last: Turn, past: list[Turn]) -> list[Turn]:
    """Return the customer's turns up to `last` that came soon after each other, unanswered."""
    row = [last]
    for turn in reversed(past[-_BACK:]):
        if turn.role is Role.SYSTEM:
            continue
        if turn.role is not Role.CUSTOMER or abs(row[-1].at - turn.at) > _WINDOW:
            break
        row.append(turn)
    return row[::-1]


def _repeat(subject: Turn, own: list[Turn]) -> Iterator[Signal]:
    """Notice that the customer has said nearly the same before."""
    said = _content(subject.text)
    if len(said) < 2:
        return
    alike, turn = max(
        ((_likeness(said, _content(turn.text)), turn) for turn in own),
        key=lambda pair: pair[0],
        default=(0.0, subject),
    )
    if alike < _ALIKE:
        return
    yield Signal(
        name="repeat.own",
        score=round(alike, 4),
        evidence=(_evidence(subject, "repeat.own"), _evidence(turn, "repeat.own")),
        reason="has said the same again",
        pulls=(Pull(axis="effort", amount=0.8),),
    )


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words in common, or all of it where one turn holds the other."""
    small, large = sorted((one, other), key=len)
    if one == other and len(one) >= 2:
        return 1.0
    if len(small) < _CONTENT:
        return 0.0
    if small <= large and len(large) <= 4 * len(small):
        return 1.0
    return len(small & large) / len(small | large)


# A turn is held against every later one of its customer.
@remembering(256)
def _content(text: str) -> frozenset[str]:
    found = _WORD.findall(lowered(fold(text[:_READ])))
    return frozenset(word for word in found if word not in _SMALL)


def _terse(subject: Turn, own: list[Turn], past: list[Turn]) -> Iterator[Signal]:
    """Notice one word where the customer used to write sentences, and was not asked a question."""
    answer = _WORD.findall(lowered(fold(subject.text[:_READ])))
    if len(answer) != 1 or answer[0] in _CLOSING or len(own) < 2:
        return
    if past[-1].role is not Role.CUSTOMER and past[-1].text.rstrip().endswith("?"):
        return
    if any(len(turn.text.split()) < _TERSE_AFTER for turn in own[-2:]):
        return
    yield Signal(
        name="shape.terse",
        score=0.5,
        evidence=(_evidence(subject, "shape.terse"),),
        reason="a one-word reply after long ones",
        pulls=(Pull(axis="effort", amount=0.3),),
    )


def _between(draft: Draft, past: list[Turn]) -> Iterator[Signal]:
    """Notice that a draft comes into a row of the customer's turns that no question ended."""
    said = [turn for turn in past if turn.role is not Role.SYSTEM]
    if not said or said[-1].role is not Role.CUSTOMER or said[-1].text.rstrip().endswith("?"):
        return
    row = _row(said[-1], said[:-1])
    if len(row) >= _SEVERAL:
        yield drafted("draft.between", 0.2 * len(row), [whole(draft)])


def _evidence(turn: Turn, cue: str) -> Evidence:
    return Evidence(turn=turn.id, span=whole(turn), cue=cue, source=SOURCE)
