"""What only a file can do: stay, be damaged, be somebody else's."""

import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from assist.errors import StoreError
from assist.service import store_sqlite
from assist.service.store import Appended
from assist.service.store_schema import SCHEMA_VERSION
from assist.service.store_sqlite import SqliteLog


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


async def test_what_is_erased_leaves_no_trace_in_any_file(tmp_path):
    """Also not in the gaps of pages that were divided, nor in the write-ahead log."""
    dice, log = random.Random(5), SqliteLog(tmp_path / "turns.sqlite")
    names = [f"chat-{dice.randrange(10**9)}" for _ in range(120)]
    appends = [
        log.append(name, None, f"turn:{name}-{number}", f"WORDS-OF-{name} ".encode() * size)
        for number in range(20)
        for name in dice.sample(names, 120)
        for size in (dice.randrange(1, 50),)
    ]
    for start in range(0, len(appends), 50):
        await asyncio.gather(*appends[start : start + 50])
    gone = tuple(names[::3])
    assert await log.erase(gone) == 40
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert [name for name in gone if name.encode() in held] == []
    assert all(f"WORDS-OF-{name}".encode() in held for name in names if name not in gone)
    await log.close()


async def test_a_reader_elsewhere_keeps_traces_and_that_is_said(tmp_path, monkeypatch):
    """What was erased is gone for everybody who asks; the file is clean once the reader ends."""
    monkeypatch.setattr(store_sqlite, "_PATIENCE_MS", 1)
    path = tmp_path / "turns.sqlite"
    log = SqliteLog(path)
    await log.append("a", None, "m", b"MARKER-IN-THE-WORDS")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT * FROM inputs").fetchall()
    with pytest.raises(StoreError) as told:
        await log.erase(("a",))
    assert (told.value.code, told.value.retry) == ("store.traces", True)
    assert await log.read("a") == ()
    assert await log.append("b", None, "m", b"x") == Appended(seq=1)
    other.execute("COMMIT")
    other.close()
    await log.append("b", None, "n", b"y")
    assert not any(b"MARKER" in place.read_bytes() for place in tmp_path.iterdir())
    await log.close()


async def test_a_great_file_is_written_anew_only_when_that_is_asked_for(tmp_path, monkeypatch):
    """Rewriting holds turns up: a sweep leaves it to the next thorough erasure."""
    monkeypatch.setattr(store_sqlite, "_SMALL", 0)
    log = SqliteLog(tmp_path / "turns.sqlite")
    done = []
    log._writing.set_trace_callback(lambda sql: done.append(sql) if sql == "VACUUM" else None)
    await log.append("a", None, "m", b"x")
    await log.replace("a", "m", b"y")
    await log.erase(("a",), thorough=False)
    assert done == []
    await log.erase((), thorough=True)
    assert done == ["VACUUM"]
    await log.close()


@pytest.mark.parametrize(
    ("pragma", "words"), [("max_page_count = 9", "full"), ("query_only = 1", "readonly")]
)
async def test_a_full_or_read_only_disk_is_told_and_gets_over(tmp_path, pragma, words):
    """An append is refused with a way on, the thread lives, and nothing half-written stays."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    assert await log.append("a", None, "m1", b"1") == Appended(seq=1)
    log._writing.execute(f"PRAGMA {pragma}")
    with pytest.raises(StoreError, match=words) as told:
        await log.append("a", None, "m2", b"2" * 200_000)
    assert told.value.retry
    assert await log.last("a") == 1
    log._writing.execute("PRAGMA query_only = 0")
    log._writing.execute("PRAGMA max_page_count = 100000")
    assert await log.append("a", None, "m2", b"2" * 200_000) == Appended(seq=2)
    await log.close()


async def test_only_the_owner_may_read_what_is_stored(tmp_path):
    """The file and what SQLite lays beside it, whatever the process gives away otherwise."""
    before = os.umask(0)
    try:
        log = SqliteLog(tmp_path / "chats.sqlite")
        await log.append("c", None, "m", b"{}")
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
        await log.close()
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("chats.sqlite", "chats.sqlite-wal", "chats.sqlite-shm"), 0o600)
