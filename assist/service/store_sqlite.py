"""A turn log in one SQLite file.

The law: one thread writes, a batch a transaction (group commit), and an append is answered only
after COMMIT with `synchronous=FULL`, so what was answered survives a kill and a power cut. Another
thread reads. No other program may change the schema; a file that is not ours is left alone.
"""

import asyncio
import secrets
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from assist.errors import StoreError
from assist.service.store import (
    Appended,
    Arrivals,
    Conflict,
    Duplicate,
    Outcome,
    Record,
    TurnLog,
    follow,
)

__all__ = ["OURS", "SCHEMA_VERSION", "SqliteLog"]

SCHEMA_VERSION = 1
OURS = 0x41535354  # "ASST", the application id in the file's header
_BATCH = 512

_SCHEMA = f"""
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (
    conversation TEXT NOT NULL, seq INTEGER NOT NULL,
    message_id TEXT NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX stored_once ON inputs (conversation, message_id);
PRAGMA application_id = {OURS};
PRAGMA user_version = {SCHEMA_VERSION};
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Order:
    """A piece of writing, and who waits for it."""

    work: Callable[[sqlite3.Connection], object]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any] = field(repr=False)
    erases: bool = False

    def succeed(self, result: object) -> None:
        """Hand the result to the loop that waits."""
        self._settle(lambda: self.answer.set_result(result))

    def fail(self, error: StoreError) -> None:
        """Hand the failure to the loop that waits."""
        self._settle(lambda: self.answer.set_exception(error))

    def _settle(self, settle: Callable[[], None]) -> None:
        def unless_given_up() -> None:
            if not self.answer.done():
                settle()

        with suppress(RuntimeError):  # the loop was closed: nobody waits any more
            self.loop.call_soon_threadsafe(unless_given_up)


class SqliteLog(TurnLog):
    """The log of one node."""

    kind = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing = _opened(path)
        self._reading = _connected(path)
        self.store_id = str(
            self._reading.execute("SELECT value FROM about WHERE name = 'store'").fetchone()[0]
        )
        self._arrivals = Arrivals()
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="turn-log-reader")
        self._writer = Thread(target=self._write, name="turn-log-writer", daemon=True)
        self._writer.start()
        self._closed = False

    async def append(
        self, conversation: str, expected: int | None, message_id: str, payload: bytes
    ) -> Outcome:
        """Store one input; answered after the COMMIT of its batch."""

        def work(db: sqlite3.Connection) -> Outcome:
            return _append(db, conversation, expected, message_id, payload)

        outcome = await self._ordered(work)
        if isinstance(outcome, Appended):
            self._arrivals.announce(conversation)
        return outcome

    async def replace(self, conversation: str, message_id: str, payload: bytes) -> bool:
        """Put `payload` in the place of an older one, and overwrite the old bytes in the file."""

        def work(db: sqlite3.Connection) -> bool:
            return bool(
                db.execute(
                    "UPDATE inputs SET payload = ? WHERE conversation = ? AND message_id = ?",
                    (payload, conversation, message_id),
                ).rowcount
            )

        return await self._ordered(work, erases=True)

    async def read(self, conversation: str, after: int = 0) -> tuple[Record, ...]:
        """Return what is stored behind `after`."""
        rows = await self._rows(
            "SELECT seq, message_id, payload FROM inputs"
            " WHERE conversation = ? AND seq > ? ORDER BY seq",
            (conversation, after),
        )
        return tuple(Record(seq=row[0], message_id=row[1], payload=bytes(row[2])) for row in rows)

    async def last(self, conversation: str) -> int:
        """Return the highest sequence number."""
        rows = await self._rows(
            "SELECT coalesce(max(seq), 0) FROM inputs WHERE conversation = ?", (conversation,)
        )
        return int(rows[0][0])

    async def conversations(self) -> tuple[str, ...]:
        """Return the ids of all conversations."""
        rows = await self._rows("SELECT DISTINCT conversation FROM inputs ORDER BY 1", ())
        return tuple(row[0] for row in rows)

    def tail(self, conversation: str, after: int = 0) -> AsyncIterator[Record]:
        """Yield what is there and what comes."""
        return follow(self, self._arrivals, conversation, after)

    async def close(self) -> None:
        """Write what was ordered, then close the file."""
        if self._closed:
            return
        self._closed = True
        self._arrivals.close()
        self._orders.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._reading.close()
        self._writing.close()

    async def _ordered(self, work: Callable[[sqlite3.Connection], T], *, erases: bool = False) -> T:
        if self._closed:
            raise StoreError(f"the turn log {self.path} is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._orders.put(_Order(work, loop, answer, erases))
        return await answer

    async def _rows(self, query: str, values: tuple[str | int, ...]) -> list[tuple[Any, ...]]:
        def work() -> list[tuple[Any, ...]]:
            return self._reading.execute(query, values).fetchall()

        if self._closed:
            raise StoreError(f"the turn log {self.path} is closed")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, work)
        except sqlite3.Error as error:
            raise _unavailable(self.path, error) from None

    def _write(self) -> None:
        while (first := self._orders.get()) is not None:
            batch, ending = _gathered(first, self._orders)
            for answered in self._committed(batch):
                answered()
            if ending:
                return

    def _committed(self, batch: list["_Order"]) -> list[Callable[[], None]]:
        """Write a batch in one transaction; where it fails, each order by itself."""
        try:
            self._writing.execute("BEGIN IMMEDIATE")
            results = [order.work(self._writing) for order in batch]
            self._writing.execute("COMMIT")
            if any(order.erases for order in batch):
                self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except Exception as error:  # noqa: BLE001  whatever failed, the thread must live on
            if self._writing.in_transaction:
                self._writing.execute("ROLLBACK")
            if len(batch) == 1:
                return [partial(batch[0].fail, _unavailable(self.path, error))]
            return [answered for order in batch for answered in self._committed([order])]
        return [
            partial(order.succeed, result) for order, result in zip(batch, results, strict=True)
        ]


def _gathered(first: "_Order", orders: "SimpleQueue[_Order | None]") -> tuple[list["_Order"], bool]:
    batch = [first]
    while len(batch) < _BATCH:
        try:
            order = orders.get_nowait()
        except Empty:
            break
        if order is None:
            return batch, True
        batch.append(order)
    return batch, False


def _append(
    db: sqlite3.Connection, conversation: str, expected: int | None, message_id: str, payload: bytes
) -> Outcome:
    stored = db.execute(
        "SELECT seq FROM inputs WHERE conversation = ? AND message_id = ?",
        (conversation, message_id),
    ).fetchone()
    if stored:
        return Duplicate(seq=stored[0])
    last = db.execute(
        "SELECT coalesce(max(seq), 0) FROM inputs WHERE conversation = ?", (conversation,)
    ).fetchone()[0]
    if expected is not None and expected != last:
        return Conflict(last=last)
    db.execute(
        "INSERT INTO inputs VALUES (?, ?, ?, ?)", (conversation, last + 1, message_id, payload)
    )
    return Appended(seq=last + 1)


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA secure_delete = ON")
    return db


def _opened(path: Path) -> sqlite3.Connection:
    """Return a connection to a file of ours, made new where there is none."""
    try:
        db = _connected(path)
        db.execute("BEGIN EXCLUSIVE")
        ours = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            for statement in _SCHEMA.strip().split(";\n"):
                db.execute(statement)
            db.execute("INSERT INTO about VALUES ('store', ?)", (secrets.token_hex(8),))
        db.execute("COMMIT")
    except sqlite3.Error as error:
        raise _unavailable(path, error) from None
    if tables and ours != OURS:
        db.close()
        raise StoreError(
            f"{path} is a database, but not a turn log: give another path", code="store.not-ours"
        )
    if version > SCHEMA_VERSION:
        db.close()
        raise StoreError(
            f"{path} was written by a newer version (schema {version}, this one reads "
            f"{SCHEMA_VERSION}): upgrade this program, or give another path",
            code="store.newer",
        )
    return db


def _unavailable(path: Path, error: Exception) -> StoreError:
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
