"""What the checks of drafts say of turns that real agents sent; prints Markdown tables.

    python tests/real/agents.py DATA
    python tests/real/agents.py DATA --sample 150 --seed 7 --to FOUND
    python tests/real/agents.py --read FOUND

`DATA` is a folder with `uss.jsonl.gz`, `emowoz.jsonl.gz` and `emowoz_conduct.jsonl.gz`; a set that
is not there is left out. Every agent's turn is read as a draft after the customer's turn before
it; a text that was read once is not read again. `FOUND` is JSONL to be read by hand, outside this
project: whoever reads adds `right` (yes, no, arguable) to each row.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from math import sqrt
from pathlib import Path
from typing import Any

from convert import rows

from assist.core.rewrites import Finding
from assist.core.turns import Draft, Role, Turn
from assist.line import Line, load_line

RIGHT = ("yes", "arguable", "no")
_START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
_Z = 1.96
_MENDED = (
    (re.compile(r"\s+"), " "),
    (re.compile(r"\b(\w+) n't\b"), r"\1n't"),
    (re.compile(r"\b(\w+) '(m|s|d|ll|re|ve)\b", re.IGNORECASE), r"\1'\2"),
    (re.compile(r"\b([Cc])an not\b"), r"\1annot"),
    (re.compile(r" ([.,;:!?)](?!\w))"), r"\1"),
)
"""The marks that a tokeniser left in the booking dialogues, and what people had typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An agent's turn in a set, after what the customer had said, if anything."""

    source: str
    text: str
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One finding as a row to be read by hand."""

    set: str
    before: str | None
    text: str
    span: str
    technique: str
    rule: str
    message: str
    rewrite: str | None


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was counted, by set."""

    turns: Counter[str] = field(default_factory=Counter)
    troubled: Counter[str] = field(default_factory=Counter)
    techniques: Counter[tuple[str, str]] = field(default_factory=Counter)


def rejoined(text: str) -> str:
    """Return a text without the blanks that a tokeniser put into it."""
    for mark, typed in _MENDED:
        text = mark.sub(typed, text)
    return text.strip()


def answered(found: Iterable[dict[str, Any]], name: str) -> Iterator[Spoken]:
    """Yield the agents' turns of a set whose rows are customers' turns (`prev_sys`)."""
    before: dict[str, str] = {}
    for row in found:
        if row["prev_sys"]:
            source = f"{name} {row['domain']}" if "domain" in row else name
            yield Spoken(source=source, text=row["prev_sys"], before=before.get(row["conv"]))
        before[row["conv"]] = row["text"]


def conducted(found: Iterable[dict[str, Any]], name: str) -> Iterator[Spoken]:
    """Yield the agents' turns of a set whose rows are agents' turns (`prev_user`)."""
    for row in found:
        yield Spoken(source=name, text=row["text"], before=row["prev_user"])


SETS: dict[str, Callable[[Iterable[dict[str, Any]], str], Iterator[Spoken]]] = {
    "uss": answered,
    "emowoz": answered,
    "emowoz_conduct": conducted,
}


def spoken(folder: Path) -> Iterator[Spoken]:
    """Yield the agents' turns of the sets in a folder, each text once."""
    seen: set[str] = set()
    for name, turns_of in SETS.items():
        place = folder / f"{name}.jsonl.gz"
        for turn in turns_of(rows(place), name) if place.exists() else ():
            text = rejoined(turn.text)
            if text and text not in seen:
                seen.add(text)
                before = rejoined(turn.before) if turn.before else None
                yield Spoken(source=turn.source, text=text, before=before)


def findings(line: Line, turn: Spoken) -> tuple[Finding, ...]:
    """Return what a review says of the turn as a draft."""
    conversation = line.begin("agents")
    if turn.before:
        asked = Turn(id="t0", role=Role.CUSTOMER, text=turn.before, at=_START)
        conversation = line.step(conversation, asked).conversation
    return line.review(conversation, Draft(text=turn.text)).findings


def measured(line: Line, turns: Iterable[Spoken]) -> tuple[Tally, list[Found]]:
    """Return the tally of these turns and every finding in them."""
    tally = Tally()
    found: list[Found] = []
    for turn in turns:
        told = findings(line, turn)
        tally.turns[turn.source] += 1
        tally.troubled[turn.source] += bool(told)
        tally.techniques.update((turn.source, finding.technique) for finding in told)
        found.extend(_found(turn, finding) for finding in told)
    return tally, found


