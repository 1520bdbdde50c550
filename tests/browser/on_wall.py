"""How a supervisor comes to the wall, for all tests of it."""

from typing import Any

from playwright.sync_api import Page


def entered(open_page, desk, token: str = "", **context: Any) -> Page:
    """Return the wall's page, signed in."""
    page = open_page(desk.url, **context).page
    page.locator("chat-assist-wall[server]").wait_for()
    page.locator("#token").fill(token)
    page.get_by_role("button", name="Connect").click()
    return page
