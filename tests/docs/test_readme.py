"""The docs are true: the README's commands run, its links lead somewhere, its terms are defined."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assist.core import (
    conversation,
    escalation,
    ledger,
    rewrites,
    rules,
    signals,
    suggestions,
    turns,
)
from assist.line import load_line
from assist.service.server import Service
from assist.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def commands():
    """Return the `assist` lines of the README's shell blocks that end by themselves."""
    blocks = re.findall(r"```sh\n(.*?)```", README, flags=re.DOTALL)
    lines = [line.split("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("assist ") and " serve" not in line]


@pytest.mark.parametrize("command", commands())
def test_a_command_of_the_readme_runs(command, tmp_path):
    """Every shell line of the README that ends by itself ends well and prints something."""
    done = subprocess.run(
        f"{sys.executable} -m {command}",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout + done.stderr


async def test_the_python_example_runs(tmp_path):
    """The README's client example talks to a real service and hears an escalation."""
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    async with Service(Settings(port=0, http_port=0, store="memory:"), load_line()) as service:
        script = tmp_path / "example.py"
        script.write_text(code.replace("ws://127.0.0.1:8765/v1", service.ws_url), encoding="utf-8")
        import asyncio

        process = await asyncio.create_subprocess_exec(
            sys.executable, str(script), stdout=asyncio.subprocess.PIPE
        )
        async with asyncio.timeout(90):
            printed, _ = await process.communicate()
    assert printed.decode().split()[:2] == ["reading", "escalation"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    """Every relative link of the docs names a file that is there."""
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in link]
    assert not [link for link in links if not (page.parent / link).exists()]


def test_make_targets_exist():
    """Every `make` target that the README names is in the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z]+)", README)) - {"up"}
    assert named
    assert not [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)]


def test_the_glossary_knows_the_terms():
    """Every term that the core's modules are named for stands in the glossary."""
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    defined = set(re.findall(r"^\| ([a-z ]+) \|", glossary, re.MULTILINE))
    named = {
        "turn": turns.Turn,
        "draft": turns.Draft,
        "tick": turns.Tick,
        "cue": signals.Cue,
        "signal": signals.Signal,
        "reading": signals.Reading,
        "evidence": signals.Evidence,
        "pull": signals.Pull,
        "conversation": conversation.Conversation,
        "stage": conversation.Stage,
        "act": conversation.Act,
        "escalation": escalation.Escalation,
        "suggestion": suggestions.Suggestion,
        "slot": suggestions.Slot,
        "rule": rules.Rule,
        "pack": rules.Pack,
        "finding": rewrites.Finding,
        "rewrite": rewrites.Rewrite,
        "tension": rewrites.Tension,
        "ledger": ledger.Entry,
    }
    assert not sorted(set(named) - defined)


def test_no_page_names_a_machine():
    """No page holds a path of a machine or the name of a package registry's host."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|root|work|Users)/|pypi\.org|pythonhosted", text), page.name
