"""Fit how well each technique fits a moment, on our own labelled chats.

Run: `.venv/bin/python models/attention/fit.py`; writes `policy.json` and `embedded.npz` beside
itself, and figures into `card.md`. Takes some minutes. With `--without LETTERS --out FOLDER` it
knows nothing of these authors and writes there: `tests/chats/measure.py fit_X --policy FOLDER`
then plays their chats.
The law: a moment is described by what was known at it, and by what the encoder makes of the
customer's turns; every figure and the bound below which a card is held back come from chats whose
author neither the weights nor the encoder had seen;
`chats_held.jsonl` is never opened here. What a coach wants counts whole, what would do half, what
would be wrong counts twice against.
"""

import argparse
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np

from assist.core.aptness import UNTAUGHT, embedded, features
from assist.core.attention import PLAIN
from assist.core.conversation import Conversation
from assist.core.signals import Reading
from assist.core.suggest import candidates
from assist.core.turns import Role, Turn
from assist.fitting.learning import Linear, fitted
from assist.line import Line, load_line

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
UNSEEN = "efghinopqrsu"
"""The authors whose chats `models/encoder/mixture.py` does not read: figures are of theirs."""
FOLDS = 6
"""So many parts their authors are put into: weights come from all the others, figures from one."""
PACK, NEEDS, EMBEDDED = "support", "valence.encoder", "embedded.npz"
STRENGTH = 1.0
REACH = 0.1
"""How far the numbers of an embedding reach beside the named features: a tenth is as if their
weights were held a hundred times closer to nothing."""
WOULD_DO, WRONG = 0.5, 2.0
LEAST_SEEN, LEAST_RIGHT = 8, 30
"""A feature is weighed where so many moments have it, a technique where so many want it."""
LEAST, LEAST_CALM, LEAST_HIGH = 0.45, 0.6, 0.28
"""Under these a card that goes by signals is held back; set by hand, on whole chats of four authors
(g, n, s, u) by weights that knew nothing of them: lower, more moments are met and more cards are
out of place."""
PRECISION = 0.75
"""So many of the cards that are best of their moment are to be wanted or to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A customer turn as the line knew it, and what a coach said of it."""

    author: str
    told: dict[str, float]
    sense: np.ndarray
    worded: frozenset[str]
    wanted: frozenset[str]
    fine: frozenset[str]
    wrong: frozenset[str]

    def worth(self, technique: str) -> tuple[float, float]:
        """Return what a technique is worth here, 0..1, and how much that counts."""
        if technique in self.wanted:
            return 1.0, 1.0
        if technique in self.fine:
            return WOULD_DO, 1.0
        return 0.0, WRONG if self.wrong & {technique, "any"} else 1.0


def moments(line: Line, place: Path) -> Iterator[Moment]:
    """Yield the labelled moments of the chats in a file, no turn knowing a later one."""
    for text in place.read_text(encoding="utf-8").splitlines():
        chat = json.loads(text)
        state = line.begin(chat["id"])
        for said in chat["turns"]:
            turn = Turn(
                id=said["id"], role=Role(said["role"]), text=said["text"],
                at=datetime.fromisoformat(said["at"]), author=said.get("name"),
            )  # fmt: skip
            state = line.step(state, turn).conversation
            reading = state.reading(turn.id)
            if turn.role is not Role.CUSTOMER or "wanted" not in said or reading is None:
                continue
            sense = embedded(state, reading)
            if sense is not None:
                yield Moment(
                    author=place.stem,
                    told=features(state, reading),
                    sense=sense,
                    worded=worded(line, state, reading),
                    **{key: frozenset(said.get(key, ())) for key in ("wanted", "fine", "wrong")},
                )


def worded(line: Line, state: Conversation, reading: Reading) -> frozenset[str]:
    """Return the techniques for which a rule's own words stand in the turn."""
    scene = line.guidance.scene(state, reading)
    found = candidates(scene, line.guidance.pack, heard=True)
    return frozenset(
        one.rule.technique
        for one in found
        if any(proof.source == one.rule.id for proof in one.evidence)
    )


