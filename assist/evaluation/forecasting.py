"""The report's part on forecasting: how the shipped levels do, beside plain rivals.

The law: nothing here is fitted on what it is measured on; a threshold comes from other
conversations and is named so.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np

from assist.core.escalation import Level
from assist.evaluation.escalate import Dialogue, Forecast, Outcome, forecasts, outcome, threshold
from assist.evaluation.items import SENTIMENT, Item
from assist.evaluation.measures import auc, bootstrap, ranks
from assist.evaluation.report import Part
from assist.evaluation.rivals import vader
from assist.evaluation.tables import NONE, Cell, percent, section, table, within
from assist.line import Line

__all__ = ["forecast_part"]

_HEAD = (
    "fires", "accuracy", "precision", "recall", "F1", "false positives", "mean H", "median H",
    "recovery", "turns with alarm", "precision at 5 %", "precision at 10 %",
)  # fmt: skip


def forecast_part(
    title: str, found: Sequence[Dialogue], line: Line, *, others: Sequence[Dialogue] = ()
) -> Part:
    """Return how well escalation is foretold; `others` are what a threshold is chosen on."""
    made = forecasts(found, line)
    happened = [one.escalated for one in found]
    rows = [_row(name, outcome(happened, fired)) for name, fired in _policies(made, others, line)]
    rows.append(_row("VADER, any turn at -.05 or less", outcome(happened, _sour(found))))
    rows.append(_row("always", outcome(happened, [[True] * len(one.turns) for one in found])))
    count = f"{len(found):,} conversations, {sum(happened):,} of them escalate"
    ranked = ranks(np.array([max(one.scores) for one in made]))
    gold = np.array(happened, dtype=np.int64)
    margin = bootstrap(partial(auc, gold, ranked), np.arange(len(found)))
    area = f"AUC of the highest score: {within(auc(gold, ranked), margin)}"
    return Part(title=title, body=section(title, f"{count}. {area}.", table(_HEAD, rows)))


def _policies(
    made: Sequence[Forecast], others: Sequence[Dialogue], line: Line
) -> list[tuple[str, list[list[bool]]]]:
    fired = [
        (f"level {level} or above", [[rank >= level.rank for rank in one.levels] for one in made])
        for level in (Level.WATCH, Level.HIGH)
    ]
    if others:
        at = threshold(forecasts(others, line))
        name = f"score {at:.2f} or more, chosen on {len(others):,} others"
        fired.append((name, [[score >= at for score in one.scores] for one in made]))
    return fired


def _sour(found: Sequence[Dialogue]) -> list[list[bool]]:
    items = [Item(id=one.id, text=text) for one in found for _, text in one.turns]
    told = iter(vader(items, SENTIMENT).classes == 0)
    return [[bool(next(told)) for _ in one.turns] for one in found]


def _row(name: str, told: Outcome) -> list[Cell]:
    return [
        name,
        told.accuracy,
        told.precision,
        told.recall,
        told.f1,
        told.false_positives,
        _turns(told.horizon),
        _turns(told.horizon_median),
        f"{told.recovery:+.1%}",
        percent(told.alarms),
        told.precision_5,
        told.precision_10,
    ]


def _turns(value: float) -> str:
    return NONE if np.isnan(value) else f"{value:.1f}"
