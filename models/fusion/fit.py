"""Weigh the sources of sentiment on turns of ours that no model was trained on.

Run: `.venv/bin/python models/fusion/fit.py`; writes `policy.json` beside itself and prints how well
each mix does on a part that was not used for weighing.
The law: weights are never negative, and nothing said is a score of 0; a mix is fitted for every
set of models that may be missing.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assist.core.fusion import BY_HAND, shares
from assist.core.turns import Role, Turn
from assist.evaluation.measures import confusion, macro_f1
from assist.line import load_line

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "encoder")]

from mixture import held_out  # noqa: E402 - a script beside, found by path

DATA = HERE.parent / "data"
LABELS = ("neg", "neu", "pos")
MIXES = (
    ("cues", "lexicon", "ngrams", "encoder"),
    ("cues", "lexicon", "ngrams"),
    ("cues", "lexicon"),
)
SCALE = 0.55
"""A clear turn scores about half; only what several sources say goes far beyond. The rules' and the
escalation policy's bounds were made for such scores; the order of turns does not depend on it."""
AT = datetime(2026, 1, 1, tzinfo=UTC)
_NAMED = "valence."


def kept_out() -> list[dict]:
    """Return our turns that were kept out of every training, by their words alone."""
    found = []
    for place in sorted(DATA.glob("turns_*.jsonl")):
        for line in place.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            if held_out(said["text"]):
                found.append(said)
    return found


def sources(rows: list[dict]) -> dict[str, np.ndarray]:
    """Return what each source says of each turn."""
    line = load_line()
    columns: dict[str, list[float]] = {name: [] for name in MIXES[0]}
    for number, row in enumerate(rows):
        before = Turn(id="a", role=Role.AGENT, text=row["before"], at=AT)
        turn = Turn(id=f"t{number}", role=Role.CUSTOMER, text=row["text"], at=AT)
        reading = line.read(turn, (before,) if row["before"] else ())
        cues, _ = shares(reading, BY_HAND)
        for name, column in columns.items():
            signal = reading.signal(f"{_NAMED}{name}")
            column.append(cues["cues"] if name == "cues" else signal.score if signal else 0.0)
    return {name: np.array(column, dtype=float) for name, column in columns.items()}


def weighed(values: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Return weights, never negative, by least squares through tanh."""
    weights = np.full(values.shape[1], 0.5)
    for _ in range(4000):
        bent = np.tanh(values @ weights)
        slope = (bent - wanted) * (1 - bent**2)
        weights = np.clip(weights - 0.3 * (slope @ values / len(wanted)), 0, None)
    return weights


def bounds(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Return where negative ends and positive begins, for the best macro-F1."""
    grid = np.round(np.arange(-0.5, 0.51, 0.025), 3)
    tried = [
        (agreement(labels, told(scores, low, high)), low, high)
        for low in grid
        for high in grid
        if low < 0 < high
    ]
    _, low, high = max(tried, key=lambda one: one[0])
    return float(low), float(high)


def told(scores: np.ndarray, low: float, high: float) -> np.ndarray:
    """Return 0 for negative, 1 for neutral, 2 for positive."""
    return np.where(scores <= low, 0, np.where(scores >= high, 2, 1))


def agreement(labels: np.ndarray, found: np.ndarray) -> float:
    """Return the macro-F1 of the three classes."""
    return macro_f1(confusion(labels, found, len(LABELS)))


def main() -> None:
    """Fit every mix, print how it does and write the policy."""
    rows = kept_out()
    columns = sources(rows)
    labels = np.array([LABELS.index(row["sentiment"]) for row in rows])
    fitting = np.arange(len(rows)) % 3 > 0
    mixes = []
    for names in MIXES:
        values = np.stack([columns[name] for name in names], axis=1)
        weights = SCALE * weighed(values[fitting], labels[fitting] - 1.0)
        scores = np.tanh(values @ weights)
        low, high = bounds(scores[fitting], labels[fitting])
        rest = ~fitting
        reached = agreement(labels[rest], told(scores[rest], low, high))
        print(names, f"macro-F1 {reached:.3f} of {rest.sum()}")
        mixes.append(
            {
                "weights": {n: round(float(w), 3) for n, w in zip(names, weights, strict=True)},
                "offset": 0.0,
                "negative_at": low,
                "positive_at": high,
            }
        )
    (HERE / "policy.json").write_text(json.dumps({"mixes": mixes}, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
