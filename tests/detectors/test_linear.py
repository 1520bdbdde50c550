"""The linear model: a weighted sum whose shares can be shown."""

import hashlib
import json
from datetime import UTC, datetime

import numpy as np
import pytest

from assist.core.signals import NOTHING
from assist.core.turns import Draft, Role, Turn
from assist.detectors.linear import Linear, feeling, load
from assist.detectors.ngrams import BUCKETS, counted
from assist.errors import ModelError

NAMES = ("neg", "neu", "pos")


def turn(text, role=Role.CUSTOMER):
    return Turn(id="t1", role=role, text=text, at=datetime(2026, 3, 2, tzinfo=UTC))


def shipped(folder, **arrays):
    np.savez(folder / "weights.npz", **arrays)
    digest = hashlib.sha256((folder / "weights.npz").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps({"files": {"weights.npz": digest}}), "utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    """Return a model to which "awful" is unhappy and "lovely" is happy."""
    weights = np.zeros((3, BUCKETS), dtype=np.float16)
    for row, word, weight in ((0, "awful", 6), (2, "lovely", 4)):
        weights[row, counted(word).buckets] = weight
    return shipped(
        tmp_path, weights=weights, offsets=np.zeros(3, dtype=np.float32), names=np.array(NAMES)
    )


@pytest.mark.parametrize(
    ("sign", "words", "text"),
    [
        (-1, {"awful"}, "it is awful"),
        (1, {"lovely"}, "it is lovely"),
        (-1, {"awful", "it's awful"}, "it's awful, lovely"),
        (0, set(), "it is here"),
    ],
)
def test_words_weigh_and_are_shown(sign, words, text, folder):
    """The score has the sign of what weighs most, and points at the words of that sign."""
    (signal,) = load(folder)(turn(text), ()).signals
    assert signal.name == "valence.ngrams"
    assert np.sign(signal.score) == sign
    assert {proof.span.of(text) for proof in signal.evidence} <= words


def test_the_shares_are_the_score(folder):
    """What each place adds makes the difference of the outputs, and nothing else does."""
    model = Linear(folder)
    found = counted("it is awful, and then lovely")
    logits = model.logits(found)
    shares = model.shares(found, model.rows(found), "pos", "neg")
    assert sum(shares.values()) == pytest.approx(logits["pos"] - logits["neg"], abs=1e-4)


@pytest.mark.parametrize("subject", [Draft(text="awful"), turn("awful", Role.AGENT), turn("  ")])
def test_only_words_of_customers_are_read(subject, folder):
    """Drafts, agents' turns and empty turns have no reading."""
    assert load(folder)(subject, ()) == NOTHING


def test_without_weights_there_is_no_detector(tmp_path):
    """A folder without a manifest is no model."""
    assert load(tmp_path) is None


def test_weights_that_are_no_arrays_are_a_model_error(tmp_path):
    """A file that is as the manifest says, and yet no model, is refused."""
    shipped(tmp_path, other=np.zeros(1))
    with pytest.raises(ModelError, match="damaged"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("expected", "logits"),
    [(0.0, (0, 0, 0)), (0.0, (3, -9, 3)), (-0.9999, (10, 0, 0)), (0.7616, (-1, -99, 1))],
)
def test_the_feeling_is_how_much_likelier_happy_is(expected, logits):
    """Three log-odds become the share of happy less that of unhappy."""
    assert feeling(*logits) == pytest.approx(expected, abs=1e-4)
