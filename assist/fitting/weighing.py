"""What each source of a sentiment counts, and where negative and positive begin.

The law: weights are never negative, and nothing said is a score of 0; there is a mix for every set
of models that may be missing, and one is fitted only where all its sources were heard.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np

from assist.core.fusion import BY_HAND, CUES, Fusion, Mix, shares
from assist.core.signals import Reading
from assist.evaluation.measures import Floats, Ints, confusion, macro_f1

__all__ = [
    "MIXES",
    "SOURCES",
    "agreement",
    "document",
    "mix_of",
    "said",
    "scores",
    "told",
    "valence",
]

SOURCES = (CUES, "lexicon", "ngrams", "encoder")
MIXES = (SOURCES, (CUES, "lexicon", "ngrams"), (CUES, "lexicon"))
SCALE = 0.55
"""A clear turn scores about half; only what several sources say goes far beyond. The rules' and the
escalation policy's bounds were made for such scores; the order of turns does not depend on it."""
_CLASSES = 3
_STEPS, _STRIDE = 4000, 0.3


def valence(source: str) -> str:
    """Return the name of the signal with which a source speaks of a turn's feeling."""
    return f"valence.{source}"


def said(readings: Sequence[Reading]) -> dict[str, Floats]:
    """Return what each source says of each turn."""
    columns: dict[str, list[float]] = {name: [] for name in SOURCES}
    for reading in readings:
        cues, _ = shares(reading, BY_HAND)
        for name, column in columns.items():
            signal = reading.signal(valence(name))
            column.append(cues[CUES] if name == CUES else signal.score if signal else 0.0)
    return {name: np.array(column, dtype=np.float64) for name, column in columns.items()}


def mix_of(
    names: Sequence[str], columns: Mapping[str, Floats], labels: Ints, counts: Floats
) -> Mix:
    """Return the mix of these sources that fits the labels; a turn counts as often as it says."""
    values = np.stack([columns[name] for name in names], axis=1)
    weights = SCALE * _weighed(values, labels.astype(np.float64) - 1.0, counts)
    low, high = _bounds(np.tanh(values @ weights), labels, counts)
    told_weights = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)}
    return Mix(weights=MappingProxyType(told_weights), negative_at=low, positive_at=high)


def scores(mix: Mix, columns: Mapping[str, Floats]) -> Floats:
    """Return the score that a mix gives each turn."""
    total = sum(weight * columns[name] for name, weight in mix.weights.items())
    return np.asarray(np.tanh(total + mix.offset), dtype=np.float64)


def _weighed(values: Floats, wanted: Floats, counts: Floats) -> Floats:
    """Return weights, never negative, by least squares through tanh."""
    weights = np.full(values.shape[1], 0.5)
    for _ in range(_STEPS):
        bent = np.tanh(values @ weights)
        slope = counts * (bent - wanted) * (1 - bent**2)
        weights = np.clip(weights - _STRIDE * (slope @ values / counts.sum()), 0, None)
    return weights


def _bounds(found: Floats, labels: Ints, counts: Floats) -> tuple[float, float]:
    """Return where negative ends and positive begins, for the best macro-F1."""
    grid = np.round(np.arange(-0.5, 0.51, 0.025), 3)
    tried = [
        (agreement(labels, told(found, low, high), counts), low, high)
        for low in grid
        for high in grid
        if low < 0 < high
    ]
    _, low, high = max(tried, key=lambda one: one[0])
    return float(low), float(high)


def told(found: Floats, low: float, high: float) -> Ints:
    """Return 0 for negative, 1 for neutral, 2 for positive."""
    return np.where(found <= low, 0, np.where(found >= high, 2, 1)).astype(np.int64)


def agreement(labels: Ints, found: Ints, counts: Floats | None = None) -> float:
    """Return the macro-F1 of the three classes."""
    return macro_f1(confusion(labels, found, _CLASSES, counts))


def document(fusion: Fusion) -> dict[str, Any]:
    """Return the weights as they are kept in a file."""
    return {
        "mixes": [
            {
                "weights": dict(mix.weights),
                "offset": mix.offset,
                "negative_at": mix.negative_at,
                "positive_at": mix.positive_at,
            }
            for mix in fusion.mixes
        ]
    }
