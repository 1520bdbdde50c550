"""Which turn log an address means."""

from pathlib import Path

from assist.errors import UsageError
from assist.service.store import TurnLog
from assist.service.store_memory import MemoryLog
from assist.service.store_sqlite import SqliteLog

__all__ = ["open_log"]


def open_log(url: str) -> TurnLog:
    """Return the log at `memory:` or `sqlite:PATH`."""
    kind, _, place = url.partition(":")
    if kind == "memory" and not place:
        return MemoryLog()
    if kind == "sqlite" and place:
        return SqliteLog(Path(place).expanduser())
    if kind == "nats":
        raise UsageError(
            "a turn log on nats:// is not built in yet: use sqlite:PATH on one node",
            code="store.not-built-in",
        )
    raise UsageError(
        f"the store {url!r} is not understood: write memory: or sqlite:PATH",
        code="store.unknown-kind",
    )
