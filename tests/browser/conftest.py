"""A Chromium for the page's tests, and a stand-in for the service.

The law: `open_page` takes any address, so a module that starts the real service can use it too
(`open_page(url)` gives a `Visit`). Every visit ends by checking that the page had nothing to
complain of: no console error, no broken policy, no exception.
"""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from panel_service import running as panels_service

expect.set_options(timeout=60_000)  # a machine at other work plays a chat slowly

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A stub at a helpdesk's own address frames a page of this machine.
    "--disable-features=LocalNetworkAccessChecks",
]
# What Chromium writes by itself when a socket cannot be opened; the page is told of it in words.
SOCKET_NOISE = "WebSocket connection to"


@dataclass
class Visit:
    """An open page, and what it complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, kind: str, text: str) -> None:
        """Keep a complaint."""
        if kind in {"error", "warning"} and SOCKET_NOISE not in text:
            self.complaints.append(text)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder as `browser`, and leave it out where there is no Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium a module: it must be gone before other modules start event loops."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open an address; `context` takes Playwright's own options."""
    visits: list[Visit] = []

    def opened(url: str, **context: Any) -> Visit:
        options = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
        page = browser.new_context(**{**options, **context}).new_page()
        visit = Visit(page)
        page.on("console", lambda message: visit.hear(message.type, message.text))
        page.on("pageerror", lambda error: visit.hear("error", str(error)))
        page.set_default_timeout(60_000)
        visits.append(visit)
        page.goto(url)
        return visit

    yield opened
    for visit in visits:
        visit.page.context.close()
    assert [complaint for visit in visits for complaint in visit.complaints] == []


def _fake_service() -> Any:
    path = Path(__file__).with_name("fake_service.py")
    spec = importlib.util.spec_from_file_location("fake_service", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def fake() -> Iterator[Any]:
    """A running stand-in. Ask for it before `open_page`: it must outlive the page."""
    with _fake_service().running() as service:
        yield service


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page from which the pure modules can be imported; nothing in it is ever changed."""
    with _fake_service().running() as service:
        page = browser.new_page()
        page.goto(service.url)
        yield page
        page.close()


@pytest.fixture
def desk() -> Iterator[Any]:
    """A running stand-in of the panel. Ask for it before `open_page`: it must outlive the page."""
    with panels_service() as service:
        yield service


@pytest.fixture
def panel(desk, open_page) -> Page:
    """The desk with Hannah's chat in the panel, its first card standing."""
    page = open_page(f"{desk.url}?conversation=late", timezone_id="UTC").page
    expect(page.locator(".card.first h3")).to_have_text("Name the feeling")
    return page
