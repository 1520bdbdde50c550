"""The bus: from the conversation that has something to say to everybody who listens to it.

The law: what is published on a subject reaches every mailbox attached to it in that order, at most
once, and publishing never waits. A mailbox is bounded, in messages and in bytes; a full one is shut
as slow, loses what waits in it, and harms nobody else. Whoever missed something comes back and
resumes from the log. Nothing gets into a mailbox that does not pass its `outward`.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final, Protocol

__all__ = ["MOST_BYTES", "Bus", "Mailbox", "MemoryBus"]

MOST_BYTES: Final = 1_048_576


class Mailbox:
    """What waits to be sent to one listener: bounded, first in, first out.

    `outward` gives a message as this listener may have it, or None where it is not for them.
    """

    def __init__(self, limit: int, most_bytes: int = MOST_BYTES) -> None:
        self.limit = limit
        self.most_bytes = most_bytes
        self.outward: Callable[[bytes], bytes | None] | None = None
        self.slow = False
        self.ended = asyncio.Event()
        self._bytes = 0
        self._waiting: deque[tuple[bytes, ...]] = deque()
        self._arrival = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def shut(self) -> bool:
        """Tell whether nothing is taken in any more."""
        return self.ended.is_set()

    def put(self, *messages: bytes) -> bool:
        """Add messages that belong together; they take up one place, and of the bytes none.

        False when the mailbox is shut, or is shut now because it was full.
        """
        if self.shut:
            return False
        if self.outward is not None:
            messages = tuple(one for each in messages if (one := self.outward(each)) is not None)
        if not messages:
            return True
        weight = _weight(messages)
        heavy = self._waiting and self._bytes + weight > self.most_bytes
        if heavy or len(self._waiting) >= self.limit:
            self._overflow()
            return False
        self._waiting.append(messages)
        self._bytes += weight
        self._arrival.set()
        return True

    async def take(self) -> tuple[bytes, ...]:
        """Wait for the next that was put in and return it; empty when shut and drained."""
        while not self._waiting and not self.shut:
            self._arrival.clear()
            await self._arrival.wait()
        if not self._waiting:
            return ()
        messages = self._waiting.popleft()
        self._bytes -= _weight(messages)
        return messages

    def close(self) -> None:
        """Take nothing more; what waits can still be taken."""
        self.ended.set()
        self._arrival.set()

    def _overflow(self) -> None:
        self.slow = True
        self._waiting.clear()
        self._bytes = 0
        self.close()


def _weight(messages: tuple[bytes, ...]) -> int:
    """Return the bytes that count: a past that is resumed is in memory anyway, and counts none."""
    return len(messages[0]) if len(messages) == 1 else 0


class Bus(Protocol):
    """Subjects, and the mailboxes attached to them."""

    def publish(self, subject: str, message: bytes) -> None:
        """Put `message` into every mailbox attached to `subject`."""
        ...

    def subscribe(self, subject: str, mailbox: Mailbox) -> None:
        """Attach `mailbox` to `subject`; attaching twice counts once, a shut one not at all."""
        ...

    def unsubscribe(self, subject: str, mailbox: Mailbox) -> None:
        """Detach it, where it is attached."""
        ...

    def leave(self, mailbox: Mailbox) -> None:
        """Detach it from every subject."""
        ...

    def listeners(self, subject: str) -> int:
        """Return how many mailboxes are attached here."""
        ...


class MemoryBus(Bus):
    """The bus of one node."""

    def __init__(self) -> None:
        self._attached: dict[str, dict[Mailbox, None]] = {}
        self._subjects: dict[Mailbox, set[str]] = {}

    def publish(self, subject: str, message: bytes) -> None:
        """Put `message` into every mailbox attached."""
        for mailbox in tuple(self._attached.get(subject, ())):
            if not mailbox.put(message):
                self.leave(mailbox)

    def subscribe(self, subject: str, mailbox: Mailbox) -> None:
        """Attach `mailbox`."""
        if not mailbox.shut:
            self._attached.setdefault(subject, {})[mailbox] = None
            self._subjects.setdefault(mailbox, set()).add(subject)

    def unsubscribe(self, subject: str, mailbox: Mailbox) -> None:
        """Detach it."""
        attached = self._attached.get(subject, {})
        if mailbox in attached:
            del attached[mailbox]
            self._subjects[mailbox].discard(subject)
            if not attached:
                del self._attached[subject]
            if not self._subjects[mailbox]:
                del self._subjects[mailbox]

    def leave(self, mailbox: Mailbox) -> None:
        """Detach it from every subject."""
        for subject in tuple(self._subjects.get(mailbox, ())):
            self.unsubscribe(subject, mailbox)

    def listeners(self, subject: str) -> int:
        """Return how many are attached."""
        return len(self._attached.get(subject, ()))
