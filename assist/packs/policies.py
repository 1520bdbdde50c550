"""The policies as files: `models/{escalation,fusion,attention}/policy.json`.

The law: numbers that were chosen or fitted are data with a card beside them, not code.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zipfile import BadZipFile

import numpy as np

from assist.core.aptness import Aptness, Embedded, Scale
from assist.core.attention import PLAIN, AttentionPolicy
from assist.core.escalation import EscalationPolicy, Level
from assist.core.fusion import Fusion, Mix
from assist.core.signals import AXES
from assist.core.strain import STRAINS
from assist.errors import ModelError
from assist.packs.bundled import bundled

__all__ = ["load_attention", "load_fusion", "load_policy"]


def load_policy(path: Path | None = None) -> EscalationPolicy:
    """Return the policy in `path`, by default the shipped one, or raise `ModelError`."""
    place = path or bundled("models") / "escalation" / "policy.json"
    try:
        raw = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise ModelError(
            f"the escalation policy {place.name} cannot be read: install the package again, "
            "or name a file that is JSON"
        ) from None
    try:
        return _policy(raw)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"the escalation policy {place.name} is damaged: {error}") from None


def load_fusion(path: Path | None = None) -> Fusion:
    """Return the weights of the sources in `path`, by default the shipped ones, or `ModelError`."""
    place = path or bundled("models") / "fusion" / "policy.json"
    try:
        raw = json.loads(place.read_text(encoding="utf-8"))
        return Fusion(mixes=tuple(_mix(said) for said in raw["mixes"]))
    except (OSError, AttributeError, KeyError, TypeError, ValueError):
        raise ModelError(
            f"the weights in {place.name} cannot be read: install the package again"
        ) from None


def load_attention(path: Path | None = None) -> tuple[AttentionPolicy, Aptness]:
    """Return what `path` says of how well techniques fit, by default the shipped numbers.

    Raises ModelError where the file is missing or damaged.
    """
    place = path or bundled("models") / "attention" / "policy.json"
    try:
        raw = json.loads(place.read_text(encoding="utf-8"))
        scales = {name: _scale(one) for name, one in raw["aptness"].items()}
        more = _embedded(place, raw["embedded"], scales) if "embedded" in raw else None
        policy = replace(
            PLAIN,
            apt=_finite(raw["least"]),
            taught=str(raw["pack"]),
            words=_finite(raw["words"]),
            apt_calm=_finite(raw["least-calm"]),
            apt_high=_finite(raw.get("least-high", raw["least"])),
        )
        found = MappingProxyType(scales)
        return policy, Aptness(needs=str(raw["needs"]), scales=found, embedded=more)
    except (OSError, EOFError, AttributeError, KeyError, TypeError, ValueError, BadZipFile):
        raise ModelError(
            f"the attention policy {place.name} cannot be read: install the package again"
        ) from None


def _embedded(place: Path, said: Mapping[str, str], scales: Mapping[str, Scale]) -> Embedded:
    """Return the weights in a file beside the policy, which says its SHA-256 as well."""
    body = place.with_name(said["file"]).read_bytes()
    if hashlib.sha256(body).hexdigest() != said["sha256"]:
        raise ValueError("not the file that the policy means")
    with np.load(BytesIO(body), allow_pickle=False) as raw:
        # In this order in memory sums are made row after row, the same everywhere.
        weights = np.ascontiguousarray(raw["weights"], np.float64)
        centre = np.ascontiguousarray(raw["centre"], np.float64)
        if list(raw["techniques"]) != list(scales):
            raise ValueError("not of these techniques")
    if weights.shape != (*centre.shape, len(scales)):
        raise ValueError("not of this shape")
    if not (np.isfinite(weights).all() and np.isfinite(centre).all()):
        raise ValueError("every number must have a bound")
    for numbers in (weights, centre):
        numbers.setflags(write=False)
    return Embedded(weights=weights, centre=centre)


def _scale(raw: dict[str, Any]) -> Scale:
    weights = MappingProxyType(_weights(raw["weights"]))
    return Scale(bias=_finite(raw["bias"]), weights=weights)


def _mix(raw: dict[str, Any]) -> Mix:
    return Mix(
        weights=MappingProxyType(
            {name: _finite(weight) for name, weight in raw["weights"].items()}
        ),
        offset=_finite(raw["offset"]),
        negative_at=_finite(raw["negative_at"]),
        positive_at=_finite(raw["positive_at"]),
    )


def _policy(raw: dict[str, Any]) -> EscalationPolicy:
    weights, course = _weights(raw["weights"]), _weights(raw.get("course", {}))
    if set(weights) - set(AXES):
        raise ValueError(f"unknown axes {sorted(set(weights) - set(AXES))}")
    if set(course) - set(STRAINS):
        raise ValueError(f"unknown strains {sorted(set(course) - set(STRAINS))}")
    enter = {Level(level): _finite(score) for level, score in raw["enter"].items()}
    leave = {Level(level): _finite(score) for level, score in raw["leave"].items()}
    if set(leave) != set(Level) - {Level.CALM}:
        raise ValueError("every level above calm must have a score below which it is left")
    if any(leave[level] >= enter[level] for level in leave):
        raise ValueError("every level must be left below the score that enters it")
    return EscalationPolicy(
        bias=_finite(raw["bias"]),
        weights=MappingProxyType(weights),
        signals=MappingProxyType(_weights(raw.get("signals", {}))),
        course=MappingProxyType(course),
        hard=MappingProxyType({name: Level(level) for name, level in raw["hard"].items()}),
        sure=MappingProxyType(_weights(raw.get("sure", {}))),
        enter=MappingProxyType(enter),
        leave=MappingProxyType(leave),
        decay=_finite(raw["decay"]),
        cap=_finite(raw["cap"]),
        floor=_finite(raw["floor"]),
        steady=_finite(raw["steady"]),
        least_turns=int(_finite(raw.get("least_turns", 1))),
        least_reasons=int(_finite(raw.get("least_reasons", 0))),
    )


def _weights(raw: dict[str, Any]) -> dict[str, float]:
    return {name: _finite(weight) for name, weight in raw.items()}


def _finite(number: Any) -> float:
    value = float(number)
    if not isfinite(value):
        raise ValueError("every number must have a bound")
    return value
