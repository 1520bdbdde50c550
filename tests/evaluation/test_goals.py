"""What was aimed at, beside what was measured."""

import pytest

from assist.evaluation.goals import GOALS, Goal, Reached, goals_table, reached
from assist.evaluation.items import SENTIMENT, Batch, Item
from assist.evaluation.ours import Told
from assist.evaluation.sets import SETS

FEELINGS = (("bad, please", 0, 0), ("bad", 0, 0), ("plain", 1, 1), ("good", 2, 2), ("thanks", 0, 2))


def told(sentiment, **signals):
    return Told(sentiment=sentiment, score=0.5 * (sentiment - 1), signals=signals)


def test_a_set_has_the_goals_of_its_name():
    """Each measure is the one of the part below: here one polite turn of two is told wrongly."""
    items = tuple(Item(id=t, text=t, sentiment=gold) for t, gold, _ in FEELINGS)
    batch = Batch(title="airline", items=items, label=SENTIMENT, name="airline")
    macro, ranked, polite = reached(batch, [told(said) for _, _, said in FEELINGS])
    assert (polite.figure, polite.met) == (0.5, False)
    assert macro.figure == pytest.approx((0.8 + 1 + 2 / 3) / 3)
    assert ranked.figure == pytest.approx((2 * 2 + 0.5) / (3 * 2))


def test_a_signal_is_ranked_by_its_own_score():
    """A set of abuse is ranked by the model's chance of abuse."""
    items = tuple(Item(id=t, text=t, labels={"abuse": t == "a"}) for t in "ab")
    batch = Batch(title="t", items=items, label="abuse", name="convabuse")
    (one,) = reached(batch, [told(1, **{"like.abuse": 0.9}), told(0)])
    assert (one.figure, one.met) == (1.0, True)


def test_other_data_has_no_goals():
    """A user's own lines are measured against no bound of ours."""
    batch = Batch(title="own", items=(Item(id="1", text="t", sentiment=0),), label=SENTIMENT)
    assert reached(batch, [told(0)]) == ()
    assert goals_table([]) == ""


def test_the_table_says_by_how_much_a_goal_was_missed():
    """Nothing is left out, reached or not."""
    low, high = (
        Reached(set="s", goal=Goal(measure="AUC", bound=0.8), figure=f) for f in (0.7, 0.8)
    )
    at_most = Reached(set="s", goal=Goal(measure="x", bound=0.1, at_most=True), figure=0.3)
    lines = goals_table([low, high, at_most]).splitlines()
    assert "1 of 3 reached." in lines
    assert "| s | AUC | at least .800 | .700 | no, by .100 |" in lines
    assert "| s | x | at most .100 | .300 | no, by .200 |" in lines


def test_every_goal_is_for_a_set_that_is_known():
    """A set that is not read has no goal, and every set but the conversations has one."""
    assert GOALS.keys() == SETS.keys()
