"""The guides for helpdesks are true: what is to be pasted works, what is named exists."""

import re
import tomllib
from pathlib import Path

import pytest

from assist.cli import main
from assist.connectors.registry import platforms
from assist.connectors.setups import chosen

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("chatwoot", "front", "intercom", "livechat", "matrix", "rocketchat", "sunshine", "zendesk")
SOURCE = "".join(path.read_text("utf-8") for path in (ROOT / "assist" / "connectors").glob("*.py"))


def guide(name):
    """Return the guide's text."""
    return (ROOT / "docs" / "howto" / f"connect-{name}.md").read_text("utf-8")


def blocks(name, kind):
    """Return the blocks of a kind in a guide."""
    return re.findall(rf"```{kind}\n(.*?)```", guide(name), flags=re.DOTALL)


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_names_its_address_and_its_limits(name):
    """A guide says where deliveries go and what nobody has tried."""
    assert f"https://assist.example/in/{name}" in guide(name)
    assert re.search(r"not verified|not tried|was tried", guide(name), flags=re.IGNORECASE)
    assert name in platforms()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_to_be_pasted_is_taken(name, tmp_path, monkeypatch):
    """Each table for the service is understood, with a secret beside it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{name}.secret").write_text("a-secret-of-32-random-letters-xx", encoding="utf-8")
    tables = [tomllib.loads(block) for block in blocks(name, "toml")]
    assert tables
    for table in tables:
        assert chosen(name, {}, table).platform.name == name
        for option in table[name].get("options", {}):
            assert re.search(rf"(?:options\.get|\.named)\(\"{option}\"", SOURCE)


@pytest.mark.parametrize("name", NAMES)
def test_every_code_exists(name):
    """Each code that a guide explains is one that the connectors use."""
    codes = set(re.findall(r"`((?:signature|payload)\.[a-z-]+)`", guide(name)))
    assert codes
    assert not [code for code in codes if f'"{code}"' not in SOURCE]


@pytest.mark.parametrize("name", NAMES)
def test_every_command_exists(name, monkeypatch, capsys):
    """Each command that a guide shows has the options it shows."""
    lines = re.findall(r"`?(assist connect [a-z-]+)", guide(name))
    shown = set(re.findall(r"--[a-z][a-z-]+", "".join(blocks(name, "bash")) + guide(name)))
    told = ""
    for line in {*lines, "assist serve"}:
        words = line.split()
        if words[1:2] == ["connect"] and words[2] in platforms():
            words[2] = "run"
        monkeypatch.setattr("sys.argv", [*words, "--help"])
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit):
            main()
        told += capsys.readouterr().out
    assert not [option for option in shown if option not in told]
