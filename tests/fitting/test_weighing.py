"""What each source counts."""

import numpy as np
import pytest

from assist.core.fusion import Fusion
from assist.core.signals import Pull, Reading, Sentiment, SentimentLabel, Signal
from assist.fitting.weighing import agreement, document, mix_of, said, scores, told
from assist.packs.policies import load_fusion

LABELS = np.array([0, 1, 2] * 20)
RIGHT = (LABELS - 1) * 0.8
COLUMNS = {"cues": RIGHT, "ngrams": -RIGHT}


def _mix(counts=None):
    return mix_of(("cues", "ngrams"), COLUMNS, LABELS, np.ones(60) if counts is None else counts)


def test_a_source_that_is_right_counts_and_one_that_is_wrong_does_not():
    """Weights are never negative, so a source that errs is left out, not turned."""
    mix = _mix()
    assert mix.weights["cues"] > 0.5
    assert mix.weights["ngrams"] == 0.0


def test_the_bounds_tell_the_classes_apart():
    """Negative ends and positive begins where most turns are told right."""
    mix = _mix()
    found = told(scores(mix, COLUMNS), mix.negative_at, mix.positive_at)
    assert agreement(LABELS, found) == 1.0


def test_what_counts_for_nothing_changes_nothing():
    """Turns with a count of 0 have no say."""
    wrong = {name: np.concatenate([column, -column]) for name, column in COLUMNS.items()}
    labels, counts = np.tile(LABELS, 2), np.repeat([1.0, 0.0], 60)
    assert mix_of(("cues", "ngrams"), wrong, labels, counts) == _mix()


def test_every_source_is_heard_with_its_own_score():
    """Cues are the sum of their pulls, models their signals, and silence is 0."""
    signals = (
        Signal(name="cause.delay", score=0.5, pulls=(Pull(axis="valence", amount=-1.0),)),
        Signal(name="valence.ngrams", score=-0.3),
    )
    calm = Sentiment(score=0.0, label=SentimentLabel.NEUTRAL)
    columns = said([Reading(turn="t", sentiment=calm, signals=signals)])
    assert {name: column[0] for name, column in columns.items()} == {
        "cues": -0.5, "lexicon": 0.0, "ngrams": -0.3, "encoder": 0.0,
    }  # fmt: skip


def test_what_is_written_is_read_back(tmp_path):
    """The document of some weights is the file that the line loads."""
    import json

    fusion = Fusion(mixes=(_mix(),))
    place = tmp_path / "policy.json"
    place.write_text(json.dumps(document(fusion)))
    assert load_fusion(place) == fusion
    assert load_fusion(place).mixes[0].weights["cues"] == pytest.approx(_mix().weights["cues"])
