"""Sources of cues and signals, one module each. No thresholds and no wording here."""

from collections.abc import Sequence
from pathlib import Path

from assist.core.rules import Pattern
from assist.core.signals import Detector
from assist.detectors.jargon import load as load_jargon
from assist.detectors.lexicon import load as load_lexicon
from assist.detectors.parser import load_parser
from assist.detectors.phrases import load as load_phrases
from assist.detectors.promises import load as load_promises
from assist.detectors.shape import load as load_shape
from assist.detectors.syntax import load as load_syntax

__all__ = ["load_all"]


def load_all(
    patterns: Sequence[Pattern],
    of_drafts: Sequence[Pattern] | None = None,
    parser: Path | None = None,
) -> tuple[Detector, ...]:
    """Return every detector, loaded once; `patterns` are those of all rules in force.

    In drafts only the patterns `of_drafts` are looked for, where these are given, and sentences are
    parsed where the manifest of a `parser` is.
    """
    return (
        load_lexicon(),
        load_shape(),
        load_jargon(),
        load_phrases(patterns, of_drafts),
        load_syntax(load_parser(parser) if parser else None),
        load_promises(),
    )
