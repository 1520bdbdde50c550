"""What one judge (ours or a rival) says of all items of a set.

The law: classes and scores are told apart, and a chance is only there where the judge claims one.
For a sentiment the score is −1..1, for a yes-or-no it only has an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assist.evaluation.items import SENTIMENT, UNHAPPY, Item
from assist.evaluation.measures import Floats, Ints
from assist.evaluation.ours import Told, ranked

__all__ = ["Verdicts", "gold_of", "ours"]

_LIKE, _LIKELIER = "like.", 0.5
"""What a model says of a turn has a chance; it is a yes where it is likelier than not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """A judge's classes, scores and chances (0..1, of being unhappy or of yes), item by item."""

    judge: str
    classes: Ints
    scores: Floats
    chances: Floats | None = None


def gold_of(items: Sequence[Item], label: str) -> Ints:
    """Return what is true of items that all have the label."""
    if label == SENTIMENT:
        return np.array([item.sentiment for item in items], dtype=np.int64)
    return np.array([int(item.labels[label]) for item in items], dtype=np.int64)


def ours(told: Sequence[Told], label: str, ranking: str) -> Verdicts:
    """Return our verdicts by one ranking; for a sentiment there is only one."""
    if label == SENTIMENT:
        scores = np.array([one.score for one in told], dtype=np.float64)
        return Verdicts(
            judge="ours",
            classes=np.array([one.sentiment for one in told], dtype=np.int64),
            scores=scores,
            chances=(1 - scores) / 2,
        )
    scores = np.array([ranked(one, ranking) for one in told], dtype=np.float64)
    if ranking == UNHAPPY:
        unhappy = np.array([one.sentiment == 0 for one in told], dtype=np.int64)
        return Verdicts(judge=f"ours, {ranking}", classes=unhappy, scores=scores)
    given = (scores > _LIKELIER if ranking.startswith(_LIKE) else scores > 0).astype(np.int64)
    return Verdicts(judge=f"ours, {ranking}", classes=given, scores=scores, chances=scores)
