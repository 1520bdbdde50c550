"""Where the shipped rules, models and samples lie: inside the wheel, or beside the package."""

from pathlib import Path

from assist.errors import LocalFault

__all__ = ["bundled"]

_PACKAGE = Path(__file__).resolve().parent.parent


def bundled(name: str) -> Path:
    """Return the folder of shipped `rules` or `models`.

    A wheel carries them inside the package; an editable install shows them beside it.
    """
    for place in (_PACKAGE / "_bundled" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise LocalFault(
        f"the shipped {name} are missing from this installation: install the package again",
        code="install.incomplete",
    )
