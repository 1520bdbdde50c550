"""How the customer was when they last spoke.

The law: a mood is read off the reading of their last turn, and guesses nothing of its own.
"""

from enum import StrEnum

from assist.core.conversation import Conversation
from assist.core.signals import Reading, SentimentLabel

__all__ = ["Mood", "mood_of"]

_LOUD = 0.35
_ANGRY = 0.6
_RAISED = frozenset({"emotion.anger", "risk.abuse"})


class Mood(StrEnum):
    """Calm, unhappy, or unhappy aloud."""

    CALM = "calm"
    UNHAPPY = "unhappy"
    HEATED = "heated"


def mood_of(conversation: Conversation) -> Mood | None:
    """Return the mood of the customer's last turn, None where they have said nothing."""
    readings = conversation.customer_readings()
    if not readings:
        return None
    last = readings[-1]
    unhappy = last.sentiment.label is SentimentLabel.NEGATIVE
    if _raised(last, unhappy=unhappy):
        return Mood.HEATED
    return Mood.UNHAPPY if unhappy else Mood.CALM


def _raised(reading: Reading, *, unhappy: bool) -> bool:
    """Tell whether they were loud in their unhappiness, or said that they are angry."""
    loud = reading.signal("arousal")
    if unhappy and loud is not None and loud.score >= _LOUD:
        return True
    return any(s.name in _RAISED and s.score >= _ANGRY for s in reading.signals)
