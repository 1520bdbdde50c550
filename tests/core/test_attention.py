"""The budget, reason by reason: nothing is held back without a word."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

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
from assist.core.conditions import CueFound, Pattern
from assist.core.conversation import Act, Conversation, Shown
from assist.core.escalation import Escalation, Level
from assist.core.rules import Rule, Watches
from assist.core.signals import (
    Evidence,
    Reading,
    Sentiment,
    SentimentLabel,
    Signal,
)
from assist.core.suggestions import HeldReason, Kind, Suggestion
from assist.core.text import Span
from assist.core.turns import (
    Chosen,
    Role,
    Turn,
)

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
WATCH = Escalation(level=Level.WATCH)
PROOF = Evidence(turn="t1", span=Span(0, 4), cue="late", source="p/mark/late")


def rule(technique, kind=Kind.REPLY):
    return Rule(
        id=f"p/{technique}/r", technique=technique, kind=kind, rest=4, summary="S.",
        watches=Watches.CUSTOMER_TURN, when=CueFound(pattern=Pattern(cue=technique)),
        why="Because.", lines=(f"{technique} one",),
    )  # fmt: skip


def said(*roles):
    return tuple(
        Turn(id=f"t{number}", role=role, text="x", at=AT) for number, role in enumerate(roles, 1)
    )


CUSTOMER, AGENT = Role.CUSTOMER, Role.AGENT
HEARD = Conversation(id="c", turns=said(CUSTOMER), agent="kim")
TENSE = replace(HEARD, escalation=WATCH)


def _worded():
    """Tell that there are lines left."""
    return True


def judged(conversation, asked, *, policy=PLAIN, evidence=(), worded=True, by_time=False, **more):
    """Return why a bid is held back in this conversation, None where it is not."""
    bid = Bid(rule=asked, evidence=evidence, worded=lambda: worded, by_time=by_time)
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
UPWARDS = rule("escalate-up", Kind.ALERT)
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
    assert judged(DONE, rule("empathy", Kind.NUDGE)) is None


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
    bid = Bid(rule=asked, evidence=(), worded=_worded, by_time=False, apt=apt, own=own)
    assert reason_against(bid, outlook_on(TENSE, policy), policy) is expected


@pytest.mark.parametrize(("expected", "apt"), [(HeldReason.UNSURE, 0.2), (None, 0.3)])
def test_in_a_calm_chat_a_card_has_to_fit_better(expected, apt):
    """Where nothing is wrong another bound holds."""
    policy = AttentionPolicy(apt_calm=0.3)
    bid = Bid(rule=EMPATHY, evidence=(), worded=_worded, by_time=False, apt=apt)
    assert reason_against(bid, outlook_on(HEARD, policy), policy) is expected


def unsure(conversation, asked, apt, policy, **more):
    """Tell whether a bid with a weak sign is held back for being unsure."""
    bid = Bid(rule=asked, evidence=(PROOF,), worded=_worded, by_time=False, apt=apt, **more)
    return reason_against(bid, outlook_on(conversation, policy), policy) is HeldReason.UNSURE


@pytest.mark.parametrize(("expected", "level"), [(True, Level.WATCH), (False, Level.HIGH)])
def test_from_high_on_a_card_need_not_fit_so_well(expected, level):
    """Who faces an angry customer is better served with something."""
    policy = AttentionPolicy(apt=0.5, apt_high=0.3)
    heated = replace(HEARD, escalation=Escalation(level=level))
    assert unsure(heated, EMPATHY, 0.4, policy) is expected


@pytest.mark.parametrize(
    ("expected", "asked", "apt", "more"),
    [
        (False, EMPATHY, 0.5, {}),
        (True, EMPATHY, 0.4, {}),
        (False, rule("empathy", Kind.NUDGE), 0.5, {}),
        (True, rule("empathy", Kind.NUDGE), 0.4, {}),
        (False, EMPATHY, 0.5, {"own": True}),
        (True, EMPATHY, 0.4, {"own": True}),
        (True, EMPATHY, None, {}),
    ],
)
def test_what_fits_well_needs_no_strong_sign(expected, asked, apt, more):
    """How well it fits was told from all that is known; a weak sign alone is not enough."""
    weak = replace(TENSE, readings=(noticed("need.refund", 0.2),))
    assert unsure(weak, asked, apt, AttentionPolicy(apt=0.5), **more) is expected


@pytest.mark.parametrize(("expected", "kind"), [(True, Kind.REPLY), (False, Kind.NUDGE)])
def test_a_nudge_may_go_by_a_strong_sign_alone(expected, kind):
    """A reply that does not fit is held back however sure its sign is."""
    strong = replace(TENSE, readings=(noticed("need.refund", 0.9),))
    assert unsure(strong, rule("empathy", kind), 0.1, AttentionPolicy(apt=0.5)) is expected
