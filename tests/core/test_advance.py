"""From a conversation and a turn to the next conversation."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

import pytest

from assist.core.advance import advance, later
from assist.core.conditions import SilentFor
from assist.core.conversation import Act, Conversation, Stage
from assist.core.escalation import EscalationPolicy, Level
from assist.core.ledger import EntryState
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Evidence, Pull, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Opened, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
POLICY = EscalationPolicy(
    bias=-2.0,
    weights=MappingProxyType({"effort": 1.0, "repair": -1.0}),
    hard=MappingProxyType({"risk.legal": Level.CRITICAL}),
    enter=MappingProxyType({Level.WATCH: 0.2, Level.HIGH: 0.5, Level.CRITICAL: 0.9}),
    leave=MappingProxyType({Level.WATCH: 0.15, Level.HIGH: 0.3, Level.CRITICAL: 0.8}),
)
OFFERS = Rule(
    id="p/offer-solutions/said", technique="offer-solutions", watches=Watches.AGENT_TURN,
    when=SilentFor(seconds=5), summary="S.", why="W.",
    mark=Mark(name="act.offer", score=0.9, reason="offers"),
)  # fmt: skip
PACK = Pack(name="p", version="1", digest="d", rules=(OFFERS,))
START = Conversation(id="c")


def turn(name, role, text="So. I can call today. Bye.", *, private=False, seconds=0):
    when = AT + timedelta(seconds=seconds)
    return Turn(id=name, role=role, text=text, at=when, private=private)


def signal(name, turn="t1", *pulls, at=4):
    proof = Evidence(turn=turn, span=Span(at, at + 5), cue=name, source="s")
    pulled = tuple(Pull(axis=axis, amount=amount) for axis, amount in pulls)
    return Signal(name=name, score=1.0, evidence=(proof,), reason=name, pulls=pulled)


def bare(name):
    return Signal(name=name, score=1.0)


def said(before, name, role, *signals, text="So. I can call today. Bye.", private=False, seconds=0):
    """Return the conversation after a turn that was read as these signals."""
    reading = Reading(
        turn=name, sentiment=Sentiment(score=0.0, label=SentimentLabel.NEUTRAL), signals=signals
    )
    spoken = turn(name, role, text, private=private, seconds=seconds)
    return advance(before, spoken, reading, POLICY, PACK)


def heard(before, name, *signals, **more):
    return said(before, name, Role.CUSTOMER, *signals, **more)


def answered(before, name, *signals, **more):
    return said(before, name, Role.AGENT, *signals, **more)


@pytest.mark.parametrize(
    ("expected", "before", "at"),
    [
        (AT, None, AT),
        (AT, AT, None),
        (AT, AT, AT - timedelta(seconds=1)),
        (AT + timedelta(seconds=1), AT, AT + timedelta(seconds=1)),
    ],
)
def test_time_only_goes_on(expected, before, at):
    """A conversation's own time never goes back and needs no time to be told."""
    assert later(replace(START, now=before), at).now == expected


def test_what_falls_due_on_the_way_is_overdue():
    """Moving time past a due time marks the entry."""
    promised = answered(START, "t1", text="Ok. I'll call in 5 minutes.")
    assert promised.ledger[0].due == AT + timedelta(minutes=5)
    after = later(promised, AT + timedelta(minutes=5))
    assert [entry.state for entry in after.ledger] == [EntryState.OVERDUE]


@pytest.mark.parametrize("private", [True, False], ids=["private", "unread"])
def test_a_private_or_unread_turn_says_nothing(private):
    """An internal note and a turn without a reading are kept, and change nothing else."""
    reading = None
    if private:
        flat = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
        reading = Reading(turn="t1", sentiment=flat, signals=(signal("risk.legal"),))
    spoken = turn("t1", Role.CUSTOMER, private=private)
    after = advance(START, spoken, reading, POLICY, PACK)
    assert after == replace(START, now=AT, turns=(spoken,))


