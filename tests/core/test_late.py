"""What costs much is asked of a draft only where a rule's findings may hang on it."""

from dataclasses import replace

import pytest

from assist.core.conditions import AllOf, AnyOf, CueFound, Pattern, Scene, SignalIs
from assist.core.conversation import Conversation
from assist.core.late import Late, late
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import Cue, Findings, Reading, Sentiment, SentimentLabel, Signal
from assist.core.text import Span
from assist.core.turns import Draft

TELLS = frozenset({"draft.refusal"})
REFUSAL = SignalIs(name="draft.refusal")
OFFER = SignalIs(name="act.offer")
FOUND = Findings(signals=(Signal(name="draft.refusal", score=1.0),))


def detect(subject, earlier):
    return FOUND


def cue(name):
    return CueFound(pattern=Pattern(cue=name))


def rule(when=REFUSAL, *, watches=Watches.AGENT_DRAFT, **more):
    return Rule(id="r", technique="calm", watches=watches, when=when, summary="", why="", **more)


def scene(*signals, cues=()):
    """Return a draft's scene in which these signals and cues were read."""
    reading = Reading(
        turn="",
        sentiment=Sentiment(score=0.0, label=SentimentLabel.NEUTRAL),
        signals=tuple(signals),
        cues=tuple(Cue(name=name, span=Span(0, 1), source="s") for name in cues),
    )
    return Scene(conversation=Conversation(id="c"), reading=reading)


def waiting(*rules):
    return late(detect, TELLS, Pack(name="p", version="1", digest="d", rules=rules))


def test_it_reads_as_the_detector_does():
    """Whoever asks it like any other detector gets the same."""
    assert waiting(rule())(Draft(text="x"), ()) == FOUND


@pytest.mark.parametrize(
    ("asking", "there", "awaited"),
    [
        (rule(), scene(), True),
        (rule(SignalIs(name="draft.*")), scene(), True),
        (rule(OFFER, unless=REFUSAL), scene(Signal(name="act.offer", score=1.0)), True),
        (rule(OFFER, unless=REFUSAL), scene(), False),
        (rule(AllOf(parts=(REFUSAL, cue("no")))), scene(), False),
        (rule(AllOf(parts=(REFUSAL, cue("no")))), scene(cues=("no",)), True),
        (rule(AnyOf(parts=(REFUSAL, cue("no")))), scene(cues=("no",)), True),
        (rule(AnyOf(parts=(cue("yes"), cue("no"))), unless=OFFER), scene(cues=("no",)), False),
        (rule(unless=OFFER), scene(), True),
        (rule(unless=OFFER), scene(Signal(name="act.offer", score=1.0)), False),
        (rule(unless=OFFER, by_sentence=True), scene(Signal(name="act.offer", score=1.0)), True),
        (rule(second_opinion=True), scene(), True),
        (rule(second_opinion=True), scene(Signal(name="draft.like.calm", score=0.001)), False),
        (rule(second_opinion=True), scene(Signal(name="draft.like.calm", score=0.9)), True),
    ],
)
def test_it_is_awaited_where_its_answer_may_change_a_finding(asking, there, awaited):
    """Not where a need is missing, what is excluded is there, or a model rules the rule out."""
    assert waiting(asking).awaited(there) is awaited


def test_nobody_waits_for_what_no_rule_asks_for():
    """Without a rule of drafts that names its signals, or without a reading, it is not asked."""
    assert not waiting(rule(OFFER)).awaited(scene())
    assert not waiting(rule(watches=Watches.CUSTOMER_TURN)).awaited(scene())
    assert not waiting(rule()).awaited(replace(scene(), reading=None))


def test_what_marks_ask_for_cannot_wait():
    """A rule that marks needs the signals while the text is read: the detector stays as it is."""
    marks = rule(
        AllOf(parts=(cue("no"), REFUSAL)),
        watches=Watches.AGENT_TURN,
        mark=Mark(name="act.no", score=1.0, reason=""),
    )
    assert waiting(marks) is detect
    assert isinstance(waiting(replace(marks, when=cue("no"))), Late)


BLAME = SignalIs(name="draft.blame")


@pytest.mark.parametrize(
    ("asking", "refusal", "blame"),
    [
        (rule(AllOf(parts=(REFUSAL, BLAME))), True, True),
        (rule(REFUSAL, unless=BLAME), True, True),
        (rule(AllOf(parts=(REFUSAL, BLAME, cue("no")))), False, False),
        (rule(REFUSAL), True, False),
    ],
)
def test_two_that_wait_for_each_other_are_both_asked(asking, refusal, blame):
    """What the other may still tell counts as what may be there."""
    pack = Pack(name="p", version="1", digest="d", rules=(asking,))
    tells = frozenset({"draft.blame"})
    one, other = late(detect, TELLS, pack), late(detect, tells, pack)
    may = one.tells | other.tells
    assert one.awaited(scene(), may) is refusal
    assert other.awaited(scene(), may) is blame


def test_what_a_mark_is_called_like_cannot_wait():
    """Two signals of one name are merged while the text is read."""
    marks = rule(
        cue("no"),
        watches=Watches.AGENT_TURN,
        mark=Mark(name="draft.refusal", score=1.0, reason=""),
    )
    assert waiting(marks, rule()) is detect
