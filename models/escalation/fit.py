"""Fit the escalation policy on our own labelled chats.

Run: `.venv/bin/python models/escalation/fit.py`; writes `policy.json` beside itself, and figures
into `card.md`. It takes some minutes and gives the same numbers every time.
The law: a turn is fitted by what was said up to it; every figure and every threshold comes from
chats that the weights were not fitted on; `chats_held.jsonl` is never opened here. A weight that
the chats say little about stays near where it was set by hand; none counts against what it says.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import sqrt
from pathlib import Path
from types import MappingProxyType

import numpy as np

from assist.core.advance import advance, repaired
from assist.core.conversation import Conversation
from assist.core.escalation import Contribution, EscalationPolicy, Level
from assist.core.signals import Reading
from assist.core.strain import STRAINS, strains
from assist.core.turns import Role
from assist.evaluation.escalate_levels import (
    Chat,
    Course,
    by_chat,
    chance_of,
    down_after,
    early,
    labelled_chats,
)
from assist.line import Line, load_line

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

from bounds import Moment, course_of, expected, peaks, thresholds  # noqa: E402 - found by path

DATA = HERE.parent / "data"
FOLDS = 6
STEPS = 800

AXES = {
    "valence": -1.5, "arousal": 0.7, "effort": 1.0, "intent": 1.5, "target": 1.9, "trust": 1.2,
    "distress": 1.2, "repair": -0.6,
}  # fmt: skip
SIGNALS = {"like.frustrated": 1.0, "like.gratitude": -1.0}
COURSE = dict.fromkeys(STRAINS, 0.5)
"""What was set by hand, and what each weight is drawn towards."""
BY_HAND = {
    "hard": {"risk.manager": "high", "risk.legal": "critical", "risk.abuse": "high",
             "distress": "critical"},
    "sure": {"risk.manager": 0.9},
    "cap": 3.0, "floor": 0.05, "steady": 0.03,
}  # fmt: skip
SCALE = 0.5
"""What a score's log-odds are of a chance's: so scaled, the four levels stand well apart between 0
and 1, where chances would crowd at both ends."""
DECAYS = (0.6, 0.65, 0.7, 0.75, 0.8)
HOLDS = (0.01, 0.03, 0.06, 0.1, 0.2)
"""How strongly a weight is held where it was set by hand."""
LEAST = 0.25
"""What every strain of the course counts at least, of what was set by hand: our chats are too few
to say that waiting or being passed on counts nothing, and others measured that it does."""
NAMES = (*AXES, *SIGNALS, *COURSE)
HAND = np.array([*AXES.values(), *SIGNALS.values(), *COURSE.values()]) / SCALE

FLOOR = np.array([0.0] * (len(AXES) + len(SIGNALS)) + [LEAST * one for one in COURSE.values()])
FLOOR /= SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A chat read once: its readings, and by customer turn what the course adds and the level."""

    chat: Chat
    readings: dict[str, Reading]
    course: dict[str, dict[str, float]]


def read(chat: Chat, line: Line) -> Known:
    """Return the chat with all that is read of it, no turn knowing a later one."""
    state, course = line.begin(chat.id), {}
    for turn in chat.turns:
        state = line.step(state, turn).conversation
        if turn.role is Role.CUSTOMER:
            course[turn.id] = {one.name: one.amount for one in strains(state)}
    readings = {reading.turn: reading for reading in state.readings}
    return Known(chat=chat, readings=readings, course=course)


def pulled(reading: Reading, *, acts: bool) -> np.ndarray:
    """Return what a reading pulls on each axis, and the signals that count by themselves."""
    found = dict.fromkeys(NAMES, 0.0)
    for signal in reading.family("act") if acts else reading.signals:
        for pull in signal.pulls:
            if pull.axis != "valence" or signal.name == "valence":
                found[pull.axis] += pull.amount * signal.score
        if signal.name in SIGNALS and not acts:
            found[signal.name] += signal.score
    return np.array(list(found.values()))


def features(known: Known, decay: float) -> np.ndarray:
    """Return of shape (customer turns, names) what is remembered, and the course, at each turn."""
    memory, rows = np.zeros(len(NAMES)), []
    for turn in known.chat.turns:
        reading = known.readings.get(turn.id)
        if reading is not None and turn.role is Role.AGENT:
            memory = memory + pulled(reading, acts=True)
        if turn.role is Role.CUSTOMER:
            memory = memory * decay + (pulled(reading, acts=False) if reading else 0.0)
            now = known.course[turn.id]
            rows.append(memory + np.array([now.get(name, 0.0) for name in NAMES]))
    return np.array(rows)


