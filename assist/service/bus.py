"""The bus: from the conversation that has something to say to everybody who listens to it.

The law: what is published on a subject reaches every mailbox attached to it in that order, at most
once, and publishing never waits. A mailbox is bounded; one that is full is shut as slow, loses what
waits in it, and harms nobody else. Whoever missed something comes back and resumes from the log.
"""

import asyncio
from collections import deque
from typing import Protocol

__all__ = ["Bus", "Mailbox", "MemoryBus"]


class Mailbox:
    """What waits to be sent to one listener: bounded, first in, first out."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.slow = False
        self.ended = asyncio.Event()
        self._waiting: deque[tuple[bytes, ...]] = deque()
        self._arrival = asyncio.Event()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def shut(self) -> bool:
        """Tell whether nothing is taken in any more."""
        return self.ended.is_set()

    def put(self, *messages: bytes) -> bool:
        """Add messages that belong together; they take up one place.

        False when the mailbox is shut, or is shut now because it was full.
        """
        if self.shut:
            return False
        if len(self._waiting) >= self.limit:
            self.slow = True
            self._waiting.clear()
            self.close()
            return False
        self._waiting.append(messages)
        self._arrival.set()
        return True

    async def take(self) -> tuple[bytes, ...]:
        """Wait for the next that was put in and return it; empty when shut and drained."""
        while not self._waiting and not self.shut:
            self._arrival.clear()
            await self._arrival.wait()
        return self._waiting.popleft() if self._waiting else ()

    def close(self) -> None:
        """Take nothing more; what waits can still be taken."""
        self.ended.set()
        self._arrival.set()


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
