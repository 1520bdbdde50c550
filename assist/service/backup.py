"""A turn log copied whole while the service runs, and put back while it does not.

The law: a copy is consistent, checked, and there whole or not at all. A log that is put back is
another store with a name of its own: whoever saw what came after the copy is told that this was
not recovered. What a service has open is never replaced.
"""

import os
import secrets
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from assist.errors import StoreError, UsageError
from assist.service.store_schema import check, private

__all__ = ["back_up", "restore"]

_BUSY_S = 1.0


def back_up(store: Path, out: Path) -> int:
    """Write a copy of the log at `store` to `out`; return how many conversations are in it."""
    if out.exists():
        raise UsageError(f"{out} is there already: name another file, or move it away")
    return _copied(store, out)


def restore(copy: Path, store: Path, *, over: bool = False) -> int:
    """Put `copy` at `store`; return how many conversations are in it.

    Where something is there already, `over` must say that it may go.
    """
    if store.exists():
        if not over:
            raise UsageError(f"{store} is there already: add --over to replace it")
        _check_unused(store)
    return _copied(copy, store, renamed=True)


def _copied(source: Path, target: Path, *, renamed: bool = False) -> int:
    part = target.with_name(f".{target.name}.part")
    try:
        with suppress(FileNotFoundError):
            part.unlink()
        conversations = _written(source, part, renamed=renamed)
        _kept(part)
        part.replace(target)
        _kept(target.parent)
    except sqlite3.Error as error:
        raise UsageError(f"{source} cannot be copied to {target} ({error})") from None
    except OSError as error:
        raise UsageError(f"{source} cannot be copied to {target} ({error.strerror})") from None
    finally:
        with suppress(OSError):
            part.unlink()
    return conversations


def _written(source: Path, part: Path, *, renamed: bool) -> int:
    if not source.is_file():
        raise UsageError(f"there is no turn log {source}: name the file of `serve --store`")
    private(part)
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as log,
        closing(sqlite3.connect(part, isolation_level=None)) as copy,
    ):
        _check(log, source)
        log.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        if copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
            raise UsageError(f"{source} is damaged and was not copied: take an older copy")
        if renamed:
            name = secrets.token_hex(8)
            copy.execute("UPDATE about SET value = ? WHERE name = 'store'", (name,))
        query = "SELECT count(DISTINCT conversation) FROM inputs WHERE conversation <> '*'"
        return int(copy.execute(query).fetchone()[0])


def _check(db: sqlite3.Connection, path: Path) -> None:
    try:
        check(db, path)
    except StoreError as error:
        raise UsageError(error.message, code=error.code) from None


def _check_unused(store: Path) -> None:
    """Raise UsageError where somebody has the log open: only then its journal cannot be changed."""
    try:
        with closing(sqlite3.connect(store, timeout=_BUSY_S)) as db:
            _check(db, store)
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise UsageError(
            f"{store} cannot be replaced ({error}): stop the service that has it open"
        ) from None


def _kept(path: Path) -> None:
    """Have what was written survive a power cut."""
    place = os.open(path, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
