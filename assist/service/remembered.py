"""What is remembered until its time has passed, such as the tokens that were used.

The law: bounded. Where there is no place left it says so, and never forgets before the time.
"""

import heapq

from assist.errors import ClientFault
from assist.wire.closing import Closing

__all__ = ["Remembered"]


class Remembered:
    """Names, each with a figure, until a time (seconds since 1970)."""

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._figures: dict[bytes, tuple[float, float]] = {}
        self._ends: list[tuple[float, bytes]] = []

    def __len__(self) -> int:
        return len(self._figures)

    def figure(self, name: bytes) -> float | None:
        """Return what was put with that name, None where it is not remembered."""
        found = self._figures.get(name)
        return None if found is None else found[0]

    def put(self, name: bytes, figure: float, *, until: float, now: float) -> None:
        """Remember `name`, in place of what was put with it before.

        Raises ClientFault, with a wait, where there is no place.
        """
        self._forget(now)
        if name not in self._figures and len(self._figures) >= self._most:
            raise ClientFault(
                "More connections are made than this server can keep in mind; wait, then connect.",
                code="server.overload",
                close=Closing.GOING_AWAY,
                retry_after_s=max(1.0, self._ends[0][0] - now),
            )
        self._figures[name] = (figure, until)
        heapq.heappush(self._ends, (until, name))

    def _forget(self, now: float) -> None:
        while self._ends and self._ends[0][0] <= now:
            end, name = heapq.heappop(self._ends)
            if self._figures.get(name, (0.0, 0.0))[1] == end:
                del self._figures[name]
