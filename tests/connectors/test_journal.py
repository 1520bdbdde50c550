"""The journal: stored before it is answered, passed on after a restart, wiped when it is done."""

import asyncio
import os
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from ways import NOW, Way, said

from assist.connectors import journal as journal_module
from assist.connectors.journal import Journal
from assist.connectors.once import Fate
from assist.connectors.port import Happening, Place
from assist.connectors.written import message_of, written
from assist.core.turns import Assigned, Edit, Opened, Redaction, Role, Turn
from assist.errors import StoreError

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE = Place(platform="p", account="a", conversation="c")


def turn(id_="m1", text="my card is 4111"):
    return Happening(place=PLACE, what=Turn(id=id_, role=Role.CUSTOMER, text=text, at=AT))


def edit(text, id_="m1"):
    return Happening(place=PLACE, what=Edit(turn=id_, text=text, at=AT))


REDACTED = Happening(place=PLACE, what=Redaction(turn="m1", at=AT))


async def test_what_was_noted_and_not_passed_on_survives_a_restart(tmp_path):
    """The next run finds it, and knows it for a repeat."""
    path = tmp_path / "j.sqlite"
    first = Journal(path, lambda: NOW)
    noted = await first.note((turn(),))
    await first.close()
    second = Journal(path, lambda: NOW)
    assert [one.message for one in await second.waiting()] == [one.message for one in noted.waiting]
    assert (await second.note((turn(),))).fates == (Fate.REPEATED,)
    await second.close()


async def test_a_door_goes_on_with_what_waited(tmp_path):
    """A process that ended between the answer and the passing on loses nothing."""
    path = tmp_path / "j.sqlite"
    first = Way(journal=Journal(path, lambda: NOW))
    first.pump._started = False
    await first.knock(said("m1", "Hello"))
    assert first.told == []
    await first.journal.close()
    second = Way(journal=Journal(path, lambda: NOW))
    await second.pump.start()
    await second.pump.settle()
    assert second.told == ["turn Hello"]
    assert await second.journal.waiting() == ()
    await second.journal.close()


async def test_words_leave_the_file_once_they_are_passed_on(tmp_path):
    """Neither the database nor its log holds them afterwards."""
    path = tmp_path / "j.sqlite"
    journal = Journal(path, lambda: NOW)
    (waiting,) = (await journal.note((turn(),))).waiting
    assert b"4111" in b"".join(one.read_bytes() for one in tmp_path.iterdir())
    await journal.done(waiting.seq)
    await journal.close()
    assert b"4111" not in b"".join(one.read_bytes() for one in tmp_path.iterdir())


async def test_words_that_were_passed_on_leave_the_files_of_a_journal_that_stays_open(
    tmp_path, monkeypatch, eventually
):
    """Its log of writes is emptied soon after, and not only when the journal is closed."""
    monkeypatch.setattr(journal_module, "_TIDY_S", 0.0)
    journal = Journal(tmp_path / "j.sqlite", lambda: NOW)
    (waiting,) = (await journal.note((turn(),))).waiting
    await journal.done(waiting.seq)
    await eventually(
        lambda: b"4111" not in b"".join(one.read_bytes() for one in tmp_path.iterdir())
    )
    await journal.close()


async def test_what_is_known_for_a_month_is_forgotten_while_the_journal_stays_open():
    """A process that runs for ever does not keep every message that ever was."""
    now = [NOW]
    journal = Journal(None, lambda: now[0])
    await journal.note((turn(),))
    now[0] += 31 * 86_400
    await journal.tidy()
    assert await journal._ordered(lambda: _count(journal, "known")) == 0
    await journal.close()


async def test_an_erased_conversation_leaves_no_trace_and_others_stay(tmp_path):
    """Neither what waits, nor what is held, nor what is known of it; and at once."""
    journal = Journal(tmp_path / "j.sqlite", lambda: NOW)
    other = replace(PLACE, conversation="d")
    kept = replace(turn(text="kept words"), place=other)
    await journal.note((turn(), edit("4111 held", "m9"), kept))
    await journal.erase((PLACE.name,))
    files = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert (b"4111" in files, PLACE.name.encode() in files) == (False, False)
    assert [one.message.conversation for one in await journal.waiting()] == [other.name]
    assert await journal._ordered(lambda: _count(journal, "known")) == 1
    await journal.close()


async def test_a_journal_of_before_is_gone_on_with(tmp_path):
    """What waited in it is passed on, and what is new can be erased."""
    path = tmp_path / "j.sqlite"
    with sqlite3.connect(path) as db:
        for statement in journal_module._SCHEMA:
            db.execute(statement)
        payload = written(message_of(PLACE.name, turn("m0", "old words").what))
        db.execute("INSERT INTO waiting VALUES (1, ?, 0, ?, ?)", (b"slot", NOW, payload))
    db.close()
    journal = Journal(path, lambda: NOW)
    await journal.note((turn(),))
    await journal.erase((PLACE.name,))
    assert [one.message.turn.text for one in await journal.waiting()] == ["old words"]
    await journal.close()


