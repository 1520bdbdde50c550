"""How the words of a turn feel, after the repairs that support chat needs.

The law: VADER's word values and degree words, our own reading of them. Politeness is no praise, a
name of the trade is no complaint, the last clause outweighs what it contrasts with, a negation
reaches its clause. Sarcasm is flagged, and where there is good reason for it pulls against the
praise, as a signal of its own; the value of no word is turned. Loud and quiet score alike.
"""

from collections.abc import Sequence
from math import sqrt

from assist.core.signals import NOTHING, Cue, Detector, Findings, Pull, Signal
from assist.core.text import Span, words
from assist.core.turns import Draft, Role, Turn
from assist.detectors import lexicon_sarcasm_data as data
from assist.detectors.lexicon_sarcasm import SHORT, strength, suspicions
from assist.detectors.lexicon_scan import Carrier, Scan, scan, weighed
from assist.detectors.lexicon_table import Table, table
from assist.detectors.lexicon_tokens import tokenise

__all__ = ["SOURCE", "load"]

SOURCE = "lexicon"
_ALPHA = 15.0
_SHOWN = 12
_LIKELY = 0.7
_MEANT = Pull(axis="valence", amount=-2.6)
"""What likely sarcasm pulls: enough to outweigh praise that every other source took as meant."""
_REFUSALS = frozenset(data.REFUSALS)


def load() -> Detector:
    """Return the detector, with VADER's tables read once."""
    known = table()

    def detect(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        return _detect(known, subject, earlier)

    return detect


def _detect(known: Table, subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
    found = scan(tokenise(subject.text, known), known)
    turn = subject.id if isinstance(subject, Turn) else ""
    parts = (_valence(found, turn), _sarcasm(found, subject, turn, earlier))
    if parts == (NOTHING, NOTHING):
        return NOTHING
    return Findings(
        cues=tuple(cue for part in parts for cue in part.cues),
        signals=tuple(signal for part in parts for signal in part.signals),
    )


def _valence(found: Scan, turn: str) -> Findings:
    carried = [(carrier, carrier.value * weight) for carrier, weight in weighed(found)]
    if not carried:
        return NOTHING
    total = sum(value for _, value in carried)
    score = round(total / sqrt(total * total + _ALPHA), 4)
    cues = tuple(_cue(found, carrier) for carrier in _strongest(carried))
    signal = Signal(
        name="valence.lexicon",
        score=score,
        evidence=tuple(cue.evidence(turn) for cue in cues),
        reason="unhappy words" if score < 0 else "friendly words",
    )
    return Findings(cues=cues, signals=(signal,))


def _strongest(carried: list[tuple[Carrier, float]]) -> list[Carrier]:
    """Return those that carried most, in the order of the text."""
    most = carried
    if len(carried) > _SHOWN:
        most = sorted(carried, key=lambda pair: -abs(pair[1]))[:_SHOWN]
    return sorted(carrier for carrier, _ in most)


def _cue(found: Scan, carrier: Carrier) -> Cue:
    return Cue(
        name="valence.positive" if carrier.value > 0 else "valence.negative",
        span=_span(found, carrier.first, carrier.last),
        source=SOURCE,
        negated=carrier.negated,
    )


def _span(found: Scan, first: int, last: int) -> Span:
    places = found.tokens.places
    return Span(places[first][0], places[min(last, len(places)) - 1][1])


def _sarcasm(found: Scan, subject: Turn | Draft, turn: str, earlier: Sequence[Turn]) -> Findings:
    if not found.tokens.keys:
        return NOTHING
    short = len(found.tokens.keys) <= SHORT
    reasons = suspicions(found, after_refusal=short and _after_refusal(subject, earlier))
    if not reasons:
        return NOTHING
    spans = sorted({_span(found, *place) for reason in reasons for place in reason.places})
    cues = tuple(Cue(name="sarcasm", span=span, source=SOURCE) for span in spans[:_SHOWN])
    sure = strength(reasons)
    signal = Signal(
        name="sarcasm",
        score=sure,
        evidence=tuple(cue.evidence(turn) for cue in cues),
        reason="possible sarcasm",
        pulls=(_MEANT,) if sure >= _LIKELY else (),
    )
    return Findings(cues=cues, signals=(signal,))


def _after_refusal(subject: Turn | Draft, earlier: Sequence[Turn]) -> bool:
    """Tell whether a customer answers an agent who has just said no."""
    if not isinstance(subject, Turn) or subject.role is not Role.CUSTOMER:
        return False
    shown = (turn for turn in reversed(earlier) if not turn.private)
    last = next(shown, None)
    if last is None or last.role not in {Role.AGENT, Role.BOT}:
        return False
    return any(word.text in _REFUSALS for word in words(last.text))
