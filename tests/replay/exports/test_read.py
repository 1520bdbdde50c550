"""Exports are read whole: what is no turn is counted, what cannot be read is named by its way."""

import json

import pytest

from assist.core.turns import Role
from assist.errors import TranscriptError, UsageError
from assist.replay.exports.read import EXPORTS, parse_export, read_export

MESSAGE = {"id": 1, "message_type": 0, "content": "hi", "created_at": 1767603600, "sender": {}}
PAGE = {"payload": [MESSAGE]}


def chatwoot(*messages):
    """Return a page of messages, each the usual one with these changes."""
    return json.dumps({"payload": [{**MESSAGE, "id": n, **m} for n, m in enumerate(messages)]})


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(PAGE),
        json.dumps([PAGE]),
        json.dumps(PAGE) + "\n" + json.dumps(PAGE) + "\n",
        json.dumps(PAGE, indent=2) + json.dumps(PAGE),
        "\n\n" + json.dumps(MESSAGE),
    ],
    ids=["page", "list", "a line each", "page after page", "message"],
)
def test_the_forms_of_a_file(text):
    """One object, a list, one a line and page after page all give the one chat once."""
    (chat,) = parse_export("chatwoot", text, name="file").transcripts
    assert (chat.conversation, [turn.text for turn in chat.turns]) == ("file", ["hi"])


@pytest.mark.parametrize(
    "at",
    [
        1767603600, 1767603600.0, 1767603600_000, 1767603600_000_000, 1767603600_000_000_000,
        "1767603600", "2026-01-05T09:00:00Z", "2026-01-05T10:00:00+01:00", "2026-01-05T09:00:00",
        "2026-01-05 09:00:00 UTC", "2026-01-05T09:00:00.000000Z",
    ],
)  # fmt: skip
def test_the_forms_of_a_time(at):
    """Seconds to nanoseconds since 1970 and ISO with or without a zone are the same moment."""
    (chat,) = parse_export("chatwoot", chatwoot({"created_at": at})).transcripts
    assert chat.turns[0].at.isoformat() == "2026-01-05T09:00:00+00:00"


@pytest.mark.parametrize("at", [1767603600.25, 1767603600250, "1767603600.25"])
def test_parts_of_a_second_stay(at):
    """What happens within one second keeps its order."""
    (chat,) = parse_export("chatwoot", chatwoot({"created_at": at})).transcripts
    assert chat.turns[0].at.microsecond == 250_000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "file is empty"),
        ("[]", "file is empty"),
        ('{"payload": [', "x.json:1: this is not JSON"),
        ('{"payload": []}\n{oops', "x.json:2: this is not JSON"),
        ("[" * 100_000, "cannot be read"),
        ("[1]", r"\[0\]: an export is JSON objects"),
        ('{"payload": []}', "no turns in this export"),
        (chatwoot({"created_at": None}), r"payload\[0\]: this has no created_at"),
        (chatwoot({"created_at": "soon"}), r"payload\[0\].created_at: this should be a time"),
        (chatwoot({"created_at": True}), "should be a time"),
        (chatwoot({"created_at": 10**400}), "should be a time"),
        (chatwoot({"created_at": -5}), "should be a time"),
        ('{"payload": [{"id": 1, "message_type": 0, "created_at": NaN}]}', "should be a time"),
        (chatwoot({"id": None}), r"payload\[0\]: this has no id"),
        (chatwoot({"id": []}), "should be an id"),
        (chatwoot({"id": "n" * 201}), "text of 1 to 200 characters"),
        (chatwoot({"conversation_id": "*"}), "conversation_id: this should be an id"),
        (chatwoot({"content": 5}), r"payload\[0\].content: this should be a text"),
        (chatwoot({"sender": 5}), r"payload\[0\].sender: this should be an object"),
        (chatwoot({"attachments": 5}), "should be a list"),
        (chatwoot({"message_type": 9}), "should be incoming"),
        (chatwoot({"message_type": 2}), r"no turns in this export \(1 activity notices\)"),
        ('{"conversation_parts": {}, "id": "1"}', "looks like --from intercom"),
        ('{"hello": 1}', "not as chatwoot exports it: see docs"),
    ],
)
def test_a_bad_file_is_named(text, told):
    """Each fault says where it is and what should be there."""
    with pytest.raises(TranscriptError, match=told):
        parse_export("chatwoot", text, file="x.json")


