"""A folder that `assist fit` wrote: which files it has, and whether they may be used.

The law: every file has the SHA-256 that the folder's manifest names, and the folder was made for
this version and the models that are shipped with it; else it is refused and nothing of it is read.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assist.__about__ import __version__
from assist.detectors.shipped import check
from assist.errors import ModelError, UsageError

__all__ = ["MANIFEST", "NAME", "NGRAMS", "POLICY", "Fitted", "Made", "load_fitted"]

MANIFEST, NGRAMS, POLICY = "manifest.json", "ngrams", "fusion/policy.json"
NAME = "fitted"
_NAMES = {f"{NGRAMS}/weights.npz", f"{NGRAMS}/manifest.json", POLICY}
_CURE = "run `assist fit` again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a fit was made for: the version, and a digest of the shipped models."""

    models: str
    version: str = __version__

    def manifest(self, files: Mapping[str, bytes]) -> dict[str, Any]:
        """Return what the manifest of these files says."""
        return {
            "name": NAME,
            "made_for": {"version": self.version, "models": self.models},
            "files": {name: hashlib.sha256(body).hexdigest() for name, body in files.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A folder that may be used; `digest` names all that is in it."""

    folder: Path
    digest: str

    @property
    def ngrams(self) -> Path:
        """Return the folder of the linear model."""
        return self.folder / NGRAMS

    @property
    def policy(self) -> Path:
        """Return the file with the weights of the sources."""
        return self.folder / POLICY


def load_fitted(folder: Path, models: str) -> Fitted:
    """Return the folder, or raise where it is damaged or made for other models than these."""
    try:
        raw = (folder / MANIFEST).read_bytes()
    except OSError:
        raise UsageError(
            f"{folder} is no folder that `assist fit` wrote: it has no {MANIFEST} to read",
            code="fit.unreadable",
        ) from None
    files, made = _said(raw, folder)
    now = Made(models=models)
    if made != now:
        raise ModelError(
            f"{folder} was fitted for chat-assist {made.version} with models {made.models}, and "
            f"this is {now.version} with models {now.models}: {_CURE}",
            code="fit.other-version",
        )
    check(folder, files, _CURE)
    return Fitted(folder=folder, digest=hashlib.sha256(raw).hexdigest()[:8])


def _said(raw: bytes, folder: Path) -> tuple[dict[str, str], Made]:
    try:
        said = json.loads(raw)
        files = {str(name): str(digest) for name, digest in said["files"].items()}
        made = Made(**{name: str(value) for name, value in said["made_for"].items()})
        whole = said["name"] == NAME and set(files) == _NAMES
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        whole = False
    if not whole:
        raise ModelError(f"the {MANIFEST} in {folder} is damaged: {_CURE}", code="fit.damaged")
    return files, made
