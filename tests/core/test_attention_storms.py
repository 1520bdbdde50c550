"""The budget is never broken, whatever storms come, and the log of what was held back is whole."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from noticing import noticing

from assist.core.conditions import CueFound, Pattern, SilentFor
from assist.core.conversation import Conversation
from assist.core.escalation import EscalationPolicy, Level
from assist.core.line import Guidance, passage, step
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Pull
from assist.core.suggestions import Kind, RetractReason
from assist.core.turns import (
    Assigned,
    Chosen,
    Feedback,
    FeedbackAction,
    Role,
    Snoozed,
    Tick,
    Turn,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def rule(technique, priority=50, *, kind=Kind.REPLY, rest=4, when=None, **more):
    return Rule(
        id=f"p/{technique}/r", technique=technique, kind=kind, rest=rest, priority=priority,
        watches=Watches.CONVERSATION if isinstance(when, SilentFor) else Watches.CUSTOMER_TURN,
        when=when or CueFound(pattern=Pattern(cue=technique)), summary="S.", why="Because.",
        lines=tuple(f"{technique} {number}" for number in range(40)), **more,
    )  # fmt: skip


CARDS = {"empathy": 60, "calm": 55, "thank": 50, "own-it": 45, "rapport": 70}
RULES = (
    *(rule(name, priority, rest=1 + place) for place, (name, priority) in enumerate(CARDS.items())),
    rule("escalate-up", 95, kind=Kind.ALERT, rest=2, expires=3),
    rule("check-in", 40, when=SilentFor(seconds=60), rest=1),
    rule("follow-up", 41, when=SilentFor(seconds=120), rest=1),
    rule("warm-close", 42, when=SilentFor(seconds=180), rest=1),
    replace(
        rule("cause.delay"), lines=(), mark=Mark(
            name="cause.delay", score=1.0, reason="late", pulls=(Pull(axis="effort", amount=3.0),)
        ),
    ),
    replace(
        rule("act"), watches=Watches.AGENT_TURN, lines=(), technique="empathy",
        mark=Mark(name="act.feel", score=1.0, reason="feels"),
    ),
)  # fmt: skip
WORDS = (*CARDS, "escalate-up", "cause.delay", "act")


GUIDANCE = Guidance(
    pack=Pack(name="p", version="1", digest="d", rules=RULES),
    policy=EscalationPolicy(
        bias=-2.0,
        weights=MappingProxyType({"effort": 1.0}),
        enter=MappingProxyType({Level.WATCH: 0.2, Level.HIGH: 0.5, Level.CRITICAL: 0.9}),
    ),
    detectors=(noticing(*WORDS),),
)
texts = st.lists(st.sampled_from([*CARDS, "escalate-up"]), max_size=5).map(" ".join)
troubled = st.lists(st.sampled_from(WORDS[:-1]), max_size=5).map(" ".join)
doings = st.one_of(
    st.tuples(st.just("customer"), texts),
    st.tuples(st.just("customer"), texts),
    st.tuples(st.just("troubled"), troubled),
    st.tuples(st.just("agent"), st.sampled_from(["ok", "act"])),
    st.tuples(st.just("agent"), st.sampled_from(["ok", "act"])),
    st.tuples(st.just("wait"), st.integers(1, 400)),
    st.tuples(st.just("snooze"), st.sampled_from([*CARDS, "*"])),
    st.tuples(st.just("wake"), st.sampled_from([*CARDS, "*"])),
    st.tuples(st.just("mute"), st.sampled_from([*CARDS, "*"])),
    st.tuples(st.just("click"), st.sampled_from(list(FeedbackAction))),
)
storms = st.lists(doings, max_size=40)


def events_of(storm, *, calm=False):
    """Return the events that a storm is, in order; feedback names the card that stands first."""
    at, found = AT, [Assigned(agent="kim")]
    for number, (kind, what) in enumerate(storm, start=1):
        at += timedelta(seconds=what if kind == "wait" else 5)
        match kind:
            case "customer" | "troubled":
                text = what.replace("cause.delay", "") if calm else what
                found.append(Turn(id=f"t{number}", role=Role.CUSTOMER, text=f"x {text}", at=at))
            case "agent":
                found.append(Turn(id=f"t{number}", role=Role.AGENT, text=what, at=at))
            case "wait":
                found.append(Tick(at=at))
            case "snooze" | "wake":
                found.append(Snoozed(technique=what, on=kind == "snooze", at=at))
            case "mute":
                found.append(Chosen(agent="kim", muted=(what,), resting=("thank",)))
            case _:
                found.append((what, at))
    return found


def run(events):
    """Yield the state before, the event and every state it leads to."""
    state = Conversation(id="c")
    for event in events:
        if isinstance(event, tuple):
            first = state.standing[0].id if state.standing else "none"
            event = Feedback(suggestion=first, action=event[0], at=event[1])  # noqa: PLW2901
        states = [passed.after for passed in passage(state, event, GUIDANCE)]
        yield state, event, states
        state = states[-1]


@given(storms)
def test_no_storm_breaks_the_budget(storm):
    """At most one new card a moment, three standing, two by time while nobody speaks."""
    by_time = 0
    for before, event, states in run(events_of(storm)):
        for state in states:
            new = len(state.shown) - len(before.shown)
            ticked = bool(new) and state.shown[-1].by_time
            assert new <= 1
            assert len(state.standing) <= 3
            assert len({one.technique for one in state.standing}) == len(state.standing)
            by_time += ticked
            assert by_time <= 2
            before = state  # noqa: PLW2901
        if isinstance(event, Turn):
            by_time = 0


@pytest.mark.parametrize(("asked", "silences", "standing", "by_time"), [(8, 0, 3, 0), (1, 8, 3, 2)])
def test_the_budget_is_used_up(asked, silences, standing, by_time):
    """Who asks for everything has three cards standing, and two of them by time in a silence."""
    asking = [("troubled", " ".join(WORDS[:-1]))] * asked
    for _, _, states in run(events_of([*asking, *[("wait", 400)] * silences])):
        state = states[-1]
    assert len(state.standing) == standing
    assert sum(one.by_time for one in state.shown) == by_time


@given(storms)
def test_the_log_of_what_was_held_back_is_complete(storm):
    """Whatever rule applied was shown or is in the log with a reason, at every single moment."""
    for before, event, states in run(events_of(storm)):
        after = states[-1]
        if not (isinstance(event, Turn) and event.role is Role.CUSTOMER):
            continue
        applied = {f"p/{word}/r" for word in [*CARDS, "escalate-up"] if word in event.text.split()}
        fresh = [one for one in after.moments[len(before.moments) :] if not one.by_time]
        assert len(fresh) == bool(applied)
        for moment in fresh:
            names = [held.rule for held in moment.held]
            if moment.shown is not None:
                names.append(moment.shown.rpartition(":")[0])
            assert sorted(names) == sorted(applied)
            assert after.held == moment.held


@given(storms)
def test_a_calm_storm_gets_one_card_in_six_answers(storm):
    """Between two cards of a chat without trouble there are six answers; calls upwards apart."""
    state = Conversation(id="c")
    for _, _, states in run(events_of(storm, calm=True)):
        state = states[-1]
    before = None
    for one in state.shown:
        if one.technique != "escalate-up" and before is not None:
            assert one.agent_turns - before.agent_turns >= 6
        before = one


def test_a_calm_chat_gets_its_card_as_often_as_it_may():
    """With a card to be had at every turn, one comes in each six answers: no more, no fewer."""
    rounds = [("customer", " ".join(CARDS)), ("agent", "ok")] * 25
    for _, _, states in run(events_of(rounds, calm=True)):
        state = states[-1]
    assert [one.agent_turns for one in state.shown] == [0, 6, 12, 18, 24]


@given(storms)
def test_the_same_storm_is_the_same_chat(storm):
    """Run twice, a storm leaves the same cards, the same log and the same state."""
    events = events_of(storm)
    assert [states for *_, states in run(events)] == [states for *_, states in run(events)]


@given(storms, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(storm, dice):
    """Turns that come in any order leave the same cards shown, standing and held back."""
    turns = [event for event in events_of(storm) if isinstance(event, Turn)]
    late = list(turns)
    dice.shuffle(late)
    left, right = Conversation(id="c"), Conversation(id="c")
    for one, other in zip(turns, late, strict=True):
        left, right = step(left, one, GUIDANCE), step(right, other, GUIDANCE)
    assert left.shown == right.shown
    assert left.standing == right.standing
    assert left.moments == right.moments


def test_what_is_muted_leaves_the_screen_at_once():
    """A snooze or mute takes the card away and names why; a call upwards stays."""
    turn = Turn(id="t1", role=Role.CUSTOMER, text="empathy", at=AT)
    upwards = Turn(id="t2", role=Role.CUSTOMER, text="escalate-up", at=AT)
    start = step(Conversation(id="c"), Assigned(agent="kim"), GUIDANCE)
    state = step(step(start, turn, GUIDANCE), upwards, GUIDANCE)
    assert [one.technique for one in state.standing] == ["escalate-up", "empathy"]
    for event in (Snoozed(technique="*", on=True, at=AT), Chosen(agent="kim", muted=("empathy",))):
        after = step(state, event, GUIDANCE)
        assert [one.technique for one in after.standing] == ["escalate-up"]
        assert [one.reason for one in after.retracted] == [RetractReason.SNOOZED]
        assert after.events[-1] == event
