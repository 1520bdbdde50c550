"""Belief first, decision after."""

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.escalation import (
    CALM,
    Contribution,
    Escalation,
    EscalationPolicy,
    Level,
    Reason,
    Trend,
    assess,
    believe,
    contributions,
    decide,
    explain,
    score_of,
)
from assist.core.signals import Evidence, Pull, Signal
from assist.core.text import Span

PROOF = Evidence(turn="t1", span=Span(0, 4), cue="late", source="p/late/said")
POLICY = EscalationPolicy(
    bias=-2.0,
    weights=MappingProxyType({"valence": -1.0, "effort": 2.0, "repair": -1.0}),
    hard=MappingProxyType({"risk.legal": Level.CRITICAL, "risk.manager": Level.HIGH}),
    enter=MappingProxyType({Level.WATCH: 0.2, Level.HIGH: 0.5, Level.CRITICAL: 0.8}),
    leave=MappingProxyType({Level.WATCH: 0.1, Level.HIGH: 0.4, Level.CRITICAL: 0.7}),
    decay=0.5,
    cap=1.5,
    floor=0.1,
    steady=0.05,
)


def part(name="late", weight=1.0, hard=None):
    return Contribution(name=name, text=name, weight=weight, evidence=(PROOF,), hard=hard)


def at(level, score=0.0):
    return Escalation(level=level, score=score, reasons=(Reason(text="all", weight=score),))


def belief_for(score):
    """Return a belief that makes exactly this score."""
    from math import log

    return (part(weight=log(score / (1 - score)) - POLICY.bias),)


def signal(name, score, *pulls, reason=""):
    return Signal(
        name=name,
        score=score,
        evidence=(PROOF,),
        reason=reason,
        pulls=tuple(Pull(axis=axis, amount=amount) for axis, amount in pulls),
    )


@pytest.mark.parametrize(
    ("expected", "noticed"),
    [
        ([("late", 0.5)], signal("cause.delay", 0.5, ("effort", 0.5), reason="late")),
        ([("valence", 0.4)], signal("valence", -0.4, ("valence", 1.0))),
        ([("cause.delay", 1.0)], signal("cause.delay", 1.0, ("valence", -0.9), ("effort", 0.5))),
        ([("risk.legal", 0.0)], signal("risk.legal", 0.9)),
        ([], signal("cause.delay", 0.9, ("valence", -0.9))),
        ([], signal("cause.delay", 0.9, ("trust", 1.0))),
        ([], signal("cause.delay", 0.9)),
        ([], signal("valence", 0.0, ("valence", 1.0))),
    ],
)
def test_a_signal_contributes_what_it_pulls(expected, noticed):
    """A contribution is pull times weight times score; valence counts once, as the sentiment."""
    found = contributions((noticed,), POLICY)
    assert [(one.text, pytest.approx(one.weight)) for one in found] == expected
    assert all(one.evidence == (PROOF,) for one in found)


def test_a_hard_signal_carries_its_level():
    """A signal that the policy calls hard brings the level it sets."""
    (found,) = contributions((signal("risk.manager", 0.9),), POLICY)
    assert found.hard is Level.HIGH


@pytest.mark.parametrize(
    ("expected", "before", "new"),
    [
        ({"late": 0.5}, [part(weight=1.0)], []),
        ({}, [part(weight=0.19)], []),
        ({"late": 1.2}, [part(weight=0.4)], [part(weight=1.0)]),
        ({"late": 3.0}, [part(weight=4.0)], [part(weight=2.0)]),
        ({"late": 2.5}, [part(weight=4.0)], [part(weight=0.5)]),
        ({"late": -3.0}, [part(weight=-4.0)], [part(weight=-2.0)]),
        ({"late": 1.5}, [], [part(weight=1.0), part(weight=1.0)]),
        ({"new": 1.0, "late": 0.5}, [part(weight=1.0)], [part("new")]),
    ],
    ids=[
        "fades",
        "is forgotten",
        "gathers",
        "is capped",
        "a murmur forgets no shout",
        "either way",
        "twice",
        "side by side",
    ],
)
def test_belief_fades_and_gathers(expected, before, new):
    """What was believed halves each turn; heard again it gathers, up to 1.5 times the greater."""
    after = believe(tuple(before), tuple(new), POLICY)
    assert {one.name: pytest.approx(one.weight) for one in after} == expected


def test_what_pulls_the_other_way_stands_beside_what_pulled_before():
    """A name that turns from bad to good leaves the bad to fade and adds the good on its own."""
    after = believe((part(weight=1.0),), (part(weight=-0.4),), POLICY)
    assert [one.weight for one in after] == [-0.4, 0.5]
    assert contributions((signal("valence", 0.0, ("valence", 1.0)),), POLICY) == ()


