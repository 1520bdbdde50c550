"""What rule writers type: new, prove --watch, diff, catalogue and schema."""

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pytest
from rich.console import Console

from assist.cli import main
from assist.cli import rules as rules_cli
from assist.core.escalation import Level

CHAT = "Customer: hi there\nCustomer: nobody called me back, you promised a call\n"


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def assist(*arguments):
    """Run `assist` in this process and return what came of it."""
    out, err, code = StringIO(), StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return Done(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())


@pytest.fixture
def pack(tmp_path):
    """Return a new pack with the rule that `rules new` writes, put before all others."""
    rule = tmp_path / "mine" / "own-it" / "calls.yaml"
    done = assist("rules", "new", rule, "--to", "offer")
    assert done.returncode == 0, done.stderr
    rule.write_text(f"priority: 100\n{rule.read_text('utf-8')}", encoding="utf-8")
    return tmp_path / "mine"


@pytest.fixture
def chats(tmp_path):
    """Return a folder with one chat that the new rule speaks in."""
    folder = tmp_path / "chats"
    folder.mkdir()
    (folder / "calls.txt").write_text(CHAT, encoding="utf-8")
    return folder


def test_a_new_rule_is_told_and_kept(pack):
    """`rules new` names what it wrote; the second time it ends with 2 and leaves the file."""
    rule = pack / "own-it" / "calls.yaml"
    text = rule.read_text(encoding="utf-8")
    done = assist("rules", "new", rule)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert rule.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("whole", [True, False])
def test_a_fault_is_told_in_the_short_way(pack, monkeypatch, whole):
    """Seen from where the command is typed, however the pack was named."""
    monkeypatch.chdir(pack.parent)
    rule = pack / "own-it" / "calls.yaml"
    rule.write_text(rule.read_text("utf-8").replace("summary:", "sumary:"), encoding="utf-8")
    done = assist("rules", "prove", rule if whole else rule.relative_to(pack.parent))
    assert done.returncode == 2
    assert done.stderr.startswith("assist: mine/own-it/calls.yaml:")
    assert assist("rules", "prove", "gone.yaml").stderr.startswith("assist: gone.yaml:1:1: there")
    assert assist("rules", "prove", "/gone").stderr.startswith("assist: /gone:1:1: there is no")


def test_the_job_follows_the_technique(tmp_path):
    """Without --to, a rule for drafts is written where the technique's rules check drafts."""
    assist("rules", "new", tmp_path / "mine" / "no-blame" / "first")
    text = (tmp_path / "mine" / "no-blame" / "first.yaml").read_text(encoding="utf-8")
    assert "watches: agent-draft" in text


def test_watching_proves_again(pack, monkeypatch):
    """Each change is proved; a file that cannot be read is told and does not end the watching."""
    rule = pack / "own-it" / "calls.yaml"
    good = rule.read_text(encoding="utf-8")
    edits = iter([good.replace("[[promised", "[[[promised"), "summary: [", good])

    def changed(places, before):
        assert places == [pack]
        assert str(rule) in before
        edit = next(edits, None)
        if edit is None:
            raise KeyboardInterrupt
        rule.write_text(edit, encoding="utf-8")

    monkeypatch.setattr(rules_cli, "until_changed", changed)
    done = assist("rules", "prove", pack, "--watch")
    told = done.stderr.replace("\n", " ")
    assert done.returncode == 130
    assert told.count("waiting for a change") == 4
    assert told.count("1 rule, 6 examples, 0 faults") == 2
    assert "calls.yaml:" in told
    assert "pack.not-yaml" in told


def test_a_difference_ends_with_one(pack, chats):
    """Text names the chat, the turn and the rule; the totals go to standard error."""
    done = assist("rules", "diff", "shipped", pack, "--over", chats)
    assert done.returncode == 1
    assert "── calls" in done.stdout
    assert "turn 2" in done.stdout
    assert "+ added" in done.stdout
    assert "mine/own-it/calls" in done.stdout
    assert "1 of 1 chats differ" in done.stderr


def test_no_difference_ends_with_zero(pack, chats):
    """The same rules on both sides differ in nothing, and nothing is printed."""
    done = assist("rules", "diff", pack, pack, "--over", chats)
    assert (done.returncode, done.stdout) == (0, "")
    assert "0 of 1 chats differ" in done.stderr


