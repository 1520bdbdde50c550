"""A desk's labelled lines, fitted and measured a third at a time.

The law: whole conversations are kept together, and so are lines without one that say the same. What
is told of a line comes from a fit that has seen nothing of its third: not the linear model, not the
weights of the sources, and not the linear models whose scores these were weighed on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assist.core.fusion import Fusion, Mix, fused
from assist.core.signals import Reading, Sentiment
from assist.core.text import fold, lowered
from assist.detectors.linear import feeling
from assist.detectors.ngrams import BUCKETS, features
from assist.evaluation.items import Item
from assist.evaluation.measures import Floats, Ints, groups_of
from assist.evaluation.verdicts import gold_of
from assist.fitting.learning import Linear, fitted, learner, matrix
from assist.fitting.weighing import mix_of, said, valence

__all__ = ["COUNTS", "THIRDS", "Crossing", "Heard", "together"]

THIRDS = 3
COUNTS = 4.0
"""How often a desk's own line counts beside one of ours."""
_STRENGTH, _TOLERANCE = 4.0, 1e-3
_CLASSES = 3
_NGRAMS = valence("ngrams")
_ALWAYS = {valence("cues"), valence("lexicon"), _NGRAMS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Labelled turns, and what the line reads in them."""

    items: tuple[Item, ...]
    readings: tuple[Reading, ...]


def together(items: Sequence[Item]) -> Ints:
    """Return the number of each line's group: its conversation, or else its words."""
    names = [f"c {item.group}" if item.group else f"t {_plain(item.text)}" for item in items]
    return groups_of(names)


def _plain(text: str) -> str:
    return " ".join(lowered(fold(text)).split())


class Crossing:
    """Fits without some of the thirds, each made once; `lines` are the desk's, `kept` ours."""

    def __init__(self, taught: Sequence[Item], kept: Heard, lines: Heard, shipped: Fusion) -> None:
        every = [*taught, *lines.items, *kept.items]
        self._rows = matrix([item.text for item in every], features, BUCKETS)
        self._labels = gold_of(every, "sentiment")
        ends = np.cumsum([0, len(taught), len(lines.items), len(kept.items)])
        self._taught, self._lines, self._kept = (
            np.arange(*ends[part : part + 2]) for part in range(3)
        )
        self._heard, self._shipped = lines.readings, shipped
        self._said = said((*lines.readings, *kept.readings))
        self._spoken = {signal.name for one in lines.readings for signal in one.signals}
        self.thirds = together(lines.items) % THIRDS
        self._models: dict[frozenset[int], Linear] = {}

    def linear(self, away: frozenset[int] = frozenset()) -> Linear:
        """Return the linear model that has not seen these thirds."""
        if away not in self._models:
            own = self._lines[~np.isin(self.thirds, list(away))]
            places = np.concatenate([self._taught, own])
            counts = np.where(places < len(self._taught), 1.0, COUNTS)
            known = self._rows[places]
            used = np.unique(known.indices)
            labels = self._labels[places]
            with learner("threadpoolctl").threadpool_limits(limits=1):  # the same sums everywhere
                model = fitted(known[:, used], labels, counts, _STRENGTH, _TOLERANCE)
            weights = np.zeros((_CLASSES, BUCKETS), dtype=np.float16)
            weights[:, used] = model.weights
            self._models[away] = Linear(weights, model.offsets.astype(np.float32))
        return self._models[away]

    def fusion(self, away: frozenset[int] = frozenset()) -> Fusion:
        """Return the weights of the sources that have seen nothing of these thirds."""
        thirds = [third for third in range(THIRDS) if third not in away]
        parts = [(self._lines[self.thirds == third], away | {third}) for third in thirds]
        parts.append((self._kept, away))
        places = np.concatenate([part for part, _ in parts])
        columns = {name: values[places - self._lines[0]] for name, values in self._said.items()}
        columns["ngrams"] = np.concatenate([self._scores(part, less) for part, less in parts])
        counts = np.where(places < self._kept[0], COUNTS, 1.0)
        labels = self._labels[places]
        return Fusion(
            mixes=tuple(
                mix_of(tuple(mix.weights), columns, labels, counts) if self._heard_all(mix) else mix
                for mix in self._shipped.mixes
            )
        )

    def told(self) -> tuple[Sentiment, ...]:
        """Return what is told of each of the desk's lines by the fit without its third."""
        told: dict[int, Sentiment] = {}
        for third in range(THIRDS):
            places = np.flatnonzero(self.thirds == third)
            away = frozenset({third})
            fusion, scores = self.fusion(away), self._scores(self._lines[places], away)
            for place, score in zip(places.tolist(), scores.tolist(), strict=True):
                told[place] = fused(_with(self._heard[place], score), fusion)
        return tuple(told[place] for place in range(len(self._heard)))

    def _scores(self, places: Ints, away: frozenset[int]) -> Floats:
        """Return what the linear model without these thirds says of some turns."""
        model = self.linear(away)
        logits = self._rows[places] @ model.weights.T.astype(np.float32) + model.offsets
        scores = np.array([feeling(*row) for row in logits.tolist()], dtype=np.float64)
        return np.where(np.diff(self._rows[places].indptr) > 0, scores, 0.0)

    def _heard_all(self, mix: Mix) -> bool:
        return {valence(name) for name in mix.weights} - _ALWAYS <= self._spoken


def _with(reading: Reading, score: float) -> Reading:
    """Return the reading with another score of the linear model, where it said anything."""
    return replace(
        reading,
        signals=tuple(
            replace(signal, score=score) if signal.name == _NGRAMS else signal
            for signal in reading.signals
        ),
    )
