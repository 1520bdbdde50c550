"""The measures, exact and with their margins.

The law: every measure is a function of what was true, what was told and how often each item counts
(`weights`, once each where none are given), so the very same function makes the figure and its
bootstrap. A measure that the data cannot give is NaN, never a guess. Classes are small integers.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Floats",
    "Ints",
    "Margin",
    "Share",
    "accuracy",
    "auc",
    "bootstrap",
    "confusion",
    "ece",
    "groups_of",
    "macro_f1",
    "polite_negative_error",
    "precision_at",
    "ranks",
    "shares",
]

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]

POLITE = re.compile(r"\b(?:thank|thanks|help|please)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How well one class is told; `count` is how often it is true."""

    precision: float
    recall: float
    f1: float
    count: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Where 95 of 100 resamplings lie."""

    low: float
    high: float


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def confusion(gold: Ints, told: Ints, size: int, weights: Floats | None = None) -> Floats:
    """Return how often each class (row) was told as each (column)."""
    counts = np.bincount(gold * size + told, weights=weights, minlength=size * size)
    return counts.reshape(size, size).astype(np.float64)


def accuracy(table: Floats) -> float:
    """Return the share told right."""
    return _ratio(float(np.trace(table)), float(table.sum()))


def shares(table: Floats) -> tuple[Share, ...]:
    """Return precision, recall and F1 of each class of a confusion table."""
    found = []
    for name in range(len(table)):
        right, told, gold = table[name, name], table[:, name].sum(), table[name].sum()
        found.append(
            Share(
                precision=_ratio(float(right), float(told)),
                recall=_ratio(float(right), float(gold)),
                f1=_ratio(2 * float(right), float(told + gold)),
                count=float(gold),
            )
        )
    return tuple(found)


def macro_f1(table: Floats) -> float:
    """Return the mean F1 over the classes that are true or told of anything."""
    found = [share.f1 for share in shares(table) if not np.isnan(share.f1)]
    return _ratio(sum(found), len(found))


def ranks(scores: Floats) -> Ints:
    """Return the place of each score among the different scores, ties alike, from 0."""
    return np.unique(scores, return_inverse=True)[1].astype(np.int64)


def auc(positive: Ints, ranked: Ints, weights: Floats | None = None) -> float:
    """Return how likely a positive item ranks above a negative one, a tie counting half."""
    each = np.ones(len(positive)) if weights is None else weights
    size = int(ranked.max(initial=0)) + 1
    yes = np.bincount(ranked, weights=each * positive, minlength=size)
    no = np.bincount(ranked, weights=each * (1 - positive), minlength=size)
    below = np.cumsum(no) - no
    won = float((yes * (below + no / 2)).sum())
    return _ratio(won, float(yes.sum() * no.sum()))


def ece(chances: Floats, outcomes: Floats, bins: int = 10, weights: Floats | None = None) -> float:
    """Return the mean distance of chance told and outcome, over bins of equal width."""
    each = np.ones(len(chances)) if weights is None else weights
    places = np.clip((chances * bins).astype(np.int64), 0, bins - 1)
    off = np.bincount(places, weights=each * (chances - outcomes), minlength=bins)
    return _ratio(float(np.abs(off).sum()), float(each.sum()))


def polite_negative_error(gold: Ints, told: Ints, texts: Sequence[str]) -> float:
    """Return the share of unhappy turns with thank, help or please that were told as positive."""
    polite = np.array([POLITE.search(text) is not None for text in texts], dtype=bool)
    asked = polite & (gold == 0)
    return _ratio(float(((told == 2) & asked).sum()), float(asked.sum()))


def precision_at(prevalence: float, recall: float, false_positives: float) -> float:
    """Return the precision that these two rates give where `prevalence` of all are positive."""
    right = prevalence * recall
    return _ratio(right, right + (1 - prevalence) * false_positives)


def groups_of(names: Sequence[str]) -> Ints:
    """Return the number of each item's group; an item with an empty name is a group of its own."""
    known: dict[str, int] = {}
    keys = (name or f"\0{place}" for place, name in enumerate(names))
    return np.array([known.setdefault(key, len(known)) for key in keys], dtype=np.int64)


def bootstrap(
    measure: Callable[[Floats], float], groups: Ints, *, times: int = 1000, seed: int = 20
) -> Margin:
    """Return the margin of a measure of weights, whole groups being drawn with replacement."""
    size = int(groups.max(initial=-1)) + 1
    if size < 2:
        return Margin(low=float("nan"), high=float("nan"))
    dice = np.random.default_rng(seed)
    found = []
    for _ in range(times):
        drawn = np.bincount(dice.integers(size, size=size), minlength=size).astype(np.float64)
        found.append(measure(drawn[groups]))
    known = np.array([value for value in found if not np.isnan(value)])
    if not len(known):
        return Margin(low=float("nan"), high=float("nan"))
    low, high = np.percentile(known, [2.5, 97.5])
    return Margin(low=float(low), high=float(high))
