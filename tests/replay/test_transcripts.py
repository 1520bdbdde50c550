"""Reading transcripts: the kind is found from the content, a bad line is named by its number."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assist.core.turns import Role, Turn
from assist.errors import TranscriptError, UsageError
from assist.replay import transcripts
from assist.replay.transcripts import files_in, parse, read

AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HEAD = "conversation,id,role,text,at\n"
ROWS = (
    ("c", "t1", "customer", "hi", "2026-01-05T09:00Z"),
    ("c", "t2", "agent", "hello", "2026-01-05T09:00:30Z"),
)
CSV = HEAD + "".join(",".join(row) + "\n" for row in ROWS)
ONE, TWO = (json.dumps(dict(zip(HEAD.strip().split(","), row, strict=True))) for row in ROWS)
TURNS = (
    Turn(id="t1", role=Role.CUSTOMER, text="hi", at=AT),
    Turn(id="t2", role=Role.AGENT, text="hello", at=AT + timedelta(seconds=30)),
)


def only(text):
    """Return the one conversation in a text."""
    (transcript,) = parse(text)
    return transcript


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"\n  {ONE}\r\n\r\n{TWO}",
        f"[{ONE}, {TWO}]",
        f"\n[\n  {ONE},\n  {TWO}\n]\n",
        CSV,
        f"\n\n{CSV}",
        CSV.replace(HEAD, "Conversation, ID, Role, Text, At\n"),
        CSV.replace(HEAD, '"conversation","id","role","text","at"\n'),
        CSV.replace("hi", '"hi"'),
    ],
    ids=[
        "jsonl", "jsonl crlf", "json", "json lines", "csv", "csv later", "csv titles", "csv quoted",
        "csv quotes",
    ],
)  # fmt: skip
def test_each_kind_is_found_from_its_content(text):
    """The same chat as JSON lines, a JSON list or CSV reads as the same turns."""
    assert (only(text).conversation, only(text).turns) == ("c", TURNS)


@pytest.mark.parametrize(
    "text",
    [
        "Customer: hi\nAgent: hello\n",
        "  customer :hi\n\nAGENT:  hello".replace(":  ", ": "),
        "[09:00] Customer: hi\n[09:00:30] Agent: hello",
        "Visitor: hi\nOperator: hello",
        "client: hi\nSupport: hello",
    ],
    ids=["plain", "loose", "timed", "visitor", "client"],
)
def test_plain_text_is_a_chat_of_its_own(text):
    """Lines that name their speaker are turns half a minute apart, or at the times they give."""
    assert (only(text).conversation, only(text).turns) == ("chat", TURNS)


def test_a_line_without_a_speaker_goes_on():
    """What follows a turn, even with a colon in it, belongs to that turn; blank lines do not."""
    text = "Customer: hi\nNote: two things\n\nfirst\nBot: wait\nSystem: joined"
    assert [(turn.role, turn.text) for turn in only(text).turns] == [
        (Role.CUSTOMER, "hi\nNote: two things\nfirst"), (Role.BOT, "wait"), (Role.SYSTEM, "joined"),
    ]  # fmt: skip


def test_a_chat_may_pass_midnight():
    """A time of day far before the one above is the next day's; one a little before is not."""
    text = "[23:59] Customer: a\n[00:01] Agent: b\n[00:00:30] Agent: c\nCustomer: d"
    times = [turn.at - AT.replace(hour=0) for turn in only(text).turns]
    assert times == [
        timedelta(hours=23, minutes=59), timedelta(days=1, minutes=1),
        timedelta(days=1, seconds=30), timedelta(days=1, seconds=60),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        ({"text": "a\nb: c"}, {"text": "a\nb: c"}),
        ({"author": "mia"}, {"author": "mia"}),
        ({"author": None}, {"author": None}),
        ({"author": None}, {"author": ""}),
        ({"private": True}, {"private": True}),
        ({"private": True}, {"private": "yes"}),
        ({"private": False}, {"private": None}),
        ({"id": "7"}, {"id": 7}),
        ({"id": "t1"}, {"id": None}),
        ({"role": Role.BOT}, {"role": " Assistant "}),
        ({"at": AT}, {"at": None}),
        ({"at": AT}, {"at": ""}),
        ({"at": AT}, {"at": "2026-01-05T10:00:00+01:00"}),
    ],
)
def test_a_turn_may_say_more_or_less(expected, fields):
    """Author, privacy, id and time may be told, be empty or be left out."""
    text = json.dumps({"role": "customer", "text": "hi"} | fields)
    turn = only(text).turns[0]
    assert {name: getattr(turn, name) for name in expected} == expected


def test_times_left_out_go_on_from_the_turn_before():
    """A turn without a time comes half a minute after the one above it."""
    text = f'{ONE}\n{{"conversation": "c", "role": "agent", "text": "x"}}'
    assert only(text).turns[1] == Turn(
        id="t2", role=Role.AGENT, text="x", at=AT + timedelta(seconds=30)
    )


