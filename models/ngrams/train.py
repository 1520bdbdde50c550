"""Train the linear model: `make train`, in an environment of its own with scikit-learn.

The law: the features are those of `assist/detectors/ngrams.py`, the rows those of the encoder's
mixture. Writes `weights.npz` (one row of weights an output, plain arrays) and nothing else.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "encoder"), str(HERE)]

from learning import BUCKETS, Linear, fitted, matrix, packed  # noqa: E402
from mixture import FLAGS, SENTIMENTS, Row, ordered, rows  # noqa: E402

SHARES = {"own": (10**6, 4.0), "real": (10**6, 3.0), "goemotions": (14_000, 1.0),
          "multidogo": (14_000, 0.4),
          "banking77": (5_000, 0.5), "convabuse": (10**6, 1.0), "github_incivility": (10**6, 1.0),
          "paradetox": (6_000, 0.5)}  # fmt: skip
"""How many rows of each set, and what each weighs."""


def main() -> None:
    """Train every output and write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True, help="folder of the sets, *.jsonl.gz")
    parser.add_argument("--own", type=Path, default=HERE.parent / "data")
    parser.add_argument("--out", type=Path, default=HERE / "weights.npz")
    parser.add_argument("--strength", type=float, default=4.0)
    args = parser.parse_args()
    found: list[Row] = []
    weights: list[float] = []
    for source, (most, weight) in SHARES.items():
        part = ordered(source, list(rows(source, args.data, args.own)))[:most]
        found.extend(part)
        weights.extend([weight] * len(part))
        print(source, len(part), flush=True)
    every, weighed = matrix([row.text for row in found]), np.array(weights)
    outputs = {}
    feelings = np.array([row.sentiment for row in found])
    known = feelings >= 0
    outputs["sentiment"] = fitted(every[known], feelings[known], weighed[known], args.strength)
    for number, name in enumerate(FLAGS):
        targets = np.array([row.flags[number] for row in found])
        known = targets >= 0
        outputs[name] = fitted(every[known], targets[known] > 0.25, weighed[known], args.strength)
    stacked = np.concatenate([coefficients for coefficients, _ in outputs.values()])
    offsets = np.concatenate([intercepts for _, intercepts in outputs.values()])
    args.out.write_bytes(packed(Linear(stacked, offsets), [*SENTIMENTS, *FLAGS]))
    manifest = {
        "name": "ngrams",
        "buckets": BUCKETS,
        "outputs": [*SENTIMENTS, *FLAGS],
        "rows": {source: list(share) for source, share in SHARES.items()},
        "files": {args.out.name: hashlib.sha256(args.out.read_bytes()).hexdigest()},
    }
    place = args.out.with_name("manifest.json")
    place.write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    print(stacked.shape, args.out.stat().st_size)


if __name__ == "__main__":
    main()
