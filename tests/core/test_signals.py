"""What was noticed in one turn: names, places and values."""

from dataclasses import replace

import pytest

from assist.core.signals import (
    AXES,
    NOTHING,
    Cue,
    Evidence,
    Later,
    Pull,
    Reading,
    Sentiment,
    SentimentLabel,
    Signal,
)
from assist.core.text import Span

LATE = Signal(name="cause.delay", score=0.9, pulls=(Pull(axis="effort", amount=0.5),))
ANGER = Signal(name="emotion.anger", score=0.7)
CAUSED = Signal(name="causes", score=0.1)
CUE = Cue(name="r#1", span=Span(0, 4), source="phrases")
READING = Reading(
    turn="t1",
    sentiment=Sentiment(score=-0.4, label=SentimentLabel.NEGATIVE),
    signals=(LATE, ANGER, CAUSED),
    cues=(CUE, Cue(name="r#2", span=Span(5, 6), source="phrases")),
)


@pytest.mark.parametrize(("expected", "name"), [(LATE, "cause.delay"), (None, "cause")])
def test_a_signal_is_found_by_its_whole_name(expected, name):
    """A reading gives a signal by name, and None where there is none."""
    assert READING.signal(name) == expected


@pytest.mark.parametrize(
    ("expected", "prefix"), [((LATE,), "cause"), ((ANGER,), "emotion"), ((), "risk")]
)
def test_a_family_is_all_names_after_the_dot(expected, prefix):
    """A family holds the names that go on after its own and a dot, and no others."""
    assert READING.family(prefix) == expected


def test_cues_are_found_by_name():
    """A reading gives the cues of one pattern."""
    assert READING.found("r#1") == (CUE,)
    assert READING.found("r#9") == ()


def test_a_cue_becomes_evidence_of_its_turn():
    """Evidence says where the cue stands and who says so; it quotes nothing."""
    assert CUE.evidence("t7") == Evidence(turn="t7", span=Span(0, 4), cue="r#1", source="phrases")


def test_nothing_is_nothing():
    """A detector that noticed nothing gives neither cues nor signals."""
    assert (NOTHING.cues, NOTHING.signals) == ((), ())


def test_the_axes_are_apart():
    """No axis is named twice."""
    assert len(set(AXES)) == len(AXES)


def test_a_reading_can_be_narrowed_to_a_place():
    """Only what points into the place is left, and the place is its only sentence."""
    here, there = Span(0, 4), Span(6, 9)
    proofs = tuple(Evidence(turn="", span=span, cue="c", source="s") for span in (here, there))
    reading = Reading(
        turn="",
        sentiment=Sentiment(score=0.0, label=SentimentLabel.NEUTRAL),
        cues=tuple(Cue(name="c", span=span, source="s") for span in (here, there)),
        signals=(
            Signal(name="both", score=1.0, evidence=proofs),
            Signal(name="there", score=1.0, evidence=proofs[1:]),
        ),
    )
    narrow = reading.within(Span(0, 5))
    assert [cue.span for cue in narrow.found("c")] == [here]
    assert [(signal.name, signal.evidence) for signal in narrow.signals] == [("both", proofs[:1])]
    assert narrow.sentences == (Span(0, 5),)


def test_a_reading_names_its_cues_its_signals_and_their_families():
    """A family stands for every name with its prefix, however deep."""
    deep = Signal(name="draft.promise.open", score=1.0)
    found = Reading(turn="t", sentiment=READING.sentiment, signals=(deep,), cues=(CUE,)).named
    assert found == {"r#1", "draft.promise.open", "draft.promise.*", "draft.*"}


def test_signals_are_found_by_their_name():
    """All of one name are, in their order, and the first of them stands for the name."""
    ones = tuple(Signal(name="one", score=score) for score in (0.1, 0.2))
    single = Reading(turn="t", sentiment=READING.sentiment, signals=ones[:1])
    double = Reading(turn="t", sentiment=READING.sentiment, signals=ones)
    assert (single.called("one"), single.called("two")) == (ones[:1], ())
    assert (double.called("one"), double.signal("one")) == (ones, ones[0])


def later(*made):
    """Return two signals that are made when asked for; `made` notes which were."""
    asked = list(made)

    def make(name):
        asked.append(name)
        span = Span(0, 4) if name == "fits.well" else Span(5, 6)
        proof = Evidence(turn="t1", span=span, cue=name, source="s")
        return Signal(name=name, score=0.3, evidence=(proof,))

    names = ("fits.well", "fits.ill")
    return Later(names, frozenset((*names, "fits.*")), make), asked


def test_what_comes_later_is_made_once_and_only_where_asked_for():
    """Names are known before; what is no name of theirs, a family included, is not there."""
    more, asked = later()
    assert (len(more), list(more), asked) == (2, ["fits.well", "fits.ill"], [])
    assert more["fits.well"] is more["fits.well"]
    assert asked == ["fits.well"]
    assert more.get("fits.*") is None
    assert more.get("emotion.anger") is None


def test_a_reading_that_awaits_more_answers_for_both():
    """By name, by family and by place; the signals that were noticed stay as they were."""
    reading = READING.awaiting(later()[0])
    assert reading == READING
    assert reading.signals == READING.signals
    assert reading.named == READING.named | {"fits.well", "fits.ill", "fits.*"}
    assert [one.name for one in reading.called("fits.ill")] == ["fits.ill"]
    assert reading.signal("emotion.anger") is ANGER
    assert [one.name for one in reading.family("fits")] == ["fits.well", "fits.ill"]
    assert reading.family("emotion") == (ANGER,)
    narrow = reading.within(Span(0, 3))
    assert [one.name for one in narrow.signals] == ["fits.well"]
    assert narrow.signal("fits.ill") is None


def test_a_reading_that_awaits_more_tells_every_signal_of_a_name():
    """Also where another name came twice."""
    twice = replace(READING, signals=(ANGER, ANGER)).awaiting(later()[0])
    assert [one.name for one in twice.called("fits.well")] == ["fits.well"]
    assert twice.called("emotion.anger") == (ANGER, ANGER)


def test_a_reading_goes_on_with_other_signals():
    """Its words, cues and place stay; the sentiment changes where one is given."""
    content = Sentiment(score=0.5, label=SentimentLabel.POSITIVE)
    assert READING.going_on((ANGER,)) == replace(READING, signals=(ANGER,))
    after = READING.going_on((ANGER,), content)
    assert after == replace(READING, signals=(ANGER,), sentiment=content)
    assert after.found("r#1") == (CUE,)
    assert after.named == {"r#1", "r#2", "emotion.anger", "emotion.*"}
    assert after.named is after.named
