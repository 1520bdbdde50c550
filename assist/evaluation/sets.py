"""Readers of the public sets that readings are measured on.

The law: nothing of a set is kept; a set is read from the folder that the user names, and a row that
is not as expected is an error with its line. What is not the writer's own words (a code block, a
quoted line, HTML's way to write &) is taken out for ours and for every rival alike.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assist.errors import UsageError
from assist.evaluation.items import SENTIMENT, Item
from assist.evaluation.rows import Row, rows

__all__ = ["SETS", "Known", "chosen", "files", "items_of", "plain"]

PARTS = ("dev", "train")
_SENTIMENTS = ("neg", "neu", "pos")
_LINK = re.compile(r"https?:\S+")
_CODE = re.compile(r"```.*?```", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A set: its file's name, which label it has, and what becomes of a row (None: left out)."""

    file: str
    label: str
    item: Callable[[Row], Item | None]


def plain(text: str) -> str:
    """Return a comment without code blocks, quoted lines and links."""
    kept = (line for line in _CODE.sub(" ", text).splitlines() if not line.lstrip().startswith(">"))
    return _LINK.sub("", "\n".join(kept)).strip() or "…"


def _airline(row: Row) -> Item:
    return Item(
        id=row.text("id"),
        text=html.unescape(row.text("text_fixed")),
        sentiment=_SENTIMENTS.index(row.one_of("label", _SENTIMENTS)),
    )


def _goemotions(row: Row) -> Item:
    return Item(
        id=row.text("id"),
        text=row.text("text"),
        sentiment=_SENTIMENTS.index(row.one_of("label", _SENTIMENTS)),
    )


def _complaints(row: Row) -> Item | None:
    """Rows of no service (the sets' `random_tweet`, `random_reply`) are easy and left out."""
    domain = row.text("domain", absent="")
    if not domain or domain.startswith("random"):
        return None
    return Item(
        id=row.text("id"),
        text=html.unescape(row.text("text")),
        labels={"complaint": bool(row.one_of("label", (0, 1)))},
    )


def _uss(domain: str) -> Callable[[Row], Item | None]:
    def item(row: Row) -> Item | None:
        if row.text("domain") != domain:
            return None
        return Item(
            id=row.text("id"),
            text=row.text("text"),
            before=row.text("prev_sys", absent=""),
            group=row.text("conv"),
            labels={"dissatisfied": row.number("label") < 3},
        )

    return item


def _emowoz(row: Row) -> Item:
    return Item(
        id=row.text("id"),
        text=row.text("text"),
        before=row.text("prev_sys", absent=""),
        group=row.text("conv", absent=""),
        labels={"dissatisfied": row.text("emotion") in {"dissatisfied", "abusive"}},
    )


def _convabuse(row: Row) -> Item:
    context = row.values.get("ctx")
    if not isinstance(context, list) or not all(isinstance(said, str) for said in context):
        raise row.fault("'ctx' must be a list of texts")
    before = context[-1] if context else ""
    return Item(
        id=row.text("id"),
        text=row.text("text"),
        before="" if before == "_" else before,
        labels={"abuse": bool(row.one_of("label", (0, 1)))},
    )


def _github(row: Row) -> Item:
    return Item(
        id=row.text("id"),
        text=plain(row.text("text")),
        group=row.text("conv"),
        labels={"uncivil": bool(row.one_of("label", (0, 1)))},
    )


SETS: Mapping[str, Known] = {
    "airline": Known(file="airline", label=SENTIMENT, item=_airline),
    "goemotions": Known(file="goemotions", label=SENTIMENT, item=_goemotions),
    "complaints": Known(file="complaints", label="complaint", item=_complaints),
    "uss-sgd": Known(file="uss", label="dissatisfied", item=_uss("SGD")),
    "uss-ccpe": Known(file="uss", label="dissatisfied", item=_uss("CCPE")),
    "uss-redial": Known(file="uss", label="dissatisfied", item=_uss("ReDial")),
    "emowoz": Known(file="emowoz", label="dissatisfied", item=_emowoz),
    "convabuse": Known(file="convabuse", label="abuse", item=_convabuse),
    "github_incivility": Known(file="github_incivility", label="uncivil", item=_github),
}


def chosen(names: Iterable[str], also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the sets meant by `names`: a set's own name, or its file's for all of that file."""
    known, others = tuple(SETS), tuple(also)
    found: list[str] = []
    for name in names:
        meant = [one for one in known if name in (one, SETS[one].file)]
        meant += [one for one in others if one == name]
        if not meant:
            raise UsageError(f"no set is called {name!r}; there are {', '.join((*known, *others))}")
        found.extend(meant)
    return tuple(dict.fromkeys(found)) or (*known, *others)


def files(folder: Path, name: str, part: str) -> tuple[Path, ...]:
    """Return the files of a set in one part of the folder, or in all; a flat folder is one part."""
    parts = [folder / one for one in (PARTS if part == "all" else (part,))]
    places = parts if any(place.is_dir() for place in parts) else [folder]
    return tuple(
        path
        for place in places
        for path in (place / f"{name}.jsonl.gz", place / f"{name}.jsonl")
        if path.is_file()
    )


def items_of(name: str, folder: Path, part: str) -> tuple[Item, ...] | None:
    """Return the items of a set, each id once, or None where the folder has no such file."""
    known, seen = SETS[name], dict[str, Item]()
    paths = files(folder, known.file, part)
    for path in paths:
        for row in rows(path):
            item = known.item(row)
            if item is not None:
                seen.setdefault(item.id, item)
    return tuple(seen.values()) if paths else None
