"""The folder of a fit: written whole, or not at all.

The law: only a folder that is empty, absent or an earlier fit is ever replaced.
"""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from assist.detectors.fitted import MANIFEST, NAME
from assist.errors import UsageError

__all__ = ["replaceable", "write"]


def replaceable(folder: Path) -> None:
    """Raise unless a fit may be written to this folder."""
    if not folder.absolute().parent.is_dir():
        raise UsageError(f"cannot write {folder}: there is no folder to put it in")
    if not folder.exists():
        return
    if not folder.is_dir() or (any(folder.iterdir()) and not _is_fit(folder)):
        raise UsageError(
            f"{folder} is there and is no earlier fit: name another folder, or remove it"
        )


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write every file beside the folder, then put all in its place at once."""
    replaceable(folder)
    place = folder.absolute()
    fresh, old = (place.with_name(f".{place.name}.{kind}") for kind in ("part", "old"))
    try:
        for rest in (fresh, old):
            shutil.rmtree(rest, ignore_errors=True)
        for name, body in files.items():
            file = fresh / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        if place.exists():
            place.rename(old)
        fresh.rename(place)
    except OSError as error:
        if old.exists() and not place.exists():
            old.rename(place)
        shutil.rmtree(fresh, ignore_errors=True)
        raise UsageError(f"cannot write {folder}: {error.strerror}") from None
    shutil.rmtree(old, ignore_errors=True)


def _is_fit(folder: Path) -> bool:
    try:
        said = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and said.get("name") == NAME
