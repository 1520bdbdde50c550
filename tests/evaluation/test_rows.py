"""Lines of a file: numbered, plain or gzipped, and drawn the same way each time."""

from dataclasses import dataclass

import pytest

from assist.errors import TranscriptError
from assist.evaluation.rows import Row, fewer, rows


@dataclass(frozen=True)
class Named:
    """Something with an id."""

    id: str


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_rows_are_numbered_by_their_line(written, name):
    """Plain and gzipped files give the same rows."""
    path = written(name, [{"text": "one"}, {"text": "two"}])
    assert [(row.line, row.values["text"]) for row in rows(path)] == [(1, "one"), (2, "two")]


def test_empty_lines_are_passed_over_and_counted(tmp_path):
    """An empty line is no row, and the next row's number is still its line."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}\n', encoding="utf-8")
    assert [row.line for row in rows(path)] == [1, 3]


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b'{"a": 1}\nsecret words\n', 2, "not JSON"),
        (b'{"a": 1}\n["secret words"]\n', 2, "an object"),
        (b"\xff\xfe", 1, "UTF-8"),
        (rb'{"a": "x\ud83d\ude00"}' + b"\n" + rb'{"a": ["secret \ud800"]}', 2, "half a character"),
        (rb'{"secret \udc00": 1}', 1, "half a character"),
    ],
)
def test_a_bad_line_is_named_and_not_quoted(tmp_path, content, line, message):
    """The error has the line's number and none of its words."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)
    with pytest.raises(TranscriptError, match=message) as raised:
        list(rows(path))
    assert raised.value.line == line
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("name", ["gone.jsonl", "broken.jsonl.gz"])
def test_a_file_that_cannot_be_opened_is_told(tmp_path, name):
    """A missing file, and one that is not gzipped though it says so, are errors of the user."""
    if name.startswith("broken"):
        (tmp_path / name).write_bytes(b"plain")
    with pytest.raises(TranscriptError, match="cannot read the file"):
        list(rows(tmp_path / name))


def test_fields_are_checked():
    """A text must be a text, a label one of the known, a number a number; null may be absent."""
    row = Row(file="f", line=7, values={"text": 3, "label": "odd", "none": None, "yes": True})
    for wrong in (lambda: row.text("text"), lambda: row.one_of("label", ("neg", "pos"))):
        with pytest.raises(TranscriptError, match="f:7"):
            wrong()
    with pytest.raises(TranscriptError, match="a number"):
        row.number("yes")
    assert row.text("none", absent="-") == "-"


def test_a_subsample_is_the_same_each_time_and_in_order():
    """At most so many are kept, in their old order, whatever the run."""
    found = [Named(id=str(number)) for number in range(50)]
    some = fewer(found, 10)
    assert len(some) == 10
    assert some == fewer(found, 10)
    assert [int(one.id) for one in some] == sorted(int(one.id) for one in some)
    assert fewer(found, None) == tuple(found)
    assert set(fewer(found, 5)) < set(some)
