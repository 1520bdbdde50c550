"""The demo page against the real service: what a visitor of `assist demo` sees."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

SLOW = 90_000


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a running `assist demo`."""
    command = [sys.executable, "-m", "assist", "demo", "--no-browser"]
    with subprocess.Popen(
        [*command, "--port", "0", "--http-port", "0"], stderr=subprocess.PIPE, text=True
    ) as demo:
        found = (re.search(r"http://[\w.:]+/", line) for line in demo.stderr or ())
        yield next(match[0] for match in found if match)
        demo.terminate()


@pytest.fixture
def late(address, open_page) -> Page:
    """The page with the late-parcel sample playing quickly."""
    page = open_page(f"{address}?sample=late-parcel&speed=8&lang=en").page
    expect(page.locator(".turn .text").first).to_be_visible(timeout=SLOW)
    return page


def test_a_real_chat_plays_into_the_sidebar(late):
    """A sample plays to its end and is closed; on the way the words behind a card are marked."""
    expect(late.locator(".card.first")).to_be_visible(timeout=SLOW)
    expect(late.locator(".turn mark").first).to_be_visible(timeout=SLOW)
    expect(late.locator(".turning:not(:empty)").first).to_be_visible(timeout=SLOW)
    expect(late.locator("#progress")).to_have_text("The end", timeout=2 * SLOW)
    late.get_by_role("button", name="Close the chat").click()
    expect(late.locator(".summary dd").first).to_be_visible(timeout=SLOW)


def test_a_real_draft_is_reviewed_and_reworded(late):
    """A typed refusal with a condition is reworded by one click, and undone by another."""
    draft = "We can't refund you until the parcel is back."
    late.fill("#draft", draft)
    late.mouse.move(5, 5)
    better = late.get_by_role("button", name=re.compile("as soon as"))
    expect(better.first).to_be_visible(timeout=SLOW)
    better.first.click()
    expect(late.locator("#draft")).to_have_value("We can refund you as soon as the parcel is back.")
    late.locator(".dock").get_by_role("button", name="Undo").click()
    expect(late.locator("#draft")).to_have_value(draft)


def test_what_a_visitor_sends_is_part_of_the_chat(late):
    """A sent reply appears in the chat and the connection stays."""
    said = "I am looking at it now, give me two minutes."
    late.fill("#draft", said)
    late.click("#send")
    expect(late.locator(".turn.yours .text").last).to_have_text(said, timeout=SLOW)
    expect(late.locator("p.link")).to_have_text("Connected")


def test_the_real_service_serves_the_frame(address, open_page):
    """The frame's page comes with all it loads, waits for the page around it, and says so."""
    page = open_page(f"{address}host/frame.html").page
    expect(page.locator("chat-assist-panel")).to_contain_text("No chat open", timeout=SLOW)
    expect(page.locator("#notice")).to_contain_text("Nobody has connected", timeout=SLOW)
