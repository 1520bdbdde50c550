"""A new connector passes its own test before a word of it is changed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assist.connectors.port import Platform, Setup
from assist.connectors.skeleton import skeleton
from assist.connectors.trials import KINDS, trial
from assist.errors import UsageError

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files():
    return skeleton("acme")


async def test_its_module_understands_its_payloads(files):
    """Each is delivered to a door; what the customer said comes out, and secrets do not."""
    room: dict[str, object] = {}
    exec(files["assist/connectors/acme.py"], room)
    platform = room["PLATFORM"]
    assert isinstance(platform, Platform)
    payloads = {
        place.rsplit("/", 1)[1].removesuffix(".json"): text.encode()
        for place, text in files.items()
        if place.endswith(".json")
    }
    told = {kind: await trial(platform, kind, payloads) for kind in KINDS}
    assert told["valid"].told == ("turn of the customer",)
    assert told["private"].told == ("turn of an agent, private",)
    assert told["our own"].told == ()
    assert told["edited"] is None
    (said,) = platform.read(json.loads(payloads["valid"]), Setup())
    assert said.place.name == "acme:a1:c1"


def test_its_own_test_passes_as_it_is_written(files, tmp_path):
    """In a checkout where nothing else was done, `pytest tests/connectors/test_acme.py` passes."""
    room = tmp_path / "tests/connectors"
    for place, text in files.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text, "utf-8")
    shutil.copy(Path(__file__).with_name("contract.py"), room)
    (room / "conftest.py").write_text(
        "import sys, assist.connectors\n"
        f"sys.path.insert(0, {str(room)!r})\n"
        f"assist.connectors.__path__.append({str(tmp_path / 'assist/connectors')!r})\n"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-c", ROOT / "pyproject.toml",
         "--rootdir", tmp_path, room / "test_acme.py"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert "100%" in ran.stdout


@pytest.mark.parametrize("name", ["Acme", "a", "../acme", "ac-me", "1acme", ""])
def test_a_name_that_is_no_module_is_refused(name):
    """It becomes a file's name, an address and a part of ids."""
    with pytest.raises(UsageError, match="letters"):
        skeleton(name)
