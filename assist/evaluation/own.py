"""A user's own labelled turns: `{"text", "before"?, "sentiment"?, "abuse"?: true, …}` a line.

The law: a label is a sentiment or a yes-or-no under a known name, or under a signal's own dotted
name; what is neither a label nor a text is left alone, and a label nobody knows is an error.
"""

from collections.abc import Iterator
from pathlib import Path

from assist.evaluation.items import QUESTIONS, SENTIMENT, Item
from assist.evaluation.rows import Row, rows

__all__ = ["labels_in", "own_items"]

_SENTIMENTS = {
    "neg": 0, "negative": 0, "neu": 1, "neutral": 1, "pos": 2, "positive": 2,
}  # fmt: skip


def own_items(path: Path) -> tuple[Item, ...]:
    """Return the items of a file; a conversation is not one."""
    return tuple(_item(row) for row in rows(path) if "turns" not in row.values)


def labels_in(items: tuple[Item, ...]) -> tuple[str, ...]:
    """Return the labels that these items have, sentiment first."""
    feeling = any(item.sentiment is not None for item in items)
    named = {name: None for item in items for name in item.labels}
    return ((SENTIMENT,) if feeling else ()) + tuple(named)


def _item(row: Row) -> Item:
    labels = dict(_labels(row))
    sentiment = row.one_of(SENTIMENT, _SENTIMENTS) if SENTIMENT in row.values else None
    if sentiment is None and not labels:
        names = ", ".join((SENTIMENT, *QUESTIONS))
        raise row.fault(f"this line has no label; labels are {names}, or a signal's own name")
    text = row.text("text")
    if not text.strip():
        raise row.fault("'text' is empty")
    return Item(
        id=str(row.values.get("id", row.line)),
        text=text,
        before=row.text("before", absent=""),
        group=str(row.values.get("conversation", "")),
        sentiment=None if sentiment is None else _SENTIMENTS[sentiment],
        labels=labels,
    )


def _labels(row: Row) -> Iterator[tuple[str, bool]]:
    for name, value in row.values.items():
        known = name in QUESTIONS or "." in name
        if known and not isinstance(value, bool):
            raise row.fault(f"the label {name!r} must be true or false")
        if isinstance(value, bool):
            if not known:
                raise row.fault(f"no label is called {name!r}; there are {', '.join(QUESTIONS)}")
            yield name, value
