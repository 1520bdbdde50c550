"""How much a draft reads like those in which a coach marked something.

The law: what two trained models say of the whole draft is weighed into one probability a technique;
where one of them is missing the other speaks alone, by weights of its own. A model has no words to
offer and no threshold: rules decide from when on it is heard. Evidence is the sentence that by
itself reads most like it, whatever stands beside it.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
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

_MOST = 8.0
"""No more log-odds than this the encoder ever told of a technique."""

Mix = Mapping[str, Mapping[str, float]]
Mixes = Mapping[str, Mix]


class Likeness:
    """Both models, and the weights between them: where the linear one sees nothing, it decides."""

    def __init__(self, linear: Linear, encoder: Encoder | None, mixes: Mixes) -> None:
        self.linear, self.encoder = linear, encoder
        self.alone, self.both = mixes["alone"], mixes["both"]

    def of(self, text: str) -> dict[str, float]:
        """Return the probability of every technique in a text, 0..1, by its name."""
        asked = _Asked(self, text)
        return {name: asked.chance(name) for name in self.alone["offsets"]}

    def place(self, texts: Sequence[str], names: Sequence[str]) -> dict[str, int]:
        """Return by technique which text reads most like it, the first of those that do alike.

        Each is read by itself. The encoder is asked first where the linear model is surest, and
        where it could not tell more than it told already it is not asked.
        """
        parts = [_Asked(self, text) for text in texts]
        found: dict[str, int] = {}
        for name in names:
            most, place = -1.0, 0
            for at in sorted(range(len(parts)), key=lambda at: -parts[at].plain[name]):
                if parts[at].most(name) < most:
                    continue
                chance = parts[at].chance(name)
                if chance > most or (chance == most and at < place):
                    most, place = chance, at
            found[name] = place
        return found


class _Asked:
    """A text and what is known of it so far: the encoder is asked once, where it is needed."""

    def __init__(self, models: Likeness, text: str) -> None:
        self.plain = models.linear.logits(counted(text))
        self._models, self._text = models, text

    @cached_property
    def _told(self) -> dict[str, float]:
        return _weighed(self._models.alone, self.plain, {})

    @cached_property
    def _by_words(self) -> bool:
        """Tell whether the linear model speaks alone."""
        return self._models.encoder is None or max(self._told.values()) < _SEEN

    @cached_property
    def _deep(self) -> dict[str, float]:
        encoder = self._models.encoder
        odds = encoder.of([self._text])[0] if encoder is not None else {}
        return _weighed(self._models.both, self.plain, odds)

    def most(self, name: str) -> float:
        """Return what the chance of a technique is at most, before the encoder is asked."""
        if self._by_words:
            return self._told[name]
        both = self._models.both
        odds = both["weights"]["ngrams"] * self.plain[name] + both["weights"]["encoder"] * _MOST
        return _chance(both["offsets"][name] + odds)

    def chance(self, name: str) -> float:
        """Return the probability of a technique."""
        return self._told[name] if self._by_words else self._deep[name]


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
        told = models.of(text)
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
    places = models.place([part.of(text) for part in parts], found)
    return {name: parts[at] for name, at in places.items()}


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
