"""Whether a rule applies to a scene, and with which evidence."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assist.core.conditions import (
    AllOf,
    AnyOf,
    CauseIs,
    CueFound,
    LedgerHas,
    Pattern,
    Scene,
    SignalIs,
    SilentFor,
)
from assist.core.conversation import Conversation
from assist.core.ledger import EntryState
from assist.core.rules import Mark, Pack, Roster, Rule, Watches, applies, asks_for_signals
from assist.core.signals import Cue, Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Role, Turn

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
P_CAUSE = proof("t1", 5, "cause")

READING = Reading(
    turn="t3",
    sentiment=FLAT,
    cues=(
        Cue(name="late", span=P_LATE.span, source="phrases"),
        Cue(name="loud", span=P_LOUD.span, source="phrases"),
        Cue(name="gone", span=P_GONE.span, source="phrases", negated=True),
    ),
    signals=(Signal(name="emotion.anger", score=0.7, evidence=(P_ANGER,)),),
)
DELAY = Signal(name="cause.delay", score=0.9, evidence=(P_CAUSE,))
CHAT = Conversation(
    id="c",
    turns=tuple(Turn(id=name, role=Role.CUSTOMER, text="text", at=AT) for name in ("t1", "t3")),
    readings=(Reading(turn="t1", sentiment=FLAT, signals=(DELAY,)), READING),
)
SCENE = Scene(conversation=CHAT, reading=READING, silence=60.0)


def rule(when, unless=None, mark=None, watches=Watches.CUSTOMER_TURN):
    return Rule(
        id="p/empathy/r", technique="empathy", watches=watches, when=when, unless=unless,
        summary="S.", why="W.", mark=mark,
    )  # fmt: skip


def test_a_rule_signs_what_its_own_words_found():
    """Evidence of the rules' phrases carries the rule's id; other sources keep their own name."""
    found = applies(rule(AllOf(parts=(LATE, SignalIs(name="emotion.anger")))), SCENE)
    assert found == (proof("t3", 0, "empathy", "p/empathy/r"), P_ANGER)


@pytest.mark.parametrize(
    ("expected", "when", "scene"),
    [
        ({"t3"}, AllOf(parts=(LATE, CauseIs(causes=("*",)))), SCENE),
        ({"t1"}, CauseIs(causes=("*",)), SCENE),
        ({"t1"}, CauseIs(causes=("*",)), Scene(conversation=CHAT)),
        (set(), SilentFor(seconds=60), SCENE),
    ],
)
def test_words_just_said_speak_before_older_ones(expected, when, scene):
    """Where words of this very turn speak for a rule, those of earlier turns are left out."""
    assert {proof.turn for proof in applies(rule(when), scene)} == expected


def test_a_marking_rule_signs_with_its_mark():
    """A rule that names a signal names its evidence by that signal."""
    marking = rule(LATE, mark=Mark(name="cause.delay", score=0.9, reason="late"))
    assert applies(marking, SCENE) == (proof("t3", 0, "cause.delay", "p/empathy/r"),)


@pytest.mark.parametrize(
    ("expected", "when", "unless"),
    [
        (False, GONE, None),
        (False, LATE, LOUD),
        (True, LATE, GONE),
        (False, LATE, SilentFor(seconds=1)),
    ],
)
def test_unless_silences_a_rule(expected, when, unless):
    """A rule applies where `when` holds and `unless` does not."""
    assert (applies(rule(when, unless), SCENE) is not None) is expected


READS = rule(
    LATE, mark=Mark(name="act.offer", score=0.9, reason="offers"), watches=Watches.AGENT_TURN
)
PACK = Pack(name="p", version="1", digest="d", rules=(rule(LATE), READS))


@pytest.mark.parametrize(
    ("expected", "watches", "marks"),
    [
        ((rule(LATE),), Watches.CUSTOMER_TURN, False),
        ((), Watches.CUSTOMER_TURN, True),
        ((READS,), Watches.AGENT_TURN, True),
        ((), Watches.AGENT_DRAFT, False),
    ],
)
def test_a_pack_is_asked_by_what_rules_watch(expected, watches, marks):
    """Rules are found by what they watch and by whether they mark a turn."""
    assert PACK.watching(watches, marks=marks) == expected


@pytest.mark.parametrize(
    ("expected", "when", "unless"),
    [
        (False, LATE, None),
        (False, AnyOf(parts=(LATE, LOUD)), SilentFor(seconds=5)),
        (True, SignalIs(name="bare"), None),
        (True, LATE, SignalIs(name="bare")),
        (True, AnyOf(parts=(LATE, AllOf(parts=(SignalIs(name="bare"),)))), None),
    ],
)
def test_rules_that_ask_for_signals_come_after_those_that_mark_them(expected, when, unless):
    """A condition on signals anywhere in a rule puts it behind the rules that have none."""
    mark = Mark(name="x", score=1.0, reason="x")
    asking, plain = rule(when, unless, mark), rule(LATE, None, mark)
    assert asks_for_signals(asking) is expected
    pack = Pack(name="p", version="1", digest="d", rules=(asking, plain))
    found = pack.watching(Watches.CUSTOMER_TURN, marks=True)
    assert found == ((plain, asking) if expected else (asking, plain))
    groups = pack.marking(Watches.CUSTOMER_TURN)
    assert groups == (((plain,), (asking,)) if expected else ((asking, plain),))


@pytest.mark.parametrize(
    ("expected", "when", "reading"),
    [
        (True, LATE, SCENE.reading),
        (False, CueFound(pattern=Pattern(cue="never")), SCENE.reading),
        (False, LATE, None),
        (True, SilentFor(seconds=5), None),
        (True, AnyOf(parts=(CueFound(pattern=Pattern(cue="never")), LATE)), SCENE.reading),
        (False, AllOf(parts=(LATE, CueFound(pattern=Pattern(cue="never")))), SCENE.reading),
        (True, AllOf(parts=(LATE, SilentFor(seconds=5))), SCENE.reading),
    ],
)
def test_a_rule_is_in_question_where_something_that_it_takes_is_there(expected, when, reading):
    """Rules are ruled out by the names of what was read, without asking their conditions."""
    asked = Roster([rule(when, None)])
    assert asked.in_question(reading) == ([rule(when, None)] if expected else [])


@pytest.mark.parametrize(("expected", "seconds"), [((P_LATE,), 0), (None, 5)])
def test_what_a_rule_takes_of_the_state_is_asked_first(expected, seconds):
    """Where the state is not so, nothing of the reading is asked; where it is, all of it."""
    asked = rule(AllOf(parts=(LATE, SilentFor(seconds=seconds))))
    assert asked.hurdles == (SilentFor(seconds=seconds),)
    found = applies(asked, replace(SCENE, silence=0.0))
    assert (found and tuple(one.span for one in found)) == (expected and (P_LATE.span,))


def test_rules_in_question_keep_their_order():
    """Those that wait for nothing stand among those that wait for words, as they were told."""
    always, late = rule(SilentFor(seconds=5), None), rule(LATE, None)
    assert Roster([late, always, late]).in_question(SCENE.reading) == [late, always, late]
    assert Roster([late, always, late]).in_question(None) == [always]


def test_a_pack_knows_the_times_that_its_rules_wait_for():
    """Silences and reminders are found in whatever part of a rule, each once, the soonest first."""
    soon = LedgerHas(states=(EntryState.OPEN,), soon=600)
    whens = (
        AnyOf(parts=(SilentFor(seconds=240), AllOf(parts=(SilentFor(seconds=60), soon)))),
        SilentFor(seconds=240),
        LedgerHas(states=(EntryState.OPEN,)),
    )
    waiting = tuple(replace(rule(when, None), watches=Watches.CONVERSATION) for when in whens)
    others = (rule(SilentFor(seconds=5), None),)
    pack = Pack(name="p", version="1", digest="d", rules=(*waiting, *others))
    assert (pack.silences, pack.reminders) == ((60, 240), (600,))
    assert pack.heard == (*others, *waiting)


@pytest.mark.parametrize(("expected", "signal"), [("empathy", "act.offer"), ("", "act.dance")])
def test_a_pack_knows_the_technique_of_what_agents_do(expected, signal):
    """What an agent did belongs to the technique of the rule that reads it, or to none."""
    assert PACK.technique_of(signal) == expected


def test_lines_are_not_shown():
    """A rule printed does not show its lines."""
    shown = Rule(
        id="p/empathy/r", technique="empathy", watches=Watches.CUSTOMER_TURN, when=LATE,
        summary="S.", why="W.", lines=("marzipan",),
    )  # fmt: skip
    assert "marzipan" not in repr(shown)


TWO = replace(READING, sentences=(Span(0, 3), Span(3, 12)))


@pytest.mark.parametrize(
    ("expected", "when", "unless", "scene"),
    [
        ((0,), LATE, None, Scene(conversation=CHAT, reading=TWO)),
        (None, AllOf(parts=(LATE, LOUD)), None, Scene(conversation=CHAT, reading=TWO)),
        ((0,), LATE, LOUD, Scene(conversation=CHAT, reading=TWO)),
        (None, LOUD, SignalIs(name="emotion.*"), Scene(conversation=CHAT, reading=TWO)),
        ((0, 3), AnyOf(parts=(LATE, LOUD)), None, Scene(conversation=CHAT, reading=TWO)),
        (None, GONE, None, Scene(conversation=CHAT, reading=TWO)),
        (None, LATE, None, Scene(conversation=CHAT)),
    ],
)
def test_a_rule_may_be_asked_of_each_sentence_alone(expected, when, unless, scene):
    """What stands in another sentence neither sets such a rule off nor silences it."""
    found = applies(replace(rule(when, unless), by_sentence=True), scene)
    assert (found and tuple(proof.span.start for proof in found)) == expected


def test_a_pack_knows_the_rules_about_agents():
    """Rules for what agents say and type are told apart from those about customers."""
    kept = [rule(LATE, watches=watches) for watches in Watches]
    pack = Pack(name="p", version="1", digest="d", rules=tuple(kept))
    assert {found.watches for found in pack.of_agents} == {
        Watches.AGENT_TURN,
        Watches.AGENT_DRAFT,
    }


def test_a_model_may_rule_out_what_its_words_suggest():
    """A rule that asks for a second opinion is silent where its technique is very unlikely."""
    asks = replace(rule(LATE), second_opinion=True)

    def applied(chance):
        like = Signal(name="draft.like.empathy", score=chance)
        return applies(asks, replace(SCENE, reading=replace(READING, signals=(like,))))

    assert applied(0.01) is None
    assert applied(0.06) == applies(asks, SCENE)
    assert applies(asks, replace(SCENE, reading=None)) is None
