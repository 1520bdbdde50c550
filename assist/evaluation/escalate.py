"""Forecasting: whether a conversation escalates after the turns that are known.

The law: a forecast is made after every turn and sees no later one; a conversation counts as
foretold if any of its forecasts fires. Detection of what already stands in a turn is measured
elsewhere and never mixed with this. A threshold is chosen on other conversations or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean, median
from typing import Any

import numpy as np

from assist.core.turns import Role, Turn
from assist.evaluation.measures import confusion, precision_at, shares
from assist.evaluation.rows import Row, rows
from assist.line import Line

__all__ = [
    "Dialogue",
    "Forecast",
    "Outcome",
    "dialogues",
    "forecasts",
    "outcome",
    "own_dialogues",
    "threshold",
]

_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_PACE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """The turns before the moment in question, and whether it then escalated."""

    id: str
    turns: tuple[tuple[Role, str], ...] = field(repr=False)
    escalated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """After every turn of a conversation: the escalation's score, and its level's rank."""

    escalated: bool
    scores: tuple[float, ...]
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The measures of forecasting. `recovery` is right minus wrong retractions, by conversation.

    A retraction is a conversation that fired and whose last forecast does not; it is right where
    nothing escalated. The horizon of an alarm is how many turns still come between it and the
    event, 0 for an alarm on the very last turn before it.
    """

    accuracy: float
    precision: float
    recall: float
    f1: float
    false_positives: float
    horizon: float
    horizon_median: float
    recovery: float
    alarms: float
    precision_5: float
    precision_10: float


def dialogues(path: Path) -> tuple[Dialogue, ...]:
    """Return the conversations of a file whose rows are `{id, turns: [text], label: 0|1}`.

    Nobody in these serves anybody, so every turn is read as a customer's.
    """
    return tuple(
        Dialogue(
            id=row.text("id"),
            turns=tuple((Role.CUSTOMER, said) for said in _texts(row)),
            escalated=bool(row.one_of("label", (0, 1))),
        )
        for row in rows(path)
    )


def own_dialogues(path: Path) -> tuple[Dialogue, ...]:
    """Return a user's own conversations: `{turns: [{role, text}], escalated: true|false}`."""
    return tuple(
        Dialogue(
            id=str(row.values.get("id", row.line)),
            turns=tuple(_said(row, turn) for turn in _turns(row)),
            escalated=bool(row.one_of("escalated", (True, False))),
        )
        for row in rows(path)
        if "escalated" in row.values
    )


def _turns(row: Row) -> list[Any]:
    turns = row.values.get("turns")
    if not isinstance(turns, list) or not turns:
        raise row.fault("'turns' must be a list that is not empty")
    return turns


def _texts(row: Row) -> list[str]:
    turns = _turns(row)
    if not all(isinstance(said, str) for said in turns):
        raise row.fault("'turns' must be a list of texts")
    return turns


def _said(row: Row, turn: Any) -> tuple[Role, str]:
    known = [str(role) for role in Role]
    role = turn.get("role") if isinstance(turn, dict) else None
    if role not in known or not isinstance(turn.get("text"), str):
        raise row.fault(f"a turn is {{role, text}}, its role one of {', '.join(known)}")
    return Role(role), turn["text"]


def forecasts(found: Sequence[Dialogue], line: Line) -> tuple[Forecast, ...]:
    """Return what the line thinks of every conversation after each of its turns."""
    return tuple(_forecast(dialogue, line) for dialogue in found)


def _forecast(dialogue: Dialogue, line: Line) -> Forecast:
    conversation = line.begin(dialogue.id)
    scores, levels = [], []
    for number, (role, text) in enumerate(dialogue.turns, start=1):
        turn = Turn(id=f"t{number}", role=role, text=text, at=_START + number * _PACE)
        conversation = line.step(conversation, turn).conversation
        scores.append(conversation.escalation.score)
        levels.append(conversation.escalation.level.rank)
    return Forecast(escalated=dialogue.escalated, scores=tuple(scores), levels=tuple(levels))


def outcome(escalated: Sequence[bool], fired: Sequence[Sequence[bool]]) -> Outcome:
    """Return the measures, from what happened and from each conversation's forecasts in order."""
    gold = np.array(escalated, dtype=np.int64)
    told = np.array([any(one) for one in fired], dtype=np.int64)
    counts = confusion(gold, told, 2)
    calm, yes = shares(counts)
    off = 1 - calm.recall
    ahead = [
        len(one) - list(one).index(True) - 1
        for one, happened in zip(fired, escalated, strict=True)
        if happened and any(one)
    ]
    retracted = [
        -1 if happened else 1
        for one, happened in zip(fired, escalated, strict=True)
        if any(one) and not one[-1]
    ]
    forecasts_made = sum(len(one) for one in fired)
    return Outcome(
        accuracy=float((gold == told).mean()),
        precision=yes.precision,
        recall=yes.recall,
        f1=yes.f1,
        false_positives=off,
        horizon=fmean(ahead) if ahead else float("nan"),
        horizon_median=float(median(ahead)) if ahead else float("nan"),
        recovery=sum(retracted) / len(fired),
        alarms=sum(sum(one) for one in fired) / forecasts_made,
        precision_5=precision_at(0.05, yes.recall, off),
        precision_10=precision_at(0.10, yes.recall, off),
    )


def threshold(known: Sequence[Forecast]) -> float:
    """Return the score at which most of these conversations are foretold right, the highest such.

    Above every score stands 1.1, which never fires.
    """
    tops = np.array([max(one.scores) for one in known])
    gold = np.array([one.escalated for one in known])
    candidates = [1.1, *sorted({float(top) for top in tops}, reverse=True)]
    return max(candidates, key=lambda at: (float(((tops >= at) == gold).mean()), at))
