"""Newcomers a little apart, so that a crowd of them does not stop who is inside.

The law: who is alone goes straight through; others go through in the order they came, a moment
apart, and more of them at a time the longer the line was, so that nobody waits for longer than
their patience. Who is lost meanwhile takes nobody's turn. Nobody holds a place while they wait for
anything else, so nobody can keep the next ones out.
"""

import asyncio
import math
from collections import deque

from assist.service.clock import Clock

__all__ = ["WITHIN_S", "Turnstile"]

WITHIN_S = 4.0
"""So long may the last of a crowd wait; either side of a handshake gives up after ten seconds."""


class Turnstile:
    """Lets one through every `apart_s` seconds of `clock`, or so many that `WITHIN_S` is kept."""

    def __init__(self, apart_s: float, clock: Clock) -> None:
        self._apart_s = apart_s
        self._clock = clock
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._at_once = 1
        self._turning = self._open = False

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    async def pass_through(self, lost: asyncio.Future[None]) -> bool:
        """Return True once it is one's turn, or False as soon as `lost` is done."""
        if lost.done():
            return False
        if self._open or not self._turning:
            self._turn()
            return True
        turn: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        lost.add_done_callback(lambda _: _left(turn))
        self._waiting.append(turn)
        ticks = WITHIN_S / self._apart_s
        self._at_once = max(self._at_once, math.ceil(len(self._waiting) / ticks))
        return await turn

    def open(self) -> None:
        """Let everybody through from now on."""
        self._open = True
        self._at_once = len(self._waiting)
        self._next()

    def _turn(self) -> None:
        if not self._turning:
            self._turning = True
            self._clock.call_later(self._apart_s, self._next)

    def _next(self) -> None:
        self._turning, passed = False, 0
        while self._waiting and passed < self._at_once:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(True)
                passed += 1
        if passed:
            self._turn()
        else:
            self._at_once = 1


def _left(turn: asyncio.Future[bool]) -> None:
    if not turn.done():
        turn.set_result(False)
