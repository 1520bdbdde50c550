"""Chats whose every customer turn has a level, and how near ours comes to it.

The law: a level was given by what had been said up to that turn, and ours is measured so: after
every turn, with no later one known. An alarm is a level of high or above; a chat is told if any of
its turns is, whenever that was.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import comb
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from assist.core.escalation import Level
from assist.core.turns import Role, Turn
from assist.evaluation.measures import Floats, Ints, precision_at
from assist.evaluation.rows import Row, rows

__all__ = [
    "HIGH", "Chat", "Course", "by_chat", "chance_of", "down_after", "early", "labelled_chats",
    "peak",
]  # fmt: skip

HIGH = Level.HIGH.rank
_RARE = 0.025


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat, and the level after each of the customer's turns, in their order."""

    id: str
    turns: tuple[Turn, ...] = field(repr=False)
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A chat's levels as they were given and as they were told, and what they were ranked by."""

    gold: tuple[int, ...]
    told: tuple[int, ...]
    scores: tuple[float, ...]


def labelled_chats(path: Path) -> tuple[Chat, ...]:
    """Return the chats of a file: `{turns: [{role, text, at?, name?, level}]}`, one a line."""
    return tuple(_chat(row) for row in rows(path) if _labelled(row))


def _labelled(row: Row) -> bool:
    turns = row.values.get("turns")
    return isinstance(turns, list) and any(isinstance(t, dict) and "level" in t for t in turns)


def _chat(row: Row) -> Chat:
    said = row.values["turns"]
    turns = tuple(_turn(row, turn, number) for number, turn in enumerate(said, start=1))
    levels = (
        _level(row, turn) for turn in said if turn["role"] == Role.CUSTOMER
    )  # `_turn` has checked the roles
    return Chat(id=str(row.values.get("id", row.line)), turns=turns, levels=tuple(levels))


def _turn(row: Row, said: Any, number: int) -> Turn:
    known = [str(role) for role in Role]
    role = said.get("role") if isinstance(said, dict) else None
    if role not in known or not isinstance(said.get("text"), str):
        raise row.fault(f"a turn is {{role, text, at, level}}, its role one of {', '.join(known)}")
    try:
        at = datetime.fromisoformat(said["at"])
    except (KeyError, TypeError, ValueError):
        raise row.fault("'at' must be there and be a time such as 2026-03-02T09:14:10Z") from None
    if at.tzinfo is None:
        raise row.fault("'at' must say its time zone, such as the Z in 2026-03-02T09:14:10Z")
    author = said.get("name")
    return Turn(
        id=f"t{number}",
        role=Role(role),
        text=said["text"],
        at=at,
        author=author if isinstance(author, str) else None,
    )


def _level(row: Row, said: dict[str, Any]) -> int:
    known = [str(level) for level in Level]
    if said.get("level") not in known:
        raise row.fault(f"every customer turn has a 'level', one of {', '.join(known)}")
    return known.index(said["level"])


def peak(levels: Sequence[int]) -> bool:
    """Tell whether a chat is ever high."""
    return max(levels, default=0) >= HIGH


def by_chat(gold: Ints, told: Ints, weights: Floats | None = None) -> dict[str, float]:
    """Return precision, recall and false positives, and the precision at two prevalences."""
    each = np.ones(len(gold)) if weights is None else weights
    right, wrong = float(each @ (gold & told)), float(each @ ((1 - gold) & told))
    yes, no = float(each @ gold), float(each @ (1 - gold))
    recall, off = right / yes if yes else np.nan, wrong / no if no else np.nan
    return {
        "precision": right / (right + wrong) if right + wrong else np.nan,
        "recall": recall,
        "false positives": off,
        "precision at 5 %": precision_at(0.05, recall, off),
        "precision at 10 %": precision_at(0.10, recall, off),
    }


def early(courses: Sequence[Course]) -> float:
    """Return the mean number of customer turns by which alarms come before the first high label.

    Only chats that are high and told so count; an alarm that comes late counts less than nothing.
    """
    found = [
        _first(course.gold) - _first(course.told)
        for course in courses
        if peak(course.gold) and peak(course.told)
    ]
    return fmean(found) if found else float("nan")


def _first(levels: Sequence[int]) -> int:
    return next(place for place, level in enumerate(levels) if level >= HIGH)


def down_after(courses: Sequence[Course]) -> float:
    """Return how many customer turns after the label, on average, an alarm comes down for good.

    Only chats that come down from high and were told high count. One that is not down at the end
    counts as down with the turn after the last.
    """
    found = [
        max(0, _last(course.told) - _last(course.gold))
        for course in courses
        if peak(course.gold) and course.gold[-1] < HIGH and peak(course.told)
    ]
    return fmean(found) if found else float("nan")


def _last(levels: Sequence[int]) -> int:
    return max(place for place, level in enumerate(levels) if level >= HIGH)


def chance_of(wrong: int, chats: int) -> float:
    """Return the highest rate of which so few wrong ones of so many still are 1 in 40 likely."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _likely(wrong, chats, middle) > _RARE else (low, middle)
    return high


def _likely(wrong: int, chats: int, rate: float) -> float:
    """Return how likely at most so many of these chats are wrong, each at this rate."""
    return sum(comb(chats, k) * rate**k * (1 - rate) ** (chats - k) for k in range(wrong + 1))
