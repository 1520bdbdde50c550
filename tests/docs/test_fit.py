"""The how-to for fitting a desk is true: its lines run, in its order, on a small made-up file."""

import json
import re
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from itertools import product
from pathlib import Path

import pytest

from assist.cli import main
from assist.evaluation.own import own_items
from assist.fitting import desk, shipped

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "fit.md"
TEXT = PAGE.read_text(encoding="utf-8")
THINGS = ("kettle", "parcel", "router", "sofa", "ticket", "lamp", "phone", "coat", "desk", "bike")
SAID = {
    "negative": ("the {} is broken again, please help", "awful {}, I want my money", "no {} yet??"),
    "neutral": ("what size is the {}?", "my {} is from May", "the {} goes to Leeds"),
    "positive": ("love the {}, thank you", "great, the {} came early", "the {} works, perfect"),
}


def blocks(kind):
    """Return the lines of every block of a kind."""
    found = re.findall(rf"```{kind}\n(.*?)```", TEXT, flags=re.DOTALL)
    return [line for block in found for line in block.splitlines()]


def run(line, monkeypatch):
    """Run one line in this process; return its exit code, output and complaints."""
    out, err, code = StringIO(), StringIO(), 0
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
    monkeypatch.setattr("sys.argv", words)
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """Follow the how-to on made-up lines, beside a few of our turns; return what each line gave."""
    folder, given = tmp_path_factory.mktemp("howto"), {}
    rows = [
        {"conversation": thing, "text": said.format(thing), "sentiment": label}
        for label, texts in SAID.items()
        for thing, said in product(THINGS, texts)
    ]
    (folder / "my.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    taught, kept = shipped.shipped_turns()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(desk, "shipped_turns", lambda: (taught[::40], kept[::30]))
        for line in blocks("sh"):
            if " serve" not in line:
                given[line] = run(line, patch)
    return folder, given


def test_every_line_runs(done):
    """Each shell line ends well and prints something."""
    _, given = done
    assert any("fit --data my.jsonl --out" in line for line in given)
    for line, (code, told, complaint) in given.items():
        assert code == 0, (line, complaint)
        assert told, line


def test_the_folder_is_the_one_that_is_described(done):
    """The how-to names each file of the folder, and no other."""
    folder, _ = done
    place = folder / "fitted"
    files = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}
    table = [line for line in TEXT.splitlines() if line.startswith("| `")]
    assert {name for line in table for name in re.findall(r"`([^`]+)`", line)} == files


def test_the_table_has_a_verdict(done):
    """Before, after, difference, and whether it is recommended, are printed and kept."""
    folder, given = done
    told = given["assist fit --data my.jsonl"][1]
    assert "| measure | before (95 %) | after (95 %) | difference (95 %) |" in told
    assert "ecommended" in told
    assert told.strip() in (folder / "fitted" / "card.md").read_text(encoding="utf-8")


def test_the_example_lines_are_ones_that_can_be_read(tmp_path):
    """The JSON shown is what the command reads."""
    place = tmp_path / "my.jsonl"
    place.write_text("\n".join(blocks("json")), encoding="utf-8")
    assert [item.sentiment for item in own_items(place)] == [0, 1, 2]
