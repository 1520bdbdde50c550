"""So many a second, for whatever is counted.

The law: over any time the number taken is the rate times the seconds, and one second's worth saved
up before; never one more. It asks no clock: whoever counts brings the seconds.
"""

__all__ = ["Allowance"]


# Seconds are rounded numbers: who waits for just as long as they were told is not too early.
_ROUNDING = 1e-6


class Allowance:
    """So many a second, with one second's worth saved up."""

    __slots__ = ("_at", "_left", "_most", "_rate")

    def __init__(self, per_second: float) -> None:
        self._rate = per_second
        self._most = max(1.0, per_second)
        self._left = self._most
        self._at = 0.0

    def take(self, at: float) -> float:
        """Take one and return 0; where none is left, return after how many seconds there is one."""
        self._save(at)
        if self._left < 1.0 - _ROUNDING:
            return (1.0 - self._left) / self._rate
        self._left -= 1.0
        return 0.0

    def untouched(self, at: float) -> bool:
        """Tell whether all is saved up again, as in an allowance of which nothing was taken."""
        self._save(at)
        return self._left >= self._most

    def _save(self, at: float) -> None:
        self._left = min(self._most, self._left + max(0.0, at - self._at) * self._rate)
        self._at = max(self._at, at)
