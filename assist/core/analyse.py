"""From what was said to its reading.

The law: detectors notice, reading rules name, and the sentiment is fused from both here. Nothing
here looks at the conversation's past except through the turns that detectors are handed.
"""

from collections.abc import Sequence
from dataclasses import replace

from assist.core.conditions import Scene
from assist.core.conversation import Conversation
from assist.core.fusion import BY_HAND, Fusion, fused
from assist.core.rules import Pack, Roster, Watches, applies
from assist.core.signals import (
    Detector,
    Evidence,
    Pull,
    Reading,
    Sentiment,
    SentimentLabel,
    Signal,
)
from assist.core.text import sentences
from assist.core.turns import Draft, Role, Turn

__all__ = ["NEUTRAL", "analyse"]

NEUTRAL = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def analyse(
    subject: Turn | Draft,
    earlier: Sequence[Turn],
    detectors: Sequence[Detector],
    pack: Pack,
    fusion: Fusion = BY_HAND,
) -> Reading:
    """Return the reading of a turn, or of a draft (whose reading has an empty turn id)."""
    found = [detector(subject, earlier) for detector in detectors]
    turn = subject.id if isinstance(subject, Turn) else ""
    reading = Reading(
        turn=turn,
        sentiment=NEUTRAL,
        signals=tuple(signal for findings in found for signal in findings.signals),
        cues=tuple(cue for findings in found for cue in findings.cues),
        sentences=sentences(subject.text),
        embedding=next((findings.embedding for findings in found if findings.embedding), b""),
    )
    customer = isinstance(subject, Turn) and subject.role is Role.CUSTOMER
    watches = Watches.CUSTOMER_TURN if customer else Watches.AGENT_TURN
    reading = _marked(reading, pack.marking(watches))
    sentiment = fused(reading, fusion)
    valence = Signal(
        name="valence",
        score=sentiment.score,
        evidence=_valence_evidence(reading, sentiment),
        reason="sounds unhappy" if sentiment.score < 0 else "sounds content",
        pulls=(Pull(axis="valence", amount=1.0),),
    )
    return reading.going_on((*reading.signals, valence), sentiment)


def _marked(reading: Reading, groups: Sequence[Roster]) -> Reading:
    """Return `reading` with what the rules mark; each group sees what those before it marked."""
    for group in groups:
        scene = Scene(conversation=_NOBODY, reading=reading)
        fresh = [
            Signal(
                name=rule.mark.name,
                score=rule.mark.score,
                evidence=evidence,
                reason=rule.mark.reason,
                pulls=rule.mark.pulls,
            )
            for rule in group.in_question(reading)
            if rule.mark is not None and (evidence := applies(rule, scene)) is not None
        ]
        if fresh:
            reading = reading.going_on(_merged([*reading.signals, *fresh]))
    return reading


def _merged(signals: list[Signal]) -> tuple[Signal, ...]:
    """Return one signal a name: the strongest, with the evidence of all."""
    by_name: dict[str, Signal] = {}
    for signal in signals:
        old = by_name.get(signal.name)
        if old is None:
            by_name[signal.name] = signal
            continue
        strong = signal if _strength(signal) > _strength(old) else old
        evidence = tuple(dict.fromkeys((*old.evidence, *signal.evidence)))
        by_name[signal.name] = replace(strong, evidence=evidence)
    return tuple(by_name.values())


def _strength(signal: Signal) -> float:
    return signal.score * (1 + sum(abs(pull.amount) for pull in signal.pulls))


def _valence_evidence(reading: Reading, sentiment: Sentiment) -> tuple[Evidence, ...]:
    """Return the places that speak for the sign of the sentiment."""
    sign = 1 if sentiment.score >= 0 else -1
    proofs = [
        proof
        for signal in reading.signals
        if any(pull.axis == "valence" and pull.amount * sign > 0 for pull in signal.pulls)
        or (signal.name.startswith("valence.") and signal.score * sign > 0)
        for proof in signal.evidence
    ]
    return tuple(dict.fromkeys(proofs))


_NOBODY = Conversation(id="")
