"""A store tried before a service runs on it."""

import sqlite3

import pytest

from assist.errors import AssistError
from assist.service.store_schema import SCHEMA_VERSION
from assist.service.store_sqlite import SqliteLog
from assist.service.trial import trial_of


@pytest.fixture
async def filled(tmp_path):
    """Return a store with two inputs of one conversation."""
    log = SqliteLog(tmp_path / "turns.sqlite")
    for number in (1, 2):
        await log.append("c", None, f"turn:{number}", b"{}")
    await log.close()
    return tmp_path / "turns.sqlite"


def test_a_store_that_will_be_made_is_not_made_yet(tmp_path):
    """A new one is only announced; its folder is looked at."""
    trial = trial_of(f"sqlite:{tmp_path}/new.sqlite")
    assert "will be made" in trial.told
    assert trial.folder == tmp_path
    assert list(tmp_path.iterdir()) == []


async def test_a_store_is_written_to_and_left_as_it_was(filled):
    """It says what is in it; not a byte of the file is another afterwards."""
    before = filled.read_bytes()
    trial = trial_of(f"sqlite:{filled}")
    assert f"1 conversation, schema {SCHEMA_VERSION}; writing works" in trial.told
    assert filled.read_bytes() == before


async def test_a_store_in_use_can_be_tried(filled):
    """Also while a service has it open."""
    log = SqliteLog(filled)
    assert "writing works" in trial_of(f"sqlite:{filled}").told
    await log.append("c", None, "turn:3", b"{}")
    await log.close()


def test_an_older_store_is_said_to_be_upgraded_and_is_not_yet(tmp_path):
    """The first version's file stays one until the service starts."""
    from assist.service.store_schema import VERSIONS

    place = tmp_path / "old.sqlite"
    with sqlite3.connect(place, isolation_level=None) as db:
        for statement in VERSIONS[0]:
            db.execute(statement)
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert f"schema 1, to be upgraded to {SCHEMA_VERSION}" in trial_of(f"sqlite:{place}").told
    with sqlite3.connect(place) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.close()


def test_what_is_no_store_is_said_to_be_so(tmp_path):
    """Another program's database, no database, no folder, another kind: each has its code."""
    other, rubbish = tmp_path / "other.sqlite", tmp_path / "rubbish.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE x (y)")
    db.close()
    rubbish.write_bytes(b"rubbish" * 1000)
    for store, code in (
        (f"sqlite:{other}", "store.not-ours"),
        (f"sqlite:{rubbish}", "store.not-a-database"),
        (f"sqlite:{tmp_path}/no/where.sqlite", "store.unavailable"),
        ("sqlite:", "store.unknown-kind"),
        ("redis:x", "store.unknown-kind"),
    ):
        with pytest.raises(AssistError) as told:
            trial_of(store)
        assert told.value.code == code
