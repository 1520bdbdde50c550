"""What the line says of items.

The law: an item is read as any turn is: the customer's words, after the agent's turn before them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from assist.core.signals import Reading
from assist.core.turns import Role, Turn
from assist.evaluation.items import CLASSES, UNHAPPY, Item

__all__ = ["Reader", "Told", "ranked", "read", "readings"]

Reader = Callable[[Turn, tuple[Turn, ...]], Reading]
"""`Line.read`, or whatever reads a turn after those before it."""

_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reading, as far as it is measured: class, score −1..1, and every signal's score."""

    sentiment: int
    score: float
    signals: Mapping[str, float] = field(default_factory=dict)


def read(reader: Reader, items: Iterable[Item]) -> tuple[Told, ...]:
    """Return what is told of every item."""
    return tuple(_told(reading) for reading in readings(reader, items))


def readings(reader: Reader, items: Iterable[Item]) -> Iterator[Reading]:
    """Yield the reading of every item."""
    return (reader(_turn(item), _earlier(item)) for item in items)


def ranked(told: Told, ranking: str) -> float:
    """Return the score that a ranking gives: −1..1 for unhappiness, 0..1 for a signal."""
    if ranking == UNHAPPY:
        return -told.score
    return abs(told.signals.get(ranking, 0.0))


def _turn(item: Item) -> Turn:
    return Turn(id="turn", role=Role.CUSTOMER, text=item.text, at=_START + timedelta(seconds=30))


def _earlier(item: Item) -> tuple[Turn, ...]:
    if not item.before:
        return ()
    return (Turn(id="before", role=Role.AGENT, text=item.before, at=_START),)


def _told(reading: Reading) -> Told:
    return Told(
        sentiment=CLASSES.index(reading.sentiment.label),
        score=reading.sentiment.score,
        signals={signal.name: signal.score for signal in reading.signals},
    )
