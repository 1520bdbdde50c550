"""Sources of cues and signals, one module each. No thresholds and no wording here."""

from collections.abc import Sequence

from assist.core.rules import Pattern
from assist.core.signals import Detector
from assist.detectors.lexicon import load as load_lexicon
from assist.detectors.phrases import load as load_phrases
from assist.detectors.shape import load as load_shape

__all__ = ["load_all"]


def load_all(patterns: Sequence[Pattern]) -> tuple[Detector, ...]:
    """Return every detector, loaded once; `patterns` are those of all rules in force."""
    return (load_lexicon(), load_shape(), load_phrases(patterns))
