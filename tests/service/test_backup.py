"""A copy while the service runs, and the way back."""

import sqlite3
from contextlib import closing

import pytest

from assist.errors import UsageError
from assist.service.backup import back_up, restore
from assist.service.store_schema import SCHEMA_VERSION
from assist.service.store_sqlite import SqliteLog


@pytest.fixture
async def log(tmp_path):
    """Return a log that is open and written to."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    for name in ("a", "b"):
        for number in range(3):
            await log.append(name, None, f"m{number}", b"words", touched=1.0)
    await log.append("*", None, "x", b"choice")
    yield log
    await log.close()


async def test_a_copy_of_a_log_in_use_holds_what_was_answered(log, tmp_path):
    """Also what stands in the write-ahead log only; it is one file, and opens like the other."""
    out = tmp_path / "copy.sqlite"
    assert back_up(log.path, out) == 2
    await log.append("a", None, "later", b"more")
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy.sqlite"]
    copy = SqliteLog(out)
    assert copy.store_id == log.store_id
    assert await copy.read("a") == (await log.read("a"))[:3]
    assert (await copy.read("*"))[0].payload == b"choice"
    await copy.close()


async def test_what_is_put_back_is_another_store(log, tmp_path):
    """The inputs are the copy's, and positions seen since then are of another store."""
    out = tmp_path / "copy.sqlite"
    back_up(log.path, out)
    await log.append("a", None, "later", b"more")
    await log.close()
    assert restore(out, log.path, over=True) == 2
    again = SqliteLog(log.path)
    assert len(await again.read("a")) == 3
    assert again.store_id != log.store_id
    await again.close()


async def test_a_log_that_is_open_is_never_replaced(log, tmp_path):
    """Neither without `over`, nor with it while a service has the file open."""
    out = tmp_path / "copy.sqlite"
    back_up(log.path, out)
    with pytest.raises(UsageError, match="--over"):
        restore(out, log.path)
    with pytest.raises(UsageError, match="stop the service"):
        restore(out, log.path, over=True)
    assert len(await log.read("a")) == 3
    assert await log.append("a", 3, "later", b"more")


async def test_a_file_that_is_there_is_not_overwritten(log, tmp_path):
    """Neither by a copy, nor half."""
    out = tmp_path / "copy.sqlite"
    out.write_text("mine")
    with pytest.raises(UsageError, match="is there already"):
        back_up(log.path, out)
    assert out.read_text() == "mine"
    with pytest.raises(UsageError, match="cannot be copied"):
        back_up(log.path, tmp_path / "nowhere" / "copy.sqlite")


def test_what_is_no_log_is_not_copied(tmp_path):
    """A missing file, another program's, and one of a newer version are each said to be so."""
    with pytest.raises(UsageError, match="no turn log"):
        back_up(tmp_path / "none", tmp_path / "out")
    (tmp_path / "text").write_text("MARKER " * 1000)
    with pytest.raises(UsageError, match="cannot be copied") as told:
        restore(tmp_path / "text", tmp_path / "out")
    assert "MARKER" not in str(told.value)
    with closing(sqlite3.connect(tmp_path / "newer")) as db:
        db.execute("PRAGMA application_id = 1095979860")
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        db.execute("CREATE TABLE t (x)")
        db.commit()
    with pytest.raises(UsageError, match="newer version") as told:
        back_up(tmp_path / "newer", tmp_path / "out")
    assert told.value.code == "store.newer"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["newer", "text"]


async def test_a_damaged_log_is_not_taken_for_a_copy(log, tmp_path):
    """What fails its own check is refused, and nothing is left of the attempt."""
    for number in range(300):
        await log.append("a", None, f"n{number}", b"x" * 500)
    await log.close()
    held = bytearray(log.path.read_bytes())
    held[8192 + 200 : 8192 + 4000] = b"\x5a" * 3800
    log.path.write_bytes(held)
    with pytest.raises(UsageError):
        back_up(log.path, tmp_path / "out")
    assert not list(tmp_path.glob("*out*"))


async def test_a_copy_is_for_its_owner_alone(log, tmp_path):
    """As the log is."""
    back_up(log.path, tmp_path / "copy.sqlite")
    assert (tmp_path / "copy.sqlite").stat().st_mode & 0o777 == 0o600