def test_what_pulls_the_other_way_stands_beside():
    """A content turn does not take an unhappy one's place: each keeps its words and its sign."""
    unhappy, content = part("valence", 1.0), part("valence", -0.4)
    after = believe((unhappy,), (content,), POLICY)
    assert [one.weight for one in after] == [pytest.approx(-0.4), pytest.approx(0.5)]


def test_what_the_course_adds_is_weighed_anew_and_never_fades():
    """It holds through the agent's turn; with the customer's next it is gone or comes again."""
    waited = replace(part("course.waited", 0.8), course=True)
    assert believe((waited,), (), POLICY, fade=False) == (waited,)
    assert believe((waited,), (), POLICY) == ()
    assert believe((waited,), (waited,), POLICY) == (waited,)


def test_an_answer_fades_nothing():
    """Where nothing fades, weights and hard levels stay as they were."""
    before = (part(hard=Level.HIGH),)
    assert believe(before, (), POLICY, fade=False) == before


def test_a_hard_signal_may_have_to_be_sure():
    """Under the score that a policy asks for, a hard signal weighs like any other."""
    policy = replace(POLICY, sure=MappingProxyType({"risk.manager": 0.9}))
    asks = signal("risk.manager", 0.85, ("effort", 1.0))
    (weak,), (sure,) = (contributions((replace(asks, score=at),), policy) for at in (0.85, 0.9))
    assert (weak.hard, sure.hard) == (None, Level.HIGH)
    assert weak.weight == pytest.approx(1.7)


def test_a_signal_may_count_by_itself():
    """What a policy says of a signal's name counts beside its pulls, and a model's has words."""
    policy = replace(POLICY, signals=MappingProxyType({"like.frustrated": 1.5}))
    (told,) = contributions((signal("like.frustrated", 0.8),), policy)
    assert (told.text, told.weight) == ("reads as frustrated", pytest.approx(1.2))
    assert contributions((signal("like.frustrated", 0.05),), policy) == ()


def test_a_hard_level_lasts_one_turn():
    """What set a level by itself does not set it again on the turn after."""
    (after,) = believe((part(hard=Level.HIGH),), (), POLICY)
    assert after.hard is None


def test_score_is_a_probability_to_four_places():
    """The base rate alone is the logistic of the bias; extra log-odds move it."""
    assert score_of((), POLICY) == 0.1192
    assert score_of((), POLICY, extra=2.0) == 0.5
    assert score_of((part(weight=1000.0),), POLICY) == 1.0
    assert score_of((part(weight=-1000.0),), POLICY) == 0.0


WEIGHTS = st.lists(st.floats(-6, 6, allow_nan=False), max_size=8)


@given(WEIGHTS)
def test_reasons_add_up_to_the_score(weights):
    """Rounded to four places, the weights of the reasons are the score."""
    belief = tuple(part(f"n{number}", weight) for number, weight in enumerate(weights))
    reasons = explain(belief, POLICY)
    assert round(sum(reason.weight for reason in reasons), 4) == score_of(belief, POLICY)


def test_reasons_come_heaviest_first_and_the_base_last():
    """What weighs most is told first; where any chat starts is told at the end."""
    told = explain((part("a", 0.1), part("b", -1.0), part("c", 2.0)), POLICY)
    assert [reason.text for reason in told] == ["c", "b", "a", "where any chat starts"]
    assert told[0].evidence == (PROOF,)


def test_opposite_reasons_cancel_without_dividing_by_nothing():
    """Contributions that add up to nothing still have their reasons and the base rate."""
    told = explain((part("a", 1.0), part("b", -1.0)), POLICY)
    assert told[-1] == Reason(text="where any chat starts", weight=0.1192)
    assert told[0].weight == -told[1].weight != 0


@pytest.mark.parametrize(
    ("expected", "before", "score", "repaired"),
    [
        (Level.CALM, Level.CALM, 0.19, False),
        (Level.WATCH, Level.CALM, 0.2, False),
        (Level.HIGH, Level.CALM, 0.6, False),
        (Level.CRITICAL, Level.WATCH, 0.9, False),
        (Level.WATCH, Level.CALM, 0.6, True),
        (Level.WATCH, Level.WATCH, 0.9, True),
        (Level.CRITICAL, Level.HIGH, 0.9, True),
        (Level.WATCH, Level.CALM, 0.3, True),
        (Level.HIGH, Level.HIGH, 0.41, False),
        (Level.WATCH, Level.HIGH, 0.39, False),
        (Level.HIGH, Level.CRITICAL, 0.15, False),
        (Level.WATCH, Level.WATCH, 0.12, False),
        (Level.CALM, Level.WATCH, 0.09, False),
    ],
)
def test_a_level_is_entered_high_and_left_low(expected, before, score, repaired):
    """Entry above exit, one level down at a time, and a first crossing waits for a repair."""
    assert assess(at(before), belief_for(score), POLICY, repaired=repaired).level is expected


