"""From the log back to what a room remembers."""

import json

import pytest

from assist.errors import StoreError
from assist.service.hub import Hub
from assist.service.metrics import Metrics
from assist.service.recall import cleansed, recalled
from assist.service.store_memory import MemoryLog


@pytest.fixture
async def parts(line, clock):
    hub = Hub(line, MemoryLog(), clock, Metrics())
    yield hub.parts
    await hub.close()


async def stored(parts, said, *entries):
    for number, entry in enumerate(entries):
        await parts.log.append("c", None, f"m{number}", json.dumps(entry).encode())


REDACT = {"type": "redact", "conversation": "c", "turn": "t1", "at": "2026-03-02T10:01:00Z"}


async def test_an_unknown_conversation_is_empty(parts):
    """Nothing stored makes an empty past at offset 0."""
    past, _ = await recalled("c", parts)
    assert (past.position.offset, past.course.seq) == (0, 0)


async def test_what_is_stored_is_folded_in_order(parts, said):
    """Every input counts, every event has its place, and the first acks are known."""
    await stored(parts, said, said("a!", turn="t1"), said("b", turn="t2"))
    past, _ = await recalled("c", parts)
    assert (past.course.seq, past.course.offset) == (2, 5)
    assert past.first_ack("m1").offset == 4


async def test_words_taken_back_leave_the_log_first(parts, said):
    """A process that was killed between redaction and cleansing is made up for at the next load."""
    await stored(parts, said, said("MARKER!", turn="t1"), REDACT)
    plain, _ = await recalled("other", parts)
    past, _ = await recalled("c", parts)
    assert past.epoch != plain.epoch
    assert past.course.conversation.turns[0].text == ""
    assert not any(b"MARKER" in record.payload for record in await cleansed("c", parts))


async def test_a_damaged_input_is_a_store_error(parts):
    """What cannot be read is not guessed at."""
    await parts.log.append("c", None, "m", b"rubbish")
    with pytest.raises(StoreError):
        await recalled("c", parts)


async def test_a_full_reading_of_another_input_is_not_guessed_at(parts, said):
    """Where it cannot be told what was read in full, the chat goes on without, in another epoch."""
    read = {"type": "read-in-full", "conversation": "c", "input": 1}
    await stored(parts, said, said("a!", turn="t1"), said("b", turn="t2"))
    plain, _ = await recalled("c", parts)
    await parts.log.append("c", None, "read-in-full:3", json.dumps(read).encode())
    past, _ = await recalled("c", parts)
    assert (past.course.seq, past.course.offset) == (3, 5)
    assert past.course.conversation == plain.course.conversation
    assert past.epoch != plain.epoch
    assert past.resumed(plain.position).recovered is True
