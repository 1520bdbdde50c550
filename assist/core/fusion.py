"""How a turn feels, from all that speaks of it, in one score that adds up.

The law: every source has one number (the cues of the rules, the lexicon, the models) and one
weight; their sum, and nothing else, is the score before it is bent into −1..1. Which weights hold
depends on which sources spoke, so that a missing model changes the weights and not the kind of
answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import tanh

from assist.core.signals import Reading, Sentiment, SentimentLabel

__all__ = ["BY_HAND", "Fusion", "Mix", "fused", "shares"]

CUES = "cues"
SARCASM = "sarcasm"
VALENCE = "valence"
_PREFIX = "valence."


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """The weights of the sources that must all have spoken, and where the three words begin."""

    weights: Mapping[str, float]
    offset: float = 0.0
    negative_at: float = -0.15
    positive_at: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """Mixes, the one with most sources first; the last must need the cues alone."""

    mixes: tuple[Mix, ...] = field(default=())

    def mix_for(self, spoken: frozenset[str]) -> Mix:
        """Return the first mix all of whose models have spoken."""
        for mix in self.mixes:
            if mix.weights.keys() - {CUES, "lexicon"} <= spoken:
                return mix
        return self.mixes[-1]


BY_HAND = Fusion(mixes=(Mix(weights={CUES: 1.0, "lexicon": 0.9}),))
"""Without any model; chosen by hand."""


def shares(reading: Reading, fusion: Fusion) -> tuple[dict[str, float], Mix]:
    """Return what each source adds to the sum, by its name, and the mix that was used.

    Praise that may be meant otherwise counts nothing, and is not turned.
    """
    said = {
        signal.name.removeprefix(_PREFIX): signal.score
        for signal in reading.family(_PREFIX.rstrip("."))
    }
    mix = fusion.mix_for(frozenset(said))
    said[CUES] = sum(
        pull.amount * abs(signal.score)
        for signal in reading.signals
        for pull in signal.pulls
        if pull.axis == VALENCE and signal.name != VALENCE
    )
    found = {name: weight * said.get(name, 0.0) for name, weight in mix.weights.items()}
    total = mix.offset + sum(found.values())
    if total > 0 and reading.signal(SARCASM) is not None:
        found[SARCASM] = -total
    return found, mix


def fused(reading: Reading, fusion: Fusion) -> Sentiment:
    """Return the sentiment of a reading."""
    found, mix = shares(reading, fusion)
    score = round(tanh(mix.offset + sum(found.values())), 4)
    if score <= mix.negative_at:
        return Sentiment(score=score, label=SentimentLabel.NEGATIVE)
    positive = score >= mix.positive_at
    return Sentiment(
        score=score, label=SentimentLabel.POSITIVE if positive else SentimentLabel.NEUTRAL
    )
