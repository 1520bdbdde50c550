"""`assist bench`, as far as it needs no service."""

from typer.testing import CliRunner

from assist.bench.stages import WHOLE, Stage
from assist.cli import bench
from assist.cli.app import app


def test_stages_are_told_as_a_table_to_be_kept(monkeypatch):
    """One row a stage with its median, p99, mean and share of the whole; totals stand out."""
    found = (Stage(name="shape", took=(0.1, 0.3)), Stage(name=WHOLE, took=(0.5, 1.5)))
    asked = []
    monkeypatch.setattr(bench, "load_line", lambda: "line")
    monkeypatch.setattr(
        bench, "measure_stages", lambda line, chats, rounds: asked.append((line, rounds)) or found
    )
    said = CliRunner().invoke(app, ["bench", "--stages", "--rounds", "2"])
    assert said.exit_code == 0
    assert asked == [("line", 2)]
    assert "| shape | 0.100 | 0.300 | 0.200 | 20% |" in said.stdout
    assert f"| **{WHOLE}** | 0.500 | 1.500 | 1.000 | 100% |" in said.stdout
