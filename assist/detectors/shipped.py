"""Files that are shipped as data, compared with their manifest before they are used.

The law: a manifest names files and their SHA-256; one that differs is an error that says what to
do, and is never loaded.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from assist.errors import ModelError

__all__ = ["check", "manifest"]


def manifest(place: Path) -> dict[str, Any]:
    """Return what a manifest says."""
    said: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return said


def check(folder: Path, files: dict[str, str], cure: str) -> None:
    """Raise `ModelError` unless each file, by name, has its SHA-256; `cure` says what to do."""
    for name, digest in files.items():
        place = folder / name
        if not place.is_file() or hashlib.sha256(place.read_bytes()).hexdigest() != digest:
            raise ModelError(
                f"the file {name} is missing or not the one this version was made for: {cure}"
            )
