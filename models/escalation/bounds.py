"""Choose the scores at which levels are entered and left, and how long a first alarm waits.

The law: a choice is made on scores of chats that the weights were not fitted on. Alarms come first:
only where they are right often enough does it count how near the levels come to those given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import erfc, exp, log, sqrt
from types import MappingProxyType

import numpy as np

from assist.core.escalation import EscalationPolicy, Level, decide
from assist.evaluation.escalate_levels import Course, by_chat, peak
from assist.evaluation.measures import precision_at

__all__ = ["Moment", "course_of", "expected", "peaks", "thresholds"]

PREVALENCE, PRECISION = 0.05, 0.70
"""Where one chat in twenty becomes high, so many alarms are to be right at least."""
UNTROUBLED = 0.05
"""How many of the chats that are calm throughout may be told to watch, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A customer turn as a decision sees it, and the level it has."""

    gold: int
    score: float
    turns: int
    raising: int
    repaired: bool
    hard: Level | None


def course_of(found: Sequence[Moment], policy: EscalationPolicy) -> Course:
    """Return a chat's levels under a policy with thresholds."""
    level, told = Level.CALM, []
    for one in found:
        held = one.repaired or one.turns < policy.least_turns or one.raising < policy.least_reasons
        level = decide(level, one.score, policy, held=held, hard=one.hard)
        told.append(level.rank)
    gold = tuple(one.gold for one in found)
    return Course(gold=gold, told=tuple(told), scores=tuple(one.score for one in found))


def score(at: float) -> float:
    """Return a score from log-odds, as a threshold is written."""
    return round(1 / (1 + exp(-at)), 3)


def threshold(at: Sequence[float], gaps: Sequence[float], policy: EscalationPolicy, *,
              turns: int, reasons: int) -> EscalationPolicy:  # fmt: skip
    """Return the policy with these thresholds, in log-odds, and so much of deferral."""
    names = (Level.WATCH, Level.HIGH, Level.CRITICAL)
    enter = {name: score(one) for name, one in zip(names, at, strict=True)}
    leave = {
        name: min(score(one - gap), enter[name] - 0.001)
        for name, one, gap in zip(names, at, gaps, strict=True)
    }
    return replace(
        policy,
        enter=MappingProxyType({Level.CALM: 0.0, **enter}),
        leave=MappingProxyType({name: round(value, 3) for name, value in leave.items()}),
        least_turns=turns,
        least_reasons=reasons,
    )


def expected(found: Sequence[Sequence[Moment]], policy: EscalationPolicy) -> float:
    """Return the precision to expect where one chat in twenty is ever high.

    So few chats cannot show a hundredth of false alarms by counting: their rate is read from a
    normal curve through the highest log-odds of the chats that are never high. What a hard signal
    does is left out, for no bound changes it: that is for the rule behind it to mend.
    """
    calm = [one for one in found if not peak([moment.gold for moment in one])]
    tops = [odds(max(moment.score for moment in one)) for one in calm]
    far = (odds(policy.enter[Level.HIGH]) - float(np.mean(tops))) / float(np.std(tops))
    recall = by_chat(*peaks([course_of(one, policy) for one in found]))["recall"]
    return precision_at(PREVALENCE, recall, erfc(far / sqrt(2)) / 2)


def stirred(found: Sequence[Sequence[Moment]], policy: EscalationPolicy) -> float:
    """Return how many of the chats that are calm throughout are not told so."""
    courses = [course_of(one, policy) for one in found]
    return float(np.mean([max(one.told) > 0 for one in courses if max(one.gold) == 0]))


def odds(score: float) -> float:
    """Return the log-odds of a score."""
    inside = min(max(score, 1e-4), 1 - 1e-4)
    return log(inside / (1 - inside))


def peaks(courses: Sequence[Course]) -> tuple[np.ndarray, np.ndarray]:
    """Return which chats are ever high, and which are told so."""
    gold = np.array([int(peak(course.gold)) for course in courses])
    return gold, np.array([int(peak(course.told)) for course in courses])


def farness(found: Sequence[Sequence[Moment]], policy: EscalationPolicy) -> float:
    """Return how far the levels told are from those given, a level too high or low counting 1."""
    courses = [course_of(one, policy) for one in found]
    gold = np.concatenate([course.gold for course in courses])
    told = np.concatenate([course.told for course in courses])
    return float(np.abs(gold - told).mean())


def thresholds(found: Sequence[Sequence[Moment]], policy: EscalationPolicy) -> EscalationPolicy:
    """Return the policy with the thresholds that come nearest, alarms being sharp enough.

    Of two that come as near, the one that waits for more to go by.
    """
    grid = [round(float(at), 3) for at in np.arange(-3, 4.01, 0.125)]
    gaps = (0.125, 0.25, 0.375, 0.5, 0.75, 1.0, 1.5)
    said = {"watch": 0.0, "high": 0.5, "critical": 2.0, "gap0": 0.5, "gap1": 0.5, "gap2": 0.5,
            "turns": 1, "reasons": 0}  # fmt: skip
    choices = {"watch": grid, "high": grid, "critical": grid, "gap0": gaps, "gap1": gaps,
               "gap2": gaps, "turns": (1, 2), "reasons": (0, 1, 2, 3)}  # fmt: skip

    def made(values: dict[str, float]) -> EscalationPolicy:
        at = [values["watch"], values["high"], values["critical"]]
        between = [values["gap0"], values["gap1"], values["gap2"]]
        return threshold(at, between, policy, turns=int(values["turns"]),
                         reasons=int(values["reasons"]))  # fmt: skip

    def cost(values: dict[str, float]) -> tuple[float, float, float]:
        waits = -(values["turns"] + values["reasons"])
        if not values["watch"] < values["high"] < values["critical"]:
            return 9.0, 9.0, waits
        tried = made(values)
        bad = max(0.0, PRECISION - expected(found, tried))
        bad += max(0.0, stirred(found, tried) - UNTROUBLED)
        return round(bad, 3), round(farness(found, tried), 3), waits

    for _ in range(4):
        before = dict(said)
        for name, values in choices.items():
            said = min(({**said, name: value} for value in values), key=cost)
        if said == before:
            break
    return made(said)
