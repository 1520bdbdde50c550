"""What was made of a text is remembered for a little while, and can be forgotten at once.

The law: whatever keeps words of a chat beyond the chat itself is remembered by this and by nothing
else, so that an erasure finds it. What is remembered is bounded, and never changes an answer.
"""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import ParamSpec, TypeVar
from weakref import WeakSet

__all__ = ["forget_words", "remembering"]

P = ParamSpec("P")
T = TypeVar("T")

_KEPT: WeakSet[Callable[..., object]] = WeakSet()
_ALONE = Lock()


def remembering(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Return a decorator of pure functions: their last `most` answers are kept."""

    def keep(function: Callable[P, T]) -> Callable[P, T]:
        kept = lru_cache(maxsize=most)(function)
        with _ALONE:
            _KEPT.add(kept)
        return kept  # type: ignore[return-value]  # it takes what the function takes

    return keep


def forget_words() -> None:
    """Keep no answer any more."""
    with _ALONE:
        every = tuple(_KEPT)
    for kept in every:
        kept.cache_clear()  # type: ignore[attr-defined]  # as `lru_cache` makes them
