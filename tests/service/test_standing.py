"""What a snapshot tells of one moment."""

from datetime import UTC, datetime

from assist.core.conversation import Acknowledgement, Alert, Conversation, LedgerChange, Summary
from assist.core.escalation import CALM, Escalation, Level
from assist.core.signals import Reading, Sentiment, SentimentLabel
from assist.core.suggestions import Kind, Retracted, RetractReason, Suggestion
from assist.core.turns import Role, Turn
from assist.service.standing import after, before_step, shot, standing_of
from assist.wire.messages import Position
from assist.wire.render import snapshot

AT = datetime(2026, 3, 2, 11, tzinfo=UTC)
PLACE = Position(epoch="e", offset=3)


def turn(name, role=Role.CUSTOMER, **more):
    return Turn(id=name, role=role, text="x", at=AT, **more)


def suggestion(name, turn):
    return Suggestion(
        id=name, technique="thank", rule="p/thank/r", kind=Kind.REPLY, lines=("Thanks.",),
        why="because", evidence=(), priority=1, expires_after_turn=2,
    )  # fmt: skip


def reading(name, score):
    return Reading(turn=name, sentiment=Sentiment(score=score, label=SentimentLabel.NEGATIVE))


ALERT = Alert(id="high:1", level=Level.HIGH, reasons=(), turn="t1")
CHAT = Conversation(
    id="c",
    turns=(turn("t1"), turn("t2", Role.AGENT), turn("t3"), turn("t4", private=True)),
    readings=(reading("t1", -0.1), reading("t2", -0.2), reading("t3", -0.3), reading("t4", -0.4)),
    standing=(suggestion("s", "t1"),),
    alerts=(ALERT,),
)


def test_it_is_the_same_state_as_of_the_conversation():
    """Shown at once, it is what a snapshot of the conversation itself is."""
    for chat in (CHAT, Conversation(id="c")):
        assert shot(standing_of(chat), chat, PLACE) == snapshot(chat, PLACE)


def test_each_change_is_seen():
    """Whatever an event tells is so in the state right after it."""
    standing = standing_of(CHAT)
    high = Escalation(level=Level.HIGH)
    assert after(standing, reading("t3", -0.9)).sentiment.score == -0.9
    assert after(standing, reading("t1", -0.9)) == standing
    assert after(standing, high).escalation is high
    assert [card.id for card in after(standing, suggestion("n", "t3")).suggestions] == ["s", "n"]
    gone = Retracted(suggestion="s", reason=RetractReason.USED)
    assert after(standing, gone).suggestions == ()
    assert after(standing, LedgerChange(entries=())).ledger == ()
    assert after(standing, Acknowledgement(alert="high:1")).alerts == ()
    assert after(after(standing, Acknowledgement(alert="high:1")), ALERT).alerts == (ALERT,)
    assert after(standing, Summary(problem=None)) == standing


def test_a_step_counts_its_turn_before_its_first_event():
    """Only what no event tells is taken from the state that the step ends in."""
    before, stepped = standing_of(Conversation(id="c")), standing_of(CHAT)
    begun = before_step(before, stepped)
    assert (begun.turns, begun.turn, begun.heard) == (4, "t4", "t3")
    assert (begun.suggestions, begun.escalation) == ((), CALM)
