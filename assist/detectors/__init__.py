"""Sources of cues and signals, one module each. No thresholds and no wording here."""

from collections.abc import Sequence
from pathlib import Path

from assist.core.rules import Pattern
from assist.core.signals import Detector
from assist.detectors.encoder import load as load_encoder
from assist.detectors.jargon import load as load_jargon
from assist.detectors.lexicon import load as load_lexicon
from assist.detectors.linear import load as load_linear
from assist.detectors.parser import load_parser
from assist.detectors.phrases import load as load_phrases
from assist.detectors.promises import load as load_promises
from assist.detectors.shape import load as load_shape
from assist.detectors.syntax import load as load_syntax

__all__ = ["load_all", "missing"]


def load_all(
    patterns: Sequence[Pattern],
    of_drafts: Sequence[Pattern] | None = None,
    models: Path | None = None,
) -> tuple[Detector, ...]:
    """Return every detector, loaded once; `patterns` are those of all rules in force.

    In drafts only the patterns `of_drafts` are looked for, where these are given. Of the `models`
    in a folder those are used that are there and can be run.
    """
    trained: tuple[Detector | None, ...] = ()
    parse = None
    if models is not None:
        parse = load_parser(models / "parser" / "manifest.json")
        trained = (load_linear(models / "ngrams"), load_encoder(models / "encoder"))
    return (
        load_lexicon(),
        load_shape(),
        load_jargon(),
        load_promises(),
        load_phrases(patterns, of_drafts),
        load_syntax(parse),
        *(detector for detector in trained if detector is not None),
    )


def missing(models: Path) -> tuple[str, ...]:
    """Return the models of this folder that cannot be used here, by name."""
    found = {
        "parser": load_parser(models / "parser" / "manifest.json"),
        "ngrams": load_linear(models / "ngrams"),
        "encoder": load_encoder(models / "encoder"),
    }
    return tuple(name for name, model in found.items() if model is None)
