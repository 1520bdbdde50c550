"""The budget: never broken whatever storms come, and nothing is held back without a word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assist.core.attention import (
    PLAIN,
    AttentionPolicy,
    Bid,
    is_calm,
    muted_techniques,
    outlook_on,
    reason_against,
    sureness,
)
from assist.core.conditions import CueFound, Pattern, SilentFor
from assist.core.conversation import Act, Conversation, Shown
from assist.core.escalation import Escalation, EscalationPolicy, Level
from assist.core.line import Guidance, passage, step
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import (
    Cue,
    Evidence,
    Findings,
    Pull,
    Reading,
    Sentiment,
    SentimentLabel,
    Signal,
)
from assist.core.suggestions import HeldReason, Kind, RetractReason, Suggestion
from assist.core.text import Span
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
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
WATCH = Escalation(level=Level.WATCH)
PROOF = Evidence(turn="t1", span=Span(0, 4), cue="late", source="p/mark/late")


def rule(technique, priority=50, *, kind=Kind.REPLY, rest=4, when=None, **more):
    return Rule(
        id=f"p/{technique}/r", technique=technique, kind=kind, rest=rest, priority=priority,
        watches=Watches.CONVERSATION if isinstance(when, SilentFor) else Watches.CUSTOMER_TURN,
        when=when or CueFound(pattern=Pattern(cue=technique)), summary="S.", why="Because.",
        lines=tuple(f"{technique} {number}" for number in range(40)), **more,
    )  # fmt: skip


def said(*roles):
    return tuple(
        Turn(id=f"t{number}", role=role, text="x", at=AT) for number, role in enumerate(roles, 1)
    )


CUSTOMER, AGENT = Role.CUSTOMER, Role.AGENT
HEARD = Conversation(id="c", turns=said(CUSTOMER), agent="kim")
TENSE = replace(HEARD, escalation=WATCH)


def judged(conversation, asked, *, policy=PLAIN, evidence=(), worded=True, by_time=False, **more):
    """Return why a bid is held back in this conversation, None where it is not."""
    bid = Bid(rule=asked, evidence=evidence, worded=worded, by_time=by_time)
    return reason_against(bid, replace(outlook_on(conversation, policy), **more), policy)


def card(technique="empathy", priority=50, kind=Kind.REPLY):
    return Suggestion(
        id=f"p/{technique}/r:t1", technique=technique, rule=f"p/{technique}/r", kind=kind,
        lines=("x",), why="W.", evidence=(), priority=priority, expires_after_turn=2,
    )  # fmt: skip


def shown(technique="empathy", *, number=1, by_time=False):
    return Shown(
        technique=technique, rule=f"p/{technique}/r", lines=(), customer_turns=number,
        turn="t1", by_time=by_time,
    )  # fmt: skip


def noticed(name, score=0.9, turn="t1", evidence=(PROOF,)):
    return Reading(
        turn=turn, sentiment=FLAT, signals=(Signal(name=name, score=score, evidence=evidence),)
    )


EMPATHY = rule("empathy")
UPWARDS = rule("escalate-up", kind=Kind.ALERT)
KIM = Chosen(agent="kim", muted=("empathy",))
EVERYTHING = Chosen(agent="kim", muted=("*",))
FEWER = Chosen(agent="kim", resting=("empathy",))
DONE = replace(
    TENSE,
    turns=said(CUSTOMER, AGENT, CUSTOMER),
    acts=(Act(name="feel", turn="t2", index=1, technique="empathy"),),
)


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        (None, TENSE),
        (HeldReason.SNOOZED, replace(TENSE, snoozed=frozenset({"empathy"}))),
        (HeldReason.SNOOZED, replace(TENSE, snoozed=frozenset({"*"}))),
        (None, replace(TENSE, snoozed=frozenset({"thank"}))),
        (HeldReason.MUTED, replace(TENSE, chosen=KIM)),
        (HeldReason.MUTED, replace(TENSE, chosen=EVERYTHING)),
        (None, replace(TENSE, chosen=KIM, agent="lee")),
        (HeldReason.STANDING, replace(TENSE, standing=(card(),))),
        (HeldReason.DONE, DONE),
        (None, replace(DONE, turns=said(CUSTOMER, AGENT, CUSTOMER, AGENT, CUSTOMER))),
        (HeldReason.RESTING, replace(TENSE, shown=(shown(),))),
        (HeldReason.RESTING, replace(TENSE, chosen=FEWER, shown=(shown(),))),
        (HeldReason.FEWER, replace(TENSE, chosen=FEWER)),
        (None, replace(TENSE, chosen=FEWER, agent="lee")),
        (None, replace(TENSE, chosen=replace(FEWER, resting=("thank",)))),
        (None, replace(TENSE, chosen=FEWER, escalation=Escalation(level=Level.HIGH))),
        (None, replace(TENSE, chosen=FEWER, turns=said(*[CUSTOMER] * 16))),
        (HeldReason.FEWER, replace(TENSE, chosen=FEWER, turns=said(*[CUSTOMER] * 15))),
        (
            HeldReason.FEWER,
            replace(TENSE, chosen=FEWER, turns=said(*[CUSTOMER] * 19), shown=(shown(number=4),)),
        ),
        (HeldReason.BUDGET, replace(TENSE, standing=(card("a"), card("b"), card("c")))),
        (None, replace(TENSE, standing=(card("a"), card("b"), card("c", 49)))),
        (HeldReason.CALM, replace(HEARD, shown=(shown("thank"),))),
        (None, HEARD),
    ],
)  # fmt: skip
def test_each_reason_has_its_time(reason, state):
    """Snoozed, muted, standing, just done, resting, fewer asked for, no room, a calm chat."""
    assert judged(state, EMPATHY) == reason


def test_a_prompt_may_follow_what_was_just_done():
    """Only a line to send would say the same again."""
    assert judged(DONE, rule("empathy", kind=Kind.NUDGE)) is None


def test_a_calm_chat_has_one_card_in_six_answers():
    """Six answers after a card there may be the next, not sooner; a tense chat need not wait."""
    for answers, reason in ((5, HeldReason.CALM), (6, None)):
        turns = said(CUSTOMER, *[AGENT] * answers, CUSTOMER)
        state = replace(HEARD, turns=turns, shown=(shown("thank"),))
        assert judged(state, EMPATHY) == reason
        assert judged(replace(state, escalation=WATCH), EMPATHY) is None
    assert judged(replace(HEARD, shown=(shown("thank"),)), EMPATHY, taken=True) is HeldReason.BUDGET


@pytest.mark.parametrize(
    ("calm", "level", "reading"),
    [
        (True, Level.CALM, noticed("emotion.joy")),
        (True, Level.CALM, noticed("emotion.anger", 0.3)),
        (False, Level.WATCH, noticed("emotion.joy")),
        (False, Level.CALM, noticed("emotion.anger")),
        (False, Level.CALM, noticed("cause.delay")),
        (False, Level.CALM, noticed("risk.churn")),
        (False, Level.CALM, noticed("repeat-contact")),
    ],
)
def test_a_chat_is_calm_where_nothing_tells_of_trouble(calm, level, reading):
    """A level above calm, a cause, a risk or a bad feeling, surely noticed, end the calm."""
    state = replace(HEARD, escalation=Escalation(level=level), readings=(reading,))
    assert is_calm(state, PLAIN) is calm
    turns = said(*[CUSTOMER] * 7)
    past = (reading, *(noticed("thanks", turn=turn.id) for turn in turns[1:]))
    later = replace(state, turns=turns, readings=past)
    assert is_calm(later, PLAIN) is (level is Level.CALM)


def test_where_no_sign_is_sure_there_is_silence():
    """The surest sign counts; the rule's own words and what is no sign at all are sure."""
    weak = replace(TENSE, readings=(noticed("need.refund", 0.5),))
    assert sureness((PROOF,), "p/empathy/r", weak) == 0.5
    assert sureness((PROOF,), PROOF.source, weak) == 1.0
    assert sureness((), "p/empathy/r", weak) == 1.0
    assert sureness((PROOF,), "p/empathy/r", TENSE) == 1.0
    assert sureness((PROOF,), "r", replace(TENSE, readings=(noticed("valence", -0.4),))) == 1.0
    other = replace(PROOF, cue="other", source="model")
    assert sureness((PROOF, other), "p/empathy/r", weak) == 1.0
    assert judged(weak, EMPATHY, evidence=(PROOF,)) is HeldReason.UNSURE
    assert judged(weak, EMPATHY, evidence=(PROOF,), policy=AttentionPolicy(sure=0.5)) is None


