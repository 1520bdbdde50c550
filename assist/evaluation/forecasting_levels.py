"""The report's part on levels: ours beside plain rivals, turn by turn and chat by chat.

The law: ours is as it was fitted elsewhere. A rival is one number a turn, cut into levels where it
does best on the very chats it is measured on, which is more than ours is given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from assist.core.turns import Role
from assist.evaluation.escalate_levels import (
    HIGH,
    Chat,
    Course,
    by_chat,
    chance_of,
    down_after,
    early,
    peak,
)  # fmt: skip
from assist.evaluation.items import SENTIMENT, Item
from assist.evaluation.measures import Floats, Ints, auc, bootstrap, confusion, ranks, shares
from assist.evaluation.report import Part
from assist.evaluation.rivals import vader
from assist.evaluation.tables import NONE, Cell, figure, section, table, within
from assist.line import Line

__all__ = ["courses", "cut", "levels_part"]

_BY_TURN = (
    "judge", "right level (95 %)", "within one", "AUC of high", "precision of high (95 %)",
    "recall (95 %)", "false positives (95 %)",
)  # fmt: skip
_BY_CHAT = (
    "judge", "precision", "recall (95 %)", "false positives (95 %)", "precision at 5 % (95 %)",
    "precision at 10 % (95 %)", "turns early", "turns to come down",
)  # fmt: skip
_STEPS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What a judge made of every chat, and all turns in one row, with the chat of each."""

    name: str
    courses: tuple[Course, ...]

    def row(self, pick: Callable[[Course], Sequence[float]]) -> Floats:
        return np.array([one for course in self.courses for one in pick(course)])

    @property
    def gold(self) -> Ints:
        return self.row(lambda course: course.gold).astype(np.int64)

    @property
    def told(self) -> Ints:
        return self.row(lambda course: course.told).astype(np.int64)

    @property
    def groups(self) -> Ints:
        sizes = [len(course.gold) for course in self.courses]
        return np.repeat(np.arange(len(sizes)), sizes).astype(np.int64)


def courses(found: Sequence[Chat], line: Line) -> tuple[Course, ...]:
    """Return the levels of every chat, and those that the line comes to after each turn."""
    return tuple(_course(chat, line) for chat in found)


def _course(chat: Chat, line: Line) -> Course:
    conversation, told, scores = line.begin(chat.id), list[int](), list[float]()
    for turn in chat.turns:
        conversation = line.step(conversation, turn).conversation
        if turn.role is Role.CUSTOMER:
            told.append(conversation.escalation.level.rank)
            scores.append(conversation.escalation.score)
    return Course(gold=chat.levels, told=tuple(told), scores=tuple(scores))


def levels_part(title: str, found: Sequence[Chat], line: Line) -> Part:
    """Return how well the levels of these chats are told."""
    ours = _Judged(name="ours", courses=courses(found, line))
    judges = [ours, *_rivals(found, ours, line)]
    gold = [peak(course.gold) for course in ours.courses]
    wrong = sum(peak(course.told) and not peak(course.gold) for course in ours.courses)
    never = len(gold) - sum(gold)
    note = (
        f"Of {never} chats that are never high, {wrong} told so by ours: with so few, the rate may "
        f"be as high as {figure(chance_of(wrong, never))}, and the precision at a prevalence as "
        "much lower."
    )
    body = section(
        title,
        f"{len(found):,} chats, {len(ours.gold):,} customer turns; {sum(gold):,} chats are ever "
        "high or critical. Each level was given by what had been said up to that turn.",
        "By turn:",
        table(_BY_TURN, [_by_turn(one) for one in judges]),
        "By chat, an alarm being a level of high or above at any turn; early is how many customer "
        "turns before the first such label it comes, and how many after the last it goes:",
        table(_BY_CHAT, [_chat_row(one) for one in judges]),
        note if never else "",
    )
    return Part(title=title, body=body)


def _rivals(found: Sequence[Chat], ours: _Judged, line: Line) -> list[_Judged]:
    said = [[t for t in chat.turns if t.role is Role.CUSTOMER] for chat in found]
    items = [Item(id=turn.id, text=turn.text) for turns in said for turn in turns]
    sour = iter(-vader(items, SENTIMENT).scores)
    means = [_running([float(next(sour)) for _ in turns]) for turns in said]
    last = [
        [-line.read(t, chat.turns[: chat.turns.index(t)]).sentiment.score for t in turns]
        for chat, turns in zip(found, said, strict=True)
    ]
    calm = [[0.0] * len(turns) for turns in said]
    named = (("always calm", calm), ("VADER, running mean", means), ("sentiment, last turn", last))
    return [_judged(name, scores, ours) for name, scores in named]


def _running(values: Sequence[float]) -> list[float]:
    return [sum(values[:size]) / size for size in range(1, len(values) + 1)]


def _judged(name: str, scores: Sequence[Sequence[float]], ours: _Judged) -> _Judged:
    bounds = cut(np.array([one for row in scores for one in row]), ours.gold)
    made = tuple(
        Course(
            gold=course.gold,
            told=tuple(sum(one >= bound for bound in bounds) for one in row),
            scores=tuple(row),
        )
        for course, row in zip(ours.courses, scores, strict=True)
    )
    return _Judged(name=name, courses=made)


def cut(scores: Floats, gold: Ints) -> tuple[float, ...]:
    """Return the three bounds by which most levels are told right; a constant is always calm."""
    values = np.unique(scores)
    if len(values) < 2:
        return (np.inf, np.inf, np.inf)
    places = [*np.unique(np.quantile(values, np.linspace(0, 1, _STEPS))), np.inf, np.inf, np.inf]
    reached = [(scores >= at).astype(np.int64) for at in places]
    best = max(
        combinations(range(len(places)), 3),
        key=lambda three: int((sum(reached[place] for place in three) == gold).sum()),
    )
    return tuple(float(places[place]) for place in best)


def _by_turn(judged: _Judged) -> list[Cell]:
    gold, told, groups = judged.gold, judged.told, judged.groups
    high, alarm = (gold >= HIGH).astype(np.int64), (told >= HIGH).astype(np.int64)
    right, near = (gold == told).astype(np.float64), np.abs(gold - told) <= 1

    def of(pick: Callable[[Floats | None], float]) -> str:
        return within(pick(None), bootstrap(pick, groups))

    def split(weights: Floats | None) -> Floats:
        return confusion(high, alarm, 2, weights)

    return [
        judged.name,
        of(lambda weights: float(np.average(right, weights=weights))),
        float(near.mean()),
        auc(high, ranks(judged.row(lambda course: course.scores))),
        of(lambda weights: shares(split(weights))[1].precision),
        of(lambda weights: shares(split(weights))[1].recall),
        of(lambda weights: 1 - shares(split(weights))[0].recall),
    ]


def _chat_row(judged: _Judged) -> list[Cell]:
    gold = np.array([int(peak(course.gold)) for course in judged.courses])
    told = np.array([int(peak(course.told)) for course in judged.courses])
    each = np.arange(len(gold))

    def of(name: str) -> str:
        margin = bootstrap(lambda weights: by_chat(gold, told, weights)[name], each)
        return within(by_chat(gold, told)[name], margin)

    return [
        judged.name,
        by_chat(gold, told)["precision"],
        *(of(name) for name in _BY_CHAT_MEASURES),
        _turns(early(judged.courses)),
        _turns(down_after(judged.courses)),
    ]


_BY_CHAT_MEASURES = ("recall", "false positives", "precision at 5 %", "precision at 10 %")


def _turns(value: float) -> str:
    return NONE if np.isnan(value) else f"{value:+.1f}"