@pytest.mark.parametrize(
    ("expected", "before", "turns", "reasons"),
    [
        (Level.WATCH, Level.CALM, 1, 3),
        (Level.WATCH, Level.CALM, 2, 1),
        (Level.HIGH, Level.CALM, 2, 2),
        (Level.HIGH, Level.HIGH, 1, 1),
    ],
)
def test_a_first_alarm_waits_for_enough_to_go_by(expected, before, turns, reasons):
    """With too few turns, or too few things that raise it, a score alone makes no alarm."""
    policy = replace(POLICY, least_turns=2, least_reasons=2)
    parts = tuple(part(f"n{number}", 2.4 / reasons) for number in range(reasons))
    belief = (*parts, part("calms", -0.1))
    assert assess(at(before), belief, policy, turns=turns).level is expected


@pytest.mark.parametrize(
    ("expected", "before", "hard"),
    [
        (Level.CRITICAL, Level.CALM, Level.CRITICAL),
        (Level.HIGH, Level.WATCH, Level.HIGH),
        (Level.CRITICAL, Level.CRITICAL, Level.HIGH),
    ],
)
def test_a_hard_trigger_waits_for_nothing(expected, before, hard):
    """A hard trigger sets its level at once, and never lowers one."""
    belief = (*belief_for(0.75), part("soft", 0.0), part("hard", 0.0, hard))
    assert assess(at(before), belief, POLICY, repaired=True).level is expected


@pytest.mark.parametrize(
    ("expected", "before"), [(Trend.RISING, 0.4), (Trend.STEADY, 0.47), (Trend.FALLING, 0.6)]
)
def test_a_trend_is_a_change_worth_the_name(expected, before):
    """A score that moved by no more than the policy's margin is steady."""
    assert assess(at(Level.CALM, before), belief_for(0.5), POLICY).trend is expected


def test_the_first_turn_of_a_calm_chat_is_steady():
    """A chat's first score is held against where any chat starts, not against nothing."""
    assert assess(CALM, (), POLICY).trend is Trend.STEADY
    assert assess(CALM, belief_for(0.5), POLICY).trend is Trend.RISING


def test_a_level_without_a_threshold_is_never_entered():
    """A policy that names no thresholds leaves every chat calm, whatever its score."""
    policy = replace(POLICY, enter=MappingProxyType({}), leave=MappingProxyType({}))
    assert assess(CALM, belief_for(0.99), policy).level is Level.CALM
    assert EscalationPolicy().enter == {}


def test_a_decision_looks_at_scores_only():
    """The same level, score and hard signal make the same level, however the score came about."""
    assert decide(Level.CALM, 0.6, POLICY) is Level.HIGH
    assert decide(Level.CALM, 0.6, POLICY, held=True) is Level.WATCH
    assert decide(Level.CALM, 0.6, POLICY, held=True, hard=Level.CRITICAL) is Level.CRITICAL


@given(st.lists(st.floats(0.01, 0.99), max_size=12))
def test_levels_fall_one_at_a_time(scores):
    """However scores run, a level never falls by more than one step a turn."""
    state = CALM
    for score in scores:
        after = assess(state, belief_for(score), POLICY)
        assert after.level.rank >= state.level.rank - 1
        state = after


def test_levels_have_an_order():
    """Calm is lowest and critical highest."""
    assert [level.rank for level in Level] == [0, 1, 2, 3]


def test_a_reason_from_an_earlier_turn_is_told_as_such():
    """What was not said just now is still a reason, and is told to be one from before."""
    unhappy = Contribution(name="valence", text="sounds unhappy", weight=1.0)
    left = believe(believe((), (unhappy,), POLICY), (), POLICY)
    assert next(reason.text for reason in explain((unhappy,), POLICY)) == "sounds unhappy"
    assert next(reason.text for reason in explain(left, POLICY)) == "earlier: sounds unhappy"
    again = believe(left, (unhappy,), POLICY)
    assert next(reason.text for reason in explain(again, POLICY)) == "sounds unhappy"
