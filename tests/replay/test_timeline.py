"""The drawing of how tense a chat was."""

import re
from datetime import UTC, datetime

import pytest

from assist.core.escalation import Escalation, Level
from assist.core.signals import Reading, Sentiment, SentimentLabel
from assist.core.turns import Role, Turn
from assist.replay.scenes import Scene
from assist.replay.timeline import BANDS, timeline

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
FEELING = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)


def scene(number, level=Level.CALM, score=0.4, role=Role.CUSTOMER, cards=(), *, read=True):
    turn = Turn(id=f"t{number}", role=role, text="hi", at=AT)
    return Scene(
        number=number, turn=turn, moved=False, suggestions=cards, unbidden=(), alerts=(),
        reading=Reading(turn=turn.id, sentiment=FEELING) if read else None,
        escalation=Escalation(level=level, score=score),
    )  # fmt: skip


def test_each_turn_of_the_customer_that_was_read_has_a_dot():
    """Dots stand in order, larger with the level; agents and unread turns have none."""
    drawn = timeline(
        [scene(1), scene(2, role=Role.AGENT), scene(3, Level.HIGH, 0.6), scene(4, read=False)],
        BANDS,
    )
    dots = re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="(\d)"', drawn)
    (left, low, small), (right, high, large) = dots
    assert float(left) < float(right)
    assert float(low) > float(high)
    assert small < large
    assert "Turn 3: high, 0.60" in drawn
    assert "Tension at 2 customer turns" in drawn


def test_where_nothing_was_read_nothing_is_drawn():
    """An agent alone, or nobody, makes no drawing."""
    assert timeline([], BANDS) == timeline([scene(1, role=Role.AGENT)], BANDS) == ""


@pytest.mark.parametrize(
    ("low", "heights"),
    [((0.0, 0.2, 0.5, 0.85), [30.0, 45.0, 52.5, 22.5]), ((0, 0.1, 0.5, 0.9), [15, 60, 60, 15])],
)
def test_bands_are_the_scores_that_enter_the_levels(low, heights):
    """The background shows from which score on each level is entered, by its name."""
    drawn = timeline([scene(1)], tuple(zip(Level, low, strict=True)))
    assert [float(one) for one in re.findall(r' height="([\d.]+)"', drawn)] == heights
    assert re.findall(r"<text[^>]*>(\w+)<", drawn) == ["Calm", "Watch", "High", "Critical"]
    for place in (float(one) for one in re.findall(r'cx="([\d.]+)"', drawn)):
        assert 0 <= place <= 960


def test_a_triangle_says_that_something_was_suggested():
    """Only turns with a suggestion have one."""
    assert timeline([scene(1), scene(2)], BANDS).count('class="shown"') == 0
    assert timeline([scene(1), scene(2, cards=("card",))], BANDS).count('class="shown"') == 1
