"""Conversations that left memory, small: so that one that comes back need not be read again.

The law: what sleeps here is only what the log makes of it, and is taken only where the log has
gone no further and the line is the same; in all other cases the log is read. It is kept packed, in
this process alone, and bounded: long ones are not kept, and who sleeps for longest goes first. Of a
conversation in which words were taken back, or whose last input is still to be read in full,
nothing is kept.
"""

import pickle
import zlib

from assist.service.past import Past
from assist.service.shelf import Shelf

__all__ = ["LARGEST_BYTES", "MOST_BYTES", "Asleep", "packed"]

MOST_BYTES = 16 * 2**20
"""Some 700 conversations of a dozen turns."""
LARGEST_BYTES = 64 * 2**10
"""Some thirty turns: unpacking more would hold the loop up."""


def packed(past: Past | None) -> bytes | None:
    """Return what a room remembers, packed, or None where it is not to be kept.

    May be called in another thread; a past that is added to meanwhile is not kept.
    """
    if past is None or past.since is not None or past.course.conversation.redacted:
        return None
    try:
        return zlib.compress(pickle.dumps(past, pickle.HIGHEST_PROTOCOL), 1)
    except (RuntimeError, TypeError, AttributeError, pickle.PicklingError):
        # It was added to meanwhile, or holds what cannot be packed: the log has it all.
        return None


class Asleep:
    """The packed pasts of conversations, by name, in so many bytes of memory."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._shelf = Shelf(most_bytes)

    def __len__(self) -> int:
        """Return how many sleep."""
        return len(self._shelf)

    def put(self, name: str, past: bytes) -> None:
        """Keep a packed past, in place of an older one; a large one is left to the log."""
        if len(past) > LARGEST_BYTES:
            self.forget((name,))
        else:
            self._shelf.put(name, past)

    def take(self, name: str, *, version: str, generation: int, seq: int) -> Past | None:
        """Return what was kept where it still holds, and keep it no longer."""
        kept = self._shelf.take(name)
        if kept is None:
            return None
        past = pickle.loads(zlib.decompress(kept))  # noqa: S301  packed by this very process
        if not isinstance(past, Past):
            return None
        now = (past.version, past.generation, past.course.seq)
        return past if now == (version, generation, seq) else None

    def clear(self) -> None:
        """Keep nothing of anybody."""
        self._shelf.clear()

    def forget(self, names: tuple[str, ...]) -> None:
        """Keep nothing of these."""
        self._shelf.clear(names)
