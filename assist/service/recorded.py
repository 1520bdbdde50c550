"""A turn log in a file, looked at without touching it: for reports, also while the service runs.

The law: read only; nothing is created, and a file that is not ours is said to be so. Words that
were taken back are left out, whether or not the service has cleaned them from the file yet.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from assist.errors import StoreError, UsageError
from assist.service.choices import AGENTS
from assist.service.entries import Entry, decoded, redacted, without_words
from assist.service.store_schema import check

__all__ = ["recorded"]


def recorded(path: Path) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield each conversation with its inputs, by name."""
    if not path.is_file():
        raise UsageError(f"there is no turn log {path}: name the file of `serve --store`")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            _check(db, path)
            query = "SELECT DISTINCT conversation FROM inputs WHERE conversation <> ? ORDER BY 1"
            for (name,) in db.execute(query, (AGENTS,)).fetchall():
                yield name, _clean(_entries(db, name))
    except sqlite3.Error as error:
        raise UsageError(f"{path} cannot be read as a turn log ({error}): name another") from None


def _check(db: sqlite3.Connection, path: Path) -> None:
    try:
        check(db, path)
    except StoreError as error:
        raise UsageError(error.message, code=error.code) from None


def _entries(db: sqlite3.Connection, name: str) -> tuple[Entry, ...]:
    query = "SELECT payload FROM inputs WHERE conversation = ? ORDER BY seq"
    return tuple(decoded(bytes(payload)) for (payload,) in db.execute(query, (name,)))


def _clean(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    gone = set(redacted(entries))
    return tuple(
        without_words(entry) if place in gone else entry for place, entry in enumerate(entries)
    )
