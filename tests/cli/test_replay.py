"""`assist replay --from`: an export is replayed, and what was left out of it is said."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from assist.cli import main

AT = 1767603600
EXPORT = {
    "payload": [
        {"id": 1, "conversation_id": 42, "message_type": 0, "created_at": AT,
         "content": "third time I ask, where is my parcel", "sender": {"name": "Ana"}},
        {"id": 2, "conversation_id": 42, "message_type": 2, "created_at": AT + 1,
         "content": "Kim self-assigned"},
        {"id": 3, "conversation_id": 42, "message_type": 1, "private": True, "created_at": AT + 2,
         "content": "awful customer, I hate this", "sender": {"type": "user", "id": 7}},
    ]
}  # fmt: skip


def assist(*arguments, given=""):
    """Run `assist` in this process; return exit code, output and complaints."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.StringIO(given))
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


def test_an_export_is_replayed(tmp_path):
    """The customer's turn is read, the private note is not, and the rest is counted."""
    path = tmp_path / "export.json"
    path.write_text(json.dumps(EXPORT), encoding="utf-8")
    code, out, err = assist("replay", "--from", "chatwoot", "--json", path)
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {event["conversation"] for event in events} == {"42"}
    assert {event["turn"] for event in events if event["type"] == "reading"} == {"1"}
    assert "chatwoot: 2 turns in 1 conversation\n" in err
    assert "left out: 1 activity notices" in err
    assert "remark: 1 private, kept and not read" in err


def test_a_name_is_no_command_to_the_terminal():
    """Control characters in a conversation's name do not reach the screen."""
    page = {"payload": [{**EXPORT["payload"][0], "conversation_id": "\x1b]0;x\x1b[31m"}]}
    code, out, _ = assist("replay", "--from", "chatwoot", "-", given=json.dumps(page))
    assert code == 0
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("platform", "given", "told"),
    [
        ("chatwoot", "{}", "<stdin>:1: this is not as chatwoot exports it"),
        ("chatwoot", '{"payload": [{"message_type": 0}]}', "payload[0]: this has no id"),
        ("icq", "{}", "--from knows chatwoot"),
    ],
)
def test_what_cannot_be_read_ends_the_command(platform, given, told):
    """Wrong use and unreadable exports end with 2 and print nothing else."""
    code, out, err = assist("replay", "--from", platform, "-", given=given)
    assert (code, out) == (2, "")
    assert told in err


def test_a_folder_is_replayed_whole(tmp_path):
    """Every kind of file in it; chats that have one name are told apart by their place."""
    for name in ("one/chat.txt", "two/chat.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("Customer: where is my parcel\n", encoding="utf-8")
    row = {"conversation": "j", "role": "customer", "text": "where is my parcel"}
    (tmp_path / "list.json").write_text(json.dumps([row]), encoding="utf-8")
    code, out, _ = assist("replay", "--json", tmp_path)
    assert code == 0
    names = {json.loads(line)["conversation"] for line in out.splitlines()}
    assert names == {"one/chat", "two/chat", "j"}


def test_an_empty_folder_says_what_is_looked_for(tmp_path):
    """With 2, as other wrong use."""
    code, _, err = assist("replay", tmp_path)
    assert code == 2
    assert "no transcript in" in err
