"""What is measured against: a turn with the labels that people gave it.

The law: an item knows its gold labels and nothing of any reading. `QUESTIONS` is the one table of
which labels there are, and of which of our numbers answers each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["CLASSES", "QUESTIONS", "SENTIMENT", "UNHAPPY", "Batch", "Item"]

SENTIMENT = "sentiment"
CLASSES = ("negative", "neutral", "positive")
"""The classes of a sentiment; a gold sentiment is a place in this tuple."""

UNHAPPY = "unhappy"
"""The ranking by how unhappy a turn sounds: the sentiment's score with its sign turned."""

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    "complaint": (UNHAPPY, "like.complaint"),
    "dissatisfied": (UNHAPPY, "like.frustration"),
    "frustrated": ("like.frustration", UNHAPPY),
    "uncivil": (UNHAPPY, "like.uncivil", "risk.abuse"),
    "abuse": ("risk.abuse", "like.abuse", UNHAPPY),
    "asks_human": ("risk.manager",),
    "legal": ("risk.legal",),
    "leaves": ("risk.churn",),
    "public": ("risk.public",),
    "distress": ("distress",),
}
"""Every yes-or-no label, and the rankings that answer it, the first one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A customer's turn, the agent's turn before it, and what people said it is.

    `group` is the conversation that it comes from, where there is one; items of a group are not
    independent. `sentiment` is a place in `CLASSES`, or None where nobody said.
    """

    id: str
    text: str = field(repr=False)
    before: str = field(default="", repr=False)
    group: str = ""
    sentiment: int | None = None
    labels: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Items that all have one label, under a title; `name` is that of a public set."""

    title: str
    items: tuple[Item, ...]
    label: str
    name: str = ""
