"""How much a draft reads like those in which a coach marked something.

The law: what two trained models say of the whole draft is weighed into one probability a technique;
where one of them is missing the other speaks alone, by weights of its own. A model has no words to
offer and no threshold: rules decide from when on it is heard. Evidence is the sentence that by
itself reads most like it.
"""

import json
from collections.abc import Mapping, Sequence
from math import exp
from pathlib import Path

from assist.core.signals import NOTHING, OPINION, Detector, Evidence, Findings, Signal
from assist.core.text import Span, sentences
from assist.core.turns import Draft, Turn
from assist.detectors.encoder import Encoder
from assist.detectors.linear import Linear
from assist.detectors.ngrams import counted
from assist.errors import ModelError

__all__ = ["Likeness", "load"]

SOURCE = "likeness"
CURE = "install the package again"
_READ = 1200
_LIKELY = 0.5
"""From here on it is likelier than not, and the place is told."""
_SEEN = 0.05
"""Where the linear model gives every technique less, the encoder is not asked: of our own drafts
kept out of training, none was lost by it in which both together found something."""

Mix = Mapping[str, Mapping[str, float]]
Mixes = Mapping[str, Mix]


class Likeness:
    """Both models, and the weights between them: where the linear one sees nothing, it decides."""

    def __init__(self, linear: Linear, encoder: Encoder | None, mixes: Mixes) -> None:
        self._linear, self._encoder = linear, encoder
        self._alone, self._both = mixes["alone"], mixes["both"]

    def of(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return for each text the probability of every technique, 0..1, by its name."""
        plain = [self._linear.logits(counted(text)) for text in texts]
        told = [_weighed(self._alone, odds, {}) for odds in plain]
        if self._encoder is None:
            return told
        asked = [place for place, found in enumerate(told) if max(found.values()) >= _SEEN]
        deep = self._encoder.of([texts[place] for place in asked]) if asked else []
        for place, odds in zip(asked, deep, strict=True):
            told[place] = _weighed(self._both, plain[place], odds)
        return told


def _weighed(mix: Mix, plain: Mapping[str, float], deep: Mapping[str, float]) -> dict[str, float]:
    weights = mix["weights"]
    return {
        name: _chance(
            offset
            + weights["ngrams"] * plain[name]
            + weights.get("encoder", 0.0) * deep.get(name, 0.0)
        )
        for name, offset in mix["offsets"].items()
    }


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 4)


def load(folder: Path, encoder: Encoder | None) -> Detector | None:
    """Return the detector, None where no weights are shipped."""
    if not (folder / "manifest.json").is_file():
        return None
    models = Likeness(Linear(folder), encoder, _mixes(folder / "policy.json"))

    def likeness(subject: Turn | Draft, earlier: Sequence[Turn]) -> Findings:
        del earlier
        if not isinstance(subject, Draft) or not subject.text.strip():
            return NOTHING
        text = subject.text[:_READ]
        (told,) = models.of([text])
        places = _places(models, text, [name for name, chance in told.items() if chance >= _LIKELY])
        return Findings(
            signals=tuple(_signal(name, chance, places.get(name)) for name, chance in told.items())
        )

    return likeness


def _places(models: Likeness, text: str, found: Sequence[str]) -> dict[str, Span]:
    """Return the sentence that by itself reads most like each technique found."""
    parts = sentences(text)
    if not found or len(parts) < 2:
        return dict.fromkeys(found, Span(0, len(text)))
    alone = models.of([part.of(text) for part in parts])
    return {name: parts[max(range(len(parts)), key=lambda at: alone[at][name])] for name in found}


def _signal(name: str, chance: float, place: Span | None) -> Signal:
    cue = f"{OPINION}{name}"
    proofs = (Evidence(turn="", span=place, cue=cue, source=SOURCE),) if place else ()
    return Signal(name=cue, score=chance, evidence=proofs)


def _mixes(place: Path) -> Mixes:
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        return {name: dict(said[name]) for name in ("alone", "both")}
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(f"the weights in {place.name} cannot be read: {CURE}") from None
