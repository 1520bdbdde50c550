"""`assist erase`, `backup` and `restore`, as typed."""

import asyncio
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from assist.cli.app import app
from assist.connectors.journal import Journal
from assist.connectors.once import Fate
from assist.connectors.port import Happening, Place
from assist.core.turns import Opened, Role, Turn
from assist.errors import UsageError
from assist.service.store_sqlite import SqliteLog
from assist.service.tenancy import keyed

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
OPENING = b'{"type":"open","conversation":"c","customer":{"id":"ann"}}'


def run(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def store(tmp_path):
    """Return the path of a log with three conversations."""

    async def written():
        log = SqliteLog(tmp_path / "turns.sqlite")
        for name in ("a", "b", keyed("acme", "a")):
            await log.append(name, None, "open:1", OPENING, touched=1.0)
            await log.append(name, None, "turn:1", f"MARKER-{name}".encode(), touched=1.0)
        await log.close()

    asyncio.run(written())
    return tmp_path / "turns.sqlite"


def held(store):
    return b"".join(path.read_bytes() for path in store.parent.iterdir())


def test_a_conversation_is_erased_without_a_trace(store):
    """Its marker is in no file; an id that is not there is told by the exit code."""
    told = run("erase", "--store", f"sqlite:{store}", "--conversation", "b")
    assert (told.exit_code, "1 erased" in told.stderr) == (0, True)
    assert (b"MARKER-b" in held(store), b"MARKER-a" in held(store)) == (False, True)
    assert run("erase", "--store", f"sqlite:{store}", "--conversation", "b").exit_code == 1


def test_a_customer_is_erased_in_one_tenant_only(store):
    """Those without a tenant, or those of the one that is named."""
    told = run("erase", "--store", f"sqlite:{store}", "--customer", "ann", "--tenant", "acme")
    assert "1 erased" in told.stderr
    assert (b"acme" in held(store), b"MARKER-a" in held(store)) == (False, True)
    assert "2 erased" in run("erase", "--store", f"sqlite:{store}", "--customer", "ann").stderr
    assert b"MARKER" not in held(store)


@pytest.mark.parametrize("apart", [False, True])
def test_the_connectors_journal_is_erased_too(store, tmp_path, apart):
    """What waits there of the chat is gone: beside the log by itself, elsewhere if named."""
    place = tmp_path / ("own.sqlite" if apart else "turns.connect.sqlite")
    name = Place(platform="p", account="a", conversation="c").name

    async def noted():
        journal = Journal(place)
        what = Turn(id="m1", role=Role.CUSTOMER, text="MARKER-journal", at=AT)
        where = Place(platform="p", account="a", conversation="c")
        noted = await journal.note((Happening(place=where, what=what),))
        await journal.close()
        return noted.fates

    assert asyncio.run(noted()) == (Fate.TAKEN,)
    assert b"MARKER-journal" in held(store)
    more = ("--journal", str(place)) if apart else ()
    run("erase", "--store", f"sqlite:{store}", "--conversation", name, *more)
    assert b"MARKER-journal" not in held(store)
    assert asyncio.run(noted()) == (Fate.TAKEN,)


@pytest.mark.parametrize("apart", [False, True])
def test_a_customer_is_found_where_only_the_journal_knows_them_yet(store, tmp_path, apart):
    """A service that was ended first passed nothing on: the chat's opening waits beside its turns.

    Nobody else's words go with them, and what is erased is not passed on at the next start.
    """
    place = tmp_path / ("own.sqlite" if apart else "turns.connect.sqlite")

    async def noted():
        journal = Journal(place)
        for number, customer in (("1", "ann"), ("2", "bob")):
            where = Place(platform="p", account="a", conversation=number)
            text = f"MARKER-of-{customer}"
            said = Turn(id="m1", role=Role.CUSTOMER, text=text, at=AT)
            for what in (Opened(customer_id=f"p:a:{customer}", customer_name="Sam"), said):
                await journal.note((Happening(place=where, what=what),))
        await journal.close()

    async def waiting():
        journal = Journal(place)
        names = {one.message.conversation for one in await journal.waiting()}
        await journal.close()
        return names

    asyncio.run(noted())
    more = ("--journal", str(place)) if apart else ()
    told = run("erase", "--store", f"sqlite:{store}", "--customer", "p:a:ann", *more)
    assert (told.exit_code, "1 erased" in told.stderr) == (0, True)
    assert [name in held(store) for name in (b"of-ann", b"of-bob")] == [False, True]
    assert asyncio.run(waiting()) == {"p:a:2"}
    told = run("erase", "--store", f"sqlite:{store}", "--customer", "p:a:ann", *more)
    assert (told.exit_code, "0 erased" in told.stderr) == (1, True)


def test_a_journal_that_is_not_there_is_told(store, tmp_path):
    """Nothing is erased where half of it could not be."""
    told = run(
        "erase", "--store", f"sqlite:{store}", "--conversation", "b",
        "--journal", str(tmp_path / "none.sqlite"),
    )  # fmt: skip
    assert isinstance(told.exception, UsageError)
    assert b"MARKER-b" in held(store)


def test_a_copy_is_made_and_put_back(store, tmp_path):
    """What was erased after the copy is there again."""
    copy = tmp_path / "copy.sqlite"
    assert "3 conversations" in run("backup", str(copy), "--store", f"sqlite:{store}").stderr
    run("erase", "--store", f"sqlite:{store}", "--conversation", "b")
    told = run("restore", str(copy), "--store", f"sqlite:{store}", "--over")
    assert (told.exit_code, "3 conversations" in told.stderr) == (0, True)
    copy.unlink()
    assert b"MARKER-b" in held(store)


@pytest.mark.parametrize(
    "words",
    [
        ("erase", "--store", "sqlite:{}/none", "--conversation", "c"),
        ("erase", "--store", "sqlite:{}/turns.sqlite"),
        ("erase", "--store", "sqlite:{}/turns.sqlite", "--conversation", "c", "--customer", "x"),
        ("erase", "--store", "memory:", "--conversation", "c"),
        ("backup", "{}/out", "--store", "nats://here"),
    ],
)
def test_wrong_use_is_said_and_makes_nothing(store, words):
    """An error that says what to do, and no new file."""
    before = sorted(store.parent.iterdir())
    told = run(*(word.format(store.parent) for word in words))
    assert isinstance(told.exception, UsageError)
    assert sorted(store.parent.iterdir()) == before


def test_a_replay_masks_as_the_service_does(tmp_path):
    """With `--mask` the secret is nowhere in what is shown; an unknown kind is wrong use."""
    chat = tmp_path / "chat.txt"
    chat.write_text("Customer: my card is 4111 1111 1111 1111 and it is late!!\n")
    plain, hidden = run("replay", str(chat)), run("replay", str(chat), "--mask", "cards")
    assert "4111 1111 1111 1111" in plain.output
    assert ("4111" in hidden.output, "•••• •••• •••• ••••" in hidden.output) == (False, True)
    assert isinstance(run("replay", str(chat), "--mask", "cats").exception, UsageError)
