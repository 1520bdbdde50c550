"""Confusion by cue."""

import numpy as np

from assist.evaluation.cues import by_cue
from assist.evaluation.ours import Told


def _told(*names):
    return Told(sentiment=1, score=0.0, signals=dict.fromkeys(names, 0.5))


TURNS = [_told("often", "valence")] * 6 + [_told("always", "rare")] * 2 + [_told("always")] * 4


def _kinds(size):
    return {"bad": np.array([1] * 8 + [0] * (size - 8)), "good": np.array([0] * size)}


def test_a_signals_shares_are_by_hand():
    """It stands in 6 of 8 bad turns and in 3 of 4 errors, and half of its turns are wrong."""
    wrong = np.array([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1])
    lines = by_cue(TURNS, _kinds(12), wrong).splitlines()
    assert lines[0].startswith("| signal | turns | of bad | of good | of our errors |")
    assert "| often | 6 | .750 | – | .750 | .500 |" in lines


def test_what_says_nothing_is_left_out():
    """Rare signals, signals of nearly every turn and the valence itself have no row."""
    told = by_cue([*TURNS[:6], *[_told("valence")] * 6], _kinds(12), np.zeros(12, dtype=int))
    assert "often" in told
    assert "valence" not in told
    assert "rare" not in by_cue(TURNS, _kinds(12), np.zeros(12, dtype=int))
    assert by_cue([_told("always")] * 12, _kinds(12), np.zeros(12, dtype=int)) == ""
