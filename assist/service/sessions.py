"""Who is connected now, so that an agent can be logged out everywhere.

The law: it knows connections by tenant and agent, and ends them; it decides nothing.
"""

from typing import Protocol

from assist.wire.closing import Closing

__all__ = ["Endable", "Sessions"]


class Endable(Protocol):
    """A connection that can be ended."""

    def end(self, closing: Closing) -> None:
        """Send what waits, then close with that code."""
        ...


class Sessions:
    """The connections of each agent, by the name that the agent has inside."""

    def __init__(self) -> None:
        self._open: dict[str, set[Endable]] = {}

    def enter(self, agent: str, connection: Endable) -> None:
        """Note that this connection is that agent's."""
        self._open.setdefault(agent, set()).add(connection)

    def leave(self, agent: str, connection: Endable) -> None:
        """Note that it is gone."""
        found = self._open.get(agent, set())
        found.discard(connection)
        if not found:
            self._open.pop(agent, None)

    def count(self, agent: str) -> int:
        """Return how many connections the agent has."""
        return len(self._open.get(agent, ()))

    def log_out(self, agent: str) -> int:
        """End all connections of that agent; return how many."""
        found = tuple(self._open.get(agent, ()))
        for connection in found:
            connection.end(Closing.LOGGED_OUT)
        return len(found)
