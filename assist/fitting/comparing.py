"""Before and after, on the same lines, with margins, and whether the difference is one.

The law: a fit is worth having only where the macro-F1 is better by more than its margin and nothing
else is worse by more than its own; margins resample whole conversations, before and after together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assist.core.signals import Sentiment
from assist.evaluation.items import CLASSES, Item
from assist.evaluation.measures import (
    POLITE,
    Floats,
    Ints,
    Margin,
    auc,
    bootstrap,
    confusion,
    macro_f1,
    ranks,
)
from assist.evaluation.tables import Cell, table, within
from assist.evaluation.verdicts import gold_of

__all__ = ["Compared", "compared", "shown", "verdict"]

_Measure = Callable[[Floats], float]
_HEAD = ("measure", "before (95 %)", "after (95 %)", "difference (95 %)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One measure, each figure with its margin; `more` tells whether more of it is better."""

    name: str
    before: tuple[float, Margin]
    after: tuple[float, Margin]
    change: tuple[float, Margin]
    more: bool = True

    @property
    def better(self) -> bool:
        """Tell whether it is better by more than its margin."""
        low, high = self.change[1].low, self.change[1].high
        return low > 0 if self.more else high < 0

    @property
    def worse(self) -> bool:
        """Tell whether it is worse by more than its margin."""
        low, high = self.change[1].low, self.change[1].high
        return high < 0 if self.more else low > 0


def compared(
    items: Sequence[Item],
    groups: Ints,
    before: Sequence[Sentiment],
    after: Sequence[Sentiment],
) -> tuple[Compared, ...]:
    """Return macro-F1, AUC of negative and polite unhappy lines told happy, the macro-F1 first."""
    gold = gold_of(items, "sentiment")
    polite = np.array([POLITE.search(item.text) is not None for item in items], dtype=bool)
    asked = polite & (gold == 0)
    first, second = (_measures(gold, asked, told) for told in (before, after))
    return tuple(
        _compared(name, first[name], second[name], groups, more=name != "polite unhappy told happy")
        for name in first
    )


def _measures(gold: Ints, asked: Floats, told: Sequence[Sentiment]) -> dict[str, _Measure]:
    classes = np.array([CLASSES.index(one.label) for one in told], dtype=np.int64)
    ranked = ranks(np.array([-one.score for one in told], dtype=np.float64))
    unhappy = (gold == 0).astype(np.int64)

    def polite(weights: Floats) -> float:
        whole = float(weights[asked].sum())
        return float(weights[asked & (classes == 2)].sum()) / whole if whole else float("nan")

    return {
        "macro-F1": lambda weights: macro_f1(confusion(gold, classes, len(CLASSES), weights)),
        "AUC of negative": lambda weights: auc(unhappy, ranked, weights),
        "polite unhappy told happy": polite,
    }


def _compared(
    name: str, first: _Measure, second: _Measure, groups: Ints, *, more: bool
) -> Compared:
    def change(weights: Floats) -> float:
        return second(weights) - first(weights)

    once = np.ones(len(groups))
    before, after, both = (
        (measure(once), bootstrap(measure, groups)) for measure in (first, second, change)
    )
    return Compared(name=name, before=before, after=after, change=both, more=more)


def shown(found: Sequence[Compared]) -> str:
    """Return the figures as a table."""
    rows: list[list[Cell]] = [
        [one.name, within(*one.before), within(*one.after), within(*one.change)] for one in found
    ]
    return table(_HEAD, rows)


def verdict(found: Sequence[Compared]) -> tuple[bool, str]:
    """Return whether the fit is recommended, and why in a sentence or two."""
    chief = found[0]
    worse = [one.name for one in found if one.worse]
    if worse:
        names = " and ".join(worse)
        return False, f"Not recommended: worse by more than the margin in {names}."
    if not chief.better:
        return False, (
            f"Not recommended: the difference in {chief.name} is within the margin, so it may be "
            "chance. Keep the shipped models, or label more conversations and fit again."
        )
    return True, f"Recommended: the {chief.name} is better by more than the margin."
