"""A logistic regression over hashed features, for every linear model that is trained.

The law: this module needs numpy and scikit-learn alone, so that the trainings of `models/` can use
it in an environment of their own; the features are handed in.
"""

import hashlib
import importlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, NamedTuple, Protocol

import numpy as np

from assist.errors import UsageError

__all__ = ["HELD", "Linear", "fitted", "held_out", "learner", "matrix", "packed"]

HELD = 0.12
"""The share of our own turns that is kept out of every training, to weigh the sources with."""


class _Feature(Protocol):
    @property
    def bucket(self) -> int: ...
    @property
    def value(self) -> float: ...


class Linear(NamedTuple):
    """Weights (outputs, buckets) and offsets (outputs,)."""

    weights: Any
    offsets: Any


def held_out(text: str) -> bool:
    """Tell whether a turn of ours is kept out of training, by its words alone."""
    return hashlib.sha256(text.encode()).digest()[0] < 256 * HELD


def learner(name: str) -> Any:
    """Return a module of scikit-learn, or of what comes with it."""
    try:
        return importlib.import_module(name)
    except ImportError:
        raise UsageError(
            'fitting needs scikit-learn: pip install "chat-assist[fit]"', code="fit.not-installed"
        ) from None


def matrix(
    texts: Sequence[str], features: Callable[[str], Sequence[_Feature]], buckets: int
) -> Any:
    """Return the features of the texts, one row each."""
    starts, columns, values = [0], list[int](), list[float]()
    for text in texts:
        told = features(text)
        columns.extend(feature.bucket for feature in told)
        values.extend(feature.value for feature in told)
        starts.append(len(columns))
    rows = learner("scipy.sparse").csr_matrix
    return rows((values, columns, starts), shape=(len(texts), buckets))


def fitted(
    known: Any, labels: Any, weights: Any, strength: float, tolerance: float = 1e-4
) -> Linear:
    """Return the logistic regression of labelled rows, each of which weighs something."""
    regression = learner("sklearn.linear_model").LogisticRegression
    model = regression(C=strength, max_iter=400, tol=tolerance)
    model.fit(known, labels, sample_weight=weights)
    return Linear(model.coef_, model.intercept_)


def packed(model: Linear, names: Sequence[str]) -> bytes:
    """Return the file that `assist/detectors/linear.py` reads; the same model is the same bytes."""
    file = BytesIO()
    np.savez_compressed(
        file,
        weights=model.weights.astype(np.float16),
        offsets=model.offsets.astype(np.float32),
        names=np.array(names),
    )
    return file.getvalue()
