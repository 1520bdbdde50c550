"""Make the README's picture from the real page: `python tests/browser/screenshot.py OUT.png`.

The late-parcel sample plays until a suggestion stands, then a draft is typed and reviewed.
"""

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from assist.errors import UsageError

sys.path.insert(0, str(Path(__file__).parent))
from conftest import CHROMIUM, FLAGS

DRAFT = "Unfortunately we can't send a new one until the courier confirms."
# Enough of the chat to see what it is about, a conversation that is watched, and a suggestion.
MOMENT = """() => document.querySelectorAll('.turn').length >= 7
  && document.querySelector('#level[data-level=watch], #level[data-level=high]')
  && document.querySelector('.card.primary')"""


def main(out: Path, sample: str, scheme: str) -> None:
    """Write the picture."""
    command = [sys.executable, "-m", "assist", "demo", "--no-browser", "--port", "0"]
    with (
        subprocess.Popen([*command, "--http-port", "0"], stderr=subprocess.PIPE, text=True) as demo,
        sync_playwright() as play,
    ):
        try:
            address = next(
                found[0] for line in demo.stderr or () if (found := re.search(r"http://\S+", line))
            )
            browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(
                viewport={"width": 1280, "height": 860},
                color_scheme=scheme,
                device_scale_factor=1.5,
            )
            page.goto(f"{address}?sample={sample}&speed=2")
            page.wait_for_function(MOMENT, timeout=90_000)
            page.wait_for_timeout(400)
            page.fill("textarea", DRAFT)
            page.wait_for_timeout(1500)
            page.screenshot(path=out)
            browser.close()
        finally:
            demo.terminate()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        raise UsageError("name the picture to write")
    main(Path(sys.argv[1]), *(sys.argv[2:] or ["late-parcel"])[:1], scheme="light")
