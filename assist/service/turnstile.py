"""Newcomers a little apart, so that a crowd of them does not stop who is inside.

The law: who is alone goes straight through; others go through in the order they came, a moment
apart. Nobody holds a place while they wait for anything else, so nobody can keep the next ones out.
"""

import asyncio
from collections import deque

from assist.service.clock import Clock

__all__ = ["Turnstile"]


class Turnstile:
    """Lets one through every `apart_s` seconds of `clock`."""

    def __init__(self, apart_s: float, clock: Clock) -> None:
        self._apart_s = apart_s
        self._clock = clock
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._turning = False

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    async def pass_through(self) -> None:
        """Return once it is one's turn; whoever gives up meanwhile is left out."""
        if not self._turning:
            self._turn()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        await turn

    def _turn(self) -> None:
        self._turning = True
        self._clock.call_later(self._apart_s, self._next)

    def _next(self) -> None:
        self._turning = False
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self._turn()
                return
