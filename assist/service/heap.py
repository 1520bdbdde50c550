"""The heap of this process: few arenas, large pieces apart, and what is free given back.

The law: the C library gives every thread a heap of its own, and what one thread takes and another
frees leaves holes in all of them; so do large pieces that live for a moment among small ones that
stay. Where the library cannot be asked, nothing is done.
"""

import ctypes
from collections.abc import Callable

__all__ = ["give_back", "settle"]

_ARENA_MAX, _MMAP_THRESHOLD = -8, -3
"""`M_ARENA_MAX` and `M_MMAP_THRESHOLD` of `mallopt(3)`."""
_ARENAS = 2
_LARGE = 64 * 2**10
"""Bytes: what a chat is packed in and out of is larger, and gone at once."""


def settle() -> None:
    """Have the threads to come share a few arenas, and large pieces lie outside them."""
    if ask := _asked("mallopt"):
        ask(_ARENA_MAX, _ARENAS)
        ask(_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Give back to the system what is free in the heap; takes some milliseconds."""
    if ask := _asked("malloc_trim"):
        ask(0)


def _asked(name: str) -> Callable[..., int] | None:
    try:
        return getattr(ctypes.CDLL(None), name, None)
    except (OSError, TypeError):  # no such library here
        return None
