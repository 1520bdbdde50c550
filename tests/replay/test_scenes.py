"""What came of each turn of a played transcript."""

from datetime import UTC, datetime

from assist.core.conversation import Alert, Conversation
from assist.core.escalation import Escalation, Level
from assist.core.signals import Evidence, Reading, Sentiment, SentimentLabel, Signal
from assist.core.suggestions import Held, HeldReason, Kind, Suggestion
from assist.core.text import Span
from assist.core.turns import Closed, Opened, Role, Turn
from assist.replay.play import Played
from assist.replay.scenes import scenes
from assist.wire.messages import Position
from assist.wire.render import render

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HELD = (Held(technique="calm", rule="r", turn="t", reason=HeldReason.BUDGET),)


def said(name, *told, role=Role.CUSTOMER, signals=()):
    """Return a played turn after which these were told, each a cause and a change."""
    turn = Turn(id=name, role=role, text="so late", at=AT)
    feeling = Sentiment(score=-0.5, label=SentimentLabel.NEGATIVE)
    reading = Reading(turn=name, sentiment=feeling, signals=signals)
    messages = tuple(
        render(change, conversation="c", position=Position(epoch="e", offset=place), turn=cause)
        for place, (cause, change) in enumerate(told, start=1)
    )
    after = Conversation(id="c", turns=(turn,), readings=(reading,), held=HELD)
    return Played(event=turn, conversation=after, messages=messages)


def card(name, *evidence):
    return Suggestion(
        id=name, technique="calm", rule="r", kind=Kind.REPLY, lines=("x",), why="w",
        evidence=evidence, priority=1, expires_after_turn=1,
    )  # fmt: skip


def proof(start, end, turn="t1"):
    return Evidence(turn=turn, span=Span(start, end), cue="late", source="s")


def test_each_turn_is_one_scene_with_what_came_of_it():
    """Cards, alerts, a moved level and what was held stand with their turn; others are none."""
    empty = Conversation(id="c")
    alert = Alert(id="a", level=Level.HIGH, reasons=(), turn="t1")
    told = scenes(
        [
            Played(event=Opened(), conversation=empty, messages=()),
            said("t1", ("t1", Escalation(level=Level.HIGH)), ("t1", card("s1")), ("t1", alert)),
            said("t2", role=Role.AGENT),
            Played(event=Closed(at=AT), conversation=empty, messages=()),
        ]
    )
    assert [(scene.number, scene.turn.id, scene.read) for scene in told] == [
        (1, "t1", True),
        (2, "t2", False),
    ]
    first, second = told
    assert ([one.id for one in first.suggestions], [one.alert for one in first.alerts]) == (
        ["s1"],
        ["a"],
    )
    assert (first.moved, second.moved, first.held) == (True, False, HELD)


def test_what_time_brought_is_told_apart():
    """A suggestion that no turn caused came while nobody spoke."""
    (scene,) = scenes([said("t1", (None, card("quiet")), ("t1", card("s1")))])
    assert [one.id for one in scene.unbidden] == ["quiet"]
    assert [one.id for one in scene.suggestions] == ["s1"]


def test_cues_are_of_this_turn_and_inside_it():
    """Only signals with a reason speak, of this turn, inside its words, in their order."""
    signals = (
        Signal(
            name="cause.delay", score=1.0, reason="is late", evidence=(proof(3, 7), proof(5, 99))
        ),
        Signal(name="repeat", score=1.0, reason="again", evidence=(proof(0, 2), proof(0, 2, "t0"))),
        Signal(name="valence", score=1.0, reason="unhappy", evidence=(proof(0, 7),)),
        Signal(name="shape", score=1.0, reason="", evidence=(proof(0, 7),)),
    )
    step = said("t1", ("t1", card("s1", proof(0, 1), proof(4, 2))), signals=signals)
    (scene,) = scenes([step])
    assert [(what, one.span.start) for what, one in scene.cues] == [("again", 0), ("is late", 3)]
    assert [one.span for one in scene.proofs] == [Span(0, 2), Span(3, 7), Span(0, 1)]