def test_a_file_may_hold_many_chats_and_names():
    """Conversations come in the order of their first turns, each with its customer's name."""
    rows = [
        {"conversation": "b", "role": "customer", "text": "1", "customer_name": "Sam"},
        {"conversation": 7, "role": "customer", "text": "2"},
        {"conversation": "b", "role": "agent", "text": "3", "customer_name": "Other"},
        {"conversation": None, "role": "agent", "text": "4"},
    ]
    found = parse(json.dumps(rows), name="file")
    assert [(one.conversation, one.customer_name, len(one.turns)) for one in found] == [
        ("b", "Sam", 2), ("7", None, 1), ("file", None, 1),
    ]  # fmt: skip


def test_a_turn_told_twice_is_one():
    """The same turn again is no error and no second turn."""
    assert only(f"{ONE}\n{ONE}\n{TWO}").turns == TURNS


@pytest.mark.parametrize(
    ("line", "said", "text"),
    [
        (1, "the file is empty", " \n\n"),
        (1, "no turns", "[]"),
        (1, "no turns", HEAD),
        (2, "not JSON: write one object a line", f"{ONE}\nhello"),
        (3, "not JSON", f"{ONE}\n\n{{'a': 1}}"),
        (2, "must be an object", f"{ONE}\n[1]"),
        (3, "this is not JSON", f"[\n{ONE}\n{TWO}]"),
        (1, "this is not JSON", f"[{ONE}"),
        (1, "cannot be read", "[" * 100_000),
        (2, "not JSON", ONE + '\n{"a":' * 2000),
        (3, "must be an object", f"[\n{ONE},\n5]"),
        (5, "no text", f'[\n{ONE.replace("hi", "a {b} {{c")},\n\n\n{{"role": "agent"}}]'),
        (2, "as many columns", f"{HEAD}c,t1,customer,hi\n"),
        (2, "as many columns", f"{HEAD}c,t1,customer,hi,,more\n"),
        (5, "role must be", f"\n\n{HEAD}\nc,t1,boss,hi,\n"),
        (3, "not CSV", f'{HEAD}c,t1,customer,hi,\nc,t2,agent,"a"b,\n'),
        (2, "not CSV", HEAD + 'c,t1,customer,"' + "x" * 140_000 + '",\n'),
        (1, "start each turn with", "hello there\nCustomer: hi"),
        (1, "role must be", "Note: hello"),
        (2, "role must be", "Customer: hi\n[10:31] Boss: hello"),
        (2, "no such time", "Customer: hi\n[24:00] Agent: hello"),
        (1, "no such time", "[10:31:60] Agent: hello"),
        (1, "this turn has no role", '{"text": "hi"}'),
        (1, "role must be a text", '{"role": 5, "text": "hi"}'),
        (1, "role must be customer", '{"role": "boss", "text": "hi"}'),
        (1, "this turn has no text", '{"role": "agent", "text": null}'),
        (1, "text must be a text", '{"role": "agent", "text": ["hi"]}'),
        (1, "text holds half a character", '{"role": "agent", "text": "\\ud83d"}'),
        (1, "id must be 1 to 200", json.dumps({"id": "t" * 201, "role": "agent", "text": "x"})),
        (1, "conversation must be", '{"conversation": "*", "role": "agent", "text": "x"}'),
        (1, "conversation must be", '{"conversation": "", "role": "agent", "text": "x"}'),
        (1, "id must be a text", '{"role": "agent", "text": "hi", "id": true}'),
        (1, "at must be a time", '{"role": "agent", "text": "hi", "at": "soon"}'),
        (1, "at needs a zone", '{"role": "agent", "text": "hi", "at": "2026-01-05T09:00:00"}'),
        (2, "stands for another turn", f"{ONE}\n{ONE.replace('hi', 'ho')}"),
    ],
)
def test_a_bad_line_is_named_by_its_number(line, said, text):
    """Every fault is told with file and line and says what is wrong."""
    with pytest.raises(TranscriptError) as caught:
        parse(text, file="chat.txt")
    assert str(caught.value).startswith(f"chat.txt:{line}: ")
    assert said in caught.value.message