@pytest.mark.parametrize("role", [Role.BOT, Role.SYSTEM])
def test_a_bot_moves_no_belief(role):
    """What bots and the system say is kept with its reading, and is nobody's feeling or act."""
    after = said(START, "t1", role, signal("risk.legal"), signal("act.offer"))
    assert (after.escalation, after.acts, after.scores) == (START.escalation, (), ())
    assert len(after.readings) == 1


def test_what_a_customer_says_moves_the_score():
    """Each customer turn gives a score; the belief holds what was said."""
    after = heard(START, "t1", signal("cause.delay", "t1", ("effort", 1.0)))
    assert after.scores == (after.escalation.score,) == (0.2689,)
    assert [part.name for part in after.belief] == ["cause.delay"]
    assert after.escalation.level is Level.WATCH


@pytest.mark.parametrize(
    ("expected", "before", "effort"),
    [
        ([], Level.CALM, 1.0),
        ([("high:1", Level.HIGH)], Level.CALM, 2.5),
        ([("critical:1", Level.CRITICAL)], Level.HIGH, 6.0),
        ([], Level.HIGH, 2.5),
        ([], Level.CRITICAL, 0.1),
    ],
)
def test_supervisors_are_called_once_a_crossing(expected, before, effort):
    """An alert is raised on a rise into high or above, with its reasons, and on nothing else."""
    start = replace(START, escalation=replace(START.escalation, level=before))
    after = heard(start, "t1", signal("cause.delay", "t1", ("effort", effort)))
    assert [(alert.id, alert.level) for alert in after.alerts] == expected
    assert all(alert.reasons == after.escalation.reasons for alert in after.alerts)


def test_a_call_upwards_has_the_record_so_far():
    """An alert brings the causes and feelings so far, and not a word about what the agent did."""
    start = answered(heard(START, "t1", signal("cause.delay", "t1")), "t2", signal("act.offer"))
    after = heard(start, "t3", signal("x", "t3", ("effort", 6.0)))
    (alert,) = after.alerts
    assert alert.summary.causes == ("cause.delay",)
    assert [feeling.turn for feeling in alert.summary.feeling] == ["t1", "t3"]
    assert alert.summary.coverage == ()


def test_crossings_into_a_level_are_counted():
    """The second crossing into a level is another alert, by number, whatever its turn is called."""
    hot = signal("cause.delay", "t1", ("effort", 2.5))
    once = heard(START, "t1", hot)
    calm = replace(once, escalation=START.escalation, belief=())
    assert [alert.id for alert in heard(calm, "t2", hot).alerts] == ["high:1", "high:2"]


def test_what_an_agent_does_is_kept_with_its_technique():
    """Acts are kept in order with turn, place and the technique their rule files them under."""
    after = answered(heard(START, "t1"), "t2", signal("act.offer", "t2"), bare("act.dance"))
    assert after.acts == (
        Act(
            name="offer", turn="t2", index=1, technique="offer-solutions",
            evidence=signal("act.offer", "t2").evidence,
        ),
        Act(name="dance", turn="t2", index=1),
    )  # fmt: skip


def test_an_answer_soothes_and_never_inflames():
    """Of an agent's acts only those that pull down move the belief; the score waits."""
    before = heard(START, "t1", signal("cause.delay", "t1", ("effort", 1.0)))
    after = answered(
        before,
        "t2",
        signal("act.own", "t2", ("repair", 0.5)),
        signal("act.x", "t2", ("effort", 9.0)),
    )
    assert {part.name: part.weight for part in after.belief} == {
        "act.own": -0.5,
        "cause.delay": 1.0,
    }
    assert after.escalation == before.escalation
    assert len(after.scores) == 1


