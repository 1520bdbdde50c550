"""`--playbook` on the commands that take it."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from assist.cli import main

CHAT = """\
Customer: my parcel is late
Agent: Hi, which order is it?
Customer: 3321. what are my options?
Agent: Thanks, one moment.
Customer: what can you do for me now?
"""
BOOK = """\
name: birch
banned-words: [cheap]
offers:
- {offer: ask the quokka depot, causes: [delay]}
- {offer: look twice, causes: [delay]}
"""


def assist(*arguments):
    """Run `assist` in this process; return its exit code, output and complaints."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def files(tmp_path):
    chat, book = tmp_path / "chat.txt", tmp_path / "book.yaml"
    chat.write_text(CHAT, encoding="utf-8")
    book.write_text(BOOK, encoding="utf-8")
    return chat, book


@pytest.mark.parametrize(
    "arguments",
    [("serve", "--port", "0"), ("replay", "late-parcel"), ("analyse", "hi"), ("review", "hi")],
    ids=lambda given: given[0],
)
def test_a_bad_playbook_is_refused_with_its_place(arguments, tmp_path):
    """Each command ends with 2 and names file, line, column and the key that was meant."""
    book = tmp_path / "book.yaml"
    book.write_text("name: x\noffrs: []\n", encoding="utf-8")
    code, out, err = assist(*arguments, "--playbook", book)
    assert (code, out) == (2, "")
    told = " ".join(err.split())
    assert f"{book}:2:1: unknown key 'offrs'" in told
    assert "did you mean 'offers'?" in told


def test_replay_offers_what_the_playbook_has(files):
    """Options in suggestions come from the named playbook, and every event tells the version."""
    chat, book = files
    code, out, _ = assist("replay", "--json", "--playbook", book, chat)
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert "quokka" in out
    assert len({event["version"] for event in events}) == 1


def test_review_knows_the_words_of_the_house(files):
    """A draft with a banned word gets a finding with that playbook, and none without it."""
    _, book = files
    assert (
        "Professional" in assist("review", "--playbook", book, "Our cheap rate ends on 3 May.")[1]
    )
    assert "Professional" not in assist("review", "Our cheap rate ends on 3 May.")[1]
