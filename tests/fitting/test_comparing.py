"""Before and after."""

import numpy as np
import pytest

from assist.core.signals import Sentiment, SentimentLabel
from assist.evaluation.items import Item
from assist.evaluation.measures import Margin
from assist.fitting.comparing import Compared, compared, shown, verdict

LABELS = tuple(SentimentLabel)
GOLD = [0, 1, 2] * 20
ITEMS = [Item(id=str(n), text="please", sentiment=gold) for n, gold in enumerate(GOLD)]
GROUPS = np.arange(len(ITEMS))


def _told(classes):
    return [
        Sentiment(score=kind - 1.0, label=("negative", "neutral", "positive")[kind])
        for kind in classes
    ]


RIGHT, HAPPY = _told(GOLD), _told([2] * len(GOLD))


def test_a_fit_that_is_right_where_the_shipped_was_wrong_is_recommended():
    """Every figure is better by more than its margin, and the first one says so."""
    found = compared(ITEMS, GROUPS, HAPPY, RIGHT)
    assert [one.name for one in found] == [
        "macro-F1", "AUC of negative", "polite unhappy told happy",
    ]  # fmt: skip
    assert [one.after[0] for one in found] == [1.0, 1.0, 0.0]
    assert [one.before[0] for one in found[1:]] == [0.5, 1.0]
    assert all(one.better for one in found)
    assert verdict(found) == (
        True, "Recommended: the macro-F1 is better by more than the margin.",
    )  # fmt: skip


def test_no_difference_is_within_the_margin_and_not_recommended():
    """The same before and after is plainly called chance."""
    recommended, why = verdict(compared(ITEMS, GROUPS, RIGHT, RIGHT))
    assert not recommended
    assert "within the margin" in why


def test_one_better_line_in_many_is_chance():
    """A difference that hangs on one conversation is within its margin."""
    nearly = [*RIGHT[:-1], *_told([0])]
    recommended, why = verdict(compared(ITEMS, GROUPS, nearly, RIGHT))
    assert not recommended
    assert "within the margin" in why


def test_a_fit_that_is_worse_is_not_recommended():
    """What is worse by more than its margin is named."""
    recommended, why = verdict(compared(ITEMS, GROUPS, RIGHT, HAPPY))
    assert not recommended
    assert "worse" in why
    assert "polite unhappy told happy" in why


@pytest.mark.parametrize(
    ("more", "low", "high", "better", "worse"),
    [
        (True, 0.01, 0.05, True, False),
        (True, -0.01, 0.05, False, False),
        (True, -0.05, -0.01, False, True),
        (False, -0.05, -0.01, True, False),
        (False, 0.01, 0.05, False, True),
        (True, float("nan"), float("nan"), False, False),
    ],
)
def test_only_beyond_its_margin_a_difference_counts(more, low, high, better, worse):
    """A margin that has 0 in it, or that is not known, is no difference."""
    one = (0.5, Margin(low=0.4, high=0.6))
    change = (0.0, Margin(low=low, high=high))
    found = Compared(name="m", before=one, after=one, change=change, more=more)
    assert (found.better, found.worse) == (better, worse)


def test_what_the_lines_cannot_give_is_a_dash():
    """Without a polite unhappy line there is no share of them."""
    items = [Item(id=str(n), text="no", sentiment=gold) for n, gold in enumerate(GOLD)]
    assert "| polite unhappy told happy | – | – | – |" in shown(
        compared(items, GROUPS, HAPPY, RIGHT)
    )