def test_differences_as_json(pack, chats):
    """One object a difference: with the sides turned round, what was added is lost."""
    done = assist("rules", "diff", pack, "shipped", "--over", chats, "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    lost = [row for row in rows if row["before"] and row["before"]["rule"] == "mine/own-it/calls"]
    assert done.returncode == 1
    assert [(row["chat"], row["turn"], row["differs"], row["after"]) for row in lost] == [
        ("calls", 2, "lost", None)
    ]
    assert len(lost[0]["before"]["lines"]) >= 1


def test_levels_and_drafts_are_told(tmp_path, chats):
    """A rule that reads moves the level; a finding is told with the words of the draft."""
    pack = tmp_path / "mine"
    assist("rules", "new", pack / "risk.legal" / "calls", "--to", "read")
    assist("rules", "new", pack / "plain-language" / "ticket", "--to", "check")
    rule = pack / "risk.legal" / "calls.yaml"
    rule.write_text(
        rule.read_text("utf-8").replace("effort: 0.2", "intent: 3, target: 3"), encoding="utf-8"
    )
    (chats / "calls.txt").write_text(f"{CHAT}Agent: I have your ticket here.\n", encoding="utf-8")
    done = assist("rules", "diff", "shipped", pack, "--over", chats)
    assert "● level" in done.stdout
    assert "at “your ticket” in the draft" in done.stdout
    told = assist("rules", "diff", "shipped", pack, "--over", chats, "--json").stdout
    levels = [row for row in map(json.loads, told.splitlines()) if row["differs"] == "level"]
    assert Level(levels[0]["before"]).rank < Level(levels[0]["after"]).rank


def test_differences_as_a_page(pack, chats, tmp_path):
    """`--html` writes the page instead of text."""
    page = tmp_path / "changes.html"
    done = assist("rules", "diff", "shipped", pack, "--over", chats, "--html", page)
    assert (done.returncode, done.stdout) == (1, "")
    assert "mine/own-it/calls" in page.read_text(encoding="utf-8")


def test_the_samples_can_be_compared(pack):
    """`--over samples` takes the shipped chats."""
    done = assist("rules", "diff", "shipped", pack, "--over", "samples", "--json")
    assert "chats differ" in done.stderr
    assert done.returncode in {0, 1}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (lambda f: ("diff", "shipped", f / "none", "--over", f / "chats"), "pack.missing-folder"),
        (lambda f: ("diff", "shipped", "shipped", "--over", f / "none"), "there is no folder"),
        (lambda f: ("diff", "shipped", "shipped", "--over", f / "mine"), "no transcript"),
        (
            lambda f: (
                "diff",
                "shipped",
                f / "mine",
                "--over",
                f / "chats",
                "--html",
                "/no/x.html",
            ),
            "cannot write",
        ),
        (lambda f: ("new", "x"), "PACK/TECHNIQUE/RULE"),
        (lambda f: ("catalogue", "--out", f / "chats" / "calls.txt"), "cannot write to"),
        (lambda f: ("schema", "--out", f / "chats" / "calls.txt"), "cannot write to"),
    ],
)
def test_wrong_use_is_named(pack, chats, tmp_path, arguments, told):
    """Each ends with 2 and says what is wrong."""
    done = assist("rules", *arguments(tmp_path))
    assert (done.returncode, told in done.stderr.replace("\n", "")) == (2, True), done.stderr


def test_the_catalogue_is_written(pack, tmp_path):
    """The pages hold the shipped rules and those of the given packs."""
    done = assist("rules", "catalogue", "--out", tmp_path / "pages", "--rules", pack)
    assert done.returncode == 0, done.stderr
    assert "`mine/own-it/calls`" in (tmp_path / "pages" / "own-it.md").read_text("utf-8")


def test_schemas_are_printed_and_written(tmp_path):
    """One is printed as JSON, or all three are written."""
    assert json.loads(assist("rules", "schema").stdout)["title"] == "Assist rule"
    assert json.loads(assist("rules", "schema", "pack").stdout)["title"] == "Assist pack"
    assert assist("rules", "schema", "--out", tmp_path / "s").returncode == 0
    assert len(list((tmp_path / "s").glob("*.schema.json"))) == 3


def test_the_list_has_a_line_a_rule_with_its_whole_id():
    """Into a pipe nothing is cut or wrapped: each id is there as `--json` has it."""
    told = assist("rules", "list")
    lines = told.stdout.splitlines()
    ids = [json.loads(line)["id"] for line in assist("rules", "list", "--json").stdout.splitlines()]
    assert len(lines) == len(ids)
    assert all(f"  {name} " in line for name, line in zip(ids, lines, strict=True))
    assert f"{len(ids)} rules (" in told.stderr


def test_one_of_each_is_singular(pack):
    """And no bar is drawn where nobody looks at a terminal."""
    told = assist("rules", "prove", pack)
    assert told.stderr.splitlines() == ["1 rule, 6 examples, 0 faults"]


def test_a_bar_shows_how_far_the_proof_is(pack, monkeypatch):
    """On a terminal only; each rule is proved behind it all the same."""
    screen = Console(stderr=True, force_terminal=True, width=100)
    monkeypatch.setattr(rules_cli, "err", screen)
    told = assist("rules", "prove", pack)
    assert "proving" in told.stderr
    assert "1 rule, 6 examples, 0 faults" in told.stderr
