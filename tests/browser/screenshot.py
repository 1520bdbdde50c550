"""Make the README's picture from the real page: `python tests/browser/screenshot.py OUT.png`.

The late-parcel sample plays until a suggestion stands, then a draft is typed and reviewed.
`--all FOLDER` takes the page in every width, in both colours and languages, to be looked at.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from assist.errors import UsageError

sys.path.insert(0, str(Path(__file__).parent))
from conftest import CHROMIUM, FLAGS

DRAFT = "Unfortunately we can't send a new one until the courier confirms."
SIZES = {"wide": (1280, 800), "middle": (800, 800), "phone": (390, 844)}
# Enough of the chat to see what it is about, a conversation that is watched, and a suggestion.
MOMENT = """() => {
  const { root } = document.querySelector('chat-assist-panel');
  return document.querySelectorAll('.turn').length >= 13 && root.querySelector('.card.first')
    && root.querySelector('.level[data-level=watch], .level[data-level=high]');
}"""


@contextmanager
def demo() -> Iterator[str]:
    """Run `assist demo`; gives its address."""
    command = [sys.executable, "-m", "assist", "demo", "--no-browser", "--port", "0"]
    with subprocess.Popen(
        [*command, "--http-port", "0"], stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            found = (re.search(r"http://[\w.:]+/", line) for line in running.stderr or ())
            yield next(address[0] for address in found if address)
        finally:
            running.terminate()


def taken(
    browser: Browser, out: Path, address: str, *, size: tuple[int, int], scheme: str, lang: str
) -> None:
    """Play the sample to its moment, type a draft, and take the picture."""
    page = browser.new_page(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, device_scale_factor=1.5
    )
    page.set_default_timeout(90_000)
    page.goto(f"{address}?sample=late-parcel&speed=2&lang={lang}")
    page.wait_for_function(MOMENT)
    page.wait_for_timeout(500)
    page.locator("#draft").fill(DRAFT)
    page.locator(".finding").first.wait_for()
    page.wait_for_timeout(800)
    page.screenshot(path=out, full_page=size[0] < 700)
    page.close()


def main(out: Path, *, everything: bool) -> None:
    """Write the picture, or all of them."""
    with demo() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if not everything:
            taken(browser, out, address, size=(1280, 900), scheme="light", lang="en")
        for name, size in SIZES.items() if everything else ():
            for scheme, lang in (("light", "de"), ("dark", "en")):
                file = out / f"demo-{name}-{scheme}.png"
                taken(browser, file, address, size=size, scheme=scheme, lang=lang)
        browser.close()


if __name__ == "__main__":
    wanted = [one for one in sys.argv[1:] if one != "--all"]
    if len(wanted) != 1:
        raise UsageError("name the picture, or with --all the folder, to write")
    main(Path(wanted[0]), everything="--all" in sys.argv)
