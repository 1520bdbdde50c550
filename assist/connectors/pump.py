"""From the journal to the port: what waits is passed on, each conversation in the order it was.

The law: one conversation's news go one after the other, by the platform's time; conversations do
not wait for each other. What fails for now is tried again until it goes; what is refused for good
is counted and dropped. Only what was passed on leaves the journal. Only so much of what waits is in
memory; the rest is read from the journal, in its order, as that goes on.
"""

import asyncio
import heapq
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import structlog

from assist.connectors.journal import Journal, Waiting
from assist.connectors.port import Ingest
from assist.connectors.written import Message
from assist.core.turns import Assigned, Closed, Edit, Opened, Redaction, Turn, Typing
from assist.errors import AssistError, ClientFault, StoreError
from assist.wire.events import to_event

__all__ = ["Pump", "pass_on"]

_AT_ONCE = 128
_MOST = 4096
_PAGE = 1024
_FIRST_WAIT_S, _LONGEST_WAIT_S = 0.5, 30.0
_FINAL = frozenset({"refused", "failed"})
_RANKS = {"open": 0, "turn": 1, "edit": 2, "redact": 3, "assign": 4, "close": 5}

_log = structlog.get_logger("assist.connectors")

Sleep = Callable[[float], Awaitable[None]]
_Place = tuple[float, int, int]