def test_without_a_line_left_nothing_is_shown():
    """A rule that has said all its lines is held back as such."""
    assert judged(TENSE, EMPATHY, worded=False) is HeldReason.SPENT


def test_time_brings_two_cards_while_nobody_speaks():
    """Silence upon silence adds no third card until somebody says something."""
    by_time = tuple(shown(name, by_time=True) for name in ("a", "b"))
    state = replace(TENSE, shown=by_time)
    assert judged(state, EMPATHY, by_time=True) is HeldReason.BUDGET
    assert judged(state, EMPATHY) is None
    assert judged(replace(state, turns=said(CUSTOMER, AGENT)), EMPATHY, by_time=True) is None
    assert judged(replace(TENSE, shown=by_time[:1]), EMPATHY, by_time=True) is None
    nobody = replace(TENSE, turns=(), shown=tuple(replace(one, turn="") for one in by_time))
    assert judged(nobody, EMPATHY, by_time=True) is HeldReason.BUDGET


def test_what_calls_upwards_is_not_thinned_out():
    """Mutes, wishes for fewer, calm and doubt do not hold a call upwards; one's own click does."""
    state = replace(
        HEARD,
        chosen=replace(EVERYTHING, resting=("escalate-up",)),
        shown=(shown("thank"),),
        snoozed=frozenset({"*"}),
        readings=(noticed("need.manager", 0.1),),
    )
    assert judged(state, UPWARDS, evidence=(PROOF,)) is None
    clicked = replace(state, snoozed=frozenset({"escalate-up"}))
    assert judged(clicked, UPWARDS) is HeldReason.SNOOZED
    assert judged(state, UPWARDS, taken=True) is HeldReason.BUDGET


