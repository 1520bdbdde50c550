"""Verdicts: classes, scores and chances, item by item."""

import pytest

from assist.evaluation.items import SENTIMENT, UNHAPPY, Item
from assist.evaluation.ours import Told
from assist.evaluation.verdicts import gold_of, ours

TOLD = (
    Told(sentiment=0, score=-0.6, signals={"risk.abuse": 0.9}),
    Told(sentiment=2, score=0.5, signals={}),
)


def test_a_sentiment_has_its_class_and_a_chance():
    """The chance of being unhappy is half of one minus the score."""
    verdicts = ours(TOLD, SENTIMENT, SENTIMENT)
    assert verdicts.classes.tolist() == [0, 2]
    assert verdicts.chances.tolist() == pytest.approx([0.8, 0.25])


def test_unhappiness_says_yes_to_negative_turns():
    """It orders by the score with its sign turned, and claims no chance."""
    verdicts = ours(TOLD, "complaint", UNHAPPY)
    assert verdicts.classes.tolist() == [1, 0]
    assert verdicts.scores.tolist() == [0.6, -0.5]
    assert verdicts.chances is None


def test_a_signal_says_yes_where_it_is_given():
    """Its score is its chance."""
    verdicts = ours(TOLD, "abuse", "risk.abuse")
    assert verdicts.classes.tolist() == [1, 0]
    assert verdicts.chances.tolist() == [0.9, 0.0]


def test_gold_is_a_class_or_a_yes():
    """A sentiment is a place among the classes, a label 0 or 1."""
    items = [Item(id="1", text="", sentiment=2, labels={"abuse": True})]
    assert gold_of(items, SENTIMENT).tolist() == [2]
    assert gold_of(items, "abuse").tolist() == [1]
