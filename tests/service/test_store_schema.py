"""The file of a turn log, from the first version on."""

import json
import sqlite3
from contextlib import closing

import pytest

from assist.errors import StoreError
from assist.service.store import Reminder
from assist.service.store_schema import OURS, SCHEMA_VERSION, VERSIONS, opened
from assist.service.store_sqlite import SqliteLog

# As the first version that was given out wrote it, word for word; never to be changed.
FIRST = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE inputs (
    conversation TEXT NOT NULL, seq INTEGER NOT NULL,
    message_id TEXT NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (conversation, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX stored_once ON inputs (conversation, message_id);
PRAGMA application_id = 1095979860;
PRAGMA user_version = 1;
INSERT INTO about VALUES ('store', '0123456789abcdef');
"""


def begun(kind):
    return f'{{"type":"{kind}","conversation":"c"'


def said(name, role, text, time):
    turn = f'"id":"{name}","role":"{role}","text":"{text}","at":"2026-03-02T{time}Z"'
    return f'{begun("turn")},"turn":{{{turn},"private":false}}}}'


INPUTS = (
    ("open:1", f'{begun("open")},"agent":"kim","customer":{{"name":"Ann","history":[]}}}}'),
    ("turn:t1", said("t1", "customer", "late!", "10:00:01")),
    ("tick:3", '{"type":"tick","conversation":"c","at":"2026-03-02T10:01:01Z"}'),
    ("turn:t2", said("t2", "agent", "sorry", "10:02:00")),
    ("close:5", '{"type":"close","conversation":"c","at":"2026-03-02T10:03:00Z"}'),
)
PREFERRED = b'{"type":"preferred","agent":"kim","muted":["thank"],"fewer":false}'


@pytest.fixture
def first(tmp_path):
    """Return a file of the first version with a conversation in it."""
    path = tmp_path / "turns.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(FIRST)
        rows = [("c", seq, name, text.encode()) for seq, (name, text) in enumerate(INPUTS, 1)]
        db.executemany("INSERT INTO inputs VALUES (?, ?, ?, ?)", rows)
        db.execute("INSERT INTO inputs VALUES ('*', 1, 'preferred:1', ?)", (PREFERRED,))
        db.commit()
    return path


async def test_a_file_of_the_first_version_becomes_one_of_the_newest(first):
    """Its name and all its inputs are the same; each conversation may be looked after."""
    assert OURS == 1095979860
    log = SqliteLog(first)
    assert log.store_id == "0123456789abcdef"
    stored = [(record.message_id, record.payload.decode()) for record in await log.read("c")]
    assert stored == list(INPUTS)
    assert await log.unplanned("", 9) == ("c",)
    assert await log.untouched(1_700_000_000.0, 9) == ()
    await log.close()
    again = SqliteLog(first)
    assert len(await again.read("c")) == 5
    await again.close()


async def test_an_upgraded_conversation_tells_the_same_events(first, make_service, tmp_path):
    """Every event of the old file comes again, as a new service makes it of the same inputs."""
    places = [f"sqlite:{first}", f"sqlite:{tmp_path / 'new.sqlite'}"]
    log = SqliteLog(tmp_path / "new.sqlite")
    for name, text in INPUTS:
        await log.append("c", None, name, text.encode())
    await log.close()
    told = []
    for place in places:
        async with make_service(store=place) as desk, desk.talk("agent", agent="kim") as kim:
            start = await kim.ask(type="subscribe", conversation="c")
            beginning = {**start["position"], "offset": 0}
            state = await kim.ask(type="subscribe", conversation="c", after=beginning)
            assert state["recovered"] is True
            events = await kim.take(start["position"]["offset"])
            for event in (start, *events):
                del event["position"]["epoch"]
            told.append((start, events))
            assert (await kim.ask(type="prefer"))["muted"] == (["thank"] if not told[1:] else [])
    assert told[0] == told[1]
    assert [event["type"] for event in told[0][1]][-1] == "summary"


def test_every_version_is_on_the_way_to_the_newest(tmp_path):
    """A file of each version comes to the same tables as a new one."""
    shapes = set()
    for version in range(SCHEMA_VERSION + 1):
        path = tmp_path / f"{version}.sqlite"
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            for statement in (one for step in VERSIONS[:version] for one in step):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {version}")
        with closing(opened(path)) as db:
            tables = db.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
            shapes.add(json.dumps([tables, db.execute("PRAGMA user_version").fetchone()]))
    assert len(shapes) == 1


async def test_a_file_from_before_keeps_what_is_to_be_remembered(first):
    """It holds nothing of the kind yet; what is put there now is there at the next start."""
    log = SqliteLog(first)
    assert await log.remembered(0.0) == ()
    one = Reminder(name=b"one", figure=1.0, until=9.0)
    await log.remember(one, now=0.0)
    await log.close()
    again = SqliteLog(first)
    assert await again.remembered(8.0) == (one,)
    await again.close()


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(first, monkeypatch):
    """All of it or nothing: the file is still one of the first version."""
    broken = (*VERSIONS[1], "CREATE TABLE inputs (x)")
    monkeypatch.setattr("assist.service.store_schema.VERSIONS", (VERSIONS[0], broken))
    with pytest.raises(StoreError):
        opened(first)
    with closing(sqlite3.connect(first)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
        assert "upkeep" not in {name for (name,) in db.execute("SELECT name FROM sqlite_master")}


def test_a_program_that_knows_no_full_readings_refuses_the_file(tmp_path, monkeypatch):
    """One of before stops at the start and leaves the file alone, not at one chat after another."""
    path = tmp_path / "turns.sqlite"
    opened(path).close()
    monkeypatch.setattr("assist.service.store_schema.VERSIONS", VERSIONS[:3])
    monkeypatch.setattr("assist.service.store_schema.SCHEMA_VERSION", 3)
    with pytest.raises(StoreError) as told:
        opened(path)
    assert told.value.code == "store.newer"
