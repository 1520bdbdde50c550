"""`assist torture`: what it prints, and how it ends."""

import json

import pytest
from typer.testing import CliRunner

from assist.cli.app import app
from assist.errors import UsageError
from assist.torture.catalogue import TORTURES, Torture
from assist.torture.outcome import Outcome, skipped


@pytest.fixture
def said(monkeypatch):
    """Return a way to run the command over outcomes that are known beforehand."""
    outcomes = {
        "good": Outcome(figures=(("p99 ms", 12.5), ("lost", 0)), reached=True),
        "slow": Outcome(figures=(("p99 ms", float("inf")),), reached=False),
        "lossy": Outcome(figures=(("lost", 3),), reached=False, broken=("lost: 3",)),
        "absent": skipped("not installed here"),
    }

    def told(outcome):
        async def run(_nursery, _scale):
            return outcome

        return run

    known = {
        name: Torture(name=name, goal=f"the goal of {name}", run=told(outcome))
        for name, outcome in outcomes.items()
    }
    monkeypatch.setattr("assist.torture.catalogue.TORTURES", known)
    return lambda *arguments: CliRunner().invoke(app, ["torture", *arguments])


def test_figures_stand_beside_the_goal(said):
    """The goal, each figure, and whether it was reached; a part says that it is one."""
    done = said("good")
    assert done.exit_code == 0
    for words in ("the goal of good", "p99 ms: 12.5", "lost: 0", "reached: yes\n"):
        assert words in done.stdout
    assert "by a short version" in said("good", "--short").stdout


@pytest.mark.parametrize(("names", "code"), [("slow", 0), ("absent", 0), ("lossy", 1), ("all", 1)])
def test_only_a_broken_law_is_a_failure(said, names, code):
    """A slow machine and a missing tool are said, and end well; a loss does not."""
    done = said(names)
    assert done.exit_code == code
    assert ("broken: lost: 3" in done.stdout) == (code == 1)
    assert ("not tried: not installed here" in done.stdout) == (names in {"absent", "all"})


def test_what_is_left_without_an_answer_is_told(monkeypatch):
    """A peer that waits in vain breaks that torture, and there is no traceback."""

    async def waits(_nursery, _scale):
        raise TimeoutError

    known = {"deaf": Torture(name="deaf", goal="an answer", run=waits)}
    monkeypatch.setattr("assist.torture.catalogue.TORTURES", known)
    done = CliRunner().invoke(app, ["torture", "deaf"])
    assert done.exit_code == 1
    assert (
        "broken: it was given up: a peer was left without an answer (TimeoutError)" in done.stdout
    )
    assert isinstance(done.exception, SystemExit)


def test_json_is_one_object_a_line(said):
    """With what was tried, its figures, and null where a figure is no number."""
    lines = [json.loads(line) for line in said("all", "--json").stdout.splitlines()]
    assert [line["torture"] for line in lines] == ["good", "slow", "lossy", "absent"]
    assert lines[0]["figures"] == {"p99 ms": 12.5, "lost": 0}
    assert lines[1]["figures"] == {"p99 ms": None}
    assert (lines[2]["broken"], lines[3]["reached"]) == (["lost: 3"], None)


def test_what_there_is_can_be_listed():
    """Every torture with its goal, one a line."""
    done = CliRunner().invoke(app, ["torture", "--list"])
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == len(TORTURES)


@pytest.mark.parametrize("names", [(), ("nonsense",)])
def test_an_unknown_name_is_wrong_use(said, names):
    """It says where to look."""
    done = said(*names)
    assert isinstance(done.exception, UsageError)
    assert "--list" in str(done.exception)
