"""`assist eval` as a person types it."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from assist.cli import evaluate, main
from assist.line import load_line


@pytest.fixture(autouse=True, scope="module")
def loaded_once():
    """Load the shipped line once for all commands of this file."""
    line = load_line()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "line_from", lambda _rules, **_: line)
        yield


def _eval(*arguments):
    """Run `assist eval` in this process and return its exit code, output and complaints."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", "eval", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one small set."""
    texts = {"neg": "this is terrible", "neu": "when is it?", "pos": "Terribly good of you"}
    rows = [
        {"id": f"{label}{n}", "text_fixed": f"{text} {n}", "label": label}
        for label, text in texts.items()
        for n in range(3)
    ]
    (tmp_path / "dev").mkdir()
    place = tmp_path / "dev" / "airline.jsonl"
    place.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return tmp_path


def test_a_folder_or_a_name_with_data_prints_the_same(folder):
    """Both ways to ask for a set give the same Markdown on standard output."""
    code, told, _ = _eval(folder, "--set", "airline")
    assert code == 0
    assert told.startswith("## airline (dev)\n")
    assert _eval("airline", "--data", folder)[1] == told


def test_the_report_is_written_without_texts(folder):
    """`--errors` prints texts, `--out` never holds any."""
    page = folder / "evaluation.md"
    code, told, _ = _eval(folder, "--errors", 9, "--out", page)
    written = page.read_text(encoding="utf-8")
    assert code == 0
    assert "## airline (dev)" in written
    assert "told" in told
    assert not any(text in written for text in ("this is terrible", "Terribly good", "when is it"))


def test_own_lines_and_suites_are_measured(folder):
    """A file of one's own and a file of suites may be asked for together."""
    own, suites = folder / "my.jsonl", folder / "suites.jsonl"
    own.write_text('{"text": "awful", "sentiment": "neg"}\n', encoding="utf-8")
    row = {"id": "1", "suite": "s", "text": "awful", "expect": {"sentiment": "neg"}}
    suites.write_text(json.dumps(row) + "\n", encoding="utf-8")
    code, told, _ = _eval(own, "--suites", suites)
    assert code == 0
    assert "## my.jsonl: sentiment" in told
    assert "| s | 1 | 1.000 |" in told


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "give a folder"),
        (("nowhere",), "there is no folder and no file nowhere"),
        (("FOLDER", "--part", "test"), "--part is dev, train or all"),
        (("FOLDER", "--set", "banana"), "no set is called 'banana'"),
        (("FOLDER", "--out", "FOLDER/none/x.md"), "cannot write"),
    ],
)
def test_wrong_use_ends_with_2(folder, arguments, complaint):
    """What cannot be done is said on standard error, and the exit code is 2."""
    code, _, said = _eval(*(word.replace("FOLDER", str(folder)) for word in arguments))
    assert code == 2
    assert complaint in said


def test_a_bad_line_is_named_by_number(folder):
    """A row that cannot be read ends the command with 2 and its line."""
    own = folder / "my.jsonl"
    own.write_text('{"text": "fine", "sentiment": "pos"}\n{"text": "secret"}\n', encoding="utf-8")
    code, _, said = _eval(own)
    assert code == 2
    assert "my.jsonl:2" in said
    assert "secret" not in said
