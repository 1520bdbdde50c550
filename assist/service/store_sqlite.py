"""A turn log in one SQLite file.

The law: one thread writes, a batch a transaction (group commit), and an append is answered only
after COMMIT with `synchronous=FULL`, so what was answered survives a kill and a power cut. Another
thread reads. What is replaced or erased is overwritten in the file, and the write-ahead log that
still holds it is emptied before that is answered.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from assist.errors import StoreError
from assist.service import store_rows
from assist.service.store import (
    FIRST,
    Outcome,
    Planned,
    Record,
    Reminder,
    TurnLog,
    Upkeep,
)
from assist.service.store_schema import connected, opened, unavailable

__all__ = ["SqliteLog"]

_BATCH = 512
_PATIENCE_MS = 500
_TRACES = "store.traces"
_SMALL = 32 * 2**20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Order:
    """A piece of writing, and who waits for it."""

    work: Callable[[sqlite3.Connection], object]
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any] = field(repr=False)
    erases: bool = False
    thorough: bool = False

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
        self._writing = opened(path)
        self._reading = connected(path)
        self.store_id = str(
            self._reading.execute("SELECT value FROM about WHERE name = 'store'").fetchone()[0]
        )
        self._orders: SimpleQueue[_Order | None] = SimpleQueue()
        self._readers = ThreadPoolExecutor(1, thread_name_prefix="turn-log-reader")
        self._writer = Thread(target=self._write, name="turn-log-writer", daemon=True)
        self._writer.start()
        self._closed = False
        self._traces = False

    async def append(
        self,
        conversation: str,
        expected: int | None,
        message_id: str,
        payload: bytes,
        *,
        touched: float | None = None,
    ) -> Outcome:
        """Store one input; answered after the COMMIT of its batch."""

        def work(db: sqlite3.Connection) -> Outcome:
            return store_rows.append(db, conversation, expected, message_id, payload, touched)

        return await self._ordered(work)

    async def replace(
        self, conversation: str, message_id: str, payload: bytes, *, renamed: str | None = None
    ) -> bool:
        """Put `payload` in the place of an older one, and overwrite the old bytes in the file."""

        def work(db: sqlite3.Connection) -> bool:
            return store_rows.replace(db, conversation, message_id, payload, renamed)

        try:
            return await self._ordered(work, erases=True)
        except StoreError as error:
            if error.code != _TRACES:
                raise
            return True  # it is gone where anybody can ask for it; the rest follows

    async def plan(self, conversation: str, at: str | None, rings: float | None) -> None:
        """Note when the conversation wants to be looked at."""

        def work(db: sqlite3.Connection) -> None:
            store_rows.plan(db, conversation, at, rings)

        await self._ordered(work)

    async def remember(self, reminder: Reminder, now: float) -> None:
        """Keep a figure until its time; answered after the COMMIT of its batch."""

        def work(db: sqlite3.Connection) -> None:
            store_rows.remember(db, reminder, now)

        await self._ordered(work)

    async def remembered(self, now: float) -> tuple[Reminder, ...]:
        """Return what is still kept."""
        rows = await self._rows("SELECT name, figure, until FROM reminders WHERE until > ?", (now,))
        return tuple(Reminder(name=bytes(row[0]), figure=row[1], until=row[2]) for row in rows)

    async def erase(self, conversations: tuple[str, ...], *, thorough: bool = True) -> int:
        """Delete these conversations, and overwrite their bytes in the file."""

        def work(db: sqlite3.Connection) -> int:
            return store_rows.erase(db, conversations)

        return await self._ordered(work, erases=True, thorough=thorough)

    async def read(self, conversation: str, after: int = 0) -> tuple[Record, ...]:
        """Return what is stored behind `after`."""
        rows = await self._rows(
            "SELECT seq, message_id, payload FROM inputs"
            " WHERE conversation = ? AND seq > ? ORDER BY seq",
            (conversation, after),
        )
        return tuple(Record(seq=row[0], message_id=row[1], payload=bytes(row[2])) for row in rows)

    async def probe(self) -> None:
        """Commit a row as it is."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("UPDATE about SET value = value WHERE name = 'erasures'")

        await self._ordered(work)

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

    async def planned(
        self, until: float, limit: int, *, behind: tuple[float, str] = FIRST
    ) -> tuple[Planned, ...]:
        """Return the plans that ring until then."""
        rows = await self._rows(
            "SELECT conversation, at, rings FROM upkeep"
            " WHERE rings <= ? AND (rings, conversation) > (?, ?)"
            " ORDER BY rings, conversation LIMIT ?",
            (until, *behind, limit),
        )
        return tuple(Planned(conversation=row[0], at=row[1], rings=row[2]) for row in rows)

    async def unplanned(self, after: str, limit: int) -> tuple[str, ...]:
        """Return conversations that were touched and then not planned."""
        rows = await self._rows(
            "SELECT conversation FROM upkeep WHERE planned = 0 AND conversation > ?"
            " ORDER BY conversation LIMIT ?",
            (after, limit),
        )
        return tuple(row[0] for row in rows)

    async def untouched(self, since: float, limit: int) -> tuple[str, ...]:
        """Return conversations that were last touched before `since`."""
        rows = await self._rows(
            "SELECT conversation FROM upkeep WHERE touched < ? ORDER BY touched LIMIT ?",
            (since, limit),
        )
        return tuple(row[0] for row in rows)

    async def upkeep(self, conversation: str) -> Upkeep:
        """Return what is kept of the conversation beside its inputs."""
        kept = await self._rows(
            "SELECT generation, at, rings FROM upkeep WHERE conversation = ?", (conversation,)
        )
        if not kept:
            total = await self._rows("SELECT value FROM about WHERE name = 'erasures'", ())
            return Upkeep(generation=int(total[0][0]))
        generation, at, rings = kept[0]
        plan = None if at is None else Planned(conversation=conversation, at=at, rings=rings)
        return Upkeep(generation=generation, plan=plan)

    async def beginning_with(
        self, prefix: str, after: tuple[str, int], limit: int
    ) -> tuple[tuple[str, Record], ...]:
        """Return inputs whose id begins so."""
        rows = await self._rows(
            "SELECT conversation, seq, message_id, payload FROM inputs"
            " WHERE substr(message_id, 1, ?) = ? AND (conversation, seq) > (?, ?)"
            " ORDER BY conversation, seq LIMIT ?",
            (len(prefix), prefix, *after, limit),
        )
        return tuple(
            (row[0], Record(seq=row[1], message_id=row[2], payload=bytes(row[3]))) for row in rows
        )

    async def close(self) -> None:
        """Write what was ordered, then close the file."""
        if self._closed:
            return
        self._closed = True
        self._orders.put(None)
        await asyncio.to_thread(self._writer.join)
        await asyncio.to_thread(self._readers.shutdown)
        self._reading.close()
        self._writing.close()

    async def _ordered(
        self,
        work: Callable[[sqlite3.Connection], T],
        *,
        erases: bool = False,
        thorough: bool = False,
    ) -> T:
        if self._closed:
            raise StoreError(f"the turn log {self.path} is closed")
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._orders.put(_Order(work, loop, answer, erases, thorough))
        return await answer

    async def _rows(
        self, query: str, values: tuple[str | int | float, ...]
    ) -> list[tuple[Any, ...]]:
        def work() -> list[tuple[Any, ...]]:
            return self._reading.execute(query, values).fetchall()

        if self._closed:
            raise StoreError(f"the turn log {self.path} is closed")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, work)
        except sqlite3.Error as error:
            raise unavailable(self.path, error) from None

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
        except Exception as error:  # noqa: BLE001  whatever failed, the thread must live on
            if self._writing.in_transaction:
                self._writing.execute("ROLLBACK")
            if len(batch) == 1:
                return [partial(batch[0].fail, unavailable(self.path, error))]
            return [answered for order in batch for answered in self._committed([order])]
        left = self._cleaned(batch)
        return [
            partial(order.fail, left)
            if left is not None and order.erases
            else partial(order.succeed, result)
            for order, result in zip(batch, results, strict=True)
        ]

    def _cleaned(self, batch: list["_Order"]) -> StoreError | None:
        """See that nothing of what was overwritten stays in the files, or say what is in the way.

        SQLite overwrites what is deleted, but leaves copies in the gaps of pages that were once
        divided; only VACUUM, which writes the whole file anew, closes them. A great file is spared
        that until somebody asks for it.
        """
        if not any(order.erases for order in batch):
            return self._emptied(0) if self._traces else None
        try:
            thorough = any(order.thorough for order in batch)
            if thorough or self.path.stat().st_size <= _SMALL:
                self._writing.execute("VACUUM")
        except (sqlite3.Error, OSError) as error:
            return unavailable(self.path, error)
        return self._emptied(_PATIENCE_MS)

    def _emptied(self, patience_ms: int) -> StoreError | None:
        """Take what was overwritten out of the write-ahead log too; say so where that must wait.

        A reader elsewhere (a backup, a report) is in the way for a while; every later batch tries.
        """
        try:
            self._writing.execute(f"PRAGMA busy_timeout = {patience_ms}")
            busy = self._writing.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            self._writing.execute("PRAGMA busy_timeout = 5000")
        except sqlite3.Error as error:
            self._traces = True
            return unavailable(self.path, error)
        self._traces = bool(busy)
        return _still_read(self.path) if busy else None


def _still_read(path: Path) -> StoreError:
    return StoreError(
        f"what was erased from {path} is gone, but another program that reads it keeps traces in "
        "its -wal file: end that program, then erase again",
        code=_TRACES,
        retry=True,
    )


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
