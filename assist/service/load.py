"""How much is being done at once: a seat for each message that is worked on, or waits for that.

The law: seats are bounded, in all and for each conversation. Who finds none is held back, which
slows a quick sender down, but not for longer than a little while without a break: what is held back
piles up where nobody sees it. From then on whoever finds none is refused at once, with a wait,
until a quarter is free. Nothing waits unbounded.
"""

import asyncio
from collections import Counter, deque
from contextlib import suppress
from functools import partial

from assist.errors import ClientFault
from assist.service.clock import Clock

__all__ = ["Load", "Seat"]

_SHORTEST_WAIT_S = 0.1
_LONGEST_WAIT_S = 30.0
# What was full counts as full until so much is done: else what waits in the sockets of the senders
# would be taken in at the pace at which seats come free, and last for minutes.
_RELIEVED = 0.75


class Seat:
    """One message's seat; given back when all is done, or at the latest when it is dropped."""

    __slots__ = ("_load", "_since", "_where")

    def __init__(self, load: "Load", where: str, since: float) -> None:
        self._load: Load | None = load
        self._where = where
        self._since = since

    def leave(self) -> None:
        """Give it back; giving back twice counts once."""
        if self._load is not None:
            self._load.left(self._where, self._since)
            self._load = None

    def __del__(self) -> None:
        # Perhaps in another thread, so it is given to nobody; who is held looks again at the end.
        if self._load is not None:
            self._load.left(self._where, self._since, wake=False)


class Load:
    """All seats of one service: `most` in all, `each` in one conversation."""

    def __init__(self, clock: Clock, *, most: int, each: int, hold_s: float = 2.0) -> None:
        self._clock = clock
        self._most = most
        self._each = each
        self._hold_s = hold_s
        self._taken: Counter[str] = Counter()
        self._total = 0
        self._full_since: dict[str, float] = {}
        self._held: deque[tuple[str, asyncio.Future[Seat | None]]] = deque()
        self._took_s = 0.0

    def __len__(self) -> int:
        """Return how many messages are worked on, or wait for that."""
        return self._total

    @property
    def pressed(self) -> bool:
        """Tell whether half of all seats are taken, or more, or messages are refused by now."""
        return "" in self._full_since or self._total * 2 >= self._most

    async def seat(self, where: str) -> Seat:
        """Return a seat in the conversation `where`; raise ClientFault where none comes free."""
        found = self._free(where)
        if found is None and (patience := self._patience(where)) > 0:
            found = await self._hold(where, patience) or self._free(where)
        if found is None:
            raise self._overload()
        return found

    def left(self, where: str, since: float, *, wake: bool = True) -> None:
        """Take a seat back, and give it to who is held back for longest and may have it."""
        self._took_s = max(0.0, self._clock.monotonic() - since)
        self._total -= 1
        self._taken[where] -= 1
        if not self._taken[where]:
            del self._taken[where]
        if self._total < self._most * _RELIEVED:
            self._full_since.pop("", None)
        if self._taken[where] < self._each * _RELIEVED:
            self._full_since.pop(where, None)
        if wake:
            self._hand_on()

    def _free(self, where: str) -> Seat | None:
        if self._total >= self._most or self._taken[where] >= self._each:
            return None
        self._taken[where] += 1
        self._total += 1
        return Seat(self, where, self._clock.monotonic())

    def _patience(self, where: str) -> float:
        """Return for how many seconds somebody may still be held back here."""
        full = "" if self._total >= self._most else where
        now = self._clock.monotonic()
        return self._full_since.setdefault(full, now) + self._hold_s - now

    async def _hold(self, where: str, seconds: float) -> Seat | None:
        """Wait for a seat; None where the time is over."""
        given: asyncio.Future[Seat | None] = asyncio.get_running_loop().create_future()
        held = (where, given)
        alarm = self._clock.call_later(seconds, partial(_give, given, None))
        self._held.append(held)
        try:
            return await given
        except asyncio.CancelledError:
            if given.done() and not given.cancelled() and (seat := given.result()):
                seat.leave()
            raise
        finally:
            alarm.cancel()
            with suppress(ValueError):
                self._held.remove(held)

    def _hand_on(self) -> None:
        for held in self._held:
            where, given = held
            if not given.done() and (seat := self._free(where)) is not None:
                self._held.remove(held)
                given.set_result(seat)
                return

    def _overload(self) -> ClientFault:
        """Return the refusal: by the time the last took, those before this one will be done."""
        wait = min(_LONGEST_WAIT_S, max(_SHORTEST_WAIT_S, self._took_s))
        return ClientFault(
            "More is being said than can be worked on; wait, then send the same again.",
            code="server.overload",
            retry_after_s=round(wait, 3),
        )


def _give(given: "asyncio.Future[Seat | None]", seat: Seat | None) -> None:
    if not given.done():
        given.set_result(seat)
