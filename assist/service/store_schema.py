"""The file of a turn log: its tables, how an older file becomes a newer one, and how it is opened.

The law: a version is never changed, only followed by another; a new file takes the same road as an
old one, from the first version on, in one transaction. A file of a newer version, or one that is
not ours, is refused and left alone.
"""

import os
import secrets
import sqlite3
from contextlib import suppress
from pathlib import Path

from assist.errors import StoreError

__all__ = [
    "OURS",
    "SCHEMA_VERSION",
    "VERSIONS",
    "check",
    "connected",
    "opened",
    "private",
    "unavailable",
]

OURS = 0x41535354  # "ASST", the application id in the file's header

VERSIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE inputs (
            conversation TEXT NOT NULL, seq INTEGER NOT NULL,
            message_id TEXT NOT NULL, payload BLOB NOT NULL,
            PRIMARY KEY (conversation, seq)) WITHOUT ROWID""",
        "CREATE UNIQUE INDEX stored_once ON inputs (conversation, message_id)",
        f"PRAGMA application_id = {OURS}",
    ),
    # When a conversation was last touched is not known of an older file: it counts from now on.
    (
        """CREATE TABLE upkeep (
            conversation TEXT PRIMARY KEY, touched REAL NOT NULL, generation INTEGER NOT NULL,
            planned INTEGER NOT NULL DEFAULT 0, at TEXT, rings REAL) WITHOUT ROWID""",
        "INSERT INTO about VALUES ('erasures', '0')",
        """INSERT INTO upkeep (conversation, touched, generation)
            SELECT DISTINCT conversation, CAST(strftime('%s', 'now') AS REAL), 0 FROM inputs
            WHERE conversation <> '*'""",
        "CREATE INDEX next_to_ring ON upkeep (rings) WHERE rings IS NOT NULL",
        "CREATE INDEX last_touched ON upkeep (touched)",
        "CREATE INDEX not_planned ON upkeep (conversation) WHERE planned = 0",
    ),
    # Of an older file it is not known which tokens were used: those of before are good once more.
    (
        """CREATE TABLE reminders (
            name BLOB PRIMARY KEY, figure REAL NOT NULL, until REAL NOT NULL) WITHOUT ROWID""",
        "CREATE INDEX reminded_until ON reminders (until)",
    ),
    # No other tables, but inputs that tell that one before them was read in full: who does not
    # know those is to refuse the file, and not one conversation after the other.
    (),
)
"""What each version adds to the one before."""

SCHEMA_VERSION = len(VERSIONS)


def connected(path: Path) -> sqlite3.Connection:
    """Return a connection that syncs every commit and overwrites what is deleted.

    A file that is made here is for its owner alone, and so is what SQLite lays beside it.
    """
    private(path)
    db = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    return db


def private(path: Path) -> None:
    """Make the file for its owner alone where there is none; SQLite gives -wal and -shm its mode.

    What is there keeps its mode; what cannot be made is for SQLite to tell.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def opened(path: Path) -> sqlite3.Connection:
    """Return a connection to a file of ours at the newest version, made new where there is none."""
    try:
        db = connected(path)
        db.execute("BEGIN EXCLUSIVE")
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            check(db, path)
        _upgrade(db)
        db.execute("COMMIT")
    except sqlite3.Error as error:
        raise unavailable(path, error) from None
    return db


def check(db: sqlite3.Connection, path: Path) -> None:
    """Raise StoreError where the file is not a turn log that this version can read."""
    if db.execute("PRAGMA application_id").fetchone()[0] != OURS:
        db.close()
        raise StoreError(
            f"{path} is a database, but not a turn log: give another path", code="store.not-ours"
        )
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        db.close()
        raise StoreError(
            f"{path} was written by a newer version (schema {version}, this one reads "
            f"{SCHEMA_VERSION}): upgrade this program, or give another path",
            code="store.newer",
        )


def unavailable(path: Path, error: Exception) -> StoreError:
    """Return what to raise for `error`, without anything that was stored."""
    if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
        return StoreError(
            f"{path} is not a database: give another path", code="store.not-a-database"
        )
    # sqlite3's own words name files and causes; any other error might quote what was stored.
    words = str(error) if isinstance(error, sqlite3.Error) else type(error).__name__
    return StoreError(
        f"the turn log {path} cannot be used ({words}): check that the folder exists, may be "
        "written to and has room",
        retry=True,
    )


def _upgrade(db: sqlite3.Connection) -> None:
    version = db.execute("PRAGMA user_version").fetchone()[0]
    for statements in VERSIONS[version:]:
        for statement in statements:
            db.execute(statement)
    if not version:
        db.execute("INSERT INTO about VALUES ('store', ?)", (secrets.token_hex(8),))
    if version != SCHEMA_VERSION:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
