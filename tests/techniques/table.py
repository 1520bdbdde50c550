"""Every technique: where it lives, its examples, and chats in which it has its moment.

Run: `.venv/bin/python tests/techniques/table.py OUT.md`.
The law: nothing is counted that was not run: a chat stands in a technique's row only where playing
it brought the technique up, and examples are those that `assist rules prove` runs.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import assist
from assist.core.conversation import Conversation
from assist.core.suggestions import HeldReason
from assist.core.techniques import TECHNIQUES
from assist.core.turns import Closed, Draft, Event, Opened, PastContact, Role, Tick, Turn
from assist.line import Line, load_line
from assist.packs.bundled import bundled
from assist.packs.load import load_pack
from assist.replay.transcripts import read

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SAMPLES = Path(assist.__file__).parent / "samples"
START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
KEPT = {
    "summary": "Record of the conversation",
    "coverage": "Techniques used, and moments that went by",
    "history": "Earlier contacts",
    "insights": "Across conversations",
    "one-place": "Every channel in one sidebar",
}
CODE = {
    "silence": ("assist/core/waits.py", "tests/core/test_waits.py"),
    "ledger": ("assist/core/ledger.py", "tests/core/test_ledger.py"),
    "summary": ("assist/core/summary.py", "tests/core/test_summary.py"),
    "coverage": ("assist/core/coverage.py", "tests/core/test_coverage.py"),
    "history": ("assist/core/history.py", "tests/core/test_history.py"),
    "insights": ("assist/report/insights.py", "tests/report/test_insights.py"),
    "one-place": ("assist/widget/panel", "tests/browser/test_panel.py"),
}
"""What is code and no rule file: its module, and the tests of that module."""
_CASE = re.compile(r'def test_\w+\([^)]*\):\n    """(.*?)"""', re.DOTALL)
_REFUSED = re.compile(
    r"\b(?:no|not|never|nothing|nobody|without|none|only|refused|once)\b", re.IGNORECASE
)
_LINE = re.compile(
    r"(Customer|Agent|Draft): (.+)|\(silence (\d+)\)|\(contact (\d+) days ago: (.+)\)"
)


@dataclass(slots=True, kw_only=True)
class Row:
    """A technique: how many rules, examples that it must and must not catch, and its chats."""

    id: str
    title: str
    rules: int = 0
    code: str = ""
    flags: int = 0
    allows: int = 0
    chats: list[str] = field(default_factory=list)

    @property
    def empty(self) -> list[str]:
        """Return the cells in which nothing stands."""
        cells = {
            "home": self.rules or self.code,
            "catches": self.flags,
            "leaves alone": self.allows,
            "chats": self.chats,
        }
        return [name for name, value in cells.items() if not value]


def rows() -> list[Row]:
    """Return a row for every technique, in the catalogue's order."""
    found = {name: Row(id=name, title=title) for name, title in {**TECHNIQUES, **KEPT}.items()}
    for file in load_pack(bundled("rules") / "support").files:
        row = found[file.rule.technique]
        row.rules += 1
        row.flags += len(file.flags)
        row.allows += len(file.allows)
    for name, (module, tests) in CODE.items():
        said = _CASE.findall((ROOT / tests).read_text(encoding="utf-8"))
        refusing = [case for case in said if _REFUSED.search(case)]
        found[name].code = module
        found[name].flags += len(said) - len(refusing)
        found[name].allows += len(refusing)
    for technique, chats in sorted(seen(load_line(playbook=HERE / "playbook.yaml")).items()):
        if technique in found:
            found[technique].chats = sorted(chats)
    return list(found.values())


def seen(line: Line) -> dict[str, set[str]]:
    """Return the names of the chats in which each technique comes up."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, events in (*samples(), *chats()):
        for technique in brought_up(line, events):
            found[technique].add(name)
    found["insights"] = found["one-place"] = {name for name, _ in samples()}
    return found


def samples() -> Iterator[tuple[str, list[Event | Draft]]]:
    """Yield the shipped samples: names with events."""
    for place in sorted(SAMPLES.glob("*.jsonl")):
        (chat,) = read(place)
        yield place.stem, list(chat.turns)


def chats() -> Iterator[tuple[str, list[Event | Draft]]]:
    """Yield the chats beside this file."""
    for section in (HERE / "chats.txt").read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = section.splitlines()
        yield title, list(_events(lines))


def _events(lines: list[str]) -> Iterator[Event | Draft]:
    at, told, history = START, 0, list[PastContact]()
    for line in filter(None, lines):
        match = _LINE.fullmatch(line)
        if match is None:
            raise SystemExit(f"this line of chats.txt is none: {line}")
        who, text, quiet, days, before = match.groups()
        if days:
            history.append(PastContact(at=START - timedelta(days=int(days)), summary=before))
            continue
        if not told:
            yield Opened(customer_name="Sam", agent="lena", history=tuple(history))
        told += 1
        at += timedelta(seconds=int(quiet or 30))
        if quiet:
            yield Tick(at=at)
        elif who == "Draft":
            yield Draft(text=text)
        else:
            yield Turn(id=f"t{told}", role=Role(who.lower()), text=text, at=at)
    yield Closed(at=at + timedelta(seconds=30))


def brought_up(line: Line, events: list[Event | Draft]) -> set[str]:
    """Return what these events bring up: read, shown, outdone, found in a draft or kept."""
    state, found = line.begin("c"), set[str]()
    for event in events:
        if isinstance(event, Draft):
            found |= {finding.technique for finding in line.review(state, event).findings}
            continue
        state = line.step(state, event).conversation
        found |= {card.technique for card in state.standing} | _kept(state)
        found |= {one.technique for one in state.held if one.reason is HeldReason.BUDGET}
        if isinstance(event, Tick):
            found.add("silence")
    return found


def _kept(state: Conversation) -> set[str]:
    names = {signal.name for reading in state.readings for signal in reading.signals}
    families = {name.split(".")[0] for name in names} & {"emotion", "need"}
    kept = {"ledger": state.ledger, "summary": state.summary, "history": state.opened.history}
    kept["coverage"] = state.summary and state.summary.coverage
    return names | families | {name for name, value in kept.items() if value}


def table(found: list[Row]) -> str:
    """Return the rows as a page."""
    lines = [
        "<!-- Generated by `tests/techniques/table.py`: change rules and chats, not this page. -->",
        "",
        "# Every technique, where it lives, and where it was seen at work",
        "",
        "Examples are what its rules must catch and must leave alone (or the tests of its module).",
        "Chats are the shipped samples, and the small ones in `tests/techniques/chats.txt`;",
        "one counts where it was read, shown, outdone by a better card, found in a draft, or kept.",
        "",
        "| id | name | rules or code | catches | leaves alone | chats |",
        "|---|---|---|---:|---:|---|",
    ]
    for row in found:
        home = " + ".join(filter(None, (f"{row.rules} rules" if row.rules else "", row.code)))
        first = ", ".join(row.chats[:2])
        more = f" and {len(row.chats) - 2} more" if len(row.chats) > 2 else ""
        lines.append(
            f"| {row.id} | {row.title} | {home} | {row.flags} | {row.allows} | {first}{more} |"
        )
    return "\n".join((*lines, ""))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(table(rows()), encoding="utf-8")
