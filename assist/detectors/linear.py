"""The linear model: what words and pieces of words weigh, learnt from labelled turns.

The law: a weighted sum and nothing else, so that every word's share of the score can be shown. Only
what customers say is read.
"""

from collections.abc import Sequence
from functools import cache
from math import exp
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from assist.core.signals import NOTHING, Detector, Evidence, Findings, Signal
from assist.core.text import Span
from assist.core.turns import Draft, Role, Turn
from assist.detectors.ngrams import Counted, counted
from assist.detectors.shipped import check, manifest
from assist.errors import ModelError

__all__ = ["Linear", "load"]

SOURCE = "ngrams"
CURE = "install the package again"
_SHOWN = 4
_FAINT = 0.2
"""Under this nothing is told: no words of a calm turn need a reason."""


class Linear:
    """The weights, one row an output, and what they make of a text."""

    def __init__(self, folder: Path) -> None:
        said = manifest(folder / "manifest.json")
        check(folder, said["files"], CURE)
        try:
            with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
                self._weights = arrays["weights"].T.copy()
                self._offsets = arrays["offsets"].astype(np.float32)
                self._names = tuple(str(name) for name in arrays["names"])
        except (OSError, ValueError, KeyError, BadZipFile):
            raise ModelError(f"the weights of the linear model are damaged: {CURE}") from None

    def rows(self, found: Counted) -> Any:
        """Return the weights of the features, of shape (features, outputs)."""
        return self._weights[np.array(found.buckets, dtype=np.int64)]

    def logits(self, found: Counted, rows: Any = None) -> dict[str, float]:
        """Return the log-odds of every output, by name; `rows` where they are known."""
        weights = self.rows(found) if rows is None else rows
        values = np.array(found.values, dtype=np.float32)
        total = values @ weights.astype(np.float32) + self._offsets
        return dict(zip(self._names, total.tolist(), strict=True))

    def shares(self, found: Counted, rows: Any, plus: str, minus: str) -> dict[Span, float]:
        """Return how much each place adds to the difference of two outputs."""
        first, second = self._names.index(plus), self._names.index(minus)
        shares = [0.0] * len(found.spans)
        weights = (rows[:, first] - rows[:, second]).tolist()
        for value, place, weight in zip(found.values, found.places, weights, strict=True):
            shares[place] += value * weight
        return {found.spans[place]: shares[place] for place in dict.fromkeys(found.places)}


@cache
def load(folder: Path, digest: str = "") -> Detector | None:
    """Return the detector, None where no weights are shipped.

    `digest` names what lies in a folder that may change; each folder and digest is loaded once.
    """
    del digest
    if not (folder / "manifest.json").is_file():
        return None
    model = Linear(folder)

    def linear(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        del earlier
        if not isinstance(subject, Turn) or subject.role is not Role.CUSTOMER:
            return NOTHING
        return _read(model, subject)

    return linear


def _read(model: Linear, turn: Turn) -> Findings:
    found = counted(turn.text)
    if not found.buckets:
        return NOTHING
    rows = model.rows(found)
    logits = model.logits(found, rows)
    score = feeling(logits["neg"], logits["neu"], logits["pos"])
    if abs(score) < _FAINT:
        return Findings(signals=(Signal(name="valence.ngrams", score=score),))
    shares = model.shares(found, rows, "pos", "neg")
    sign = 1 if score >= 0 else -1
    told = sorted(
        (span for span in shares if shares[span] * sign > 0), key=lambda s: -abs(shares[s])
    )
    evidence = tuple(
        Evidence(turn=turn.id, span=span, cue="valence.ngrams", source=SOURCE)
        for span in sorted(told[:_SHOWN])
    )
    reason = "words that unhappy customers use" if score < 0 else "words that happy customers use"
    signal = Signal(name="valence.ngrams", score=score, evidence=evidence, reason=reason)
    return Findings(signals=(signal,))


def feeling(negative: float, neutral: float, positive: float) -> float:
    """Return how much likelier happy is than unhappy, −1..1, of three log-odds."""
    most = max(negative, neutral, positive)
    odds = [exp(one - most) for one in (negative, neutral, positive)]
    return round((odds[2] - odds[0]) / sum(odds), 4)
