"""From what was said to its reading."""

from datetime import UTC, datetime

import pytest

from assist.core.analyse import analyse
from assist.core.conditions import AllOf, AnyOf, CueFound, Pattern, SignalIs, SilentFor
from assist.core.rules import Mark, Pack, Rule, Watches
from assist.core.signals import (
    Cue,
    Evidence,
    Findings,
    Pull,
    Signal,
)
from assist.core.text import Span
from assist.core.turns import Draft, Role, Turn

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def turn(text, role=Role.CUSTOMER):
    return Turn(id="t1", role=role, text=text, at=AT)


def words(*names):
    """Return a detector that gives a cue and a signal of 0.5 for each of these words."""

    def detect(subject, earlier):
        del earlier
        places = [(name, subject.text.find(name)) for name in names]
        spans = {name: Span(at, at + len(name)) for name, at in places if at >= 0}
        turn_id = subject.id if isinstance(subject, Turn) else ""
        return Findings(
            cues=tuple(Cue(name=name, span=span, source="phrases") for name, span in spans.items()),
            signals=tuple(
                Signal(
                    name=f"word.{name}",
                    score=0.5,
                    evidence=(Evidence(turn=turn_id, span=span, cue=name, source="words"),),
                )
                for name, span in spans.items()
            ),
        )

    return detect


DETECT = (words("late", "lost"), words("fine"))
LATE = CueFound(pattern=Pattern(cue="late"))
LOST = CueFound(pattern=Pattern(cue="lost"))
FINE = CueFound(pattern=Pattern(cue="fine"))


def marks(
    when, name, score=0.8, pulls=(), *, watches=Watches.CUSTOMER_TURN, rule="p/t/r", unless=None
):
    return Rule(
        id=rule, technique="t", watches=watches, when=when, unless=unless, summary="S.", why="W.",
        mark=Mark(
            name=name, score=score, reason="is late",
            pulls=tuple(Pull(axis=axis, amount=amount) for axis, amount in pulls),
        ),
    )  # fmt: skip


def pack(*rules):
    return Pack(name="p", version="1", digest="d", rules=rules)


def read(text, *rules, role=Role.CUSTOMER):
    return analyse(turn(text, role), (), DETECT, pack(*rules))


def named(reading):
    return [signal.name for signal in reading.signals]


def test_a_reading_gathers_all_that_detectors_notice():
    """Cues and signals of every detector are in the reading, and the valence is added to them."""
    reading = read("it is late but fine")
    assert [cue.name for cue in reading.cues] == ["late", "fine"]
    assert named(reading) == ["word.late", "word.fine", "valence"]
    assert reading.turn == "t1"


def test_a_detector_is_handed_what_was_said_before():
    """Detectors get the turns before, for they may compare."""
    seen = []
    earlier = (turn("before"),)
    analyse(turn("now"), earlier, (lambda _, before: seen.append(before) or Findings(),), pack())
    assert seen == [earlier]


def test_a_rule_marks_the_turn_with_its_evidence():
    """A reading rule adds its signal, with the words that made it hold and what it pulls on."""
    reading = read("so late", marks(LATE, "cause.delay", 0.9, (("effort", 0.7),)))
    assert reading.signal("cause.delay") == Signal(
        name="cause.delay",
        score=0.9,
        evidence=(Evidence(turn="t1", span=Span(3, 7), cue="cause.delay", source="p/t/r"),),
        reason="is late",
        pulls=(Pull(axis="effort", amount=0.7),),
    )


@pytest.mark.parametrize(
    ("expected", "role", "watches"),
    [
        (True, Role.CUSTOMER, Watches.CUSTOMER_TURN),
        (False, Role.CUSTOMER, Watches.AGENT_TURN),
        (True, Role.AGENT, Watches.AGENT_TURN),
        (False, Role.AGENT, Watches.CUSTOMER_TURN),
    ],
)
def test_rules_read_only_the_party_they_watch(expected, role, watches):
    """What watches customers does not read agents, nor the other way round."""
    reading = read("late", marks(LATE, "seen", watches=watches), role=role)
    assert ("seen" in named(reading)) is expected


