"""What the tests of the panel share: a draft, what has the focus, what the page was told."""

from typing import Any

from playwright.sync_api import Page

DRAFT = "😀 Unfortunately we can't send it today."


def heard(page: Page, name: str) -> list[dict[str, Any]]:
    """Return the events of that name that the panel told the page."""
    return [one for one in page.evaluate("window.heard") if one["name"] == name]


def focused(page: Page) -> str:
    """Return the name of what has the focus in the panel."""
    return page.evaluate(
        """() => { const at = panel.root.activeElement;
        return at ? at.getAttribute("aria-label") || at.textContent.trim() : ""; }"""
    )
