"""Our own labelled turns, which are shipped: what every fit rests on beside a desk's own lines.

The law: those that were kept out of every training stay out here too, to weigh the sources with.
"""

from pathlib import Path

from assist.evaluation.items import Item
from assist.evaluation.rows import rows
from assist.fitting.learning import held_out
from assist.packs.bundled import bundled

__all__ = ["shipped_turns"]

_SENTIMENTS = ("neg", "neu", "pos")


def shipped_turns(folder: Path | None = None) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """Return our turns: those to learn from, and those kept out."""
    found = [
        Item(
            id=row.text("id"),
            text=row.text("text"),
            before=row.text("before", absent=""),
            sentiment=_SENTIMENTS.index(row.one_of("sentiment", _SENTIMENTS)),
        )
        for path in sorted((folder or bundled("models") / "data").glob("turns_*.jsonl"))
        for row in rows(path)
    ]
    taught = tuple(item for item in found if not held_out(item.text))
    return taught, tuple(item for item in found if held_out(item.text))
