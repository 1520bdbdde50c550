"""Whether reading a text costs in proportion to its length, on whatever machine.

The law: no seconds are told here, only how the cost of a text compares with that of the same kind
of text four times as long: about 4 where the work is linear, 16 where it is quadratic. What counts
is the processor time of this thread, and of several runs the shortest: others work here as well.
"""

import gc
from collections.abc import Callable
from time import thread_time

__all__ = ["TOO_MUCH", "growth", "kind_of"]

TOO_MUCH = 9.0  # halfway between linear and quadratic: √(4 · 16) = 8, and a little for the caches
_TIMES = 4
_LEAST_S = 0.001  # what is shorter than this is done several times over
_ROUNDS = (3, 12)  # as many before a yes, as many before a no


def growth(
    work: Callable[[str], object], unit: str, *, head: str = "", tail: str = "", size: int = 5_000
) -> float:
    """Return how many times as much work on four times the text costs.

    Units stand one after another between `head` and `tail`; of the short text they take `size`
    characters. Measures again while the answer is `TOO_MUCH`, a dozen times at most.
    """
    short = kind_of(unit, size, head=head, tail=tail)
    long = kind_of(unit, size * _TIMES, head=head, tail=tail)
    enabled = gc.isenabled()
    gc.disable()
    try:
        return _growth(work, short, long, _often(work, short))
    finally:
        if enabled:
            gc.enable()


def kind_of(unit: str, size: int, *, head: str = "", tail: str = "") -> str:
    """Return a text of units, which take `size` characters between `head` and `tail`."""
    return head + (unit * (size // len(unit) + 1))[:size] + tail


def _growth(work: Callable[[str], object], short: str, long: str, times: int) -> float:
    least, most = _ROUNDS
    shorts: list[float] = []
    longs: list[float] = []
    for number in range(most):
        shorts.append(_cost(work, short, times))
        longs.append(_cost(work, long, times))
        if number + 1 >= least and min(longs) < TOO_MUCH * min(shorts):
            break
    return min(longs) / min(shorts)


def _often(work: Callable[[str], object], text: str) -> int:
    """Return how often the work is done in one measure, so that it can be measured."""
    times = 1
    while _cost(work, text, times) < _LEAST_S:
        times *= 2
    return times


def _cost(work: Callable[[str], object], text: str, times: int) -> float:
    begun = thread_time()
    for _ in range(times):
        work(text)
    return thread_time() - begun
