"""The project's own challenge suites: short turns, each with what a reading must say of it.

The law: `expect` names a sentiment (or a list of those that will do) or one yes-or-no label; an
item passes or fails, and a label's own suite also tells precision and recall.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assist.evaluation.items import CLASSES, QUESTIONS, SENTIMENT, Item
from assist.evaluation.measures import confusion, shares
from assist.evaluation.ours import Told
from assist.evaluation.rivals import keywords, vader
from assist.evaluation.rows import Row, rows
from assist.evaluation.tables import Cell, section, table
from assist.evaluation.verdicts import Verdicts, gold_of, ours

__all__ = ["SuiteItem", "failed", "suite_items", "suite_tables"]

_SENTIMENTS = {"neg": 0, "neu": 1, "pos": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuiteItem:
    """An item of a suite; `allowed` are the sentiments that pass, empty for a yes-or-no."""

    suite: str
    item: Item
    allowed: frozenset[int] = frozenset()


def suite_items(path: Path) -> tuple[SuiteItem, ...]:
    """Return the items of a file of suites."""
    return tuple(_item(row) for row in rows(path))


def _item(row: Row) -> SuiteItem:
    expect = row.values.get("expect")
    if not isinstance(expect, Mapping) or len(expect) != 1:
        raise row.fault("'expect' must be an object with one label")
    name, value = next(iter(expect.items()))
    allowed = _allowed(row, value) if name == SENTIMENT else ()
    if name != SENTIMENT and (name not in QUESTIONS or not isinstance(value, bool)):
        names = ", ".join(QUESTIONS)
        raise row.fault(f"'expect' takes a sentiment, or true or false under one of {names}")
    item = Item(
        id=row.text("id"),
        text=row.text("text"),
        before=row.text("before", absent=""),
        sentiment=allowed[0] if allowed else None,
        labels={} if name == SENTIMENT else {name: value},
    )
    return SuiteItem(suite=row.text("suite"), item=item, allowed=frozenset(allowed))


def _allowed(row: Row, value: object) -> tuple[int, ...]:
    named: list[Any] = value if isinstance(value, list) else [value]
    found = tuple(_SENTIMENTS[name] for name in named if name in list(_SENTIMENTS))
    if not found or len(found) < len(named):
        raise row.fault(f"a sentiment is one of {', '.join(_SENTIMENTS)}, or a list of these")
    return found


def failed(items: Sequence[SuiteItem], told: Sequence[Told]) -> tuple[tuple[SuiteItem, str], ...]:
    """Return the items that fail, each with what was told instead."""
    found = []
    for one, said in zip(items, told, strict=True):
        if one.allowed and said.sentiment not in one.allowed:
            found.append((one, CLASSES[said.sentiment]))
        for label, gold in one.item.labels.items():
            given = bool(_mine([said], label).classes[0])
            if given != gold:
                found.append((one, f"{label}: {'yes' if given else 'no'}"))
    return tuple(found)


def suite_tables(items: Sequence[SuiteItem], told: Sequence[Told]) -> str:
    """Return the pass rates of all suites as Markdown."""
    named: dict[str, list[int]] = {}
    for place, one in enumerate(items):
        named.setdefault(one.suite, []).append(place)
    feeling: list[list[Cell]] = []
    asked: list[list[Cell]] = []
    for suite, places in sorted(named.items()):
        some, said = [items[place] for place in places], [told[place] for place in places]
        if some[0].allowed:
            feeling.append([suite, *_feeling(some, said)])
        else:
            asked.extend([suite, *row] for row in _asked(some, said))
    head = ("suite", "items", "passed", "VADER passed", "unhappy told happy", "happy told unhappy")
    asks = ("suite", "judge", "yes", "no", "passed", "precision", "recall")
    return section(
        "Challenge suites",
        table(head, [*feeling, _all(feeling)]) if feeling else "",
        table(asks, asked) if asked else "",
    )


def _feeling(some: Sequence[SuiteItem], said: Sequence[Told]) -> list[Cell]:
    passed = [one.sentiment in item.allowed for item, one in zip(some, said, strict=True)]
    plain = vader([item.item for item in some], SENTIMENT).classes
    rival = [int(one) in item.allowed for item, one in zip(some, plain, strict=True)]
    return [
        len(some),
        sum(passed) / len(some),
        sum(rival) / len(some),
        _turned(some, said, 0, 2),
        _turned(some, said, 2, 0),
    ]


def _turned(some: Sequence[SuiteItem], said: Sequence[Told], gold: int, told: int) -> int:
    return sum(
        item.allowed == {gold} and one.sentiment == told
        for item, one in zip(some, said, strict=True)
    )


def _all(rows_of: Sequence[Sequence[Cell]]) -> list[Cell]:
    items = sum(int(row[1]) for row in rows_of)
    rates = [sum(int(row[1]) * float(row[k]) for row in rows_of) / items for k in (2, 3)]
    return ["**all**", items, *rates, *(sum(int(row[k]) for row in rows_of) for k in (4, 5))]


def _asked(some: Sequence[SuiteItem], said: Sequence[Told]) -> list[list[Cell]]:
    label = next(iter(some[0].item.labels))
    items = [one.item for one in some]
    gold = gold_of(items, label)
    found: list[list[Cell]] = []
    for verdicts in (_mine(said, label), keywords(items, label)):
        counts = confusion(gold, verdicts.classes, 2)
        yes = shares(counts)[1]
        passed = float((gold == verdicts.classes).mean())
        sums: list[Cell] = [int(gold.sum()), int((1 - gold).sum())]
        found.append([verdicts.judge, *sums, passed, yes.precision, yes.recall])
    return found


def _mine(said: Sequence[Told], label: str) -> Verdicts:
    return ours(said, label, QUESTIONS[label][0])
