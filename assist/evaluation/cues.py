"""Confusion by cue: how often each signal stands in turns of either kind, and in our errors.

The law: a signal is counted by its name, once a turn. The valence is the answer itself and no cue;
a signal in nearly every turn, or in very few, says nothing. All these are left out.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from assist.evaluation.measures import Ints
from assist.evaluation.ours import Told
from assist.evaluation.tables import Cell, table

__all__ = ["by_cue"]

_MOST, _LEAST, _NEARLY_ALL = 15, 5, 0.9


def by_cue(told: Sequence[Told], kinds: Mapping[str, Ints], wrong: Ints) -> str:
    """Return the table of the signals that stand in most errors.

    `kinds` are the turns to compare, by what they are called, and `wrong` our errors: 0 or 1 each.
    """
    found: list[tuple[int, str, list[Cell]]] = []
    for name in _names(told):
        given = np.array([int(bool(one.signals.get(name))) for one in told], dtype=np.int64)
        count = int(given.sum())
        if _LEAST <= count <= _NEARLY_ALL * len(told):
            errors = int((given & wrong).sum())
            within = (_part(given, kind) for kind in (*kinds.values(), wrong))
            found.append((-errors, name, [name, count, *within, errors / count]))
    found.sort(key=lambda row: row[:2])
    if not found:
        return ""
    among = (f"of {kind}" for kind in kinds)
    head = ("signal", "turns", *among, "of our errors", "wrong where given")
    return table(head, [row for _, _, row in found[:_MOST]])


def _names(told: Sequence[Told]) -> list[str]:
    named = {name for one in told for name, score in one.signals.items() if score}
    return sorted(name for name in named if name.split(".")[0] != "valence")


def _part(given: Ints, kind: Ints) -> float:
    return float((given & kind).sum() / kind.sum()) if kind.sum() else float("nan")
