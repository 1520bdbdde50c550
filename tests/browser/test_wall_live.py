"""The supervisors' wall against the real service: a chat grows tense, is seen, and handed over."""

import asyncio
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from assist.client import Role, SentTurn, connect

SLOW = 90_000
START = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
SAID = (
    (Role.CUSTOMER, "Third time I write. You charged me twice and nobody answers!"),
    (Role.AGENT, "Let me look into both charges."),
    (Role.CUSTOMER, "This is a disgrace. I want your manager, now, or my lawyer hears of it."),
    (Role.CUSTOMER, "You are useless liars and I will take you to court."),
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a running `assist demo`."""
    command = [sys.executable, "-m", "assist", "demo", "--no-browser"]
    with subprocess.Popen(
        [*command, "--port", "0", "--http-port", "0"], stderr=subprocess.PIPE, text=True
    ) as demo:
        found = (re.search(r"http://[^\s/]+", line) for line in demo.stderr or ())
        yield next(match[0] for match in found if match)
        demo.terminate()


def said(address: str, name: str) -> None:
    """Have a platform tell a chat that ends badly."""
    with urllib.request.urlopen(f"{address}/config.json") as answer:
        url = json.load(answer)["ws"]

    async def tell() -> None:
        async with connect(url, role="platform") as platform:
            for place, (role, text) in enumerate(SAID):
                at = START + timedelta(minutes=place)
                turn = SentTurn(id=f"{name}-{place}", role=role, text=text, at=at)
                await platform.turn(name, turn)

    with ThreadPoolExecutor(1) as aside:  # Playwright has a loop of its own in this thread
        aside.submit(lambda: asyncio.run(tell())).result()


def wall(address: str, open_page) -> Page:
    """Return the wall, signed in without a token, as the demo's service asks for none."""
    page = open_page(f"{address}/wall/").page
    page.locator("chat-assist-wall[server]").wait_for()
    page.get_by_role("button", name="Connect").click()
    expect(page.locator("p.link")).to_have_text("Connected", timeout=SLOW)
    return page


def test_a_real_alert_is_seen_once_by_all_and_handed_over(address, open_page):
    """It reaches a wall that was there and one that comes late; one acknowledges, both know."""
    first = wall(address, open_page)
    first.mouse.move(2, 2)
    said(address, "double-charge")
    button = first.get_by_role("button", name="Acknowledge: double-charge")
    expect(button).to_be_visible(timeout=SLOW)
    late = wall(address, open_page)
    expect(late.get_by_role("button", name="Acknowledge: double-charge")).to_be_visible()
    button.click()
    for page in (first, late):
        expect(page.locator(".chat")).to_contain_text("Seen")
        expect(page.get_by_role("button", name="Acknowledge: double-charge")).to_have_count(0)
    late.get_by_role("button", name="Hand-over: double-charge").click()
    expect(late.locator(".record dl")).to_contain_text("charged me twice", timeout=SLOW)
    expect(late.locator(".record .reasons li").first).to_be_visible()
    first.context.close()
    late.context.close()
