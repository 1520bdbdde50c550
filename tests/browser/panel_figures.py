"""How quick and small panel and wall are in Chromium: `python tests/browser/panel_figures.py`."""

import gzip
import sys
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from conftest import CHROMIUM, FLAGS
from panel_service import PANEL, running
from wall_service import chats
from wall_service import running as walled

PLAY = Path(__file__).with_name("panel_speed.js").read_text("utf-8")
WALL = Path(__file__).with_name("wall_speed.js").read_text("utf-8")


def heap(page: Page, tools: CDPSession) -> float:
    """Return what the page holds in memory after a collection, in MiB."""
    page.evaluate("0")
    tools.send("HeapProfiler.collectGarbage")
    used: float = tools.send("Runtime.getHeapUsage")["usedSize"]
    return used / 2**20


def walls(browser: Browser) -> None:
    """Print how long changes among two hundred chats take to draw."""
    with walled(chats=chats(many=200)) as fake:
        page = browser.new_page()
        page.goto(fake.url)
        page.get_by_role("button", name="Connect").click()
        page.locator(".chat").nth(199).wait_for()
        took = sorted(page.evaluate(WALL, [0, 100, 200]))
        print(f"100 changes of 200 chats: median {took[50]:.1f} ms, longest {took[-1]:.1f} ms")


def main() -> None:
    """Print the figures."""
    code = (PANEL / "chat-assist-panel.js").read_bytes()
    print(f"bundle: {len(gzip.compress(code, 9)):,} bytes gzip")
    with sync_playwright() as play, running() as fake:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        page.goto(f"{fake.url}?only&conversation=late")
        page.locator(".card.first").wait_for()
        took = sorted(page.evaluate(PLAY, [0, 300])["took"])
        print(f"300 events: median {took[150]:.1f} ms, longest {took[-1]:.1f} ms")
        tools = page.context.new_cdp_session(page)
        page.evaluate(PLAY, [300, 2000])
        before = heap(page, tools)
        page.evaluate(PLAY, [2300, 2000])
        print(f"2,000 events more: {before:.2f} MiB before, {heap(page, tools):.2f} MiB after")
        walls(browser)
        browser.close()


if __name__ == "__main__":
    main()
