"""Weigh the sources of sentiment on turns that no model was trained on.

Run: `.venv/bin/python models/fusion/fit.py --data SETS`; writes `policy.json` beside itself and
prints how well each mix does on a part that was not used for weighing.
The law: turns of ours and real turns that we labelled, which need the sets they are from, count the
same as a whole. Else as in `assist/fitting/weighing.py`, with which a desk's own are weighed too.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assist.core.fusion import Fusion
from assist.evaluation.items import Item
from assist.evaluation.ours import readings
from assist.evaluation.verdicts import gold_of
from assist.fitting.learning import held_out
from assist.fitting.shipped import shipped_turns
from assist.fitting.weighing import MIXES, agreement, document, mix_of, said, scores, told
from assist.line import load_line

HERE = Path(__file__).resolve().parent
OWN = HERE.parent / "data"
sys.path.append(str(HERE.parent / "encoder"))

from mixture import real  # noqa: E402 - which knows where the words of labelled real turns are


def real_turns(data: Path) -> Iterator[Item]:
    """Yield the labelled real turns that were kept out of every training."""
    for number, row in enumerate(real(data, OWN)):
        if held_out(row.text):
            name = f"real-{number}"
            yield Item(id=name, text=row.text, before=row.before, sentiment=row.sentiment)


def main() -> None:
    """Fit every mix, print how it does and write the policy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the sets, as for the encoder")
    _, ours = shipped_turns(OWN)
    theirs = tuple(real_turns(parser.parse_args().data))
    if not theirs:
        raise SystemExit("no set that models/data/real_labels.jsonl names is in that folder")
    columns = said(tuple(readings(load_line().read, (*ours, *theirs))))
    labels = gold_of((*ours, *theirs), "sentiment")
    real_ones = np.arange(len(labels)) >= len(ours)
    counts = np.where(real_ones, len(labels) / len(theirs), len(labels) / len(ours)) / 2
    fitting = np.arange(len(labels)) % 3 > 0
    known = {name: column[fitting] for name, column in columns.items()}
    mixes = []
    for names in MIXES:
        mix = mix_of(names, known, labels[fitting], counts[fitting])
        for what, those in (("ours", ~real_ones), ("real", real_ones)):
            rest = those & ~fitting
            told_scores = scores(mix, {name: column[rest] for name, column in columns.items()})
            found = told(told_scores, mix.negative_at, mix.positive_at)
            print(names, what, f"macro-F1 {agreement(labels[rest], found):.3f} of {len(found)}")
        mixes.append(mix)
    written = json.dumps(document(Fusion(mixes=tuple(mixes))), indent=2) + "\n"
    (HERE / "policy.json").write_text(written, "utf-8")


if __name__ == "__main__":
    main()