def test_a_choice_counts_only_for_whoever_has_the_chat():
    """What kim muted says nothing about lee's chats."""
    assert muted_techniques(replace(HEARD, chosen=KIM)) == {"empathy"}
    assert muted_techniques(replace(HEARD, chosen=KIM, agent="lee")) == frozenset()
    assert muted_techniques(HEARD) == frozenset()


# From here on: whole conversations down the line, in storms.

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


def named(subject, earlier):
    """Find the rules' names in what was said."""
    del earlier
    return Findings(
        cues=tuple(
            Cue(name=word, span=Span(at, at + len(word)), source="phrases")
            for word in WORDS
            if (at := subject.text.find(word)) >= 0
        )
    )


GUIDANCE = Guidance(
    pack=Pack(name="p", version="1", digest="d", rules=RULES),
    policy=EscalationPolicy(
        bias=-2.0,
        weights=MappingProxyType({"effort": 1.0}),
        enter=MappingProxyType({Level.WATCH: 0.2, Level.HIGH: 0.5, Level.CRITICAL: 0.9}),
    ),
    detectors=(named,),
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


@settings(deadline=None)
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


@settings(deadline=None)
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


@settings(deadline=None)
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


@settings(deadline=None)
@given(storms)
def test_the_same_storm_is_the_same_chat(storm):
    """Run twice, a storm leaves the same cards, the same log and the same state."""
    events = events_of(storm)
    assert [states for *_, states in run(events)] == [states for *_, states in run(events)]


@settings(deadline=None)
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


@pytest.mark.parametrize(
    ("expected", "apt", "own", "asked"),
    [
        (None, 0.4, False, EMPATHY),
        (HeldReason.UNSURE, 0.3, False, EMPATHY),
        (None, 0.3, True, EMPATHY),
        (None, None, False, EMPATHY),
        (None, 0.3, False, UPWARDS),
    ],
)
def test_a_technique_must_fit_the_moment_where_that_is_known(expected, apt, own, asked):
    """What goes by signals alone is held back below the bound; what calls upwards is not."""
    policy = AttentionPolicy(apt=0.4)
    bid = Bid(rule=asked, evidence=(), worded=True, by_time=False, apt=apt, own=own)
    assert reason_against(bid, outlook_on(TENSE, policy), policy) is expected


@pytest.mark.parametrize(("expected", "apt"), [(HeldReason.UNSURE, 0.2), (None, 0.3)])
def test_in_a_calm_chat_a_card_has_to_fit_better(expected, apt):
    """Where nothing is wrong another bound holds."""
    policy = AttentionPolicy(apt_calm=0.3)
    bid = Bid(rule=EMPATHY, evidence=(), worded=True, by_time=False, apt=apt)
    assert reason_against(bid, outlook_on(HEARD, policy), policy) is expected
