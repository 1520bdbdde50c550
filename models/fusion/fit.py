"""Weigh the sources of sentiment on turns of ours that no model was trained on.

Run: `.venv/bin/python models/fusion/fit.py`; writes `policy.json` beside itself and prints how well
each mix does on a part that was not used for weighing.
The law: as in `assist/fitting/weighing.py`, with which a desk's own turns are weighed too.
"""

import json
from pathlib import Path

import numpy as np

from assist.core.fusion import Fusion
from assist.evaluation.ours import readings
from assist.evaluation.verdicts import gold_of
from assist.fitting.shipped import shipped_turns
from assist.fitting.weighing import MIXES, agreement, document, mix_of, said, scores, told
from assist.line import load_line

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Fit every mix, print how it does and write the policy."""
    _, kept = shipped_turns(HERE.parent / "data")
    columns = said(tuple(readings(load_line().read, kept)))
    labels = gold_of(kept, "sentiment")
    fitting = np.arange(len(kept)) % 3 > 0
    known = {name: column[fitting] for name, column in columns.items()}
    rest = {name: column[~fitting] for name, column in columns.items()}
    mixes = []
    for names in MIXES:
        mix = mix_of(names, known, labels[fitting], np.ones(fitting.sum()))
        found = told(scores(mix, rest), mix.negative_at, mix.positive_at)
        print(names, f"macro-F1 {agreement(labels[~fitting], found):.3f} of {len(found)}")
        mixes.append(mix)
    written = json.dumps(document(Fusion(mixes=tuple(mixes))), indent=2) + "\n"
    (HERE / "policy.json").write_text(written, "utf-8")


if __name__ == "__main__":
    main()
