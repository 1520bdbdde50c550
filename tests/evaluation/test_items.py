"""The table of labels."""

from assist.core.signals import SentimentLabel
from assist.evaluation.items import CLASSES, QUESTIONS, Item, signals_of


def test_classes_are_those_of_a_reading():
    """A gold class is named as a reading names it, from unhappy to happy."""
    assert tuple(map(str, SentimentLabel)) == CLASSES


def test_every_label_has_a_ranking():
    """No label stands without a number of ours that answers it."""
    assert all(QUESTIONS.values())


def test_frustration_is_asked_of_model_and_rule():
    """A ranking may be the highest of several signals, and is its own name otherwise."""
    assert signals_of("frustration") == ("frustration", "emotion.frustration")
    assert signals_of("risk.legal") == ("risk.legal",)


def test_an_item_does_not_show_its_words():
    """The words of a set are in no repr."""
    assert "secret" not in repr(Item(id="1", text="secret", before="secret"))
