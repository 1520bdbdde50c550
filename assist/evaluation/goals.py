"""What was aimed at on each set, and whether it was reached.

The law: a goal stands here before a figure is known, and nothing is left out of the table because
it was missed. The figure beside it is the one of the part below, of the same items.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assist.evaluation.items import SENTIMENT, UNHAPPY, Batch
from assist.evaluation.measures import auc, confusion, macro_f1, polite_negative_error, ranks
from assist.evaluation.ours import Told
from assist.evaluation.tables import Cell, figure, section, table
from assist.evaluation.verdicts import gold_of, ours

__all__ = ["GOALS", "Goal", "Reached", "goals_table", "reached"]

MACRO_F1, NEGATIVE_AUC, POLITE, AUC = (
    "macro-F1", "AUC of negative", "polite unhappy told happy", "AUC",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A bound on a measure (at least, or at most); `ranking` is what is ranked by for an AUC."""

    measure: str
    bound: float
    ranking: str = SENTIMENT
    at_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A goal on a set, and the figure that was measured."""

    set: str
    goal: Goal
    figure: float

    @property
    def met(self) -> bool:
        """Tell whether the figure is within the bound."""
        if self.goal.at_most:
            return self.figure <= self.goal.bound
        return self.figure >= self.goal.bound


def _auc(bound: float, ranking: str) -> tuple[Goal, ...]:
    return (Goal(measure=AUC, bound=bound, ranking=ranking),)


GOALS: Mapping[str, tuple[Goal, ...]] = {
    "airline": (
        Goal(measure=MACRO_F1, bound=0.74),
        Goal(measure=NEGATIVE_AUC, bound=0.92),
        Goal(measure=POLITE, bound=0.10, at_most=True),
    ),
    "goemotions": (Goal(measure=MACRO_F1, bound=0.76),),
    "complaints": _auc(0.88, UNHAPPY),
    "uss-sgd": _auc(0.84, UNHAPPY),
    "uss-ccpe": _auc(0.80, UNHAPPY),
    "uss-redial": _auc(0.78, UNHAPPY),
    "emowoz": _auc(0.80, UNHAPPY),
    "convabuse": _auc(0.96, "like.abuse"),
    "github_incivility": _auc(0.82, "like.uncivil"),
}
"""By the set's name."""


def reached(batch: Batch, told: Sequence[Told]) -> tuple[Reached, ...]:
    """Return the goals of a set with what was measured on these items."""
    return tuple(
        Reached(set=batch.name, goal=goal, figure=_measured(goal, batch, told))
        for goal in GOALS.get(batch.name, ())
    )


def _measured(goal: Goal, batch: Batch, told: Sequence[Told]) -> float:
    gold, mine = gold_of(batch.items, batch.label), ours(told, batch.label, goal.ranking)
    if goal.measure == MACRO_F1:
        return macro_f1(confusion(gold, mine.classes, 3))
    if goal.measure == POLITE:
        return polite_negative_error(gold, mine.classes, [item.text for item in batch.items])
    if goal.measure == NEGATIVE_AUC:
        return auc((gold == 0).astype(np.int64), ranks(-mine.scores))
    return auc(gold, ranks(mine.scores))


def goals_table(found: Sequence[Reached]) -> str:
    """Return every goal beside its figure as Markdown; empty where there is none."""
    if not found:
        return ""
    head = ("set", "measure", "goal", "measured", "reached")
    rows: list[list[Cell]] = [
        [one.set, _named(one.goal), _bound(one.goal), one.figure, _verdict(one)] for one in found
    ]
    met = sum(one.met for one in found)
    return section("Goals", f"{met} of {len(found)} reached.", table(head, rows))


def _named(goal: Goal) -> str:
    return goal.measure if goal.ranking == SENTIMENT else f"{goal.measure}, {goal.ranking}"


def _bound(goal: Goal) -> str:
    return ("at most " if goal.at_most else "at least ") + figure(goal.bound)


def _verdict(one: Reached) -> str:
    if one.met:
        return "yes"
    return f"no, by {figure(abs(one.goal.bound - one.figure))}"
