"""Whether rule files have changed, by looking at them.

The law: what is compared is which files are there, when they were written and how long they are;
their words are not read here.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

__all__ = ["Marks", "marks_of", "until_changed"]

Marks = dict[str, tuple[int, int]]
"""Every YAML file by its path, with the time it was written and its length."""
_LOOK = 0.25
"""Seconds between two looks."""


def marks_of(places: Iterable[Path]) -> Marks:
    """Return the marks of every YAML file in these folders, or of the files themselves."""
    found: Marks = {}
    for place in places:
        for path in place.rglob("*.y*ml") if place.is_dir() else (place,):
            try:
                state = path.stat()
            except OSError:
                continue
            found[str(path)] = (state.st_mtime_ns, state.st_size)
    return found


def until_changed(
    places: Iterable[Path], before: Marks, *, pause: Callable[[float], object] = time.sleep
) -> None:
    """Return once the marks are other than `before` and have come to rest.

    Editors write a file in several steps: a change counts once a second look finds it unchanged.
    """
    kept = tuple(places)
    last = before
    while True:
        now = marks_of(kept)
        if now == last != before:
            return
        last = now
        pause(_LOOK)
