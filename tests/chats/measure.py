"""How well suggestions fit the moments of labelled chats; prints Markdown tables.

Run: `.venv/bin/python tests/chats/measure.py [fit|held]` (`--misses` lists moments, by chat and
turn; leave those of `held` unread, or it is no longer held out; `--policy FOLDER` has cards ordered
and held back by another fit, see `models/attention/fit.py`). A chat names, after some of the
customer's turns, the techniques that a coach wants shown there, those that would do, and those that
would be wrong; `any` stands for all of them. Where a second coach has said, without seeing the
first's labels, which one card to show, that card is judged by the first as ours is, and ours by
what the second said.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from assist.core.turns import Role, Turn
from assist.line import Line, load_line
from assist.packs.policies import load_attention

DATA = Path(__file__).resolve().parents[2] / "models" / "data"
ANY = "any"
CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was shown after a turn, and what stood then, beside what was wanted there."""

    chat: str
    turn: str
    shown: tuple[str, ...]
    standing: frozenset[str]
    wanted: frozenset[str]
    fine: frozenset[str]
    wrong: frozenset[str]


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was counted over all chats."""

    moments: list[Moment] = field(default_factory=list)
    calm_cards: int = 0
    calm_answers: int = 0

    @property
    def shown(self) -> int:
        """Return how many cards were shown at labelled moments."""
        return sum(len(moment.shown) for moment in self.moments)

    def precision(self) -> float:
        """Return the share of what was shown that was wanted or would do."""
        right = sum(len([t for t in m.shown if t in m.wanted | m.fine]) for m in self.moments)
        return _share(right, self.shown)

    def met(self) -> float:
        """Return the share of the moments with something wanted at which some of it stood."""
        asked = [moment for moment in self.moments if moment.wanted]
        return _share(sum(bool(m.wanted & m.standing) for m in asked), len(asked))

    def wrong(self) -> float:
        """Return the share of what was shown that was named as wrong there."""
        return _share(sum(len(_wrong(moment)) for moment in self.moments), self.shown)


def _wrong(moment: Moment) -> list[str]:
    return [t for t in moment.shown if t in moment.wrong or ANY in moment.wrong]


def chats(place: Path) -> list[dict[str, Any]]:
    """Return the labelled chats of a file."""
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]


def measured(line: Line, found: list[dict[str, Any]]) -> Tally:
    """Return the tally of these chats."""
    tally = Tally()
    for chat in found:
        moments = list(_moments(line, chat))
        tally.moments.extend(moment for moment, labelled in moments if labelled)
        if chat["course"] == CALM:
            tally.calm_cards += sum(len(moment.shown) for moment, _ in moments)
            tally.calm_answers += sum(said["role"] == "agent" for said in chat["turns"])
    return tally


def _moments(line: Line, chat: dict[str, Any]) -> Iterator[tuple[Moment, bool]]:
    conversation = line.begin(chat["id"])
    for said in chat["turns"]:
        turn = Turn(
            id=said["id"],
            role=Role(said["role"]),
            text=said["text"],
            at=datetime.fromisoformat(said["at"]),
            author=said.get("name"),
        )
        conversation = line.step(conversation, turn).conversation
        new = [one for one in conversation.standing if one.id.endswith(f":{turn.id}")]
        moment = Moment(
            chat=chat["id"],
            turn=said["id"],
            shown=tuple(one.technique for one in new),
            standing=frozenset(one.technique for one in conversation.standing),
            wanted=frozenset(said.get("wanted", ())),
            fine=frozenset(said.get("fine", ())),
            wrong=frozenset(said.get("wrong", ())),
        )
        yield moment, said["role"] == "customer" and "wanted" in said


def second(place: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what a second coach said of the moments of a file of chats, by chat and turn."""
    said = chats(place.with_stem(f"{place.stem}_second")) if _has_second(place) else []
    return {(one["chat"], one["turn"]): one for one in said}


def _has_second(place: Path) -> bool:
    return place.with_stem(f"{place.stem}_second").is_file()


