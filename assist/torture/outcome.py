"""What a torture is asked for, and what came of it.

The law: values only. A figure is what was counted or taken; whether its goal was reached is said
beside it. A law that was broken (something lost, doubled, leaked or crashed) is named apart from a
goal that was missed: a slow machine misses goals, only a fault breaks laws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Outcome", "Scale", "percentile", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much to try: all of it or a short version; the seed of the dice; minutes where given."""

    short: bool = False
    seed: int = 1
    minutes: float | None = None

    def of(self, full: int, short: int) -> int:
        """Return how many to try."""
        return short if self.short else full

    def seconds(self, full: float, short: float) -> float:
        """Return how long to try; the minutes that were asked for win."""
        if self.minutes is not None:
            return self.minutes * 60
        return short if self.short else full


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Figures by name, whether the goal was reached (None: it was not tried), what was broken."""

    figures: tuple[tuple[str, int | float | str], ...] = ()
    reached: bool | None = None
    broken: tuple[str, ...] = ()
    why: str = ""
    """Why it was not tried."""


def skipped(why: str) -> Outcome:
    """Return the outcome of what could not be tried here."""
    return Outcome(why=why)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0..1) of `values` do not exceed; NaN without values."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