def _count(journal, table):
    return journal._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


async def test_words_taken_back_leave_the_file_before_they_are_passed_on():
    """A deletion wipes what waits of the message; the deletion itself goes on."""
    journal = Journal(None, lambda: NOW)
    await journal.note((turn(), edit("4111 again")))
    await journal.note((REDACTED,))
    assert [one.message.type for one in await journal.waiting()] == ["redact"]
    await journal.close()


async def test_held_edits_are_let_go_with_their_turn_and_dropped_after_a_day(tmp_path):
    """An edit of a message that never comes does not keep its words for ever."""
    now = [NOW]
    journal = Journal(tmp_path / "j.sqlite", lambda: now[0])
    assert (await journal.note((edit("x", "m9"), edit("one"), edit("two")))).waiting == ()
    noted = await journal.note((turn(),))
    assert [one.message.type for one in noted.waiting] == ["turn", "edit", "edit"]
    await journal.close()
    now[0] += 86_401
    again = Journal(tmp_path / "j.sqlite", lambda: now[0])
    assert (await again.note((turn("m9"),))).waiting[1:] == ()
    await again.close()


async def test_many_at_once_are_written_together_and_one_that_fails_harms_no_other():
    """Each gets its own answer."""
    journal = Journal(None, lambda: NOW)

    def broken():
        raise sqlite3.OperationalError("as it is")

    asked = [journal.note((turn(f"m{n}"),)) for n in range(20)]
    told = await asyncio.gather(*asked, journal._ordered(broken), return_exceptions=True)
    assert isinstance(told[-1], StoreError)
    assert all(one.fates == (Fate.TAKEN,) for one in told[:-1])
    assert len(await journal.waiting()) == 20
    await journal.close()


@pytest.mark.parametrize("content", [b"no database at all, and longer than a header", None])
async def test_a_file_that_is_not_ours_is_left_alone(tmp_path, content):
    """It is refused in words that say what to do, and stays as it was."""
    path = tmp_path / "j.sqlite"
    if content is None:
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE theirs (x)")
        db.close()
    else:
        path.write_bytes(content * 40)
    with pytest.raises(StoreError, match="another path"):
        Journal(path)


async def test_a_journal_that_fails_says_so_without_the_words():
    """The fault names the file and the cause."""
    journal = Journal(None, lambda: NOW)
    await journal._ordered(lambda: journal._db.execute("DROP TABLE waiting"))
    with pytest.raises(StoreError) as caught:
        await journal.note((turn(),))
    assert "4111" not in str(caught.value)
    await journal.close()


async def test_only_the_owner_may_read_a_journal(tmp_path):
    """The file and what SQLite lays beside it."""
    before = os.umask(0)
    try:
        journal = Journal(tmp_path / "chats.connect.sqlite")
        modes = {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
        await journal.close()
    finally:
        os.umask(before)
    assert modes == {0o600}


ANN = "p:a:ann"
AGENT = Assigned(agent="kim")


def of_ann(what, conversation="c"):
    return Happening(place=replace(PLACE, conversation=conversation), what=what, customer=ANN)


async def kinds_of(*happenings):
    """Return what waits after these were noted one by one, and whose conversation it is."""
    journal = Journal(None, lambda: NOW)
    noted = [await journal.note((one,)) for one in happenings]
    assert all(len(one.fates) == 1 for one in noted)
    told = [one.message for batch in noted for one in batch.waiting]
    found = await journal.opened_for(ANN)
    await journal.close()
    return [one.type for one in told], found


async def test_a_conversation_that_nobody_opened_is_its_senders():
    """The first turn or assignment that tells the customer opens it for them, once."""
    said = of_ann(turn().what)
    again = of_ann(turn("m2").what)
    assert await kinds_of(said, again) == (["open", "turn", "turn"], ("p:a:c",))
    assert await kinds_of(of_ann(AGENT), said) == (["open", "assign", "turn"], ("p:a:c",))
    assert await kinds_of(turn(), again) == (["turn", "open", "turn"], ("p:a:c",))
    assert await kinds_of(turn()) == (["turn"], ())


async def test_what_is_known_of_a_conversation_is_not_told_anew():
    """Neither an opening of the platform's own, nor who has the chat; and words gone open none."""
    opened = Happening(place=PLACE, what=Opened(customer_id="p:a:bob", agent="kim"))
    assert await kinds_of(opened, of_ann(turn().what)) == (["open", "turn"], ())
    given = Happening(place=PLACE, what=AGENT)
    assert await kinds_of(given, of_ann(turn().what)) == (["assign", "turn"], ())
    assert await kinds_of(of_ann(REDACTED.what)) == (["redact"], ())
    later = await kinds_of(of_ann(turn().what), opened)
    assert later == (["open", "turn", "open"], ("p:a:c",))