def weighed(values: np.ndarray, gold: np.ndarray, hold: float) -> tuple[np.ndarray, np.ndarray]:
    """Return weights and the three bounds between the levels, likeliest for these turns.

    The chance of a level or one above is a logistic curve of what is weighed less its bound.
    """
    size = np.where(values.std(axis=0) > 0, values.std(axis=0), 1.0)
    scaled, hand, least = values / size, HAND * size, FLOOR * size
    weights, bounds = hand.copy(), np.array([0.5, 2.5, 4.5])
    above = gold[:, None] > np.arange(3)
    fall, square = np.zeros(len(hand) + 3), np.zeros(len(hand) + 3)
    for turn in range(1, STEPS + 1):
        off = curve((scaled @ weights)[:, None] - bounds) - above
        pull = scaled.T @ off.sum(axis=1) / len(gold) + hold * (weights - hand)
        slope = np.concatenate([pull, -off.mean(axis=0)])
        fall, square = 0.9 * fall + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.05 * min(1.0, 4 * (1 - turn / (STEPS + 1)))
        step = rate * (fall / (1 - 0.9**turn)) / (np.sqrt(square / (1 - 0.999**turn)) + 1e-9)
        weights, bounds = weights - step[:-3], bounds - step[-3:]
        weights = np.where(hand > 0, np.maximum(weights, least), np.minimum(weights, least))
    return weights / size, bounds


def curve(found: np.ndarray) -> np.ndarray:
    """Return chances from log-odds."""
    return 1 / (1 + np.exp(-np.clip(found, -30, 30)))


def loss(found: np.ndarray, gold: np.ndarray) -> float:
    """Return the mean surprise at the levels, in nats."""
    above = gold[:, None] > np.arange(3)
    chances = curve(found)
    return float(-np.log(np.where(above, chances, 1 - chances) + 1e-12).sum(axis=1).mean())