@pytest.mark.parametrize(
    ("expected", "acts", "private"),
    [
        (Level.WATCH, ("act.apology", "act.offer"), False),
        (Level.WATCH, ("act.reflect", "act.progress"), False),
        (Level.HIGH, ("act.apology",), False),
        (Level.HIGH, ("act.offer",), False),
        (Level.HIGH, (), False),
        (Level.HIGH, ("act.apology", "act.offer"), True),
    ],
)
def test_a_first_crossing_waits_where_the_agent_just_repaired(expected, acts, private):
    """An apology or a reflection together with a step forward buys one turn of patience."""
    start = heard(START, "t0")
    before = answered(start, "t1", *(bare(act) for act in acts), private=private)
    after = heard(before, "t2", signal("cause.delay", "t2", ("effort", 3.0)))
    assert after.escalation.level is expected


def test_a_repair_before_the_customers_last_word_buys_nothing():
    """Only the very last turn counts as just answered."""
    before = heard(answered(START, "t1", bare("act.apology"), bare("act.offer")), "t2")
    after = heard(before, "t3", signal("cause.delay", "t3", ("effort", 3.0)))
    assert after.escalation.level is Level.HIGH


def test_words_given_kept_and_agreed_to_go_into_the_ledger():
    """What is promised, kept, put to the customer and accepted is entered as it is said."""
    after = answered(START, "t1", text="Ok. I'll call the depot today. Shall I cancel 1181?")
    assert [(entry.id, entry.what) for entry in after.ledger] == [
        ("promise:t1", "I'll call the depot today")
    ]
    after = heard(after, "t2", text="Yes please", seconds=60)
    assert [entry.id for entry in after.ledger] == ["promise:t1", "agreement:t2"]
    after = answered(after, "t3", text="I've called the depot.", seconds=90)
    assert [entry.state for entry in after.ledger] == [EntryState.KEPT, EntryState.OPEN]
    after = heard(after, "t4", text="no need to cancel it then", seconds=120)
    assert [entry.state for entry in after.ledger] == [EntryState.KEPT, EntryState.DROPPED]


def test_what_was_agreed_is_said_back():
    """An agreement that the agent sums up keeps its entry and takes the time that is named."""
    after = heard(answered(START, "t1", text="Shall I cancel it?"), "t2", text="yes")
    after = answered(after, "t3", text="To recap: it is cancelled by 5 pm today.")
    (entry,) = after.ledger
    assert entry.due == AT.replace(hour=17)


def test_a_name_used_is_an_act():
    """An agent who calls the customer by name has done so."""
    known = replace(START, opened=Opened(customer_name="Sam Hall"))
    after = answered(known, "t1", text="Hello Sam, one moment.")
    assert [(act.name, act.technique) for act in after.acts] == [("name", "personalise")]


@pytest.mark.parametrize(
    ("expected", "stage", "who", "name"),
    [
        (Stage.OPENING, Stage.OPENING, heard, "cause.delay"),
        (Stage.SETTLING, Stage.SOLVING, heard, "resolved"),
        (Stage.SETTLING, Stage.SOLVING, heard, "resolved.accepted"),
        (Stage.SOLVING, Stage.SETTLING, heard, "cause.delay"),
        (Stage.SOLVING, Stage.CLOSING, heard, "cause.delay"),
        (Stage.CLOSING, Stage.CLOSING, heard, "emotion.joy"),
        (Stage.EXPLORING, Stage.OPENING, answered, "act.greeting"),
        (Stage.EXPLORING, Stage.EXPLORING, answered, "act.question"),
        (Stage.SOLVING, Stage.OPENING, answered, "act.offer"),
        (Stage.SETTLING, Stage.SETTLING, answered, "act.offer"),
        (Stage.CLOSING, Stage.SOLVING, answered, "act.goodbye"),
    ],
)
def test_a_conversation_moves_from_stage_to_stage(expected, stage, who, name):
    """Answers open and solve, acceptance settles, a goodbye closes, a new problem reopens."""
    before = replace(answered(heard(START, "t0"), "t1"), stage=stage)
    assert who(before, "t2", bare(name)).stage is expected


def test_thanks_before_any_answer_settle_nothing():
    """A customer who says thanks up front has not been helped yet."""
    assert heard(START, "t1", bare("resolved")).stage is Stage.OPENING
