"""Linear models over hashed features: what the trainings of both linear models share.

The law: the features are those of `assist/detectors/ngrams.py`; a fit is that of
`assist/fitting/learning.py`, with which a desk's own turns are fitted too.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from scipy.sparse import csr_matrix

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "encoder")]

from mixture import module  # noqa: E402

from assist.fitting import learning  # noqa: E402 - found by the path that `mixture` sets

__all__ = ["BUCKETS", "Linear", "fitted", "matrix", "packed"]

_NGRAMS = module("ngrams")
BUCKETS: int = _NGRAMS.BUCKETS
Linear, fitted, packed = learning.Linear, learning.fitted, learning.packed


def matrix(texts: Sequence[str]) -> csr_matrix:
    """Return the features of the texts, one row each."""
    return learning.matrix(texts, _NGRAMS.features, BUCKETS)