def folds(chats: Sequence[Known]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield for each fold the chats to fit on and those to measure."""
    for fold in range(FOLDS):
        asked = [place for place in range(len(chats)) if place % FOLDS == fold]
        yield [place for place in range(len(chats)) if place % FOLDS != fold], asked


def fitted(chats: Sequence[Known], decay: float, hold: float) -> EscalationPolicy:
    """Return the policy that these chats make, without thresholds."""
    values = np.vstack([features(known, decay) for known in chats])
    weights, bounds = weighed(values, levels(chats), hold)
    return policy_of(weights, bounds, decay)


def policy_of(weights: np.ndarray, bounds: np.ndarray, decay: float) -> EscalationPolicy:
    """Return a policy whose score is the chance of high or above."""
    told = {
        name: round(SCALE * float(weight), 3) for name, weight in zip(NAMES, weights, strict=True)
    }
    return EscalationPolicy(
        bias=round(SCALE * float(-bounds[1]), 3),
        weights=MappingProxyType({name: told[name] for name in AXES}),
        signals=MappingProxyType({name: told[name] for name in SIGNALS}),
        course=MappingProxyType({name: told[name] for name in COURSE}),
        hard=MappingProxyType({name: Level(one) for name, one in BY_HAND["hard"].items()}),
        sure=MappingProxyType(BY_HAND["sure"]),
        decay=decay,
        cap=BY_HAND["cap"],
        floor=BY_HAND["floor"],
        steady=BY_HAND["steady"],
    )


def levels(chats: Sequence[Known]) -> np.ndarray:
    """Return the level of every customer turn."""
    return np.array([level for known in chats for level in known.chat.levels])


def surprise(chats: Sequence[Known], decay: float, hold: float) -> np.ndarray:
    """Return the loss of every chat, by weights that were not fitted on it."""
    values = [features(known, decay) for known in chats]
    told = np.zeros(len(chats))
    for kept, asked in folds(chats):
        gold = levels([chats[place] for place in kept])
        weights, bounds = weighed(np.vstack([values[place] for place in kept]), gold, hold)
        for place in asked:
            above = (values[place] @ weights)[:, None] - bounds
            told[place] = loss(above, levels([chats[place]]))
    return told


def tuned(chats: Sequence[Known]) -> tuple[float, float]:
    """Return decay and hold: the firmest hold that is not clearly worse than the best there is."""
    found = {pair: surprise(chats, *pair) for pair in product(DECAYS, HOLDS)}
    best = min(found, key=lambda pair: found[pair].mean())
    near = {}
    for pair, told in found.items():
        more = told - found[best]
        if more.mean() <= more.std() / sqrt(len(chats)):
            near[pair] = told.mean()
    return min(near, key=lambda pair: (-pair[1], near[pair]))


def moments(known: Known, policy: EscalationPolicy, line: Line) -> list[Moment]:
    """Return the customer turns of a chat as the line comes to them under this policy."""
    state, found = Conversation(id=known.chat.id), []
    golds = iter(known.chat.levels)
    for turn in known.chat.turns:
        state = advance(state, turn, known.readings.get(turn.id), policy, line.guidance.pack)
        if turn.role is Role.CUSTOMER:
            found.append(
                Moment(
                    gold=next(golds),
                    score=state.escalation.score,
                    turns=len(state.customer_turns),
                    raising=sum(part.weight > 0 for part in state.belief),
                    repaired=repaired(state),
                    hard=hardest(state.belief),
                )
            )
    return found


def hardest(belief: tuple[Contribution, ...]) -> Level | None:
    """Return the level that something set by itself."""
    return max((p.hard for p in belief if p.hard), key=lambda level: level.rank, default=None)


def written(policy: EscalationPolicy) -> str:
    """Return the policy as its file says it."""
    said = {
        "bias": policy.bias,
        "weights": dict(policy.weights),
        "signals": dict(policy.signals),
        "course": dict(policy.course),
        "hard": {name: str(level) for name, level in policy.hard.items()},
        "sure": dict(policy.sure),
        "enter": {str(level): at for level, at in policy.enter.items()},
        "leave": {str(level): at for level, at in policy.leave.items()},
        "least_turns": policy.least_turns,
        "least_reasons": policy.least_reasons,
        "decay": policy.decay,
        "cap": policy.cap,
        "floor": policy.floor,
        "steady": policy.steady,
    }
    return json.dumps(said, indent=2) + "\n"


def figures(courses: Sequence[Course], sharp: float) -> str:
    """Return how well these levels are told, as the card says it."""
    gold = np.concatenate([course.gold for course in courses])
    told = np.concatenate([course.told for course in courses])
    chats = peaks(courses)
    rates = by_chat(*chats)
    wrong, never = int(((1 - chats[0]) & chats[1]).sum()), int((chats[0] == 0).sum())
    at_most = f"at most {chance_of(wrong, never):.3f} with 97.5 % certainty"
    counted = rates["precision at 5 %"]
    lines = [
        ("customer turns with the right level", f"{(gold == told).mean():.3f}"),
        ("within one level", f"{(np.abs(gold - told) <= 1).mean():.3f}"),
        ("chats that become high, told so", f"{rates['recall']:.3f}"),
        ("chats that never do, told so", f"{wrong} of {never} ({at_most})"),
        ("precision where 5 % of chats become high, as counted", f"{counted:.3f}"),
        ("the same, by a normal curve through the calm chats", f"{sharp:.3f}"),
        ("turns by which alarms come before the label", f"{early(courses):+.2f}"),
        ("turns by which they come down after it", f"{down_after(courses):+.2f}"),
    ]
    told_rows = [f"| {name} | {value} |" for name, value in lines]
    return "\n".join(["| on chats not fitted on | |", "|---|---:|", *told_rows])


def noted(text: str) -> None:
    """Put the figures into the card, between its two marks."""
    place = HERE / "card.md"
    marks = "<!-- figures -->", "<!-- end of figures -->"
    card = place.read_text(encoding="utf-8")
    inside = f"{marks[0]}\n\n{text}\n\n{marks[1]}"
    pattern = f"{re.escape(marks[0])}.*?{re.escape(marks[1])}"
    place.write_text(re.sub(pattern, lambda _: inside, card, flags=re.DOTALL), encoding="utf-8")


def main() -> None:
    """Fit the weights, choose the thresholds, print how they do and write them."""
    line = load_line()
    places = sorted(DATA.glob("chats_fit*.jsonl"))
    chats = [read(chat, line) for place in places for chat in labelled_chats(place)]
    decay, hold = tuned(chats)
    print(f"decay {decay}, hold {hold}, surprise {surprise(chats, decay, hold).mean():.4f}")
    out: dict[int, list[Moment]] = {}
    for kept, asked in folds(chats):
        policy = fitted([chats[place] for place in kept], decay, hold)
        out |= {place: moments(chats[place], policy, line) for place in asked}
    found = [out[place] for place in sorted(out)]
    policy = thresholds(found, fitted(chats, decay, hold))
    told = figures([course_of(one, policy) for one in found], expected(found, policy))
    print(told, written(policy), sep="\n\n")
    (HERE / "policy.json").write_text(written(policy), encoding="utf-8")
    noted(told)


if __name__ == "__main__":
    main()
