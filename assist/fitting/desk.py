"""A desk's own labelled chats, from its lines to what is written for it.

The law: nothing leaves the machine, and no words of a chat are in what is written. The figures are
those of lines that the fit measured had not seen; what is written is fitted on all of them.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assist.detectors.fitted import MANIFEST, NGRAMS, POLICY, Made
from assist.detectors.ngrams import BUCKETS
from assist.errors import UsageError
from assist.evaluation.items import CLASSES, Item
from assist.evaluation.ours import Reader, readings
from assist.evaluation.own import own_items
from assist.fitting.comparing import compared, shown, verdict
from assist.fitting.crossing import COUNTS, THIRDS, Crossing, Heard, together
from assist.fitting.learning import learner, packed
from assist.fitting.shipped import shipped_turns
from assist.fitting.weighing import document
from assist.line import Line

__all__ = ["LEAST", "Fit", "fit", "labelled"]

LEAST, GROUPS = 30, 10
"""How many lines of each class there must be, and how many conversations in all."""
_SENTIMENTS = ("neg", "neu", "pos")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What was measured, in words, and the files of the fitted folder by their names."""

    report: str
    recommended: bool
    files: Mapping[str, bytes]


def labelled(path: Path) -> tuple[Item, ...]:
    """Return the lines that have a sentiment, enough of each to be fitted on."""
    items = tuple(item for item in own_items(path) if item.sentiment is not None)
    counts = Counter(item.sentiment for item in items)
    for number, name in enumerate(CLASSES):
        if counts[number] < LEAST:
            raise UsageError(
                f"{path.name} has {counts[number]} {name} lines: a fit needs at least {LEAST} "
                "lines of each sentiment, and some hundreds to be better than what is shipped",
                code="fit.too-few",
            )
    groups = len(set(together(items).tolist()))
    if groups < GROUPS:
        raise UsageError(
            f"{path.name} has {groups} conversations: a fit needs at least {GROUPS}, so that it "
            "can be measured on some that it has not seen",
            code="fit.too-few",
        )
    return items


def fit(path: Path, loaded: Callable[[], Line], tell: Callable[[str], object]) -> Fit:
    """Return the fit on a file of labelled lines, measured against the shipped models.

    The line is loaded when the lines are known to be enough.
    """
    learner("sklearn")
    items, line = labelled(path), loaded()
    taught, kept = shipped_turns()
    tell(f"reading {len(items):,} lines of yours and {len(kept):,} of ours")
    lines, ours = _heard(line.read, items), _heard(line.read, kept)
    crossing = Crossing(taught, ours, lines, line.guidance.fusion)
    for third in range(THIRDS):
        tell(f"fitting without a third, {third + 1} of {THIRDS}")
        crossing.fusion(frozenset({third}))
    before = [reading.sentiment for reading in lines.readings]
    found = compared(items, together(items), before, crossing.told())
    recommended, why = verdict(found)
    tell("fitting on all lines")
    report = "\n\n".join((_counted(items), shown(found), _MEASURED, why))
    return Fit(
        report=report, recommended=recommended, files=_files(path, crossing, line.models, report)
    )


_MEASURED = (
    "Before is what is shipped. After is measured a third at a time, by a fit on the other two "
    "thirds; conversations are kept whole. The difference counts only beyond its margin, which is "
    "95 % of 1,000 resamplings of conversations."
)


def _heard(reader: Reader, items: tuple[Item, ...]) -> Heard:
    return Heard(items=items, readings=tuple(readings(reader, items)))


def _counted(items: tuple[Item, ...]) -> str:
    counts = Counter(item.sentiment for item in items)
    classes = ", ".join(f"{counts[number]:,} {name}" for number, name in enumerate(CLASSES))
    groups = len(set(together(items).tolist()))
    return f"{len(items):,} lines of {groups:,} conversations: {classes}."


def _files(path: Path, crossing: Crossing, models: str, report: str) -> dict[str, bytes]:
    """Return every file; the same lines and models give the same bytes."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    weights = packed(crossing.linear(), _SENTIMENTS)
    about = {
        "name": "ngrams",
        "buckets": BUCKETS,
        "outputs": list(_SENTIMENTS),
        "rows": {"own": 1.0, "desk": COUNTS},
        "data": digest,
        "files": {"weights.npz": hashlib.sha256(weights).hexdigest()},
    }
    files = {
        f"{NGRAMS}/weights.npz": weights,
        f"{NGRAMS}/manifest.json": _json(about),
        POLICY: _json(document(crossing.fusion())),
    }
    made = Made(models=models)
    return {
        **files,
        "card.md": _card(digest, made, report).encode(),
        MANIFEST: _json(made.manifest(files)),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2) + "\n").encode()


def _card(digest: str, made: Made, report: str) -> str:
    return f"""\
# Fitted on a desk's own chats

The linear model and the weights of the sources, fitted by `assist fit` on labelled lines of this \
desk and on the turns that are shipped; a line of the desk counts {COUNTS:g} times.
No words of any chat are in this folder in the clear: weights belong to hashed features.

{report}

| | |
|---|---|
| data, SHA-256 | `{digest}` |
| made for | chat-assist {made.version}, models `{made.models}` |

Use it with `--fitted` and this folder. Fit again after every new version of chat-assist.
"""