@pytest.mark.parametrize("text", ['{"role": "boss", "text": "marzipan"}', "marzipan", '{"marzipan'])
def test_no_words_of_a_chat_are_in_an_error(text):
    """What could not be read is not repeated."""
    with pytest.raises(TranscriptError) as caught:
        parse(text)
    assert "marzipan" not in f"{caught.value}{caught.value!r}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("line", "said", "raw"),
    [
        (3, "not UTF-8", b"Customer: hi\nAgent: hello\nCustomer: \xff"),
        (1, "larger than 64 MiB", b"x" * 11),
        (1, "cannot read the file", None),
    ],
)
def test_a_file_that_cannot_be_read_is_named(line, said, raw, tmp_path, monkeypatch):
    """Missing, too large and wrongly coded files are told by name."""
    path = tmp_path / "chat.txt"
    if raw is not None:
        path.write_bytes(raw)
    monkeypatch.setattr(transcripts, "MAX_BYTES", 10 if raw == b"x" * 11 else 1000)
    with pytest.raises(TranscriptError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert said in caught.value.message


def test_a_file_gives_its_name_and_may_begin_with_a_mark(tmp_path):
    """A chat without a name is called after its file; a byte order mark is no part of it."""
    path = tmp_path / "monday.txt"
    path.write_bytes(b"\xef\xbb\xbfCustomer: hi\nAgent: hello\n")
    (transcript,) = read(path)
    assert (transcript.conversation, transcript.turns) == ("monday", TURNS)


def test_a_transcript_shows_no_words():
    """Neither the customer's name nor the words are shown when a transcript is printed."""
    text = json.dumps({"role": "customer", "text": "marzipan", "customer_name": "marzipan"})
    assert "marzipan" not in repr(only(text))


SAID = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40)


@given(st.lists(st.tuples(st.sampled_from(list(Role)), SAID), min_size=1, max_size=5))
def test_what_is_written_as_json_is_read_back(said):
    """Any words come back as they were, from JSON lines and from a list alike."""
    rows = [
        {"id": f"t{n}", "role": role, "text": text, "at": AT.isoformat()}
        for n, (role, text) in enumerate(said)
    ]
    lines = parse("\n".join(map(json.dumps, rows)))
    assert [(turn.role, turn.text) for turn in lines[0].turns] == said
    assert parse(json.dumps(rows, ensure_ascii=False, indent=1)) == lines


@given(st.text(max_size=60) | st.text(alphabet='[]{}":,\n\r roletxcusmag', max_size=40))
def test_any_text_is_read_or_refused(text):
    """Whatever stands in a file, it is read or refused with its line; nothing else is raised."""
    try:
        assert parse(text)
    except TranscriptError as error:
        line = error.line
        assert line >= 1


@pytest.mark.parametrize("heading", ["speaker,message", "role;text", "Rolle\tText", "a"])
def test_csv_with_other_columns_is_told_their_names(tmp_path, heading):
    """Not how plain text is written: the columns that are needed are named."""
    file = tmp_path / "chat.csv"
    file.write_text(f"\n{heading}\ncustomer,hi\n", encoding="utf-8")
    with pytest.raises(TranscriptError) as caught:
        read(file)
    told = str(caught.value)
    assert "chat.csv:2" in told
    assert "conversation,id,role,text,at; at least role,text" in told
    assert "Customer:" not in told


def test_what_may_be_csv_on_standard_input_is_told_both():
    """Without a file's ending nobody knows which was meant."""
    with pytest.raises(TranscriptError, match=r"start each turn with.*conversation,id,role,text"):
        parse("speaker,message\ncustomer,hi\n")


def test_plain_text_may_lie_in_any_file(tmp_path):
    """The content says what it is, also under the name of another kind."""
    file = tmp_path / "chat.csv"
    file.write_text("Customer: hi, you\n", encoding="utf-8")
    assert read(file)[0].turns[0].text == "hi, you"


def test_a_folder_gives_every_kind_below_it(tmp_path):
    """By name, without hidden files; a folder without any says what is looked for."""
    for name in ("b/two.JSON", "b/two.json", "a.csv", "c.txt", "d.jsonl", ".e.txt", "f.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Customer: hi", encoding="utf-8")
    found = [str(path.relative_to(tmp_path)) for path in files_in(tmp_path)]
    assert found == ["a.csv", "b/two.json", "c.txt", "d.jsonl"]
    (tmp_path / "none").mkdir()
    with pytest.raises(UsageError, match=r"no transcript in .*\.jsonl, \.json, \.csv, \.txt"):
        files_in(tmp_path / "none")


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ('[{"name": "late", "title": "Late"}]', False),
        ('[{"name": "late"}, {"role": "customer"}]', True),
        ('[{"name": "late"}, {"text": "hi"}]', True),
        ('[{"type": "turn"}]', True),
        ("[]", True),
        ("[1]", True),
        ('{"name": 1}', True),
        ("[{", True),
        ("\udcff", True),
    ],
)
def test_json_without_any_turn_is_left_out_of_a_folder(tmp_path, content, kept):
    """A list of files beside the transcripts is none; what may be a broken one is told."""
    (tmp_path / "chat.txt").write_text("Customer: hi", encoding="utf-8")
    (tmp_path / "index.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    found = [path.name for path in files_in(tmp_path)]
    assert found == ["chat.txt", *["index.json"] * kept]
