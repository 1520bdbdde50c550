"""How the customer was when they last spoke."""

from datetime import UTC, datetime

import pytest

from assist.core.conversation import Conversation
from assist.core.mood import Mood, mood_of
from assist.core.signals import Reading, Sentiment, SentimentLabel, Signal
from assist.core.turns import Role, Turn

AT = datetime(2026, 3, 2, tzinfo=UTC)
LABELS = {
    -1: SentimentLabel.NEGATIVE,
    0: SentimentLabel.NEUTRAL,
    1: SentimentLabel.POSITIVE,
}


def after(*said):
    """Return a conversation of customer's turns, each a feeling and the signals beside it."""
    turns, readings = [], []
    for number, (feeling, signals) in enumerate(said):
        turns.append(Turn(id=f"t{number}", role=Role.CUSTOMER, text="t", at=AT))
        readings.append(
            Reading(
                turn=f"t{number}",
                sentiment=Sentiment(score=feeling / 2, label=LABELS[feeling]),
                signals=tuple(Signal(name=name, score=score) for name, score in signals.items()),
            )
        )
    return Conversation(id="c", turns=tuple(turns), readings=tuple(readings))


@pytest.mark.parametrize(
    ("feeling", "signals", "mood"),
    [
        (-1, {}, Mood.UNHAPPY),
        (-1, {"arousal": 0.2}, Mood.UNHAPPY),
        (-1, {"arousal": 0.6}, Mood.HEATED),
        (0, {"emotion.anger": 0.9}, Mood.HEATED),
        (0, {"emotion.anger": 0.3}, Mood.CALM),
        (-1, {"risk.abuse": 0.9}, Mood.HEATED),
        (0, {"arousal": 0.9}, Mood.CALM),
        (1, {"arousal": 0.9}, Mood.CALM),
        (1, {}, Mood.CALM),
    ],
)
def test_the_mood_is_the_reading_of_the_turn(feeling, signals, mood):
    """Loudness is heat only in unhappiness; anger and abuse are heat by themselves."""
    assert mood_of(after((feeling, signals))) is mood


def test_only_the_last_turn_counts():
    """What was said before has passed."""
    assert mood_of(after((-1, {"arousal": 1.0}), (1, {}))) is Mood.CALM


def test_where_nothing_was_said_there_is_no_mood():
    """A customer who has not spoken is neither calm nor unhappy."""
    assert mood_of(Conversation(id="c")) is None
