"""What a report is made of: sections of rows, the same for the screen, for JSON and for a page.

The law: a share never stands without its counts and its interval, and no text of a chat is here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from assist.core.feedback import Interval, wilson
from assist.core.techniques import TECHNIQUES

__all__ = [
    "Cell",
    "Column",
    "Rate",
    "Report",
    "Section",
    "as_json",
    "cause_named",
    "grouped",
    "printed",
    "ranked",
    "technique_named",
]


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """Return the share, None where there was nothing to count."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> Interval:
        """Return where the share lies, with 95 of 100 chances."""
        return wilson(self.part, self.whole)


Cell = str | int | float | Rate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column; one that is not `brief` is left out where there is little room.

    `words` says what a person reads in place of an id; JSON keeps the id.
    """

    name: str
    title: str
    brief: bool = True
    words: Callable[[str], str] = str

    def shown(self, row: Mapping[str, Cell]) -> str:
        """Return what a person reads in this column of `row`."""
        cell = row[self.name]
        return self.words(cell) if isinstance(cell, str) else printed(cell)


def technique_named(technique: str) -> str:
    """Return the catalogue's name of a technique, the id where it has none (no longer, perhaps)."""
    return TECHNIQUES.get(technique, technique)


def cause_named(cause: str) -> str:
    """Return the catalogue's name of a cause, given without its prefix."""
    return TECHNIQUES.get(f"cause.{cause}", cause)


_Key = TypeVar("_Key", bound=str | tuple[str, ...])
_Value = TypeVar("_Value")


def grouped(named: Iterable[tuple[str, _Value]]) -> dict[str, list[_Value]]:
    """Return the values of each name, in the order they came."""
    groups: dict[str, list[_Value]] = {}
    for name, value in named:
        groups.setdefault(name, []).append(value)
    return groups


def ranked(counts: Mapping[_Key, int]) -> list[_Key]:
    """Return the keys, the most frequent first, and those of one number by name."""
    return sorted(counts, key=lambda key: (-counts[key], key))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table with its name, what it says, and the rate that is drawn, if one is."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Cell], ...]
    drawn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All sections, over how many conversations and turns they are."""

    title: str
    conversations: int
    turns: int
    rules: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]


def printed(cell: Cell) -> str:
    """Return a cell as a person reads it: `12 of 40, 30 % (18–45)`."""
    match cell:
        case None:
            return "–"
        case Rate(part=part, whole=whole) if cell.share is not None:
            low, high = (round(100 * end) for end in (cell.interval.low, cell.interval.high))
            return f"{part} of {whole}, {cell.share:.0%} ({low}–{high})"
        case Rate():
            return "–"
        case float():
            return f"{cell:.1f}"
        case int():
            return f"{cell:,}"
        case _:
            return cell


def as_json(report: Report) -> dict[str, Any]:
    """Return the report as one JSON object, each section under its name."""
    return {
        "title": report.title,
        "conversations": report.conversations,
        "turns": report.turns,
        "version": report.rules,
        "remarks": list(report.remarks),
        **{section.name: _rows(section.rows) for section in report.sections},
        "notes": {section.name: section.note for section in report.sections},
    }


def _rows(rows: Sequence[Mapping[str, Cell]]) -> list[dict[str, Any]]:
    return [{name: _value(cell) for name, cell in row.items()} for row in rows]


def _value(cell: Cell) -> Any:
    if not isinstance(cell, Rate):
        return cell
    found = cell.interval
    return {
        "part": cell.part,
        "whole": cell.whole,
        "share": None if cell.share is None else round(cell.share, 4),
        "low": round(found.low, 4),
        "high": round(found.high, 4),
    }