def test_a_draft_is_read_as_the_agents_and_has_no_turn():
    """A draft's reading has an empty turn id, and is marked by what watches agents."""
    rules = pack(marks(LATE, "act.late", watches=Watches.AGENT_TURN), marks(LATE, "cause.delay"))
    reading = analyse(Draft(text="late"), (), DETECT, rules)
    assert (reading.turn, named(reading)) == ("", ["word.late", "act.late", "valence"])
    assert reading.signal("act.late").evidence[0].turn == ""


@pytest.mark.parametrize(
    "when",
    [
        SignalIs(name="cause.delay"),
        AllOf(parts=(LATE, SignalIs(name="cause.delay"))),
        AnyOf(parts=(FINE, AllOf(parts=(SignalIs(name="cause.delay"),)))),
    ],
    ids=["bare", "in all", "in any in all"],
)
def test_rules_that_ask_for_signals_come_last(when):
    """A rule may ask for what another one marks, wherever its file stands."""
    reading = read("late", marks(when, "emotion.anger"), marks(LATE, "cause.delay"))
    assert named(reading) == ["word.late", "cause.delay", "emotion.anger", "valence"]


def test_a_rule_may_be_silenced_by_a_signal():
    """`unless` may ask for signals too, and a silenced rule marks nothing."""
    silenced = marks(LATE, "seen", unless=SignalIs(name="cause.delay"))
    assert "seen" not in named(read("late", silenced, marks(LATE, "cause.delay")))
    assert "seen" in named(read("late", silenced))


def test_one_signal_a_name_the_strongest_with_all_evidence():
    """Where two rules mark the same, the stronger one stands and points at the words of both."""
    weak = marks(LATE, "cause.delay", 0.9, rule="p/t/weak")
    strong = marks(LOST, "cause.delay", 0.9, (("effort", 1.0),), rule="p/t/strong")
    for rules in ((weak, strong), (strong, weak)):
        signals = [s for s in read("late or lost", *rules).signals if s.name == "cause.delay"]
        assert [signal.pulls for signal in signals] == [(Pull(axis="effort", amount=1.0),)]
        assert {proof.source for proof in signals[0].evidence} == {"p/t/weak", "p/t/strong"}


def test_early_and_late_rules_make_one_signal_too():
    """A rule that asks for signals adds to what plain rules marked under the same name."""
    early = marks(LATE, "emotion.anger", 0.4, rule="p/t/early")
    late = marks(SignalIs(name="word.late"), "emotion.anger", 0.9, rule="p/t/late")
    reading = read("late", early, late)
    assert named(reading).count("emotion.anger") == 1
    assert reading.signal("emotion.anger").score == 0.9


def test_a_reading_looks_at_no_conversation():
    """Only what was said marks a turn: a condition on the past or on time never holds here."""
    assert "seen" not in named(read("late", marks(SilentFor(seconds=5), "seen")))


def signal(name, score, *valences):
    proof = Evidence(turn="t1", span=Span(0, 1), cue=name, source="s")
    pulls = tuple(Pull(axis="valence", amount=amount) for amount in valences)
    return Signal(name=name, score=score, evidence=(proof,), pulls=pulls)


@pytest.mark.parametrize(
    ("expected", "reason", "signals"),
    [
        (["bad", "valence.lexicon"], "sounds unhappy",
         (signal("good", 0.1, 0.2), signal("bad", 0.9, -0.8), signal("valence.lexicon", -0.2))),
        (["good"], "sounds content",
         (signal("good", 0.9, 0.8), signal("bad", 0.1, -0.2), signal("valence.lexicon", -0.1))),
        ([], "sounds content", (signal("mute", 0.9),)),
    ],
)  # fmt: skip
def test_the_valence_points_at_what_speaks_for_its_sign(expected, reason, signals):
    """An unhappy valence shows the unhappy words, a content one the content words."""
    detectors = (lambda _, __: Findings(signals=signals),)
    valence = analyse(turn("x"), (), detectors, pack()).signal("valence")
    assert [proof.cue for proof in valence.evidence] == expected
    assert valence.reason == reason
