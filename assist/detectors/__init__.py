"""Sources of cues and signals, one module each. No thresholds and no wording here."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assist.core.conditions import Pattern
from assist.core.late import Late, late
from assist.core.rules import Pack
from assist.core.signals import Detector
from assist.core.turns import Role
from assist.detectors.cues_curt import load as load_curt
from assist.detectors.encoder import load as load_feeling
from assist.detectors.encoder import load_encoder
from assist.detectors.fitted import Fitted
from assist.detectors.jargon import load as load_jargon
from assist.detectors.lexicon import load as load_lexicon
from assist.detectors.likeness import load as load_likeness
from assist.detectors.linear import load as load_linear
from assist.detectors.own_words import own_words
from assist.detectors.parser import load_parser
from assist.detectors.phrases import Phrases
from assist.detectors.phrases import load as load_phrases
from assist.detectors.promises import load as load_promises
from assist.detectors.shape import load as load_shape
from assist.detectors.syntax import Parsed, load_parsed
from assist.detectors.syntax import load as load_syntax

__all__ = ["load_all", "missing", "opinions", "renewed", "untrained", "waiting"]


def load_all(
    patterns: Sequence[Pattern],
    of_drafts: Sequence[Pattern] | None = None,
    models: Path | None = None,
    fitted: Fitted | None = None,
    by_role: Mapping[Role, Sequence[Pattern]] | None = None,
) -> tuple[Detector, ...]:
    """Return every detector, loaded once; `patterns` are those of all rules in force.

    In drafts only the patterns `of_drafts` are looked for, where these are given, and in the turns
    of a role only those `by_role`. Of the `models` in a folder those are used that are there and
    can be run; what is `fitted` takes their place.
    """
    trained: tuple[Detector | None, ...] = ()
    parse = None
    if models is not None:
        parse = load_parser(models / "parser" / "manifest.json")
        trained = (
            load_linear(fitted.ngrams, fitted.digest) if fitted else load_linear(models / "ngrams"),
            load_feeling(load_encoder(models / "encoder")),
        )
    return (
        own_words(load_lexicon()),
        load_shape(),
        load_jargon(),
        load_promises(),
        load_curt(),
        load_phrases(patterns, of_drafts, by_role),
        load_syntax(),
        *load_parsed(parse),
        *(own_words(detector) for detector in trained if detector is not None),
    )


def opinions(models: Path) -> tuple[Detector, ...]:
    """Return what says how a whole draft reads, as far as it is there and can be run."""
    found = load_likeness(models / "drafts", load_encoder(models / "draft-encoder"))
    return (found,) if found is not None else ()


def renewed(
    detectors: Sequence[Detector],
    patterns: Sequence[Pattern],
    of_drafts: Sequence[Pattern],
    by_role: Mapping[Role, Sequence[Pattern]] | None = None,
) -> tuple[Detector, ...]:
    """Return these detectors with other patterns; what is trained need not be loaded again."""
    return tuple(
        load_phrases(patterns, of_drafts, by_role) if isinstance(one, Phrases) else one
        for one in detectors
    )


def waiting(detectors: Sequence[Detector], pack: Pack) -> tuple[Detector, ...]:
    """Return these detectors, of which those that cost much wait in drafts for rules of `pack`."""
    known = [one.detector if isinstance(one, Late) else one for one in detectors]
    return tuple(late(one, one.tells, pack) if isinstance(one, Parsed) else one for one in known)


def untrained(detectors: Sequence[Detector]) -> tuple[Detector, ...]:
    """Return what reads without any model, with the patterns of these detectors."""
    patterns = tuple(one for one in detectors if isinstance(one, Phrases))
    return (*(one for one in load_all(()) if not isinstance(one, Phrases)), *patterns)


def missing(models: Path) -> tuple[str, ...]:
    """Return the models of this folder that cannot be used here, by name."""
    found = {
        "parser": load_parser(models / "parser" / "manifest.json"),
        "ngrams": load_linear(models / "ngrams"),
        "drafts": (models / "drafts" / "manifest.json").is_file() or None,
        "encoder": load_encoder(models / "encoder"),
        "draft-encoder": load_encoder(models / "draft-encoder"),
    }
    return tuple(name for name, model in found.items() if model is None)
