"""A turn log looked at from outside: nothing is made, nothing is changed."""

import json
import sqlite3

import pytest

from assist.errors import UsageError
from assist.service.entries import encoded
from assist.service.recorded import recorded
from assist.service.store_sqlite import SqliteLog
from assist.wire.messages import Redact, parse

AT = "2026-03-02T10:00:00Z"


async def test_a_log_in_use_can_be_read(tmp_path, said):
    """While the service holds the file open, what is stored comes, without redacted words."""
    path = tmp_path / "turns.sqlite"
    log = SqliteLog(path)
    turn = parse(json.dumps(said("marzipan", turn="t1")))
    await log.append("c", None, "turn:t1", encoded(turn))
    await log.append("b", None, "turn:t1", encoded(turn))
    await log.append("c", None, "x", encoded(Redact(conversation="c", turn="t1", at=turn.turn.at)))
    (before, kept), (name, entries) = recorded(path)
    assert (before, kept) == ("b", (turn,))
    assert (name, [entry.type for entry in entries]) == ("c", ["turn", "redact"])
    assert entries[0].turn.text == ""
    assert len(await log.read("c")) == 2
    await log.close()


def test_what_is_no_log_is_said_to_be_none(tmp_path):
    """A missing file is not made; another database, or no database, is named."""
    with pytest.raises(UsageError, match="no turn log"):
        list(recorded(tmp_path / "none"))
    assert not (tmp_path / "none").exists()
    other = tmp_path / "other"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(UsageError, match="not a turn log"):
        list(recorded(other))
    (tmp_path / "text").write_text("marzipan " * 100)
    with pytest.raises(UsageError, match="cannot be read") as told:
        list(recorded(tmp_path / "text"))
    assert "marzipan" not in str(told.value)