def _found(turn: Spoken, finding: Finding) -> Found:
    return Found(
        set=turn.source,
        before=turn.before,
        text=turn.text,
        span=finding.span.of(turn.text),
        technique=finding.technique,
        rule=finding.rule,
        message=finding.message,
        rewrite=finding.rewrites[0].text if finding.rewrites else None,
    )


def table(tally: Tally) -> str:
    """Return findings per 100 agent turns, technique by set, as a Markdown table."""
    sets = tuple(tally.turns)
    totals: Counter[str] = Counter()
    for (_, technique), count in tally.techniques.items():
        totals[technique] += count
    lines = [_row("per 100 agent turns", (*sets, "all")), "|---|" + "---:|" * (len(sets) + 1)]
    for technique, total in sorted(totals.items(), key=lambda item: (-item[1], item[0])):
        counts = (*(tally.techniques[name, technique] for name in sets), total)
        lines.append(_row(technique, _per_hundred(tally, counts)))
    sums = [sum(n for (source, _), n in tally.techniques.items() if source == s) for s in sets]
    lines.append(_row("**all findings**", _per_hundred(tally, (*sums, totals.total()))))
    troubled = (*(tally.troubled[name] for name in sets), tally.troubled.total())
    shares = _per_hundred(tally, troubled)
    lines.append(_row("turns with any", tuple(f"{share}%" for share in shares)))
    turns = (*tally.turns.values(), tally.turns.total())
    lines.append(_row("agent turns", tuple(str(count) for count in turns)))
    return "\n".join(lines)


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _per_hundred(tally: Tally, counts: Iterable[int]) -> tuple[str, ...]:
    turns = (*tally.turns.values(), tally.turns.total())
    return tuple(f"{100 * count / turned:.2f}" for count, turned in zip(counts, turns, strict=True))


def sampled(found: Iterable[Found], most: int, seed: int) -> list[Found]:
    """Return so many findings at random, no technique with more than a third of them."""
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    taken: Counter[str] = Counter()
    chosen: list[Found] = []
    for one in shuffled:
        if len(chosen) < most and taken[one.technique] < most // 3:
            taken[one.technique] += 1
            chosen.append(one)
    return chosen


def wilson(right: int, of: int) -> tuple[float, float]:
    """Return the bounds of a share at 95 % (Wilson)."""
    if not of:
        return 0.0, 1.0
    share, spread = right / of, _Z * _Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def precision(read: Iterable[dict[str, Any]]) -> str:
    """Return how many findings were right, by technique, as a Markdown table."""
    verdicts: dict[str, Counter[str]] = {}
    for row in read:
        if row["right"] not in RIGHT:
            raise ValueError(f"`right` is one of {', '.join(RIGHT)}")
        verdicts.setdefault(row["technique"], Counter())[row["right"]] += 1
    lines = [_row("technique", ("read", *RIGHT, "right", "95 %")), "|---|" + "---:|" * 6]
    for name, told in sorted(verdicts.items(), key=lambda item: (-item[1].total(), item[0])):
        lines.append(_judged(name, told))
    lines.append(_judged("**all**", sum(verdicts.values(), Counter())))
    return "\n".join(lines)


def _judged(name: str, told: Counter[str]) -> str:
    right, of = told["yes"], told.total()
    low, high = wilson(right, of)
    counts = (str(of), *(str(told[verdict]) for verdict in RIGHT))
    share = right / of if of else 0.0
    return _row(name, (*counts, f"{share:.0%}", f"{low:.0%} to {high:.0%}"))


def main() -> None:
    """Print the table asked for, and write the sample if one is."""
    parser = argparse.ArgumentParser(description="The checks of drafts on real agents' turns.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sample", type=int, default=0, help="write so many findings")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--to", type=Path, help="where the sample goes")
    parser.add_argument("--read", type=Path, help="a sample with a verdict in every row")
    chosen = parser.parse_args()
    if chosen.read:
        lines = chosen.read.read_text(encoding="utf-8").splitlines()
        print(precision(map(json.loads, lines)))
        return
    if chosen.folder is None or (chosen.sample and chosen.to is None):
        parser.error("a folder is needed, and with --sample a place to write --to")
    tally, found = measured(load_line(), spoken(chosen.folder))
    if chosen.sample:
        with chosen.to.open("w", encoding="utf-8") as file:
            for one in sampled(found, chosen.sample, chosen.seed):
                file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
    print(table(tally))


if __name__ == "__main__":
    main()
