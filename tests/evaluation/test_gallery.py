"""The worst errors."""

import numpy as np

from assist.evaluation.gallery import shown, worst
from assist.evaluation.items import SENTIMENT, Item
from assist.evaluation.verdicts import Verdicts

ITEMS = tuple(
    Item(id=str(n), text=f"text {n}", sentiment=gold) for n, gold in enumerate((0, 0, 1, 2))
)
SAID = Verdicts(
    judge="ours", classes=np.array([1, 2, 1, 0]), scores=np.array([0.1, 0.9, 0.0, -0.2])
)


def test_the_furthest_off_come_first():
    """Only what is told wrong is there, by its distance from the truth."""
    assert [miss.id for miss in worst(ITEMS, SENTIMENT, SAID, 9)] == ["1", "3", "0"]
    assert [miss.id for miss in worst(ITEMS, SENTIMENT, SAID, 1)] == ["1"]
    assert worst(ITEMS, SENTIMENT, SAID, 0) == ()


def test_a_yes_or_no_is_named_so():
    """A label that was missed says yes, told no."""
    items = [Item(id="a", text="t", labels={"abuse": True})]
    none = Verdicts(judge="ours", classes=np.array([0]), scores=np.array([0.0]))
    (miss,) = worst(items, "abuse", none, 3)
    assert (miss.gold, miss.told) == ("yes", "no")


def test_texts_come_without_control_characters():
    """What is shown obeys no terminal, and an error's repr has no words."""
    items = [Item(id="a", text="red \x1b[31malert", before="so?", sentiment=0)]
    none = Verdicts(judge="ours", classes=np.array([1]), scores=np.array([0.0]))
    misses = worst(items, SENTIMENT, none, 1)
    told = shown("set", misses)
    assert "\x1b" not in told
    assert "a: negative, told neutral (+0.00)" in told
    assert "before: so?" in told
    assert "alert" not in repr(misses)
