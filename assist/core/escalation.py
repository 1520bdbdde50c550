"""From what was read to a level: belief first, decision after.

The law: the belief is a sum of named contributions that fade turn by turn, beside those of the
talk's course, which are weighed anew; the score is that sum through a logistic curve, and the
reasons shown add up to the score exactly. The decision looks at scores and at how much there is to
go by: entry thresholds above exit thresholds, deferral, one level down at a time, and hard triggers
that wait for nothing. No threshold stands outside `EscalationPolicy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import exp, inf
from types import MappingProxyType

from assist.core.signals import Evidence, Signal

__all__ = [
    "CALM",
    "Contribution",
    "Escalation",
    "EscalationPolicy",
    "Level",
    "Reason",
    "Trend",
    "assess",
    "believe",
    "contributions",
    "decide",
    "explain",
    "score_of",
]


class Level(StrEnum):
    """How far a conversation has come, low to high."""

    CALM = "calm"
    WATCH = "watch"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Return 0 for calm up to 3 for critical."""
        return _RANKS[self]


_LEVELS = tuple(Level)
_RANKS = {level: rank for rank, level in enumerate(_LEVELS)}


class Trend(StrEnum):
    """Where the score is going."""

    FALLING = "falling"
    STEADY = "steady"
    RISING = "rising"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A part of the score, in words; the weights of all reasons add up to the score."""

    text: str
    weight: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A conversation's level, score (0..1), trend and reasons."""

    level: Level = Level.CALM
    score: float = 0.0
    trend: Trend = Trend.STEADY
    reasons: tuple[Reason, ...] = ()


