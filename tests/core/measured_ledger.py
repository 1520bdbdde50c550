"""What the ledger holds of turns and chats that were written without a look at its code.

Run: `.venv/bin/python tests/core/measured_ledger.py [seen|second|fresh] [--failures]`.
`seen` was written before the code was looked at, `second` after it was mended on that, `fresh`
after it was mended on both: nothing was mended on `fresh`. `ledger_<set>.txt` holds turns and what
a colleague would write down from each; `kept_<set>.txt` holds short chats and where each entry
should stand at their end. Both say how they are read.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from assist.core.ledger import Entry
from assist.core.turns import Opened, Role, Tick, Turn
from assist.line import Line, load_line

HERE = Path(__file__).parent
START = datetime.fromisoformat("2026-03-10T14:20:00+00:00")
LOCALE = "en-GB"
FIELDS = ("kind", "owner", "due")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An entry that should be there; `optional` where a colleague may well leave it out."""

    kinds: tuple[str, ...]
    owners: tuple[str, ...]
    words: tuple[str, ...]
    due: str
    optional: bool

    def names(self, entry: Entry) -> bool:
        """Tell whether an entry is the one that is meant."""
        told = f"{entry.what} {entry.who or ''}".lower()
        return any(word in told for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A turn, when and where it is said, and what should be entered."""

    at: datetime
    locale: str
    role: Role
    text: str
    wanted: tuple[Wanted, ...]


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many entries there are, should be, and are as they should be."""

    turns: int = 0
    wanted: int = 0
    found: int = 0
    got: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    judged: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    failures: list[str] = field(default_factory=list)


def cases(name: str) -> Iterator[Case]:
    """Yield the turns of a set."""
    at, locale = START, LOCALE
    for line in (HERE / f"ledger_{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("# at "):
            _, _, moment, locale = line.split()
            at = datetime.fromisoformat(moment)
        elif line and not line.startswith("#"):
            role, text, told = (part.strip() for part in line.split(" | "))
            wanted = () if told == "-" else tuple(_wanted(one) for one in told.split(" ;; "))
            yield Case(at=at, locale=locale, role=Role(role), text=text, wanted=wanted)


def _wanted(told: str) -> Wanted:
    match = re.fullmatch(r"(\? )?(\S+) (\S+) ~(\S+)(?: @(\S+))?", told)
    if match is None:
        raise ValueError(told)
    return Wanted(
        optional=match[1] is not None, kinds=tuple(match[2].split("|")),
        owners=tuple(match[3].split("|")), words=tuple(match[4].lower().split("|")),
        due=match[5] or "-",
    )  # fmt: skip


@cache
def line() -> Line:
    """Return the line without its trained models, which the ledger does not ask."""
    return load_line().plain()


def entries(case: Case) -> tuple[Entry, ...]:
    """Return what the line enters for one turn."""
    turn = Turn(id="t1", role=case.role, text=case.text, at=case.at)
    opened = Opened(at=case.at, locale=case.locale)
    chat = line().step(line().begin("c"), opened).conversation
    return line().step(chat, turn).conversation.ledger


def due_right(wanted: str, entry: Entry, at: datetime) -> bool:
    """Tell whether an entry falls due when it should."""
    if wanted in {"?", "-"} or entry.due is None:
        return wanted == "?" or (wanted == "-") == (entry.due is None)
    first, _, last = wanted.partition("..")
    local = entry.due.astimezone(at.tzinfo)
    start, end = _moment(first, at, 0), _moment(last or first, at, 1)
    return start <= local <= end


def _moment(told: str, at: datetime, end: int) -> datetime:
    day, _, hour = told.partition("T")
    clock = [int(part) for part in hour.split(":")] if hour else [[0, 0], [23, 59]][end]
    return at.replace(day=int(day), hour=clock[0], minute=clock[1], second=59 if end else 0)


def judged(case: Case, tally: Tally) -> None:
    """Put one turn into the tally."""
    tally.turns += 1
    left = list(entries(case))
    for wanted in case.wanted:
        entry = next((one for one in left if wanted.names(one)), None)
        if entry is not None:
            left.remove(entry)
        if wanted.optional:
            continue
        tally.wanted += 1
        if entry is None:
            tally.failures.append(f"missed  {case.text}")
            continue
        tally.found += 1
        tally.got += 1
        _fields(case, wanted, entry, tally)
    tally.got += len(left)
    tally.failures += [f"surplus {case.text}  [{one.kind} {one.what}]" for one in left]


def _fields(case: Case, wanted: Wanted, entry: Entry, tally: Tally) -> None:
    right = {
        "kind": entry.kind in wanted.kinds,
        "owner": "*" in wanted.owners or entry.owner in wanted.owners,
        "due": due_right(wanted.due, entry, case.at),
    }
    asked = {"kind": True, "owner": "*" not in wanted.owners, "due": wanted.due != "?"}
    got = {"kind": entry.kind, "owner": entry.owner, "due": entry.due}
    for name in FIELDS:
        tally.judged[name] += asked[name]
        tally.right[name] += asked[name] and right[name]
        if asked[name] and not right[name]:
            tally.failures.append(f"{name:7} {case.text}  [{got[name]}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A short chat: (minute, who, what), and where the entries with these words should stand."""

    said: tuple[tuple[int, str, str], ...]
    states: tuple[tuple[str, tuple[str, ...]], ...]


def chats(name: str) -> Iterator[Chat]:
    """Yield the chats of a set."""
    file = HERE / f"kept_{name}.txt"
    blocks = file.read_text("utf-8").split("\n\n") if file.exists() else []
    for block in blocks:
        said, states = [], []
        for told in block.splitlines():
            if match := re.fullmatch(r"= ~(\S+) (\S+)", told):
                states.append((match[1].lower(), tuple(match[2].split("|"))))
            elif match := re.fullmatch(r"(\w+) \+(\d+)(?: \| (.+))?", told):
                said.append((int(match[2]), match[1], match[3] or ""))
        if said:
            yield Chat(said=tuple(said), states=tuple(states))


def ended(chat: Chat) -> tuple[Entry, ...]:
    """Return the ledger at the end of a chat."""
    now = line().step(line().begin("c"), Opened(at=START, locale=LOCALE)).conversation
    for number, (minute, who, text) in enumerate(chat.said, start=1):
        at = START + timedelta(minutes=minute)
        event = Tick(at=at)
        if who != "tick":
            event = Turn(id=f"t{number}", role=Role(who), text=text, at=at)
        now = line().step(now, event).conversation
    return now.ledger


def states(name: str) -> tuple[int, int, list[str]]:
    """Return how many entries stand where they should, of how many, and those that do not."""
    right, of, failures = 0, 0, []
    for chat in chats(name):
        ledger = ended(chat)
        for word, wanted in chat.states:
            entry = next((one for one in ledger if word in one.what.lower()), None)
            state = entry.state if entry else "no entry"
            of += 1
            right += state in wanted
            if state not in wanted:
                failures.append(f"state   {chat.said[-1][2] or chat.said[0][2]}  [{state}]")
    return right, of, failures


def measured(name: str) -> Tally:
    """Return what is made of the turns of a set."""
    tally = Tally()
    for case in cases(name):
        judged(case, tally)
    return tally


def main(words: list[str]) -> int:
    """Print the figures of a set, and with `--failures` what was wrong."""
    name = next((word for word in words if not word.startswith("-")), "fresh")
    tally = measured(name)
    right, of, failures = states(name)
    print(f"{tally.turns} turns, {tally.wanted} entries wanted")
    print(f"precision {tally.found / tally.got:.1%} ({tally.found} of {tally.got})")
    print(f"recall    {tally.found / tally.wanted:.1%} ({tally.found} of {tally.wanted})")
    for field_name in FIELDS:
        got, asked = tally.right[field_name], tally.judged[field_name]
        print(f"{field_name:9} {got / asked:.1%} ({got} of {asked})")
    if of:
        print(f"state     {right / of:.1%} ({right} of {of})")
    if "--failures" in words:
        print(*tally.failures, *failures, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
