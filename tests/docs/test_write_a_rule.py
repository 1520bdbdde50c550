"""The how-to for rule writers is true: its files are written, its shell lines run, in its order."""

import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from assist.cli import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "write-a-rule.md"
TEXT = PAGE.read_text(encoding="utf-8")
DIFFERS = 1
_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def steps():
    """Return what a reader does, in order: ("run", line) or ("write", file and text)."""
    found, at = [], 0
    for block in _BLOCK.finditer(TEXT):
        indent, kind, body = block.groups()
        lines = [line.removeprefix(indent) for line in body.splitlines()]
        if kind == "sh":
            found += [("run", line) for line in lines]
        elif kind in {"yaml", "text"}:
            name = re.findall(r"`([\w/-]+\.\w+)`", TEXT[at : block.start()])[-1]
            found.append(("write", (name, "\n".join(lines) + "\n")))
        at = block.end()
    return found


def run(line, monkeypatch):
    """Run one line of a shell block in this process; return its exit code and what it printed."""
    out, code = StringIO(), 0
    monkeypatch.setattr("sys.argv", line.split())
    with redirect_stdout(out), redirect_stderr(out):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue()


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Follow the how-to from its first line to its last; return what each shell line gave."""
    folder, given = tmp_path_factory.mktemp("howto"), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for kind, what in steps():
            if kind == "write":
                name, text = what
                Path(name).parent.mkdir(exist_ok=True)
                Path(name).write_text(text, encoding="utf-8")
            elif " serve" not in what and " --watch" not in what:
                given[what] = run(what, patch)
    return folder, given


def test_every_line_ends_as_told(done):
    """Each command ends with 0, and comparing with 1, because the new rule speaks."""
    _, given = done
    codes = {line: code for line, (code, _) in given.items()}
    assert codes == {line: DIFFERS if " diff " in line else 0 for line in codes}, given
    assert len(codes) >= 6


def test_the_rule_speaks_in_the_chat(done):
    """The replay shows the new rule's card, and the comparison says that it was added."""
    _, given = done
    (replayed,) = [told for line, (_, told) in given.items() if " replay " in line]
    assert "A way to keep riding matters" in replayed
    told = given["assist rules diff shipped bikes --over chats"][1]
    assert "added" in told
    assert "bikes/offer-solutions/courtesy-bike" in told


def test_the_written_rule_proves(done, monkeypatch):
    """The rule as the how-to leaves it has no fault."""
    folder, _ = done
    monkeypatch.chdir(folder)
    code, told = run("assist rules prove bikes", monkeypatch)
    assert code == 0, told
    assert "1 rule, 6 examples, 0 faults" in told


def test_the_editor_finds_the_schema(done):
    """The first line of the rule leads to a schema that is there."""
    folder, _ = done
    rule = folder / "bikes" / "offer-solutions" / "courtesy-bike.yaml"
    (named,) = re.findall(r"\$schema=(\S+)", rule.read_text(encoding="utf-8"))
    assert (rule.parent / named).resolve().is_file()
    assert (folder / "changes.html").is_file()


def test_the_faults_are_worded_as_told():
    """What the table says a fault says is what the proof, or the reader of the file, says."""
    from assist.packs import brackets, prove

    source = "".join(Path(room.__file__).read_text(encoding="utf-8") for room in (prove, brackets))
    quoted = re.findall(r"^ *\| `(.+?)` \|", TEXT, re.MULTILINE)
    assert len(quoted) >= 5
    for fault in quoted:
        parts = [part for part in re.split(r"\[…\]|'…'|…", fault) if part.strip()]
        assert all(part.strip() in source for part in parts), fault