def test_no_words_are_told():
    """A fault never repeats what stands in the file."""
    with pytest.raises(TranscriptError) as caught:
        parse_export("chatwoot", chatwoot({"content": "geheim", "created_at": "geheim"}))
    assert "geheim" not in str(caught.value)


def test_an_unknown_platform_is_refused():
    """The answer names those that are known."""
    with pytest.raises(UsageError, match="chatwoot, front, intercom, livechat, zendesk"):
        parse_export("icq", "{}")


def test_newest_first_is_turned_round():
    """Turns come in the order of their time; of one second, as a file in its order has them."""
    times = [30, 20, 20, 10]
    texts = ["d", "c", "b", "a"]
    text = chatwoot(
        *({"created_at": 1767603600 + t, "content": w} for t, w in zip(times, texts, strict=True))
    )
    (chat,) = parse_export("chatwoot", text).transcripts
    assert [turn.text for turn in chat.turns] == ["a", "b", "c", "d"]


def test_a_later_copy_holds():
    """A message that comes again with other words is one turn, with the later words."""
    again = [{"id": 1, "content": "hi"}, {"id": 1, "content": "hi"}, {"id": 1, "content": "hi!"}]
    imported = parse_export("chatwoot", chatwoot(*again))
    assert [turn.text for turn in imported.transcripts[0].turns] == ["hi!"]
    assert imported.left_out == {"told twice": 1, "earlier words of edited messages": 1}


def test_half_characters_are_shown_and_counted():
    """Half a character, as cutting leaves it, does not end the import."""
    imported = parse_export("chatwoot", chatwoot({"content": "ok \ud83d"}))
    assert imported.transcripts[0].turns[0].text == "ok \N{REPLACEMENT CHARACTER}"
    assert imported.remarks == {"with half a character in it, shown as �": 1}


def test_a_file_is_read_by_its_path(tmp_path):
    """A conversation without a name of its own has that of its file."""
    path = tmp_path / "4711.json"
    path.write_text(json.dumps(PAGE), encoding="utf-8")
    (chat,) = read_export("chatwoot", path).transcripts
    assert (chat.conversation, chat.turns[0].role) == ("4711", Role.CUSTOMER)
    with pytest.raises(TranscriptError, match="cannot read the file"):
        read_export("chatwoot", tmp_path / "none.json")


@pytest.mark.parametrize("platform", EXPORTS)
def test_no_json_is_a_crash(platform):
    """Whatever stands where, a platform's reader gives turns or a clear fault."""
    strange = [None, True, 5, -1.5, "x", [], [1], [[]], {}, {"id": 5}, [{"id": []}], "<p>"]
    keys = (
        "payload", "messages", "comments", "users", "chats", "thread", "threads", "events",
        "source", "conversation_parts", "history", "_results", "id", "type", "ticket", "tickets",
        "meta", "message_type", "author", "created_at", "data", "conversations", "message",
        "visitor",
    )  # fmt: skip
    for outer in keys:
        for inner in keys:
            for value in strange:
                for shape in ({outer: value, inner: "1"}, {outer: [{inner: value}], "id": "c"}):
                    try:
                        parse_export(platform, json.dumps(shape))
                    except TranscriptError as fault:
                        assert fault.line == 1  # noqa: PT017  any other exception is the failure


def test_parts_without_a_name_are_one_chat_and_that_is_said():
    """Two documents that name no conversation may be two chats: the reader is told."""
    later = {"payload": [{**MESSAGE, "id": 2}]}
    imported = parse_export("chatwoot", json.dumps(PAGE) + json.dumps(later))
    assert len(imported.transcripts) == 1
    assert imported.remarks == {"parts name no conversation and are read as one": 2}
    named = json.dumps({"payload": [{**MESSAGE, "conversation_id": 1}]}) + json.dumps(later)
    assert parse_export("chatwoot", named).remarks == {}
