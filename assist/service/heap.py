"""The heap of this process: few arenas, and what is free given back.

The law: the C library gives every thread a heap of its own, and what one thread takes and another
frees leaves holes in all of them. Where the library cannot be asked, nothing is done.
"""

import ctypes
from collections.abc import Callable

__all__ = ["give_back", "share"]

_ARENA_MAX = -8
"""`M_ARENA_MAX` of `mallopt(3)`."""
_ARENAS = 2


def share() -> None:
    """Have the threads to come share a few arenas."""
    if ask := _asked("mallopt"):
        ask(_ARENA_MAX, _ARENAS)


def give_back() -> None:
    """Give back to the system what is free in the heap; takes some milliseconds."""
    if ask := _asked("malloc_trim"):
        ask(0)


def _asked(name: str) -> Callable[..., int] | None:
    try:
        return getattr(ctypes.CDLL(None), name, None)
    except (OSError, TypeError):  # no such library here
        return None
