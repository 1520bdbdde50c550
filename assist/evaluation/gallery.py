"""The worst errors, to be read by a person.

The law: this is the one module of the room whose output holds texts of a set; it is made only when
asked for, printed, and never written to a report.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from assist.evaluation.items import CLASSES, SENTIMENT, Item
from assist.evaluation.verdicts import Verdicts, gold_of

__all__ = ["Miss", "shown", "worst"]

_YES_NO = ("no", "yes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """An item that was told wrong."""

    id: str
    gold: str
    told: str
    score: float
    text: str = field(repr=False)
    before: str = field(default="", repr=False)


def worst(items: Sequence[Item], label: str, verdicts: Verdicts, most: int) -> tuple[Miss, ...]:
    """Return the items told wrong, those furthest off first."""
    if not items or most < 1:
        return ()
    gold = gold_of(items, label)
    names = CLASSES if label == SENTIMENT else _YES_NO
    aims = gold - 1.0 if label == SENTIMENT else gold * 1.0
    off = np.abs(verdicts.scores - aims)
    wrong = [place for place in range(len(items)) if gold[place] != verdicts.classes[place]]
    wrong.sort(key=lambda place: (-off[place], place))
    return tuple(
        Miss(
            id=items[place].id,
            gold=names[gold[place]],
            told=names[verdicts.classes[place]],
            score=float(verdicts.scores[place]),
            text=items[place].text,
            before=items[place].before,
        )
        for place in wrong[:most]
    )


def shown(title: str, misses: Sequence[Miss]) -> str:
    """Return the misses as lines for a terminal, without characters that one might obey."""
    lines = [title]
    for miss in misses:
        lines.append(f"  {_clean(miss.id)}: {miss.gold}, told {miss.told} ({miss.score:+.2f})")
        lines += [f"    before: {_clean(miss.before)}"] if miss.before else []
        lines.append(f"    {_clean(miss.text)}")
    return "\n".join(lines)


def _clean(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)
