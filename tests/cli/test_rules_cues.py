"""`assist rules cues`: the families of cues, printed or written."""

from typer.testing import CliRunner

from assist.cli.app import app
from assist.packs.cues_page import page
from assist.packs.load import load_packs


def test_the_page_is_printed_or_written(tmp_path):
    """Both ways give the same page; a place that cannot be written to is said."""
    out = tmp_path / "cues.md"
    printed = CliRunner().invoke(app, ["rules", "cues"])
    assert (printed.exit_code, printed.stdout) == (0, page(load_packs()))
    assert CliRunner().invoke(app, ["rules", "cues", "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8") == printed.stdout
    failed = CliRunner().invoke(app, ["rules", "cues", "--out", str(tmp_path / "no" / "cues.md")])
    assert failed.exit_code != 0
