"""What was taken in and not yet passed on, and what of it would be new: in one SQLite file.

The law: `note` is answered after COMMIT with `synchronous=FULL`; what it answered for survives a
kill and is passed on once. Words come here masked, and stand here only until they are passed on,
taken back or erased; soon after, no file holds them. One thread writes, and what waits for it is
written in one transaction.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import structlog

from assist.connectors.once import Fate, Known, State, fate_of, name_digest, slot_of
from assist.connectors.port import Happening
from assist.connectors.written import Message, message_of, read_message, written
from assist.core.turns import Assigned, Edit, Opened, Redaction, Turn
from assist.errors import StoreError
from assist.service.erasing import opens_for
from assist.service.store_schema import private
from assist.wire.messages import Open

__all__ = ["Journal", "Noted", "Waiting"]

_OURS = 0x41535343  # "ASSC", the application id in the file's header
_KEPT_S = 30 * 86_400.0
_HELD_S = 86_400.0
_TIDY_S = 60.0
_PAGE = 512
_SCHEMA = (
    """CREATE TABLE known (
        slot BLOB PRIMARY KEY, state TEXT NOT NULL, revision TEXT, digest BLOB NOT NULL,
        at REAL NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE waiting (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, slot BLOB NOT NULL, held INTEGER NOT NULL,
        at REAL NOT NULL, payload BLOB NOT NULL
    )""",
    "CREATE INDEX by_slot ON waiting (slot)",
    f"PRAGMA application_id = {_OURS}",
)
# Since version 1 each row tells its conversation, so that it can be erased.
_NAMED = (
    "ALTER TABLE known ADD COLUMN conversation BLOB",
    "ALTER TABLE waiting ADD COLUMN conversation BLOB",
    "CREATE INDEX known_by_conversation ON known (conversation)",
    "CREATE INDEX waiting_by_conversation ON waiting (conversation)",
    "PRAGMA user_version = 1",
)
_T = TypeVar("_T")

_log = structlog.get_logger("assist.connectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A message that waits to be passed on; `at` is when it was taken in, in Unix seconds."""

    seq: int
    at: float
    message: Message = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What became of each happening, in order, and what waits to be passed on because of them."""

    fates: tuple[Fate, ...]
    waiting: tuple[Waiting, ...]


class Journal:
    """The journal in the file `path`; None keeps it in memory."""

    def __init__(self, path: Path | None, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="connector-journal")
        self._orders: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._writing: asyncio.Task[None] | None = None
        self._tidying: asyncio.TimerHandle | None = None
        self._tidier: asyncio.Task[None] | None = None
        self._closed = False
        self._db = _opened(path)
        self._prune()

    async def note(self, happenings: tuple[Happening, ...]) -> Noted:
        """Store what is new of these; raise StoreError where that cannot be."""
        told = tuple((one, message_of(one.place.name, one.what)) for one in happenings)
        return await self._ordered(lambda: self._note(told))

    async def done(self, seq: int) -> None:
        """Forget what was passed on."""
        await self._ordered(lambda: self._db.execute("DELETE FROM waiting WHERE seq = ?", (seq,)))

    async def waiting(self, after: int = 0, most: int = -1) -> tuple[Waiting, ...]:
        """Return what was taken in behind `after` and not passed on, the first `most`, in order."""
        return await self._ordered(lambda: self._waiting("held = 0 AND seq > ?", (after,), most))

    async def count(self) -> int:
        """Return how much was taken in and not passed on."""
        query = "SELECT count(*) FROM waiting WHERE held = 0"
        return int(await self._ordered(lambda: self._db.execute(query).fetchone()[0]))

    async def opened_for(self, customer: str) -> tuple[str, ...]:
        """Return the conversations of that customer of which the opening was not passed on yet."""
        found: dict[str, None] = {}
        after = 0
        while page := await self.waiting(after, _PAGE):
            after = page[-1].seq
            for message in (one.message for one in page):
                if isinstance(message, Open) and opens_for(message, customer):
                    found[message.conversation] = None
        return tuple(found)

    async def erase(self, conversations: tuple[str, ...]) -> frozenset[str]:
        """Leave no trace of these conversations here; raise StoreError where that cannot be.

        Returns those of which words waited.
        """
        waited = await self._ordered(lambda: self._erase(conversations))
        await self.tidy()
        return waited

    async def tidy(self) -> None:
        """Forget what is too old, and leave no file with words that are done with."""
        await self._ordered(self._prune)
        await asyncio.get_running_loop().run_in_executor(self._thread, self._swept)

    async def close(self) -> None:
        """Write what was ordered, then close the file. Closing twice is fine."""
        self._closed = True
        if self._tidying is not None:
            self._tidying.cancel()
        if self._tidier is not None:
            await self._tidier
        if self._writing is not None:
            await self._writing
        self._thread.shutdown()
        self._db.close()

    async def _ordered(self, work: Callable[[], _T]) -> _T:
        answer: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self._orders.append((work, answer))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await answer

    async def _write(self) -> None:
        loop = asyncio.get_running_loop()
        while self._orders:
            batch, self._orders = self._orders, []
            try:
                results = await loop.run_in_executor(
                    self._thread, self._committed, [work for work, _ in batch]
                )
            except (sqlite3.Error, RuntimeError) as error:
                results = [self._fault(error)] * len(batch)
            for (_, answer), result in zip(batch, results, strict=True):
                if answer.done():
                    continue
                if isinstance(result, StoreError):
                    answer.set_exception(result)
                else:
                    answer.set_result(result)

        self._tidy_later()

    def _tidy_later(self) -> None:
        if self._tidying is None and not self._closed:
            self._tidying = asyncio.get_running_loop().call_later(_TIDY_S, self._tidy_now)

    def _tidy_now(self) -> None:
        self._tidier = asyncio.create_task(self._tidied())

    async def _tidied(self) -> None:
        try:
            await self.tidy()
        except StoreError as error:
            _log.error("the journal failed", code=error.code)
        finally:
            self._tidying = None

    def _swept(self) -> None:
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise self._fault(error) from None

    def _committed(self, batch: list[Callable[[], Any]]) -> list[Any]:
        """Write a batch in one transaction; where it fails, each order by itself."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            results = [work() for work in batch]
            self._db.execute("COMMIT")
        except Exception as error:  # noqa: BLE001  whatever failed, the others are still written
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if len(batch) == 1:
                return [self._fault(error)]
            return [result for work in batch for result in self._committed([work])]
        return results

    def _note(self, told: tuple[tuple[Happening, Message], ...]) -> Noted:
        fates: list[Fate] = []
        waiting: list[Waiting] = []
        for happening, message in told:
            waiting += self._opened_by(happening)
            slot = slot_of(happening)
            before = self._known(slot)
            fate, after = fate_of(before, happening)
            if after != before:
                self._remember(slot, after, happening.place.name)
            fates.append(fate)
            waiting += self._put(slot, fate, happening, message)
        return Noted(fates=tuple(fates), waiting=tuple(waiting))

    def _opened_by(self, happening: Happening) -> tuple[Waiting, ...]:
        """Open the conversation for its customer, where nobody did and no agent has it yet."""
        if happening.customer is None or not isinstance(happening.what, Turn | Assigned):
            return ()
        what = Opened(customer_id=happening.customer)
        opening = replace(happening, what=what, revision=None, digest=None)
        slot, taken = slot_of(opening), slot_of(replace(happening, what=Assigned(agent=None)))
        if self._known(slot) or self._known(taken):
            return ()
        fate, known = fate_of(None, opening)
        self._remember(slot, known, opening.place.name)
        return self._put(slot, fate, opening, message_of(opening.place.name, opening.what))

    def _put(
        self, slot: bytes, fate: Fate, happening: Happening, message: Message
    ) -> tuple[Waiting, ...]:
        match fate:
            case Fate.REPEATED | Fate.OVERTAKEN:
                return ()
            case Fate.AS_EDIT:
                message = _as_edit(happening)
        if isinstance(happening.what, Redaction):
            self._db.execute("DELETE FROM waiting WHERE slot = ?", (slot,))
        held = fate is Fate.HELD
        row = (slot, held, self._now(), written(message), name_digest(happening.place.name))
        inserted = self._db.execute(
            "INSERT INTO waiting (slot, held, at, payload, conversation) VALUES (?, ?, ?, ?, ?)",
            row,
        )
        if held:
            return ()
        new = Waiting(seq=inserted.lastrowid or 0, at=row[2], message=message)
        return (new, *self._released(slot)) if isinstance(happening.what, Turn) else (new,)

    def _released(self, slot: bytes) -> tuple[Waiting, ...]:
        """Return the edits that waited for their turn, which go on behind it from here on."""
        held = self._waiting("slot = ? AND held = 1", (slot,))
        return tuple(replace(one, seq=self._moved_behind(one.seq)) for one in held)

    def _moved_behind(self, seq: int) -> int:
        moved = self._db.execute(
            "INSERT INTO waiting (slot, held, at, payload, conversation)"
            " SELECT slot, 0, at, payload, conversation FROM waiting WHERE seq = ?",
            (seq,),
        )
        self._db.execute("DELETE FROM waiting WHERE seq = ?", (seq,))
        return moved.lastrowid or 0

    def _known(self, slot: bytes) -> Known | None:
        row = self._db.execute(
            "SELECT state, revision, digest FROM known WHERE slot = ?", (slot,)
        ).fetchone()
        return Known(state=State(row[0]), revision=row[1], digest=row[2]) if row else None

    def _remember(self, slot: bytes, known: Known, conversation: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO known (slot, state, revision, digest, at, conversation)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                slot,
                known.state.value,
                known.revision,
                known.digest,
                self._now(),
                name_digest(conversation),
            ),
        )

    def _erase(self, names: tuple[str, ...]) -> frozenset[str]:
        waited: set[str] = set()
        for name in names:
            digest = (name_digest(name),)
            if self._db.execute("DELETE FROM waiting WHERE conversation = ?", digest).rowcount:
                waited.add(name)
            self._db.execute("DELETE FROM known WHERE conversation = ?", digest)
        return frozenset(waited)

    def _waiting(self, where: str, values: tuple[Any, ...], most: int = -1) -> tuple[Waiting, ...]:
        query = "SELECT seq, at, payload FROM waiting WHERE"
        rows = self._db.execute(f"{query} {where} ORDER BY seq LIMIT ?", (*values, most)).fetchall()
        return tuple(
            Waiting(seq=seq, at=at, message=read_message(payload)) for seq, at, payload in rows
        )

    def _prune(self) -> None:
        now = self._now()
        self._db.execute("DELETE FROM known WHERE at < ?", (now - _KEPT_S,))
        self._db.execute("DELETE FROM waiting WHERE held = 1 AND at < ?", (now - _HELD_S,))

    def _fault(self, error: Exception) -> StoreError:
        # sqlite3's own words name files and causes; any other error might quote what was stored.
        words = str(error) if isinstance(error, sqlite3.Error) else type(error).__name__
        return StoreError(f"the connectors' journal {self._path} cannot be used ({words})")


def _as_edit(happening: Happening) -> Message:
    turn = happening.what
    if not isinstance(turn, Turn):
        raise TypeError
    what = Edit(turn=turn.id, text=turn.text, at=turn.at)
    return message_of(happening.place.name, what)


def _opened(path: Path | None) -> sqlite3.Connection:
    place = ":memory:" if path is None else path
    if path is not None:
        private(path)
    try:
        db = sqlite3.connect(place, timeout=5.0, isolation_level=None, check_same_thread=False)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA secure_delete = ON")
        ours = db.execute("PRAGMA application_id").fetchone()[0]
        tables = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if not tables:
            for statement in _SCHEMA:
                db.execute(statement)
        if (not tables or ours == _OURS) and not db.execute("PRAGMA user_version").fetchone()[0]:
            for statement in _NAMED:
                db.execute(statement)
    except sqlite3.Error as error:
        raise StoreError(
            f"{path} cannot be used as the connectors' journal ({error}): give another path"
        ) from None
    if tables and ours != _OURS:
        db.close()
        raise StoreError(
            f"{path} is a database, but not a connectors' journal: give another path",
            code="store.not-ours",
        )
    return db