CALM = Escalation()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One remembered pull on the belief, in log-odds. `hard` ones set a level by themselves.

    One of the talk's `course` never fades: it holds until it is weighed again. One that is told
    `earlier` is left from a turn before the customer's last.
    """

    name: str
    text: str
    weight: float
    evidence: tuple[Evidence, ...] = ()
    hard: Level | None = None
    course: bool = False
    earlier: bool = False


def _frozen(values: Mapping[str, float]) -> Mapping[str, float]:
    return MappingProxyType(dict(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationPolicy:
    """Everything the belief and the decision need, as data.

    `weights` are log-odds per unit of pull on an axis, `signals` per unit of a signal's own score,
    `course` per unit of what the talk's course adds; `hard` names the signals that set a level at
    once, where their score is at least what `sure` asks; `enter`/`leave` are scores per level;
    before so many customer turns (`least_turns`), or with fewer things that raise the score
    (`least_reasons`), a first crossing into high is held; `decay` is what one customer turn leaves
    of a contribution; `cap` bounds how much of its size one name may gather by repetition; what is
    under `floor` is forgotten; a change within `steady` is no trend.
    """

    bias: float = -2.6
    weights: Mapping[str, float] = field(default_factory=lambda: _frozen({}))
    signals: Mapping[str, float] = field(default_factory=lambda: _frozen({}))
    course: Mapping[str, float] = field(default_factory=lambda: _frozen({}))
    hard: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    sure: Mapping[str, float] = field(default_factory=lambda: _frozen({}))
    enter: Mapping[Level, float] = field(default_factory=lambda: MappingProxyType({}))
    leave: Mapping[Level, float] = field(default_factory=lambda: MappingProxyType({}))
    decay: float = 0.75
    cap: float = 1.6
    floor: float = 0.05
    steady: float = 0.03
    least_turns: int = 1
    least_reasons: int = 0


def contributions(
    signals: tuple[Signal, ...], policy: EscalationPolicy
) -> tuple[Contribution, ...]:
    """Return what `signals` pull on the belief, one contribution a signal.

    The valence of single cues is already in the sentiment, so only the signal of that name counts.
    """
    found = []
    for signal in signals:
        weight = _weight(signal, policy)
        hard = policy.hard.get(signal.name)
        if hard and signal.score < policy.sure.get(signal.name, 0.0):
            hard = None
        if abs(weight) >= policy.floor or hard:
            found.append(
                Contribution(
                    name=signal.name,
                    text=signal.reason or signal.name.replace("like.", "reads as ", 1),
                    weight=weight,
                    evidence=signal.evidence,
                    hard=hard,
                )
            )
    return tuple(found)


def _weight(signal: Signal, policy: EscalationPolicy) -> float:
    own = policy.signals.get(signal.name, 0.0)
    if not signal.pulls:
        return own * signal.score
    pulled = sum(
        policy.weights.get(pull.axis, 0.0) * pull.amount
        for pull in signal.pulls
        if pull.axis != "valence" or signal.name == "valence"
    )
    return (pulled + own) * signal.score


def believe(
    before: tuple[Contribution, ...],
    new: tuple[Contribution, ...],
    policy: EscalationPolicy,
    *,
    fade: bool = True,
) -> tuple[Contribution, ...]:
    """Return the belief after one turn: what is left of before, with `new` on top.

    A name heard again replaces its older self and adds what is left of it, up to `cap` times the
    greater; where it now pulls the other way, both stand, so that no reason weighs against its own
    words. What the talk's course added is not carried on where things fade: it comes with `new`.
    """
    decay = policy.decay if fade else 1.0
    faded = {
        _side(old): Contribution(
            name=old.name,
            text=old.text,
            weight=old.weight * decay,
            evidence=old.evidence,
            hard=None if fade else old.hard,
            course=old.course,
            earlier=fade or old.earlier,
        )
        for old in before
        if not (fade and old.course)
    }
    fresh: dict[tuple[str, bool], Contribution] = {}
    for contribution in new:
        side = _side(contribution)
        old = faded.pop(side, None) or fresh.get(side)
        left = old.weight if old else 0.0
        gathered = contribution.weight + left
        bound = max(abs(contribution.weight), abs(left)) * policy.cap
        weight = max(-bound, min(bound, gathered))
        same = weight == contribution.weight
        fresh[side] = contribution if same else replace(contribution, weight=weight)
    kept = (old for old in faded.values() if abs(old.weight) >= policy.floor)
    return (*fresh.values(), *kept)


def _side(contribution: Contribution) -> tuple[str, bool]:
    return contribution.name, contribution.weight < 0


def score_of(
    belief: tuple[Contribution, ...], policy: EscalationPolicy, *, extra: float = 0.0
) -> float:
    """Return the probability (0..1, four decimals) that the belief, and `extra` log-odds, mean."""
    return round(_logistic(policy.bias + extra + sum(part.weight for part in belief)), 4)


def explain(belief: tuple[Contribution, ...], policy: EscalationPolicy) -> tuple[Reason, ...]:
    """Return the reasons for the score; their weights add up to it exactly.

    Each contribution receives its log-odds times the mean slope of the curve between the base rate
    and the score (integrated gradients along the straight path); the base rate takes the rounding.
    """
    base, score = _logistic(policy.bias), score_of(belief, policy)
    total = sum(part.weight for part in belief)
    slope = (score - base) / total if abs(total) > 1e-9 else base * (1 - base)
    parts = [
        Reason(text=_told(part), weight=round(part.weight * slope, 4), evidence=part.evidence)
        for part in belief
    ]
    parts.sort(key=lambda reason: (-abs(reason.weight), reason.text))
    rest = round(score - sum(reason.weight for reason in parts), 4)
    return (*parts, Reason(text="where any chat starts", weight=rest))


def _told(part: Contribution) -> str:
    """Return the words for a part of the belief; what was not said just now is told as such."""
    return f"earlier: {part.text}" if part.earlier else part.text


def assess(
    before: Escalation,
    belief: tuple[Contribution, ...],
    policy: EscalationPolicy,
    *,
    repaired: bool = False,
    turns: int = 1,
) -> Escalation:
    """Return the escalation after the customer's turn number `turns`.

    `repaired` says that the agent's last turn already answered with a repair; a first crossing into
    high is then held for one turn, because tension may subside by itself.
    """
    score = score_of(belief, policy)
    was = before.score if before.reasons else score_of((), policy)
    raising = sum(part.weight > 0 for part in belief)
    held = repaired or turns < policy.least_turns or raising < policy.least_reasons
    hard = max((part.hard for part in belief if part.hard), key=lambda h: h.rank, default=None)
    return Escalation(
        level=decide(before.level, score, policy, held=held, hard=hard),
        score=score,
        trend=_trend(was, score, policy),
        reasons=explain(belief, policy),
    )


def decide(
    before: Level,
    score: float,
    policy: EscalationPolicy,
    *,
    held: bool = False,
    hard: Level | None = None,
) -> Level:
    """Return the level after `before`, given a score; `hard` is one that something set by itself.

    Where `held`, a first crossing into high goes no further than watch.
    """
    level = _by_score(before, score, policy, held=held)
    return hard if hard and hard.rank > level.rank else level


def _by_score(before: Level, score: float, policy: EscalationPolicy, *, held: bool) -> Level:
    entered = Level.CALM
    for level in _LEVELS:
        if score >= policy.enter.get(level, inf):
            entered = level
    if entered.rank > before.rank:
        first = entered.rank >= Level.HIGH.rank and before.rank < Level.HIGH.rank
        return Level.WATCH if held and first else entered
    if before is not Level.CALM and score < policy.leave.get(before, 0.0):
        return _LEVELS[before.rank - 1]
    return before


def _trend(before: float, score: float, policy: EscalationPolicy) -> Trend:
    if score > before + policy.steady:
        return Trend.RISING
    return Trend.FALLING if score < before - policy.steady else Trend.STEADY


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
