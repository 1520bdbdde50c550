"""Train the linear model of drafts: `make train`, in an environment of its own with scikit-learn.

The law: the features are those of `assist/detectors/ngrams.py`, the rows the labelled drafts and
the rules' own examples of the encoder's mixture. Writes `weights.npz` (one row of weights a
technique, plain arrays) and its manifest, and nothing else.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "encoder"), str(HERE.parent / "ngrams")]

from learning import Linear, fitted, matrix, packed  # noqa: E402
from mixture import DRAFTS, TECHNIQUES, ordered, rows  # noqa: E402


def main() -> None:
    """Train every technique and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--own", type=Path, default=HERE.parent / "data")
    parser.add_argument("--out", type=Path, default=HERE / "weights.npz")
    parser.add_argument("--strength", type=float, default=30.0)
    args = parser.parse_args()
    found = [
        row for source in DRAFTS for row in ordered(source, list(rows(source, args.own, args.own)))
    ]
    every = matrix([row.text for row in found])
    outputs = []
    for number in range(len(TECHNIQUES)):
        targets = np.array([row.techniques[number] for row in found])
        known = targets >= 0
        outputs.append(fitted(every[known], targets[known] > 0, 1 + targets[known], args.strength))
    weights = np.concatenate([coefficients for coefficients, _ in outputs])
    offsets = np.concatenate([intercepts for _, intercepts in outputs])
    args.out.write_bytes(packed(Linear(weights, offsets), TECHNIQUES))
    manifest = {
        "name": "drafts",
        "outputs": list(TECHNIQUES),
        "rows": len(found),
        "files": {args.out.name: hashlib.sha256(args.out.read_bytes()).hexdigest()},
    }
    place = args.out.with_name("manifest.json")
    place.write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    print(weights.shape, len(found), args.out.stat().st_size)


if __name__ == "__main__":
    main()