class Pump:
    """Passes on what waits in `journal` to `ingest`; `counts` tells what became of it."""

    def __init__(  # noqa: PLR0913  what a pump is made of
        self,
        journal: Journal,
        ingest: Ingest,
        counts: Counter[str],
        *,
        started: bool = False,
        sleep: Sleep = asyncio.sleep,
        most: int = _MOST,
    ) -> None:
        self._most = most
        self._in_memory = 0
        self._beyond = 0  # so much is in the journal only, behind what was read up to `_read_to`
        self._read_to = 0
        self._gives = self._drops = 0
        self._reading: asyncio.Task[None] | None = None
        self._started = started
        self._journal = journal
        self._ingest = ingest
        self._counts = counts
        self._sleep = sleep
        self._queues: dict[str, list[tuple[_Place, Waiting]]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._room = asyncio.Semaphore(_AT_ONCE)

    def __len__(self) -> int:
        """Return how much waits."""
        return self._in_memory + self._beyond

    async def start(self) -> None:
        """Begin, with what waits in the journal already."""
        self._started = True
        self._beyond = 1  # until it is known how much: what comes meanwhile goes behind it
        self._beyond += await self._journal.count()
        await self._read_page()
        self._read_on()

    def give(self, waiting: tuple[Waiting, ...]) -> None:
        """Pass these on, in their place among what waits; before `start` the journal keeps them."""
        if not self._started:
            return
        if self._beyond or self._in_memory + len(waiting) > self._most:
            self._beyond += len(waiting)
            self._gives += 1
            self._read_on()
        else:
            self._take(waiting)

    async def settle(self) -> None:
        """Return when nothing waits."""
        while running := {*self._tasks.values(), *([self._reading] if self._reading else ())}:
            await asyncio.wait(running)

    def _take(self, waiting: tuple[Waiting, ...]) -> None:
        for one in waiting:
            name = one.message.conversation
            heapq.heappush(self._queues.setdefault(name, []), (_place(one), one))
            self._read_to = max(self._read_to, one.seq)
            self._in_memory += 1
            if name not in self._tasks:
                self._tasks[name] = asyncio.create_task(self._drain(name))

    def _read_on(self) -> None:
        """Take more from the journal where half of what may be in memory has gone."""
        if self._beyond and self._reading is None and self._in_memory * 2 <= self._most:
            self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        wait = _FIRST_WAIT_S
        try:
            while self._beyond and self._in_memory < self._most:
                try:
                    await self._read_page()
                except StoreError as error:
                    _log.error("the journal failed", code=error.code)
                    await self._sleep(wait)
                    wait = min(_LONGEST_WAIT_S, wait * 2)
        finally:
            self._reading = None

    async def _read_page(self) -> None:
        drops, gives = self._drops, self._gives
        page = await self._journal.waiting(self._read_to, min(_PAGE, self._most - self._in_memory))
        if drops != self._drops:
            return  # some of it may be erased by now
        if page:
            self._beyond = max(1, self._beyond - len(page))
            self._take(page)
        elif gives == self._gives:
            self._beyond = 0

    async def stop(self) -> None:
        """Stop at once; what waits is in the journal."""
        self._started = False
        await _stopped((*self._tasks.values(), *([self._reading] if self._reading else ())))

    async def drop(self, conversations: tuple[str, ...]) -> None:
        """Pass nothing more on of what waits in these conversations."""
        tasks = (self._tasks.get(name) for name in conversations)
        await _stopped(tuple(task for task in tasks if task is not None))
        self._drops += 1
        for name in conversations:  # one that was stopped before it began has tidied nothing away
            self._in_memory -= len(self._queues.pop(name, ()))
            self._tasks.pop(name, None)

    async def _drain(self, name: str) -> None:
        queue = self._queues[name]
        try:
            while queue:
                _, waiting = heapq.heappop(queue)
                self._in_memory -= 1
                self._read_on()
                if await self._deliver(waiting.message):
                    await self._forget(waiting.seq)
        finally:
            self._in_memory -= len(self._queues.pop(name))
            del self._tasks[name]

    async def _forget(self, seq: int) -> None:
        try:
            await self._journal.done(seq)
        except StoreError as error:  # it is passed on again after a restart, and known there
            _log.error("the journal failed", code=error.code)

    async def _deliver(self, message: Message) -> bool:
        """Pass `message` on; False where it is to stay in the journal."""
        wait = _FIRST_WAIT_S
        while (code := await self._tried(message)) is not None:
            if code in _FINAL:
                return code == "refused"
            self._counts["retried"] += 1
            _log.warning("not passed on yet", code=code, type=message.type)
            await self._sleep(wait * random.uniform(0.5, 1.0))  # noqa: S311  only to spread
            wait = min(_LONGEST_WAIT_S, wait * 2)
        self._counts["delivered"] += 1
        return True

    async def _tried(self, message: Message) -> str | None:
        """Return None where `message` was taken, one of `_FINAL`, or the code of a failure."""
        try:
            async with self._room:
                await pass_on(message, self._ingest)
        except ClientFault as fault:
            if fault.retry:
                return fault.code
            self._counts["refused"] += 1
            _log.warning("refused", code=fault.code, type=message.type)
            return "refused"
        except (AssistError, OSError) as error:
            return getattr(error, "code", type(error).__name__)
        except Exception as error:  # noqa: BLE001  one message fails, the conversation goes on
            self._counts["failed"] += 1
            _log.error("kept in the journal", kind=type(error).__name__, type=message.type)
            return "failed"
        return None


async def _stopped(tasks: tuple[asyncio.Task[None], ...]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def pass_on(message: Message, ingest: Ingest) -> None:
    """Say to `ingest` what `message` says happened."""
    name, what = message.conversation, to_event(message)
    match what:
        case Turn():
            await ingest.turn(name, what)
        case Edit():
            await ingest.edit(name, what)
        case Redaction():
            await ingest.redact(name, what)
        case Opened():
            await ingest.open(name, what)
        case Assigned():
            await ingest.assign(name, what)
        case Closed():
            await ingest.close(name, what)
        case Typing():
            await ingest.typing(name, what)


def _place(waiting: Waiting) -> _Place:
    """Return where in its conversation something belongs: by time, then by kind, then as noted."""
    message = waiting.message
    match to_event(message):
        case Opened():
            at = 0.0
        case Turn(at=when) | Edit(at=when) | Redaction(at=when) | Closed(at=when):
            at = when.timestamp()
        case _:
            at = waiting.at
    return at, _RANKS.get(message.type, 9), waiting.seq
