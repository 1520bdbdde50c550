"""A store tried without leaving anything in it: opened, written to, and taken back.

The law: no file is made, upgraded or repaired here; a file that is not ours is said to be so.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assist.core.counting import counted
from assist.errors import StoreError, UsageError
from assist.service.store_schema import SCHEMA_VERSION, check, unavailable

__all__ = ["Trial", "trial_of"]

_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How a store was found, and the folder that it lies in."""

    told: str
    folder: Path


def trial_of(store: str) -> Trial:
    """Return how the store at `sqlite:PATH` is; raises where a service could not use it."""
    kind, _, place = store.partition(":")
    if kind != "sqlite" or not place:
        raise UsageError(
            f"the store {store!r} is not understood: write memory: or sqlite:PATH",
            code="store.unknown-kind",
        )
    path = Path(place).expanduser().resolve()
    if not path.exists():
        _writable(path.parent)
        return Trial(told=f"{path} will be made at the first start", folder=path.parent)
    try:
        return Trial(told=_tried(path), folder=path.parent)
    except sqlite3.Error as error:
        raise unavailable(path, error) from None


def _writable(folder: Path) -> None:
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise StoreError(
            f"the folder {folder} is not there or may not be written to: make it, and give it to "
            "the account of the service"
        )


def _tried(path: Path) -> str:
    # Read through the folder too: the write-ahead log is made beside the file.
    _writable(path.parent)
    with closing(
        sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, timeout=_PATIENCE_S, isolation_level=None
        )
    ) as db:
        check(db, path)
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.execute("BEGIN IMMEDIATE")
        try:
            db.execute("INSERT INTO about VALUES ('trial', '')")
            chats = db.execute("SELECT count(DISTINCT conversation) FROM inputs").fetchone()[0]
        finally:
            db.execute("ROLLBACK")
    upgrade = f", to be upgraded to {SCHEMA_VERSION}" if version < SCHEMA_VERSION else ""
    return f"{path}: {counted(chats, 'conversation')}, schema {version}{upgrade}; writing works"
