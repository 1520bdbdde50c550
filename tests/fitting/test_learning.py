"""The core of every linear training."""

import sys

import numpy as np
import pytest

from assist.detectors.ngrams import BUCKETS, features
from assist.errors import UsageError
from assist.fitting.learning import Linear, fitted, held_out, learner, matrix, packed


def test_a_row_holds_the_features_of_its_text():
    """Each text is a row, with its features' values at their buckets."""
    rows = matrix(["good", "", "good good"], features, BUCKETS)
    assert rows.shape == (3, BUCKETS)
    assert rows[1].nnz == 0
    assert {int(b): v for b, v in zip(rows[0].indices, rows[0].data, strict=True)} == {
        feature.bucket: pytest.approx(feature.value) for feature in features("good")
    }


def test_a_row_that_weighs_more_wins():
    """Of two labels for the same words, the one that counts more is learnt."""
    rows = matrix(["well", "well"], features, BUCKETS)
    model = fitted(rows, np.array([0, 1]), np.array([1.0, 9.0]), 4.0)
    assert (rows @ model.weights.T + model.offsets)[0, 0] > 0


def test_the_same_model_is_the_same_bytes():
    """Packing depends on the model alone."""
    model = Linear(np.ones((3, 8)), np.zeros(3))
    assert packed(model, ("neg", "neu", "pos")) == packed(model, ("neg", "neu", "pos"))


def test_without_scikit_learn_the_error_says_what_to_install(monkeypatch):
    """Whoever lacks it reads the command that brings it."""
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    with pytest.raises(UsageError, match=r'pip install "chat-assist\[fit\]"'):
        learner("sklearn.linear_model")


def test_a_turn_is_kept_out_by_its_words_alone():
    """About twelve in a hundred are kept out, always the same."""
    kept = [held_out(f"turn {number}") for number in range(2000)]
    assert 0.09 < sum(kept) / len(kept) < 0.15
    assert kept == [held_out(f"turn {number}") for number in range(2000)]
