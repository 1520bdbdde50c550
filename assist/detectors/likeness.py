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
from assist.detectors.ngrams import features
from assist.errors import ModelError

__all__ = ["Likeness", "load"]

SOURCE = "likeness"
CURE = "install the package again"
_READ = 1200
_LIKELY = 0.5
"""From here on it is likelier than not, and the place is told."""

Mix = Mapping[str, Mapping[str, float]]


class Likeness:
    """Both models, and the weights between them."""

    def __init__(self, linear: Linear, encoder: Encoder | None, mix: Mix) -> None:
        self._linear, self._encoder = linear, encoder
        self._offsets = mix["offsets"]
        self._plain = mix["weights"]["ngrams"]
        self._deep = mix["weights"].get("encoder", 0.0)

    def of(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """Return for each text the probability of every technique, 0..1, by its name."""
        deep = self._encoder.of(texts) if self._encoder else [{} for _ in texts]
        return [
            self._weighed(self._linear.logits(features(text)), odds)
            for text, odds in zip(texts, deep, strict=True)
        ]

    def _weighed(self, plain: Mapping[str, float], deep: Mapping[str, float]) -> dict[str, float]:
        return {
            name: _chance(offset + self._plain * plain[name] + self._deep * deep.get(name, 0.0))
            for name, offset in self._offsets.items()
        }


def _chance(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 4)


def load(folder: Path, encoder: Encoder | None) -> Detector | None:
    """Return the detector, None where no weights are shipped."""
    if not (folder / "manifest.json").is_file():
        return None
    models = Likeness(
        Linear(folder), encoder, _mix(folder / "policy.json", with_encoder=encoder is not None)
    )

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


def _mix(place: Path, *, with_encoder: bool) -> Mix:
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        mix: Mix = said["both" if with_encoder else "alone"]
    except (OSError, ValueError, KeyError, TypeError):
        raise ModelError(f"the weights in {place.name} cannot be read: {CURE}") from None
    return mix
