"""From items to a part of the report.

The law: a report holds figures and names, never a text; what is printed of texts is apart, in
`misses`, and only there when it was asked for. Ours and every rival answer the same items.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from assist.evaluation import gallery
from assist.evaluation.cues import by_cue
from assist.evaluation.goals import Reached, reached
from assist.evaluation.items import CLASSES, QUESTIONS, SENTIMENT, Batch, Item
from assist.evaluation.measures import (
    Floats,
    Ints,
    accuracy,
    auc,
    bootstrap,
    confusion,
    ece,
    groups_of,
    macro_f1,
    polite_negative_error,
    ranks,
    shares,
)
from assist.evaluation.ours import Reader, read
from assist.evaluation.rivals import rivals
from assist.evaluation.suites import SuiteItem, failed, suite_tables
from assist.evaluation.tables import NONE, Cell, percent, section, table, within
from assist.evaluation.verdicts import Verdicts, gold_of, ours

__all__ = ["Part", "part_of", "suites_part"]

_SENTIMENT_HEAD = (
    "judge", "accuracy", "macro-F1 (95 %)", "AUC of negative (95 %)", "ECE",
    "polite unhappy told happy",
)  # fmt: skip
_YES_NO_HEAD = (
    "judge", "AUC (95 %)", "precision", "recall", "F1", "false positives", "ECE",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a report, as Markdown, and the worst errors where these were asked for."""

    title: str
    body: str
    misses: str = field(default="", repr=False)
    goals: tuple[Reached, ...] = ()


def part_of(batch: Batch, reader: Reader, *, errors: int = 0) -> Part:
    """Return how well the items' label is told, by us and by the rivals."""
    items, label = batch.items, batch.label
    told = read(reader, items)
    gold, groups = gold_of(items, label), groups_of([item.group for item in items])
    mine = [ours(told, label, ranking) for ranking in _rankings(label)]
    rows = [*mine, *rivals(items, label)]
    feeling = label == SENTIMENT
    head = _SENTIMENT_HEAD if feeling else _YES_NO_HEAD
    lines = [
        _absent(row, len(head)) if isinstance(row, str) else _row(row, items, gold, groups, label)
        for row in rows
    ]
    wrong = (gold != mine[0].classes).astype(np.int64)
    body = section(
        batch.title,
        _mix(gold, label),
        table(head, lines),
        _classes(gold, mine[0]) if feeling else "",
        by_cue(told, _kinds(gold, label), wrong),
    )
    misses = gallery.worst(items, label, mine[0], errors)
    return Part(
        title=batch.title,
        body=body,
        misses=gallery.shown(batch.title, misses) if errors else "",
        goals=reached(batch, told),
    )


def suites_part(items: Sequence[SuiteItem], reader: Reader, *, errors: int = 0) -> Part:
    """Return how many items of the challenge suites pass."""
    told = read(reader, [one.item for one in items])
    misses = failed(items, told)[:errors]
    shown = [
        gallery.Miss(
            id=one.item.id, gold=_wanted(one), told=said, score=0.0,
            text=one.item.text, before=one.item.before,
        )
        for one, said in misses
    ]  # fmt: skip
    title = "Challenge suites"
    body = suite_tables(items, told)
    return Part(title=title, body=body, misses=gallery.shown(title, shown) if errors else "")


def _wanted(one: SuiteItem) -> str:
    if one.allowed:
        return " or ".join(CLASSES[place] for place in sorted(one.allowed))
    return "; ".join(f"{name}: {'yes' if gold else 'no'}" for name, gold in one.item.labels.items())


def _rankings(label: str) -> tuple[str, ...]:
    """Return the rankings that answer a label; one nobody knows is a signal's own name."""
    return (SENTIMENT,) if label == SENTIMENT else QUESTIONS.get(label, (label,))


def _mix(gold: Ints, label: str) -> str:
    names = CLASSES if label == SENTIMENT else (f"not {label}", label)
    counts = np.bincount(gold, minlength=len(names))
    told = ", ".join(f"{count:,} {name}" for name, count in zip(names, counts, strict=True))
    return f"{len(gold):,} turns: {told}"


def _kinds(gold: Ints, label: str) -> dict[str, Ints]:
    """Return the unhappy and the happy turns, or those with the label and those without."""
    if label == SENTIMENT:
        return {CLASSES[kind]: (gold == kind).astype(np.int64) for kind in (0, 2)}
    return {label: gold, f"not {label}": 1 - gold}


def _absent(name: str, width: int) -> list[Cell]:
    return [name, "not installed", *([NONE] * (width - 2))]


def _row(
    verdicts: Verdicts, items: Sequence[Item], gold: Ints, groups: Ints, label: str
) -> list[Cell]:
    if label == SENTIMENT:
        return _sentiment_row(verdicts, items, gold, groups)
    return _yes_no_row(verdicts, gold, groups)


def _sentiment_row(
    verdicts: Verdicts, items: Sequence[Item], gold: Ints, groups: Ints
) -> list[Cell]:
    def spread(weights: Floats) -> float:
        return macro_f1(confusion(gold, verdicts.classes, 3, weights))

    counts = confusion(gold, verdicts.classes, 3)
    return [
        verdicts.judge,
        accuracy(counts),
        within(macro_f1(counts), bootstrap(spread, groups)),
        _ranked((gold == 0).astype(np.int64), -verdicts.scores, groups),
        _off(verdicts, 1 - gold / 2),
        percent(polite_negative_error(gold, verdicts.classes, [item.text for item in items])),
    ]


def _yes_no_row(verdicts: Verdicts, gold: Ints, groups: Ints) -> list[Cell]:
    no, yes = shares(confusion(gold, verdicts.classes, 2))
    return [
        verdicts.judge,
        _ranked(gold, verdicts.scores, groups),
        yes.precision,
        yes.recall,
        yes.f1,
        1 - no.recall,
        _off(verdicts, gold.astype(np.float64)),
    ]


def _ranked(positive: Ints, scores: Floats, groups: Ints) -> str:
    ranked = ranks(scores)
    return within(auc(positive, ranked), bootstrap(partial(auc, positive, ranked), groups))


def _off(verdicts: Verdicts, outcomes: Floats) -> Cell:
    return NONE if verdicts.chances is None else ece(verdicts.chances, outcomes)


def _classes(gold: Ints, mine: Verdicts) -> str:
    found = shares(confusion(gold, mine.classes, 3))
    head = ("ours, by class", "turns", "precision", "recall", "F1")
    rows: list[list[Cell]] = [
        [name, int(share.count), share.precision, share.recall, share.f1]
        for name, share in zip(CLASSES, found, strict=True)
    ]
    return table(head, rows)
