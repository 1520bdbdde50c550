"""`assist fit`, and what it wrote, as a person types them."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from assist.cli import main, serve
from assist.detectors.fitted import MANIFEST, Made


def _assist(*arguments):
    """Run a command in this process and return its exit code, output and complaints."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["assist", *map(str, arguments)])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def lines(tmp_path):
    """Return a file with one labelled line, too few to be fitted on."""
    place = tmp_path / "my.jsonl"
    place.write_text('{"text": "no", "sentiment": "negative"}\n', encoding="utf-8")
    return place


def test_without_scikit_learn_it_says_what_to_install(lines, monkeypatch):
    """The extra is named, and nothing is read."""
    monkeypatch.setitem(sys.modules, "sklearn", None)
    code, _, complaint = _assist("fit", "--data", lines)
    assert code == 2
    assert 'pip install "chat-assist[fit]"' in complaint


def test_too_few_lines_are_wrong_use(lines):
    """What is missing is said, with exit code 2."""
    code, told, complaint = _assist("fit", "--data", lines)
    assert (code, told) == (2, "")
    assert "my.jsonl has 1 negative lines" in complaint
    assert "fit.too-few" in complaint


def test_a_folder_that_is_no_fit_is_not_overwritten(lines, tmp_path):
    """Before anything is read, a folder with other files is refused."""
    code, _, complaint = _assist("fit", "--data", lines, "--out", tmp_path)
    assert code == 2
    assert "no earlier fit" in complaint
    assert lines.exists()


@pytest.mark.parametrize(
    "command",
    [("analyse", "no"), ("review", "no"), ("replay", "late-parcel"), ("eval", "my.jsonl")],
)
def test_a_damaged_fit_is_refused_by_every_command(command, lines, monkeypatch):
    """The reason and the cure are told, and nothing is read with half a fit."""
    monkeypatch.chdir(lines.parent)
    (lines.parent / "fit").mkdir()
    (lines.parent / "fit" / MANIFEST).write_text("{}")
    code, told, complaint = _assist(*command, "--fitted", "fit")
    assert (code, told) == (1, "")
    assert "damaged: run `assist fit` again" in complaint


def test_a_fit_for_another_version_is_refused(lines):
    """Both versions are told."""
    folder = lines.parent / "fit"
    folder.mkdir()
    names = ("ngrams/weights.npz", "ngrams/manifest.json", "fusion/policy.json")
    said = Made(models="m", version="0.0.1").manifest(dict.fromkeys(names, b""))
    (folder / MANIFEST).write_text(json.dumps(said))
    code, _, complaint = _assist("analyse", "no", "--fitted", folder)
    assert code == 1
    assert "was fitted for chat-assist 0.0.1" in " ".join(complaint.split())


@pytest.mark.parametrize("way", ["option", "environment"])
def test_the_service_takes_the_folder(way, tmp_path, monkeypatch):
    """The option and the setting both reach the line."""
    asked = []

    def line_from(_rules, _playbook, fitted):
        asked.append(fitted)
        raise SystemExit(0)

    monkeypatch.setattr(serve, "line_from", line_from)
    if way == "environment":
        monkeypatch.setenv("ASSIST_FITTED", str(tmp_path))
    _assist("serve", *(("--fitted", tmp_path) if way == "option" else ()))
    assert asked == [tmp_path]
