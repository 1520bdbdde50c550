"""Fitting and measuring a third at a time."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from assist.core.fusion import Fusion, Mix
from assist.core.signals import Reading, Sentiment, SentimentLabel, Signal
from assist.evaluation.items import Item
from assist.fitting.crossing import Crossing, Heard, together

CALM = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
WORDS = (("awful", "broken", "never"), ("size", "when", "where"), ("love", "great", "thanks"))
SHIPPED = Fusion(
    mixes=(
        Mix(weights={"cues": 0.1, "ngrams": 0.2, "encoder": 0.3}, negative_at=-0.4),
        Mix(weights={"cues": 0.1, "ngrams": 0.2}),
        Mix(weights={"cues": 0.1}),
    )
)


def _items(things):
    return tuple(
        Item(id=f"{thing} {word}", text=f"{thing} {word}", group=thing, sentiment=label)
        for thing, (label, words) in product(things, enumerate(WORDS))
        for word in words
    )


def _heard(items):
    silent = Signal(name="valence.ngrams", score=0.0)
    return Heard(
        items=items, readings=(Reading(turn="t", sentiment=CALM, signals=(silent,)),) * len(items)
    )


TAUGHT, KEPT = _items(["ours"]), _heard(_items(["kept"]))
LINES = _items(["sofa", "lamp", "desk", "bike", "coat", "ring"])


@pytest.fixture(scope="module")
def crossing():
    """Return the fits on six conversations."""
    return Crossing(TAUGHT, KEPT, _heard(LINES), SHIPPED)


def test_lines_of_one_conversation_or_of_the_same_words_stay_together():
    """A conversation is a group; without one, so are the same words in any letters."""
    texts = ("Hi  there", "no", "hi there", "no", "no")
    groups = ("", "a", "", "a", "b")
    items = [Item(id=t, text=t, group=g) for t, g in zip(texts, groups, strict=True)]
    assert together(items).tolist() == [0, 1, 0, 1, 2]


def test_every_third_has_whole_conversations(crossing):
    """Two of the six conversations are in each third, with all their lines."""
    assert np.bincount(crossing.thirds).tolist() == [18, 18, 18]
    for thing in ("sofa", "ring"):
        assert (
            len({t for t, i in zip(crossing.thirds, LINES, strict=True) if i.group == thing}) == 1
        )


def test_what_is_told_of_a_third_does_not_hang_on_its_labels(crossing):
    """With every label of a third turned, the same is told of it, and other things of the rest."""
    third = 1
    turned = tuple(
        replace(item, sentiment=2 - item.sentiment) if place == third else item
        for item, place in zip(LINES, crossing.thirds, strict=True)
    )
    other = Crossing(TAUGHT, KEPT, _heard(turned), SHIPPED).told()
    same = [a == b for a, b in zip(crossing.told(), other, strict=True)]
    assert all(np.array(same)[crossing.thirds == third])
    assert not all(np.array(same)[crossing.thirds != third])


def test_the_fit_learns_the_words_of_the_desk(crossing):
    """Conversations that were not seen are told right by the words that the others share."""
    told = [("negative", "neutral", "positive").index(one.label) for one in crossing.told()]
    assert np.mean(np.array(told) == [item.sentiment for item in LINES]) > 0.9


def test_the_desks_lines_count_more_than_ours():
    """Where a line of the desk and one of ours contradict each other, the desk's is learnt."""
    ours = tuple(replace(item, sentiment=2 - item.sentiment) for item in _items(["sofa"]))
    crossing = Crossing(ours, KEPT, _heard(_items(["sofa"])), SHIPPED)
    model = crossing.linear()
    found = (crossing._rows[: len(ours)] @ model.weights.T.astype(float) + model.offsets).argmax(1)
    assert found.tolist() == [item.sentiment for item in _items(["sofa"])]


def test_a_mix_whose_model_was_not_heard_stays_as_shipped(crossing):
    """Without an encoder here, its mix is the shipped one; the others are fitted."""
    first, second, third = crossing.fusion().mixes
    assert first == SHIPPED.mixes[0]
    assert second.weights["ngrams"] != SHIPPED.mixes[1].weights["ngrams"]
    assert set(third.weights) == {"cues"}
