"""The programs that take pictures of the panel and of the wall, as they are typed."""

import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", ["shots.py", "wall_shots.py"])
@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--help"], 0, "folder to write the pictures to"),
        ([], 2, "required"),
        (["out", "nowhere"], 2, "there is no state nowhere"),
    ],
)
def test_a_word_that_is_no_folder_makes_none(tmp_path, name, words, code, told):
    """Help is help, and a state that there is not is told before anything is written."""
    done = subprocess.run(
        [sys.executable, HERE / name, *words],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, list(tmp_path.iterdir())) == (code, [])
    assert told in done.stdout + done.stderr