def added(found: Sequence[Moment], told: np.ndarray, techniques: Sequence[str]) -> float:
    """Return what the words of a rule add to the aptness of its technique, in log-odds.

    One number for all: most rules find their words too seldom in these chats to have one each.
    """
    asked = [
        (told[row, column], *moment.worth(technique))
        for row, moment in enumerate(found)
        for column, technique in enumerate(techniques)
        if technique in moment.worded
    ]
    scores, worth, counts = np.array(asked).T
    odds = np.log(scores / (1 - scores))

    def surprise(more: float) -> float:
        chance = 1 / (1 + np.exp(-(odds + more)))
        return -float((counts * (worth * np.log(chance) + (1 - worth) * np.log(1 - chance))).sum())

    return round(float(min(np.arange(0.0, 4.01, 0.05), key=surprise)), 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What fits the techniques: offsets (techniques,) and weights.

    `named` are those of the features (techniques, names), `embedded` those of the embedding
    (techniques, inputs), which is told from its `centre` (inputs,).
    """

    offsets: np.ndarray
    named: np.ndarray
    embedded: np.ndarray
    centre: np.ndarray

    def of(self, found: Sequence[Moment], names: Sequence[str]) -> np.ndarray:
        """Return the aptness of every technique, of shape (moments, techniques)."""
        odds = matrix(found, names) @ self.named.T + self.offsets
        odds += (np.array([moment.sense for moment in found]) - self.centre) @ self.embedded.T
        return 1 / (1 + np.exp(-odds))


def weighed(found: Sequence[Moment], names: Sequence[str], techniques: Sequence[str]) -> Weights:
    """Return the weights that these moments give, one technique after the other."""
    sense = np.array([moment.sense for moment in found])
    centre = sense.mean(axis=0)
    scale = REACH / (sense - centre).std()
    values = np.hstack([matrix(found, names), (sense - centre) * scale])
    models = [_model(found, values, technique) for technique in techniques]
    rows = np.vstack([model.weights[0] for model in models])
    return Weights(
        offsets=np.array([model.offsets[0] for model in models]),
        named=rows[:, : len(names)],
        embedded=rows[:, len(names) :] * scale,
        centre=centre,
    )


def _model(found: Sequence[Moment], values: np.ndarray, technique: str) -> Linear:
    worth, counts = np.array([moment.worth(technique) for moment in found]).T
    labels = np.repeat([1.0, 0.0], len(found))
    weights = np.concatenate([counts * worth, counts * (1 - worth)])
    kept = weights > 0
    return fitted(np.vstack([values, values])[kept], labels[kept], weights[kept], STRENGTH)


def matrix(found: Sequence[Moment], names: Sequence[str]) -> np.ndarray:
    """Return of shape (moments, names) what is known of each."""
    return np.array([[moment.told.get(name, 0.0) for name in names] for moment in found])


def known(found: Sequence[Moment]) -> tuple[list[str], list[str]]:
    """Return the features and the techniques that these moments can say something about."""
    told = [name for moment in found for name, value in moment.told.items() if value]
    names = sorted(name for name in set(told) if told.count(name) >= LEAST_SEEN)
    asked = [name for moment in found for name in moment.wanted]
    return names, sorted(name for name in set(asked) if asked.count(name) >= LEAST_RIGHT)


def by_others(
    found: Sequence[Moment], names: Sequence[str], techniques: Sequence[str]
) -> tuple[list[Moment], np.ndarray]:
    """Return the moments of unseen authors, and the aptness by weights from others' chats.

    The second is of shape (moments, techniques).
    """
    authors = sorted({moment.author for moment in found if moment.author[-1] in UNSEEN})
    asked, told = list[Moment](), list[np.ndarray]()
    for number in range(FOLDS):
        these = authors[number::FOLDS]
        kept = [moment for moment in found if moment.author not in these]
        left = [moment for moment in found if moment.author in these]
        if not left:
            continue
        told.append(weighed(kept, names, techniques).of(left, names))
        asked.extend(left)
    return asked, np.vstack(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The best technique of every moment, and whether it was wanted, would do or was wrong."""

    scores: np.ndarray
    wanted: np.ndarray
    right: np.ndarray
    wrong: np.ndarray
    asked: int

    def least(self) -> float:
        """Return the lowest bound at which so many are right as are to be."""
        bounds = np.arange(0.1, 0.9, 0.01)
        enough = [at for at in bounds if self.right[self.scores >= at].mean() >= PRECISION]
        return round(float(min(enough, default=bounds[-1])), 2)


def choices(found: Sequence[Moment], told: np.ndarray, techniques: Sequence[str]) -> Choices:
    """Return what these scores choose."""
    best = [techniques[place] for place in told.argmax(axis=1)]
    pairs = list(zip(found, best, strict=True))
    return Choices(
        scores=told.max(axis=1),
        wanted=np.array([name in moment.wanted for moment, name in pairs]),
        right=np.array([name in moment.wanted | moment.fine for moment, name in pairs]),
        wrong=np.array([bool(moment.wrong & {name, "any"}) for moment, name in pairs]),
        asked=sum(bool(moment.wanted) for moment in found),
    )


def figures(chosen: Choices, least: float) -> str:
    """Return how well the best technique of a moment was chosen, as the card says it."""
    kept = chosen.scores >= least
    rows = [
        ("moments", f"{len(kept)}"),
        ("of them with a technique over the bound", f"{kept.sum()}"),
        ("of these, wanted or would do", f"{chosen.right[kept].mean():.3f}"),
        ("of these, wrong", f"{chosen.wrong[kept].mean():.3f}"),
        (
            "moments that wanted something and had it",
            f"{chosen.wanted[kept].sum() / chosen.asked:.3f}",
        ),
    ]
    told = (f"| {what} | {figure} |" for what, figure in rows)
    return "\n".join(["| on chats of authors not fitted on | |", "|---|---:|", *told])


def noted(text: str) -> None:
    """Put the figures into the card, between its two marks."""
    place = HERE / "card.md"
    marks = "<!-- figures -->", "<!-- end of figures -->"
    inside = f"{marks[0]}\n\n{text}\n\n{marks[1]}"
    pattern = f"{re.escape(marks[0])}.*?{re.escape(marks[1])}"
    card = place.read_text(encoding="utf-8")
    place.write_text(re.sub(pattern, lambda _: inside, card, flags=re.DOTALL), encoding="utf-8")


def plain_line() -> Line:
    """Return the line as it is without any of this."""
    line = load_line()
    return replace(line, guidance=replace(line.guidance, aptness=UNTAUGHT, attention=PLAIN))


def written(
    found: Sequence[Moment], asked: Sequence[Moment], told: np.ndarray, folder: Path
) -> str:
    """Write the weights that all moments give; return the figures of those by others."""
    names, techniques = known(found)
    chosen = choices(asked, told, techniques)
    weights = weighed(found, names, techniques)
    scales = {}
    for technique, offset, row in zip(techniques, weights.offsets, weights.named, strict=True):
        pairs = {name: round(float(w), 3) for name, w in zip(names, row, strict=True)}
        scales[technique] = {
            "bias": round(float(offset), 3),
            "weights": {name: weight for name, weight in pairs.items() if abs(weight) >= 0.01},
        }
    policy = {
        "pack": PACK,
        "needs": NEEDS,
        "least": LEAST,
        "least-calm": LEAST_CALM,
        "least-high": LEAST_HIGH,
        "fits": chosen.least(),
        "words": added(asked, told, techniques),
    }
    file = BytesIO()
    np.savez_compressed(
        file,
        techniques=np.array(techniques),
        weights=weights.embedded.T.astype(np.float16),
        centre=weights.centre.astype(np.float32),
    )
    named = {"file": EMBEDDED, "sha256": hashlib.sha256(file.getvalue()).hexdigest()}
    folder.mkdir(exist_ok=True)
    (folder / EMBEDDED).write_bytes(file.getvalue())
    told_of = {**policy, "embedded": named, "aptness": scales}
    (folder / "policy.json").write_text(json.dumps(told_of, indent=2) + "\n", "utf-8")
    return figures(chosen, chosen.least())


def main() -> None:
    """Fit, print how it does and write the policy."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without", default="", help="the letters of authors to know nothing of")
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    line = plain_line()
    places = [one for one in sorted(DATA.glob("chats_fit*.jsonl")) if not _of(one, args.without)]
    found = [moment for place in places for moment in moments(line, place)]
    table = written(found, *by_others(found, *known(found)), args.out)
    print(table)
    if args.out == HERE:
        noted(table)


def _of(place: Path, authors: str) -> bool:
    return place.stem.removeprefix("chats_fit_") in set(authors)


if __name__ == "__main__":
    main()
