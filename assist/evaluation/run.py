"""From what a person asked for to the parts of a report, one after the other.

The law: a set that was named and is not there is an error; one that was merely possible is told as
left out. Parts come as they are done.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assist.errors import UsageError
from assist.evaluation.escalate import Dialogue, dialogues, own_dialogues
from assist.evaluation.escalate_levels import labelled_chats
from assist.evaluation.forecasting import forecast_part
from assist.evaluation.forecasting_levels import levels_part
from assist.evaluation.goals import goals_table
from assist.evaluation.items import SENTIMENT, Batch, Item
from assist.evaluation.own import labels_in, own_items
from assist.evaluation.report import Part, part_of, suites_part
from assist.evaluation.rows import fewer
from assist.evaluation.sets import SETS, chosen, files, items_of
from assist.evaluation.suites import suite_items
from assist.line import Line

__all__ = [
    "CONVERSATIONS", "Sources", "Wish", "document", "of_file", "of_folder", "of_sources",
    "of_suites",
]  # fmt: skip

CONVERSATIONS = ("cga",)
"""The sets of whole conversations, by their files' names."""
_OTHERS = 400

_INTRODUCTION = """\
# Evaluation

How well turns are read, on sets of other people's making and on our own challenge suites.
Nothing of the sets is kept here.

    assist eval DATA models/data/chats_held.jsonl --out docs/evaluation.md

Margins are 95 % of 1,000 resamplings of whole conversations.
`unhappy` ranks by the sentiment's score and says yes to negative turns; a signal's name ranks by \
its score and says yes where it is given.
AUC is the chance that a true one ranks above another, ties half.
ECE is the mean distance of the chance told and what is true, in ten bins; for a sentiment, \
(1 − score) / 2 against negative 1, neutral ½, positive 0.
"Polite unhappy told happy" is the share of unhappy turns with thank, help or please that are \
called positive.
TF-IDF + LR is trained on the very set, in five folds; ours is not.
H is the number of turns between the first alarm and the event, right alarms only (the public \
leaderboard counts one more)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How much is to be read, and how many errors are to be shown."""

    part: str = "dev"
    most: int | None = None
    errors: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is to be measured: folders of sets (all of them, or those named), files, suites."""

    folders: Sequence[Path] = ()
    own: Sequence[Path] = ()
    names: Sequence[str] = ()
    suites: Path | None = None


def of_sources(
    sources: Sources, line: Line, wish: Wish, tell: Callable[[str], object]
) -> Iterator[Part]:
    """Yield every part that was asked for."""
    for folder in sources.folders:
        yield from of_folder(folder, sources.names, line, wish, tell)
    for path in sources.own:
        yield from of_file(path, line, wish, tell)
    if sources.suites is not None:
        yield of_suites(sources.suites, line, wish)


def of_folder(
    folder: Path, names: Sequence[str], line: Line, wish: Wish, tell: Callable[[str], object]
) -> Iterator[Part]:
    """Yield a part for each set that the folder has, or that was named."""
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}")
    there = 0
    for name in chosen(names, CONVERSATIONS):
        found = (
            _conversations(folder, name, line, wish, tell)
            if name in CONVERSATIONS
            else _turns(folder, name, line, wish, tell)
        )
        if found is None and names:
            raise UsageError(f"the folder has no file of {name} in that part")
        if found is None:
            tell(f"{name}: not there, left out")
            continue
        there += 1
        yield found
    if not there:
        raise UsageError("the folder has no set: files are called such as dev/airline.jsonl.gz")


def _turns(
    folder: Path, name: str, line: Line, wish: Wish, tell: Callable[[str], object]
) -> Part | None:
    found = items_of(name, folder, wish.part)
    if found is None:
        return None
    items = fewer(found, wish.most)
    tell(f"{name}: {len(items):,} turns")
    batch = Batch(title=_titled(name, wish), items=items, label=SETS[name].label, name=name)
    return _part(batch, line, wish)


def _part(batch: Batch, line: Line, wish: Wish) -> Part:
    if not batch.items:
        raise UsageError(f"{batch.title} has no turn to measure")
    return part_of(batch, line.read, errors=wish.errors)


def _titled(name: str, wish: Wish) -> str:
    drawn = "" if wish.most is None else f", at most {wish.most:,}"
    return f"{name} ({wish.part}{drawn})"


def _conversations(
    folder: Path, name: str, line: Line, wish: Wish, tell: Callable[[str], object]
) -> Part | None:
    paths = files(folder, name, wish.part)
    if not paths:
        return None
    found = fewer(_all(paths), wish.most)
    tell(f"{name}: {len(found):,} conversations")
    known = {one.id for one in found}
    train = files(folder, name, "train") if wish.part == "dev" else ()
    others = [one for one in _all(train) if one.id not in known]
    return forecast_part(
        _titled(name, wish), found, line, others=fewer(others, wish.most or _OTHERS)
    )


def _all(paths: Sequence[Path]) -> tuple[Dialogue, ...]:
    return tuple(dialogue for path in paths for dialogue in dialogues(path))


def of_file(path: Path, line: Line, wish: Wish, tell: Callable[[str], object]) -> Iterator[Part]:
    """Yield a part for each label in a user's own file."""
    items, conversations, levels = own_items(path), own_dialogues(path), labelled_chats(path)
    if not (items or conversations or levels):
        raise UsageError(f"{path.name} has no line")
    for label in labels_in(items):
        labelled = tuple(item for item in items if _has(item, label))
        some = fewer(labelled, wish.most)
        tell(f"{label}: {len(some):,} turns")
        yield _part(Batch(title=f"{path.name}: {label}", items=some, label=label), line, wish)
    if conversations:
        told = fewer(conversations, wish.most)
        tell(f"escalated: {len(told):,} conversations")
        yield forecast_part(f"{path.name}: escalated", told, line)
    if levels:
        judged = fewer(levels, wish.most)
        tell(f"levels: {len(judged):,} chats")
        yield levels_part(f"{path.name}: levels", judged, line)


def _has(item: Item, label: str) -> bool:
    return item.sentiment is not None if label == SENTIMENT else label in item.labels


def of_suites(path: Path, line: Line, wish: Wish) -> Part:
    """Return the part on the challenge suites."""
    items = suite_items(path)
    if not items:
        raise UsageError(f"{path.name} has no line")
    return suites_part(items, line.read, errors=wish.errors)


def document(parts: Sequence[Part], line: Line) -> str:
    """Return a whole page of these parts; texts are never in it."""
    rules = f"Rules and models: `{line.version}`."
    goals = goals_table([one for part in parts for one in part.goals])
    kept = (_INTRODUCTION, rules, goals, *(part.body for part in parts))
    return "\n\n".join(one for one in kept if one) + "\n"
