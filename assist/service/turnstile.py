"""A few newcomers in each round of the loop, so that a crowd of them does not stop who is inside.

The law: who is alone goes straight through; others go through in the order they came. Nobody holds
a place while they wait for anything else, so nobody can keep the next ones out.
"""

import asyncio
from collections import deque

__all__ = ["Turnstile"]


class Turnstile:
    """Lets `most` through in each round of the running loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._passed = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._turning = False

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    async def pass_through(self) -> None:
        """Return once it is one's turn; whoever gives up meanwhile is left out."""
        if self._passed < self._most and not self._waiting:
            self._passed += 1
            self._turn()
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._turn()
        await turn

    def _turn(self) -> None:
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._next_round)

    def _next_round(self) -> None:
        self._turning = False
        self._passed = 0
        while self._waiting and self._passed < self._most:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                self._passed += 1
        if self._passed:
            self._turn()
