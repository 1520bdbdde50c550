"""What only a file can do: stay, be damaged, be somebody else's."""

import asyncio
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from assist.errors import StoreError
from assist.service.store import Appended
from assist.service.store_sqlite import SCHEMA_VERSION, SqliteLog


async def test_what_was_stored_is_there_after_opening_again(tmp_path):
    """A closed file opened again has the same id and the same records."""
    first = SqliteLog(tmp_path / "turns.sqlite")
    await first.append("a", 0, "m1", b"one")
    await first.close()
    second = SqliteLog(tmp_path / "turns.sqlite")
    assert second.store_id == first.store_id
    assert [record.payload for record in await second.read("a")] == [b"one"]
    assert await second.append("a", 1, "m2", b"two") == Appended(seq=2)
    await second.close()
    await second.close()


async def test_an_answered_append_survives_a_kill(tmp_path):
    """What a process printed as stored before it killed itself is read by the next one."""
    path = tmp_path / "turns.sqlite"
    program = textwrap.dedent(
        f"""
        import asyncio, os, signal
        from pathlib import Path
        from assist.service.store_sqlite import SqliteLog

        async def main():
            log = SqliteLog(Path({str(path)!r}))
            for n in range(20):
                print((await log.append("a", None, f"m{{n}}", b"x")).seq, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)

        asyncio.run(main())
        """
    )
    told = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", program], capture_output=True, check=False
    )
    assert told.stdout.split()[-1] == b"20"
    log = SqliteLog(path)
    assert await log.last("a") == 20
    await log.close()


async def test_many_writers_share_commits(tmp_path):
    """Two hundred appends at once need far fewer than two hundred transactions."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    commits = []
    log._writing.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    await asyncio.gather(*(log.append(f"c{n}", 0, "m", b"x") for n in range(200)))
    await log.close()
    assert 0 < len(commits) < 100


async def test_one_failing_append_spoils_no_other(tmp_path):
    """Of a batch only the append that cannot be written is refused."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    outcomes = await asyncio.gather(
        log.append("a", None, "m1", b"1"),
        log.append("\ud800", None, "m2", b"2"),
        log.append("a", None, "m3", b"3"),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [Appended, StoreError, Appended]
    assert await log.last("a") == 2
    await log.close()


async def test_an_abandoned_append_does_not_stop_the_writer(tmp_path):
    """A caller that was cancelled while waiting leaves the log in order."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    given_up = asyncio.ensure_future(log.append("a", None, "m1", b"1"))
    await asyncio.sleep(0)
    given_up.cancel()
    assert isinstance(await log.append("a", None, "m2", b"2"), Appended)
    await log.close()


async def test_replaced_words_leave_the_file(tmp_path):
    """After a replacement no file of the store holds the old words."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    await log.append("a", None, "m1", b"MARKER-IN-THE-WORDS" * 500)
    await log.replace("a", "m1", b"-")
    assert not any(b"MARKER-IN-THE-WORDS" in path.read_bytes() for path in tmp_path.iterdir())
    await log.close()


async def test_a_closed_log_says_so(tmp_path):
    """Using a closed log is a store error, not a hang."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    await log.close()
    with pytest.raises(StoreError, match="closed"):
        await log.append("a", None, "m", b"")
    with pytest.raises(StoreError, match="closed"):
        await log.read("a")


def test_a_folder_that_is_not_there_is_named(tmp_path):
    """A path that cannot be written gives one clear error with the path in it."""
    with pytest.raises(StoreError, match="check that the folder exists") as told:
        SqliteLog(tmp_path / "nowhere" / "turns.sqlite")
    assert told.value.code == "store.unavailable"
    assert "nowhere" in told.value.message


def test_a_file_that_is_no_database_is_left_alone(tmp_path):
    """Something else's file is refused and not touched."""
    path = tmp_path / "notes.txt"
    path.write_text("notes " * 500)
    with pytest.raises(StoreError) as told:
        SqliteLog(path)
    assert told.value.code == "store.not-a-database"
    assert path.read_text() == "notes " * 500


def test_another_programs_database_is_left_alone(tmp_path):
    """A database without our mark is refused and keeps its tables."""
    path = tmp_path / "other.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE theirs (x)")
    db.commit()
    db.close()
    with pytest.raises(StoreError) as told:
        SqliteLog(path)
    assert told.value.code == "store.not-ours"
    db = sqlite3.connect(path)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]
    db.close()


async def test_a_newer_schema_is_refused(tmp_path):
    """A file of a later version is not read by this one."""
    path = tmp_path / "turns.sqlite"
    await SqliteLog(path).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    db.commit()
    db.close()
    with pytest.raises(StoreError, match="newer version") as told:
        SqliteLog(path)
    assert told.value.code == "store.newer"


async def test_the_file_is_written_for_a_power_cut(tmp_path):
    """The writer commits with a full sync into a write-ahead log."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    assert log._writing.execute("PRAGMA synchronous").fetchone() == (2,)
    assert log._writing.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await log.close()
