"""Chats from a turn log, raw inputs, transcripts and folders; bad ones are named by line."""

import json

import pytest

from assist.core.turns import Chosen, Closed, Opened, Redaction, Tick, Turn
from assist.errors import TranscriptError, UsageError
from assist.report.sources import from_events, from_files, from_store
from assist.service.entries import Fired, encoded
from assist.service.store_sqlite import SqliteLog
from assist.wire.messages import parse

AT = "2026-03-02T10:00:00Z"


def names(sources):
    return [source.conversation for source in sources]


async def test_a_turn_log_is_read_whatever_it_holds(tmp_path, script):
    """Every conversation of a service's store comes, but not what agents chose for themselves."""
    path = tmp_path / "turns.sqlite"
    log = SqliteLog(path)
    for number, message in enumerate(script.messages):
        entry = parse(json.dumps(message))
        await log.append(entry.conversation, None, f"m{number}", encoded(entry))
    await log.append("*", None, "preferred:1", b"{}")
    fired = Fired(conversation="calm", at=parse(json.dumps(script.messages[-1])).at)
    await log.append("calm", None, "tick:9", encoded(fired))
    for name in (f"sqlite:{path}", str(path)):
        found = list(from_store(name))
        assert names(found) == sorted({message["conversation"] for message in script.messages})
        assert isinstance(found[0].events[-1], Tick)
    await log.close()


def test_words_that_were_taken_back_are_left_out(tmp_path):
    """A redaction in the raw inputs reaches back to the turn and its edits."""
    turn = {"id": "t1", "role": "customer", "text": "marzipan", "at": AT}
    path = tmp_path / "a.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"conversation": "c", **message})
            for message in (
                {"type": "turn", "turn": turn},
                {"type": "edit", "turn": "t1", "text": "marzipan", "at": AT},
                {"type": "redact", "turn": "t1", "at": AT},
            )
        )
    )
    (source,) = from_events([path])
    assert isinstance(source.events[-1], Redaction)
    assert "marzipan" not in str([getattr(event, "text", "") for event in source.events])


def test_raw_inputs_may_lie_among_transcripts(tmp_path, log):
    """What a file holds is found from its content; what a platform says besides is left out."""
    (tmp_path / "chat.txt").write_text("Customer: late\nAgent: sorry\n")
    raw = log.read_text() + '\n{"type":"hello","protocol":1,"role":"platform"}\n'
    raw += '{"type":"choice","conversation":"calm","agent":"kim","muted":[],"resting":[]}\n'
    log.write_text(raw)
    found = {source.conversation: source for source in from_files([tmp_path])}
    assert set(found) > {"chat", "sent", "calm"}
    assert [type(event) for event in found["chat"].events] == [Opened, Turn, Turn, Closed]
    assert isinstance(found["calm"].events[-1], Chosen)
    assert names(from_files([tmp_path / "chat.txt"])) == ["chat"]
    assert "Turn" not in repr(found["chat"])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"type":"hello","protocol":1,"role":"platform"}\nno json', 2),
        ('{"type":"close","conversation":"c"}', 1),
        ('{"type":"strange","conversation":"c"}', 1),
        ('{"type":"tick","conversation":"c","at":"soon"}', 1),
        ('\n{"type":"hello","protocol":1}', 2),
        ("[]", 1),
        ("[[", 1),
    ],
)
def test_a_bad_line_is_named(tmp_path, text, line):
    """File and number are told, and none of the words."""
    path = tmp_path / "a.jsonl"
    path.write_text(text)
    with pytest.raises(TranscriptError) as told:
        list(from_events([path]))
    assert f"{path}:{line}" in str(told.value)
    assert told.value.__context__ is None or "soon" not in str(told.value)


def test_what_cannot_be_opened_is_said_so(tmp_path):
    """A missing file, other bytes, a folder without chats, another store: each has its words."""
    with pytest.raises(TranscriptError, match="No such file"):
        list(from_events([tmp_path / "none.jsonl"]))
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe{")
    with pytest.raises(TranscriptError, match="UTF-8"):
        list(from_events([tmp_path / "bytes.jsonl"]))
    with pytest.raises(TranscriptError):
        list(from_files([tmp_path / "bytes.jsonl"]))
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="no transcript"):
        list(from_files([tmp_path / "empty"]))
    for name in ("memory:", "nats://x"):
        with pytest.raises(UsageError, match="sqlite:PATH"):
            list(from_store(name))
