"""`assist report` as it is typed."""

import json

import pytest
from noticing import noticing
from typer.testing import CliRunner

import assist.cli.report as command
from assist.cli.app import app
from assist.core.conditions import CueFound, Pattern
from assist.core.escalation import EscalationPolicy, Level
from assist.core.line import Guidance
from assist.core.rules import Pack, Rule, Watches
from assist.errors import TranscriptError, UsageError
from assist.line import Line

AT = "2026-03-02T09:00:00Z"


@pytest.fixture(autouse=True)
def line(monkeypatch):
    """Read with one small rule in place of all that is shipped."""
    rule = Rule(
        id="p/thank/hi", technique="thank", watches=Watches.CUSTOMER_TURN, summary="S.", why="W.",
        when=CueFound(pattern=Pattern(cue="hi")), lines=("Thank you for writing in.",),
    )  # fmt: skip

    pack = Pack(name="p", version="1", digest="d", rules=(rule,))
    policy = EscalationPolicy(enter={Level.WATCH: 0.2})
    made = Line(guidance=Guidance(pack=pack, policy=policy, detectors=(noticing("hi"),)))
    monkeypatch.setattr(command, "line_from", lambda _: made)


@pytest.fixture
def chats(tmp_path):
    """Return a folder with a transcript and a file of raw inputs."""
    folder = tmp_path / "chats"
    folder.mkdir()
    (folder / "a.txt").write_text("Customer: hi\nAgent: Thank you for writing in.\n")
    turn = {"id": "t1", "role": "customer", "text": "hi", "at": AT}
    messages = (
        {"type": "turn", "conversation": "raw", "turn": turn},
        {"type": "feedback", "conversation": "raw", "suggestion": "p/thank/hi:t1",
         "action": "dismissed", "reason": "not now", "at": AT},
    )  # fmt: skip
    (folder / "b.jsonl").write_text("\n".join(map(json.dumps, messages)))
    return folder


def run(*words):
    return CliRunner().invoke(app, ["report", *map(str, words)], catch_exceptions=False)


def test_a_folder_of_chats_as_tables(chats):
    """Each section has its heading, and the figures of both files are in one table."""
    told = run(chats)
    assert told.exit_code == 0
    assert "Suggestions: 2 chats, 3 turns" in told.stdout
    assert "1 of 2, 50% (9–91)" in told.stdout
    assert "not now" in told.stdout
    told = run(chats, "--insights")
    assert "What followed which technique" in told.stdout
    assert "Nothing." in told.stdout


def test_json_goes_to_standard_output_alone(chats, tmp_path):
    """The JSON is one object; the page is written beside it and told on standard error."""
    page = tmp_path / "page.html"
    told = run(chats, "--json", "--html", page)
    (technique,) = json.loads(told.stdout)["techniques"]
    assert (technique["shown"], technique["used_unclicked"], technique["dismissed"]) == (2, 1, 1)
    assert page.read_text().startswith("<!doctype html>")
    assert run(chats, "--html", page).stdout == ""


def test_raw_inputs_by_name(chats):
    """After `--events A` more files may follow."""
    told = run("--json", "--events", chats / "b.jsonl", chats / "b.jsonl")
    assert json.loads(told.stdout)["conversations"] == 1


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--store", "x", "a.txt"),
        ("--store", "none.sqlite"),
        ("none.txt",),
        ("--events", "none"),
    ],
)
def test_wrong_use_says_what_to_do(words, tmp_path, monkeypatch):
    """Nothing given, both given, or nothing there: an error that ends with exit code 2."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises((UsageError, TranscriptError)):
        run(*words)
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_is_said(chats, tmp_path):
    """The place is named."""
    with pytest.raises(UsageError, match="cannot write") as told:
        run(chats, "--html", tmp_path / "none" / "page.html")
    assert "none" in str(told.value)
