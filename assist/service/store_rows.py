"""What is done inside one transaction of a turn log's file.

The law: SQL and nothing else; each function takes the connection of whoever holds the transaction.
"""

import sqlite3

from assist.service.store import Appended, Conflict, Duplicate, Outcome, Reminder

__all__ = ["append", "erase", "plan", "remember", "replace"]


def append(  # noqa: PLR0913, PLR0917  a row has as many columns as it has
    db: sqlite3.Connection,
    conversation: str,
    expected: int | None,
    message_id: str,
    payload: bytes,
    touched: float | None,
) -> Outcome:
    """Store one input after `expected`."""
    stored = db.execute(
        "SELECT seq FROM inputs WHERE conversation = ? AND message_id = ?",
        (conversation, message_id),
    ).fetchone()
    if stored:
        return Duplicate(seq=stored[0])
    last = db.execute(
        "SELECT coalesce(max(seq), 0) FROM inputs WHERE conversation = ?", (conversation,)
    ).fetchone()[0]
    if expected is not None and expected != last:
        return Conflict(last=last)
    db.execute(
        "INSERT INTO inputs VALUES (?, ?, ?, ?)", (conversation, last + 1, message_id, payload)
    )
    if touched is not None:
        db.execute(
            "INSERT INTO upkeep (conversation, touched, generation) VALUES"
            " (?, ?, (SELECT CAST(value AS INTEGER) FROM about WHERE name = 'erasures'))"
            " ON CONFLICT (conversation) DO UPDATE SET touched = excluded.touched, planned = 0",
            (conversation, touched),
        )
    return Appended(seq=last + 1)


def replace(
    db: sqlite3.Connection, conversation: str, message_id: str, payload: bytes, renamed: str | None
) -> bool:
    """Put `payload` in the place of an older one, under the id `renamed` where that is given."""
    return bool(
        db.execute(
            "UPDATE inputs SET payload = ?, message_id = ?"
            " WHERE conversation = ? AND message_id = ?",
            (payload, renamed or message_id, conversation, message_id),
        ).rowcount
    )


def plan(db: sqlite3.Connection, conversation: str, at: str | None, rings: float | None) -> None:
    """Note when the conversation wants to be looked at."""
    db.execute(
        "UPDATE upkeep SET planned = 1, at = ?, rings = ? WHERE conversation = ?",
        (at, rings, conversation),
    )


def remember(db: sqlite3.Connection, reminder: Reminder, now: float) -> None:
    """Keep a figure until its time, and forget those whose time has come."""
    db.execute("DELETE FROM reminders WHERE until <= ?", (now,))
    db.execute(
        "INSERT OR REPLACE INTO reminders (name, figure, until) VALUES (?, ?, ?)",
        (reminder.name, reminder.figure, reminder.until),
    )


def erase(db: sqlite3.Connection, conversations: tuple[str, ...]) -> int:
    """Delete these conversations; return how many there were."""
    gone = 0
    for name in conversations:
        found = db.execute("DELETE FROM inputs WHERE conversation = ?", (name,)).rowcount
        db.execute("DELETE FROM upkeep WHERE conversation = ?", (name,))
        gone += bool(found)
    if gone:
        db.execute("UPDATE about SET value = CAST(value AS INTEGER) + 1 WHERE name = 'erasures'")
    return gone
