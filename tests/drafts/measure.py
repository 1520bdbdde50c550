"""How well the checks of drafts do on the suite beside this file; prints Markdown tables.

Run: `.venv/bin/python tests/drafts/measure.py [broad|heldout|unseen]` (`--misses` lists what went
wrong, draft by draft). No rule was ever changed for the drafts that are held out.
A technique found in a draft counts once. What an item names under `also` is neither asked for nor
wrong: a second reader might name it too.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from assist.core.conversation import Conversation
from assist.core.rewrites import Review
from assist.core.turns import Draft, Role, Turn
from assist.line import Line, load_line

SUITE = Path(__file__).with_name("suite.jsonl")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LENGTHS = (10, 30, 80)
SAMPLES = 200
APART = 0.618034
"""The golden section: steps of it come back to where one was as late as steps can."""
TURNED = "condition-"
"""How the ids of drafts with a condition that can be turned round begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A draft, the turns before it, and what a good reader finds in it."""

    id: str
    draft: str
    turns: tuple[str, ...] = ()
    wanted: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    silent: bool = False
    becomes: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was counted over the suite."""

    wanted: Counter[str] = field(default_factory=Counter)
    hit: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    clean: int = 0
    silent: int = 0
    rewritable: int = 0
    rewritten: int = 0
    turnable: int = 0
    abstained: int = 0
    misses: list[str] = field(default_factory=list)

    def recall(self, *names: str) -> float:
        """Return the share of what was wanted that was found, of these techniques or of all."""
        return _share(_sum(self.hit, names), _sum(self.wanted, names))

    def precision(self, *names: str) -> float:
        """Return the share of what was found that was wanted, of these techniques or of all."""
        hit = _sum(self.hit, names)
        return _share(hit, hit + _sum(self.false, names))

    def quiet(self) -> float:
        """Return the share of clean drafts in which nothing is found."""
        return _share(self.silent, self.clean)

    def passed(self) -> float:
        """Return the share of drafts with acceptable rewrites for which one is offered."""
        return _share(self.rewritten, self.rewritable)


def suite(place: Path = SUITE) -> tuple[Item, ...]:
    """Return the items of a suite."""
    return tuple(_items(place))


def _items(place: Path) -> Iterator[Item]:
    for line in place.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        yield Item(
            id=said["id"],
            draft=said["draft"],
            turns=tuple(said.get("turns", ())),
            wanted=frozenset(said["wanted"]),
            also=frozenset(said.get("also", ())),
            silent=said.get("silent", False),
            becomes=frozenset(said.get("becomes", ())),
        )


def measured(line: Line, items: tuple[Item, ...]) -> Tally:
    """Return the tally of these items."""
    tally = Tally()
    for item in items:
        _count(tally, item, line.review(_before(line, item), Draft(text=item.draft)))
    return tally


def _before(line: Line, item: Item) -> Conversation:
    conversation = line.begin("suite")
    for number, said in enumerate(item.turns):
        role, _, text = said.partition(": ")
        at = START + timedelta(seconds=30 * number)
        turn = Turn(id=f"t{number}", role=Role(role.lower()), text=text, at=at)
        conversation = line.step(conversation, turn).conversation
    return conversation


def _count(tally: Tally, item: Item, review: Review) -> None:
    found = {finding.technique for finding in review.findings}
    tally.wanted.update(item.wanted)
    tally.hit.update(item.wanted & found)
    false = found - item.wanted - item.also
    tally.false.update(false)
    missed = sorted(item.wanted - found)
    if missed or false:
        tally.misses.append(f"{item.id}: missed {missed}, wrong {sorted(false)}: {item.draft}")
    if item.silent:
        tally.clean += 1
        tally.silent += not found
    if item.becomes:
        _count_rewrites(tally, item, review)


def _count_rewrites(tally: Tally, item: Item, review: Review) -> None:
    offered = [rewrite.text for finding in review.findings for rewrite in finding.rewrites]
    passed = bool(item.becomes.intersection(offered))
    tally.rewritable += 1
    tally.rewritten += passed
    if item.id.startswith(TURNED):
        tally.turnable += 1
        tally.abstained += not passed
    if not passed:
        tally.misses.append(f"{item.id}: offers {offered}, not one of {sorted(item.becomes)}")


def _sum(counted: Counter[str], names: tuple[str, ...]) -> int:
    return sum(count for name, count in counted.items() if not names or name in names)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def timed(line: Line, items: tuple[Item, ...], words: int) -> list[float]:
    """Return the milliseconds of processor time that reviews of so many words take, sorted.

    Drafts that share a sentence come so far apart that it is no longer remembered.
    """
    said = [word for item in items for word in item.draft.split()]
    spent, places = [], len(said) - words
    for number in range(SAMPLES):
        start = number * int(APART * places) % places
        draft = Draft(text=" ".join(said[start : start + words]))
        begun = process_time()
        line.review(Conversation(id="timed"), draft)
        spent.append(1000 * (process_time() - begun))
    return sorted(spent)


def table(tally: Tally) -> str:
    """Return the tally as a Markdown table."""
    rows = ["| technique | wanted | recall | wrong | precision |", "|---|---:|---:|---:|---:|"]
    rows.extend(
        f"| {name} | {tally.wanted[name]} | {tally.recall(name):.0%} | {tally.false[name]} | "
        f"{tally.precision(name):.0%} |"
        for name in sorted(tally.wanted | tally.false)
    )
    rows.append(
        f"| **all** | {tally.wanted.total()} | {tally.recall():.1%} | {tally.false.total()} | "
        f"{tally.precision():.1%} |"
    )
    return "\n".join(rows)


def main() -> None:
    """Print what was measured."""
    named = next((word for word in sys.argv[1:] if not word.startswith("-")), "suite")
    line, items = load_line(), suite(SUITE.with_name(f"{named}.jsonl"))
    tally = measured(line, items)
    print(f"{len(items)} drafts\n\n{table(tally)}\n")
    print("| what | of | share |\n|---|---:|---:|")
    print(f"| clean drafts left silent | {tally.clean} | {tally.quiet():.1%} |")
    print(f"| drafts with an acceptable rewrite | {tally.rewritable} | {tally.passed():.1%} |")
    abstained = _share(tally.abstained, tally.turnable)
    print(f"| wrong abstentions on conditions | {tally.turnable} | {abstained:.1%} |")
    print("\n| words | median ms | p99 ms |\n|---:|---:|---:|")
    for words in LENGTHS:
        spent = timed(line, items, words)
        print(f"| {words} | {median(spent):.2f} | {spent[int(0.99 * len(spent))]:.2f} |")
    if "--misses" in sys.argv:
        print("", *tally.misses, sep="\n")


if __name__ == "__main__":
    main()
