"""Bytes by name, in one piece of memory that is taken once and never grows.

The law: what comes and goes by the thousand, in all lengths, would leave the heap full of holes
that nothing fits into. Here it lies in pages of one size; what is taken away is overwritten, and
what lies here for longest makes room.
"""

from mmap import ACCESS_COPY, mmap

__all__ = ["Shelf"]

_PAGE = 4096
_NOTHING = bytes(_PAGE)


class Shelf:
    """Room for `size` bytes; each name takes whole pages of 4 KiB."""

    def __init__(self, size: int) -> None:
        # Of this process alone, also where it is forked.
        self._memory = mmap(-1, max(size // _PAGE, 1) * _PAGE, access=ACCESS_COPY)
        # The first ones last: of memory that was never written to, the system gives none.
        self._free = list(range(0, len(self._memory), _PAGE))[::-1]
        self._held: dict[str, tuple[int, tuple[int, ...]]] = {}

    def __len__(self) -> int:
        """Return how many names have something here."""
        return len(self._held)

    def put(self, name: str, content: bytes) -> None:
        """Keep `content`, in place of what the name had; what is larger than all room is not."""
        self.clear((name,))
        pages = -(-len(content) // _PAGE)
        if pages * _PAGE > len(self._memory):
            return
        while len(self._free) < pages:
            self.clear((next(iter(self._held)),))
        places = tuple(self._free[len(self._free) - pages :])
        for number, place in enumerate(places):
            piece = content[number * _PAGE : (number + 1) * _PAGE]
            self._memory[place : place + len(piece)] = piece
        self._held[name] = len(content), places
        del self._free[len(self._free) - pages :]

    def take(self, name: str) -> bytes | None:
        """Return what the name had, and keep it no longer."""
        if name not in self._held:
            return None
        length, places = self._held[name]
        content = b"".join(self._memory[place : place + _PAGE] for place in places)[:length]
        self.clear((name,))
        return content

    def clear(self, names: tuple[str, ...] | None = None) -> None:
        """Keep nothing of these names, of which some may have nothing here; of none without."""
        for name in tuple(self._held) if names is None else names:
            _, places = self._held.pop(name, (0, ()))
            for place in places:
                self._memory[place : place + _PAGE] = _NOTHING
            self._free.extend(places)
