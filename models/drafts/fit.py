"""Weigh the two models of drafts on labelled drafts that neither was trained on.

Run: `.venv/bin/python models/drafts/fit.py`; writes `policy.json` beside itself and prints, for
drafts that were used neither for training nor for weighing, what is found at each probability.
The law: one weight a model for all techniques, one offset each, drawn towards the common one.
"""

import json
import sys
from pathlib import Path

import numpy as np

from assist.detectors.encoder import load_encoder
from assist.detectors.linear import Linear
from assist.detectors.ngrams import features

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "encoder")]

from mixture import TECHNIQUES, Row, drafts, held_out  # noqa: E402 - a script beside

STEPS, PACE, DRAW = 6000, 0.5, 0.002
BOUNDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def kept_out() -> list[Row]:
    """Return the labelled drafts that were kept out of every training, each once."""
    found = {row.text: row for row in drafts(HERE.parent / "data") if held_out(row.text)}
    return [found[text] for text in sorted(found)]


def odds(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Return the log-odds of both models, each of shape (drafts, techniques)."""
    linear, encoder = Linear(HERE), load_encoder(HERE.parent / "draft-encoder")
    plain = [linear.logits(features(row.text)) for row in rows]
    deep = [encoder.of([row.text])[0] for row in rows]
    return tuple(np.array([[one[t] for t in TECHNIQUES] for one in told]) for told in (plain, deep))


def weighed(columns: tuple[np.ndarray, ...], wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (models,) and offsets (techniques,) by logistic regression."""
    weights, offsets = np.full(len(columns), 0.5), np.zeros(wanted.shape[1])
    known = wanted >= 0
    for _ in range(STEPS):
        total = offsets + sum(w * column for w, column in zip(weights, columns, strict=True))
        error = np.where(known, 1 / (1 + np.exp(-total)) - wanted, 0) / known.sum()
        slope = np.array([(error * column).sum() for column in columns])
        weights = np.clip(weights - PACE * slope, 0, None)
        pull = DRAW * (offsets - offsets.mean()) / wanted.shape[1]
        offsets = offsets - 40 * PACE * (error.sum(axis=0) + pull)
    return weights, offsets


def mix(names: tuple[str, ...], weights: np.ndarray, offsets: np.ndarray) -> dict:
    """Return what is written of a mix."""
    return {
        "weights": {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)},
        "offsets": {name: round(float(o), 3) for name, o in zip(TECHNIQUES, offsets, strict=True)},
    }


def told(total: np.ndarray, wanted: np.ndarray) -> None:
    """Print recall and precision at each bound."""
    chance = 1 / (1 + np.exp(-total))
    for bound in BOUNDS:
        found = chance >= bound
        hit, wrong = (found & (wanted == 1)).sum(), (found & (wanted == 0)).sum()
        recall, precision = hit / (wanted == 1).sum(), hit / max(1, hit + wrong)
        print(f"  from {bound}: recall {recall:.3f}, precision {precision:.3f}")


def main() -> None:
    """Fit both mixes, print how they do and write them."""
    rows = kept_out()
    plain, deep = odds(rows)
    wanted = np.array([row.techniques for row in rows])
    fitting = np.arange(len(rows)) % 3 > 0
    written = {}
    for name, names, columns in (
        ("both", ("ngrams", "encoder"), (plain, deep)),
        ("alone", ("ngrams",), (plain,)),
    ):
        weights, offsets = weighed(tuple(c[fitting] for c in columns), wanted[fitting])
        written[name] = mix(names, weights, offsets)
        print(name, written[name]["weights"], f"{(~fitting).sum()} drafts not used for weighing")
        rest = zip(weights, columns, strict=True)
        told(offsets + sum(w * column[~fitting] for w, column in rest), wanted[~fitting])
    (HERE / "policy.json").write_text(json.dumps(written, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
