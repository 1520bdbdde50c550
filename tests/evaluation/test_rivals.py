"""The rivals, as plain as they are."""

import importlib

import numpy as np
import pytest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from assist.evaluation import rivals as room
from assist.evaluation.items import QUESTIONS, SENTIMENT, UNHAPPY, Item
from assist.evaluation.measures import groups_of

TEXTS = ("this is terrible", "hello there", "great, thanks", "you idiot, terrible")
ITEMS = tuple(
    Item(id=str(n), text=text, sentiment=gold, labels={"abuse": n == 3})
    for n, (text, gold) in enumerate(zip(TEXTS, (0, 1, 2, 0), strict=True))
)


def test_majority_tells_the_commonest_class():
    """It says the same of all and orders nothing."""
    verdicts = room.majority(ITEMS, SENTIMENT)
    assert verdicts.classes.tolist() == [0, 0, 0, 0]
    assert set(verdicts.scores) == {0.0}
    assert room.majority(ITEMS, "abuse").classes.tolist() == [0, 0, 0, 0]


def test_vader_is_as_its_makers_left_it():
    """Its scores are the compound ones, its classes at ±0.05."""
    analyser = SentimentIntensityAnalyzer()
    compound = [analyser.polarity_scores(text)["compound"] for text in TEXTS]
    verdicts = room.vader(ITEMS, SENTIMENT)
    assert verdicts.scores.tolist() == compound
    assert verdicts.classes.tolist() == [0, 1, 2, 0]
    assert room.vader(ITEMS, "abuse").scores.tolist() == [-score for score in compound]


def test_the_word_list_counts_words():
    """Whole words count, in any case, and none is no."""
    assert room.keywords(ITEMS, "abuse").classes.tolist() == [0, 0, 0, 1]
    assert room.keywords(ITEMS, SENTIMENT).classes.tolist() == [0, 1, 2, 0]
    loud = [Item(id="1", text="LAWYER lawyers", labels={"legal": True})]
    assert room.keywords(loud, "legal").scores.tolist() == [1.0]


def test_every_label_has_its_words():
    """Each yes-or-no label has a list, and no list is for anything else."""
    assert set(room.KEYWORDS) == set(QUESTIONS)


def test_without_scikit_learn_the_row_is_its_name(monkeypatch):
    """The trained rival is only named where it cannot be trained."""

    def gone(name):
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", gone)
    assert room.rivals(ITEMS, SENTIMENT)[-1] == room.LEARNED


@pytest.mark.parametrize("label", [SENTIMENT, *QUESTIONS])
def test_the_rivals_of_a_label(monkeypatch, label):
    """VADER answers only what has to do with feeling; the others always."""
    monkeypatch.setattr(room, "learned", lambda _items, _label: None)
    items = [Item(id="1", text="bad", sentiment=0, labels={label: True})]
    names = [getattr(one, "judge", one) for one in room.rivals(items, label)]
    feeling = label == SENTIMENT or UNHAPPY in QUESTIONS[label]
    assert ("VADER" in names) == feeling
    assert {"majority", "word list", room.LEARNED} <= set(names)


def test_the_trained_rival_never_knows_the_conversation(monkeypatch):
    """Every item is foretold once, from items of other conversations only."""
    items = [
        Item(id=str(n), text=f"{n // 3}", group=f"g{n // 3}", sentiment=n % 3) for n in range(30)
    ]
    asked_of = []

    def foretold(known, _gold, asked, size):
        assert not set(known) & set(asked)
        asked_of.extend(asked)
        return np.tile(np.eye(size)[2], (len(asked), 1))

    monkeypatch.setattr(importlib, "import_module", lambda name: name)
    monkeypatch.setattr(room, "_foretold", foretold)
    verdicts = room.learned(items, SENTIMENT)
    assert sorted(asked_of) == sorted(item.text for item in items)
    assert set(verdicts.classes) == {2}
    assert set(verdicts.scores) == {1.0}
    assert groups_of([item.group for item in items]).max() == 9


def test_the_trained_rival_learns():
    """Where scikit-learn is installed, it tells apart what words tell apart."""
    pytest.importorskip("sklearn")
    items = [
        Item(id=str(n), text=("awful mess", "lovely day")[n % 2], labels={"complaint": n % 2 == 0})
        for n in range(40)
    ]
    assert room.learned(items, "complaint").classes.tolist() == [1, 0] * 20


def test_one_class_alone_is_foretold_for_sure():
    """A fold that knows only one class says that class."""
    texts = np.array(["a", "b"], dtype=object)
    assert room._foretold(texts, np.array([1, 1]), texts, 2).tolist() == [[0, 1], [0, 1]]