def by_coach(tally: Tally, told: dict[tuple[str, str], dict[str, Any]]) -> Tally:
    """Return the tally of a second coach's one card a moment, judged by the first's labels."""
    best = {place: tuple(filter(None, (one["best"],))) for place, one in told.items()}
    kept = [moment for moment in tally.moments if (moment.chat, moment.turn) in best]
    shown = [(moment, best[moment.chat, moment.turn]) for moment in kept]
    return Tally(moments=[replace(m, shown=s, standing=frozenset(s)) for m, s in shown])


def for_coach(tally: Tally, told: dict[tuple[str, str], dict[str, Any]]) -> Tally:
    """Return the same tally, judged by the second coach's labels."""
    kept = [(m, told[m.chat, m.turn]) for m in tally.moments if (m.chat, m.turn) in told]
    return Tally(
        moments=[
            replace(
                moment,
                wanted=frozenset(filter(None, (said["best"],))),
                fine=frozenset(said["others"]),
                wrong=frozenset(said["wrong"]),
            )
            for moment, said in kept
        ]
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def table(tally: Tally) -> str:
    """Return the tally as Markdown tables."""
    cards = tally.calm_answers / max(1, tally.calm_cards)
    calm = f"| agent turns a card in calm chats | {tally.calm_answers} | {cards:.1f} | ≥ 6 |"
    return "\n".join((_shares(tally), calm, "", *_by_technique(tally)))


def _shares(tally: Tally) -> str:
    asked = sum(bool(moment.wanted) for moment in tally.moments)
    rows = [
        ("shown cards that were wanted or would do", tally.shown, tally.precision(), "≥ 85 %"),
        ("moments that wanted something and had it", asked, tally.met(), "≥ 75 %"),
        ("shown cards that were wrong there", tally.shown, tally.wrong(), "≤ 2 %"),
    ]
    lines = [f"| {what} | {of} | {share:.1%} | {goal} |" for what, of, share, goal in rows]
    return "\n".join(("| what | of | measured | goal |\n|---|---:|---:|---:|", *lines))


def _by_technique(tally: Tally) -> Iterator[str]:
    wanted: Counter[str] = Counter(t for m in tally.moments for t in m.wanted)
    met: Counter[str] = Counter(t for m in tally.moments for t in m.wanted & m.standing)
    shown: Counter[str] = Counter(t for m in tally.moments for t in m.shown)
    right: Counter[str] = Counter(
        t for m in tally.moments for t in m.shown if t in m.wanted | m.fine
    )
    wrong: Counter[str] = Counter(t for m in tally.moments for t in _wrong(m))
    yield "| technique | wanted | met | shown | right | wrong |\n|---|---:|---:|---:|---:|---:|"
    for name in sorted(wanted | shown):
        figures = (wanted[name], met[name], shown[name], right[name], wrong[name])
        yield f"| {name} | {' | '.join(map(str, figures))} |"


def _misses(tally: Tally) -> Iterator[str]:
    for m in tally.moments:
        extra = [t for t in m.shown if t not in m.wanted | m.fine]
        if extra or (m.wanted and not m.wanted & m.standing):
            yield (
                f"{m.chat} {m.turn}: shown {sorted(m.shown)}, wanted {sorted(m.wanted)}, "
                f"fine {sorted(m.fine)}, wrong {sorted(m.wrong)}"
            )


def _line(folder: Path | None) -> Line:
    line = load_line()
    if folder is None:
        return line
    attention, aptness = load_attention(folder / "policy.json")
    guidance = replace(line.guidance, attention=attention, aptness=aptness)
    return replace(line, guidance=guidance)


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("named", nargs="?", default="fit")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--policy", type=Path)
    args = parser.parse_args()
    place = DATA / f"chats_{args.named}.jsonl"
    found, told = chats(place), second(place)
    tally = measured(_line(args.policy), found)
    print(f"{len(found)} chats, {len(tally.moments)} labelled moments\n\n{table(tally)}")
    if told:
        print(f"\nOurs, judged by a second coach\n\n{_shares(for_coach(tally, told))}")
        print(f"\nThe second coach's one card\n\n{_shares(by_coach(tally, told))}")
    if args.misses:
        print("", *_misses(tally), sep="\n")


if __name__ == "__main__":
    main()
