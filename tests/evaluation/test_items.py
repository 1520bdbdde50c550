"""The table of labels."""

from assist.core.signals import SentimentLabel
from assist.evaluation.items import CLASSES, QUESTIONS, Item


def test_classes_are_those_of_a_reading():
    """A gold class is named as a reading names it, from unhappy to happy."""
    assert tuple(map(str, SentimentLabel)) == CLASSES


def test_every_label_has_a_ranking():
    """No label stands without a number of ours that answers it."""
    assert all(QUESTIONS.values())


def test_an_item_does_not_show_its_words():
    """The words of a set are in no repr."""
    assert "secret" not in repr(Item(id="1", text="secret", before="secret"))
