"""Figures as Markdown.

The law: what is not known is an en dash, a share has three decimals, and no text of an item comes
here.
"""

from collections.abc import Iterable, Sequence
from math import isnan

from assist.evaluation.measures import Margin

__all__ = ["NONE", "Cell", "figure", "percent", "section", "table", "within"]

NONE = "–"
Cell = str | int | float


def figure(value: float) -> str:
    """Return a share as it is printed: `.812`, `1.000`, or a dash."""
    if isnan(value):
        return NONE
    told = f"{abs(value):.3f}"
    return ("-" if value < 0 else "") + told.removeprefix("0")


def percent(value: float) -> str:
    """Return a share in hundredths."""
    return NONE if isnan(value) else f"{value:.1%}"


def within(value: float, margin: Margin) -> str:
    """Return a figure with its margin: `.812 (.790 to .833)`."""
    if isnan(value) or isnan(margin.low) or margin.low == margin.high:
        return figure(value)
    return f"{figure(value)} ({figure(margin.low)} to {figure(margin.high)})"


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a Markdown table; the first column is words, the others are figures."""
    lines = [_line(head), "|---|" + "---:|" * (len(head) - 1)]
    lines += [_line([_cell(cell) for cell in row]) for row in rows]
    return "\n".join(lines)


def section(title: str, *parts: str, level: int = 2) -> str:
    """Return a heading and what is under it, an empty line between."""
    return "\n\n".join((f"{'#' * level} {title}", *(part for part in parts if part)))


def _cell(cell: Cell) -> str:
    if isinstance(cell, float):
        return figure(cell)
    return f"{cell:,}" if isinstance(cell, int) else cell.replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
