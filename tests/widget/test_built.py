"""The built files of panel and wall: small, and what their sources make."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

WIDGET = Path(__file__).parents[2] / "assist" / "widget"
UNFETCHED = 3
"""What the check ends with where npm's packages cannot be had: nothing was built or compared."""
BUILT = ("panel/chat-assist-panel.js", "wall/chat-assist-wall.js")


@pytest.mark.parametrize("name", BUILT)
def test_a_built_file_is_small(name):
    """Each is one file of at most 20 KB gzip, and asks for nothing from elsewhere."""
    code = (WIDGET / name).read_bytes()
    assert len(gzip.compress(code, 9)) <= 20 * 1024
    assert b"http:" not in code.replace(b"http://www.w3.org/", b"")
    assert b"https:" not in code


@pytest.mark.skipif(shutil.which("npm") is None, reason="Node is not installed")
def test_the_built_files_are_what_their_sources_make():
    """Built anew, both are the same byte for byte as what is committed."""
    check = ["sh", str(WIDGET / "panel" / "check.sh")]
    made = subprocess.run(check, capture_output=True, text=True, check=False, timeout=280)
    if made.returncode == UNFETCHED:
        pytest.skip(made.stderr.strip())
    assert made.returncode == 0, made.stdout + made.stderr
    assert [line.split(":")[0] for line in made.stdout.splitlines()] == [
        "chat-assist-panel.js",
        "../wall/chat-assist-wall.js",
    ]


def test_the_pages_for_helpdesks_are_one_page():
    """They differ in the helpdesk's name and its scripts alone, and hold no script of their own."""
    pages = {path.stem: path.read_text("utf-8") for path in (WIDGET / "host").glob("*.html")}
    desks = {name: page for name, page in pages.items() if name != "frame"}
    assert len(desks) == 5
    bare = set()
    for name, page in desks.items():
        scripts = re.findall(r"<script( type=\"module\")? src=\"([^\"]+)\"></script>\n", page)
        assert scripts[-1] == (' type="module"', f"{name}.js")
        assert [source for _, source in scripts[:-1] if source.startswith("http")] == (
            ["https://static.zdassets.com/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js"]
            if name == "zendesk"
            else []
        )
        bare.add(re.sub(r"<script.*?</script>\n|(?<=<title>).*?(?=</title>)", "", page))
    assert len(bare) == 1
    assert "script" not in bare.pop()
