"""Whether a condition holds in a scene, and with which evidence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assist.core.conditions import (
    ActDone,
    AllOf,
    AnyOf,
    CauseIs,
    CueFound,
    LedgerHas,
    LevelIs,
    MoodIs,
    Pattern,
    PlaybookHas,
    Scene,
    SignalIs,
    SilentFor,
    StageIs,
    WasHere,
    holds,
    hurdles,
    is_met,
    opened_by,
)
from assist.core.conversation import Act, Conversation, Stage
from assist.core.escalation import Escalation, Level
from assist.core.ledger import Entry, EntryKind, EntryState, Owner
from assist.core.mood import Mood
from assist.core.offers import Has
from assist.core.playbook import Offer, Playbook
from assist.core.signals import Cue, Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Opened, PastContact, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
FLAT = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def proof(turn, start, cue="x", source="phrases"):
    return Evidence(turn=turn, span=Span(start, start + 2), cue=cue, source=source)


LATE = CueFound(pattern=Pattern(cue="late"))
LOUD = CueFound(pattern=Pattern(cue="loud"))
GONE = CueFound(pattern=Pattern(cue="gone"))
NOT_GONE = CueFound(pattern=Pattern(cue="gone"), negated=True)
P_LATE, P_LOUD, P_GONE = proof("t3", 0, "late"), proof("t3", 3, "loud"), proof("t3", 6, "gone")
P_ANGER = proof("t3", 9, "anger", "lexicon")
P_OLD, P_CAUSE = proof("t1", 0, "old"), proof("t1", 5, "cause")
P_OFFER, P_AGAIN, P_WORD = proof("t2", 0), proof("t4", 0), proof("t2", 4)

READING = Reading(
    turn="t3",
    sentiment=FLAT,
    cues=(
        Cue(name="late", span=P_LATE.span, source="phrases"),
        Cue(name="loud", span=P_LOUD.span, source="phrases"),
        Cue(name="gone", span=P_GONE.span, source="phrases", negated=True),
    ),
    signals=(
        Signal(name="emotion.anger", score=0.7, evidence=(P_ANGER,)),
        Signal(name="emotion.sadness", score=0.2, evidence=(P_ANGER,)),
        Signal(name="bare", score=0.5),
    ),
)


def turn(name, role=Role.CUSTOMER):
    return Turn(id=name, role=role, text="marzipan bread", at=AT)


def read(name, *signals):
    return Reading(turn=name, sentiment=FLAT, signals=signals)


CHAT = Conversation(
    id="c",
    turns=(turn("t1"), turn("t2", Role.AGENT), turn("t3"), turn("t4", Role.AGENT)),
    readings=(
        read("t1", Signal(name="cause.delay", score=0.9, evidence=(P_OLD, P_CAUSE))),
        read("t2", Signal(name="cause.billing", score=0.9)),
        read("t3", Signal(name="emotion.anger", score=0.9)),
    ),
    escalation=Escalation(level=Level.HIGH),
    stage=Stage.SOLVING,
    acts=(
        Act(name="offer", turn="t2", index=1, evidence=(P_OFFER,)),
        Act(name="offer", turn="t4", index=3, evidence=(P_AGAIN,)),
        Act(name="apology", turn="t2", index=1),
    ),
    ledger=(
        Entry(
            id="p", kind=EntryKind.PROMISE, owner=Owner.AGENT, what="w", evidence=(P_WORD,),
            state=EntryState.OVERDUE,
        ),
    ),
)  # fmt: skip
BOOK = Playbook(name="b", offers=(Offer(text="ask", causes=("delay",)),))
SCENE = Scene(conversation=CHAT, reading=READING, silence=60.0, playbook=BOOK)


@pytest.mark.parametrize(
    ("expected", "condition"),
    [
        ((P_LATE,), LATE),
        (None, CueFound(pattern=Pattern(cue="absent"))),
        (None, GONE),
        ((P_GONE,), NOT_GONE),
        ((P_ANGER,), SignalIs(name="emotion.anger")),
        ((P_ANGER,), SignalIs(name="emotion.anger", at_least=0.7)),
        (None, SignalIs(name="emotion.anger", at_least=0.71)),
        ((P_ANGER,), SignalIs(name="emotion.anger", at_most=0.7)),
        (None, SignalIs(name="emotion.anger", at_most=0.69)),
        (None, SignalIs(name="emotion")),
        ((P_ANGER,), SignalIs(name="emotion.*")),
        ((P_ANGER,), SignalIs(name="emotion.*", at_most=0.3)),
        (None, SignalIs(name="risk.*")),
        ((), SignalIs(name="bare")),
        ((), LevelIs(levels=(Level.WATCH, Level.HIGH))),
        (None, LevelIs(levels=(Level.CALM,))),
        ((), StageIs(stages=(Stage.SOLVING,))),
        (None, StageIs(stages=(Stage.OPENING,))),
        ((P_OLD, P_CAUSE), CauseIs(causes=("damaged", "delay"))),
        ((P_OLD, P_CAUSE), CauseIs(causes=("*",))),
        (None, CauseIs(causes=("billing",))),
        (None, CauseIs(causes=("unnamed",))),
        ((), MoodIs(moods=(Mood.HEATED,))),
        (None, MoodIs(moods=(Mood.CALM, Mood.UNHAPPY))),
        ((P_AGAIN,), ActDone(act="offer")),
        ((P_AGAIN,), ActDone(act="offer", within=1)),
        ((), ActDone(act="apology", within=2)),
        (None, ActDone(act="apology", within=1)),
        (None, ActDone(act="promise")),
        ((P_WORD,), LedgerHas(states=(EntryState.OVERDUE,))),
        (None, LedgerHas(states=(EntryState.OPEN,))),
        ((), PlaybookHas(kinds=(Has.GOODWILL, Has.OPTION))),
        (None, PlaybookHas(kinds=(Has.GOODWILL,))),
        ((), SilentFor(seconds=60)),
        (None, SilentFor(seconds=61)),
        ((P_LATE, P_LOUD), AllOf(parts=(LATE, LOUD, LATE))),
        (None, AllOf(parts=(LATE, GONE))),
        ((P_LATE, P_LOUD), AnyOf(parts=(LATE, GONE, LOUD, LATE))),
        (None, AnyOf(parts=(GONE, SilentFor(seconds=99)))),
        ((P_LATE,), AllOf(parts=(SilentFor(seconds=1), AnyOf(parts=(LATE, GONE))))),
    ],
)
def test_a_condition_answers_with_its_evidence(expected, condition):
    """Each condition gives what made it hold, once and in order, or None where it does not hold."""
    assert holds(condition, SCENE) == expected


@pytest.mark.parametrize("condition", [LATE, SignalIs(name="bare")])
def test_without_a_reading_nothing_was_said(condition):
    """Where nothing was just said no cue and no signal is there."""
    assert holds(condition, Scene(conversation=CHAT)) is None


@pytest.mark.parametrize(
    ("expected", "condition"),
    [
        (True, LedgerHas(states=(EntryState.OPEN,), kinds=(EntryKind.PROMISE,))),
        (False, LedgerHas(states=(EntryState.OPEN,), kinds=(EntryKind.FOLLOW_UP,))),
        (True, LedgerHas(states=(EntryState.OPEN,), owners=(Owner.AGENT,))),
        (False, LedgerHas(states=(EntryState.OPEN,), owners=(Owner.CUSTOMER,))),
        (False, LedgerHas(states=(EntryState.OPEN,), soon=60)),
        (True, LedgerHas(states=(EntryState.OPEN,), soon=600)),
        (True, WasHere(days=10)),
        (False, WasHere(days=3)),
    ],
)
def test_the_ledger_and_the_history_are_asked_in_detail(expected, condition):
    """Kind, owner and how soon count for an entry; for an earlier contact, how long ago it was."""
    entry = Entry(
        id="p", kind=EntryKind.PROMISE, owner=Owner.AGENT, what="w",
        due=AT + timedelta(seconds=300),
    )  # fmt: skip
    before = PastContact(at=AT - timedelta(days=5), summary="w")
    chat = Conversation(id="c", now=AT, ledger=(entry,), opened=Opened(history=(before,)))
    assert (holds(condition, Scene(conversation=chat)) is not None) is expected
    unborn = replace(chat, now=None)
    timeless = isinstance(condition, LedgerHas) and not condition.soon
    found = holds(condition, Scene(conversation=unborn)) is not None
    assert found is (expected and timeless)


def test_trouble_without_a_name_is_a_cause_of_its_own():
    """What went wrong may be asked for before anybody knows its name, and is no other cause."""
    told = (proof("t1", 0, "trouble"),)
    trouble = Signal(name="trouble", score=0.8, evidence=told)
    chat = replace(CHAT, readings=(read("t1", trouble),))
    assert holds(CauseIs(causes=("unnamed",)), Scene(conversation=chat)) == told
    assert holds(CauseIs(causes=("*",)), Scene(conversation=chat)) is None


@pytest.mark.parametrize(
    ("expected", "condition"),
    [
        ([{"late"}], LATE),
        ([{"late", "loud"}], AnyOf(parts=(LATE, LOUD))),
        ([], AnyOf(parts=(LATE, SilentFor(seconds=5)))),
        (
            [{"gone"}, {"late", "loud"}],
            AllOf(parts=(SilentFor(seconds=5), AnyOf(parts=(LATE, LOUD)), GONE, GONE)),
        ),
        ([{"cause.*"}], SignalIs(name="cause.*", at_least=0.5)),
        ([], AllOf(parts=(SilentFor(seconds=5),))),
        ([set()], AnyOf(parts=())),
    ],
)
def test_a_condition_names_what_it_takes_to_hold(expected, condition):
    """One of each set, those of few names first; none where time or the past may be enough."""
    assert [set(names) for names in opened_by(condition)] == expected


def test_what_is_not_opened_never_holds():
    """Without any of the names that it takes, a condition holds in no reading."""
    for condition in (LATE, NOT_GONE, SignalIs(name="cause.*"), AllOf(parts=(LATE, LOUD))):
        bare = Reading(turn="t3", sentiment=FLAT)
        assert all(bare.named.isdisjoint(names) for names in opened_by(condition))
        assert holds(condition, Scene(conversation=Conversation(id="c"), reading=bare)) is None


@pytest.mark.parametrize("condition", [LATE, GONE, SilentFor(seconds=5), SignalIs(name="cause.*")])
def test_whether_it_is_met_needs_no_evidence(condition):
    """Alone, beside one that never holds or with all the others, it is met where it holds."""
    never = AnyOf(parts=())
    for asked in (condition, AnyOf(parts=(never, condition)), AllOf(parts=(condition, condition))):
        assert is_met(asked, SCENE) is (holds(asked, SCENE) is not None)
    assert not is_met(AllOf(parts=(condition, never)), SCENE)


STATES = (SilentFor(seconds=5), StageIs(stages=()), LevelIs(levels=()), ActDone(act="offer"))


@pytest.mark.parametrize(
    ("expected", "condition"),
    [
        *(((state,), state) for state in (*STATES, LedgerHas(states=()))),
        ((), LATE),
        (STATES[:2], AllOf(parts=(STATES[0], LATE, AnyOf(parts=(STATES[1],))))),
        ((), AnyOf(parts=STATES[:2])),
    ],
)
def test_a_condition_names_what_it_takes_of_the_state(expected, condition):
    """What must be so in every case, and is quick to ask; of several ways none must be."""
    assert hurdles(condition) == expected


def test_ways_that_all_wait_for_words_are_closed_together():
    """Where nothing of what any of them waits for was read, none holds; nor without a reading."""
    either = AnyOf(parts=(LATE, LOUD))
    bare = Scene(conversation=Conversation(id="c"), reading=Reading(turn="t3", sentiment=FLAT))
    for scene in (bare, replace(bare, reading=None)):
        assert holds(either, scene) is None
        assert not is_met(either, scene)
