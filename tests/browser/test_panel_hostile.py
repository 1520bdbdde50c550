"""Whatever the words of a chat are, the panel shows them as words."""

import sys
from pathlib import Path

from playwright.sync_api import expect

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from hostile import PAYLOADS, cut  # noqa: E402  a neighbour, not a package

SHOW = (HERE / "panel_hostile.js").read_text("utf-8")


def test_every_text_is_shown_as_text(desk, open_page):
    """Of 120 and more hostile texts in every field none runs or is reported; all are shown."""
    assert len(set(PAYLOADS)) >= 120
    page = open_page(f"{desk.url}?quiet").page
    expect(page.locator(".blank")).to_be_visible()
    wrong = []
    for payload in PAYLOADS:
        told = page.evaluate(SHOW, [payload])
        seen = payload.strip()
        for place, text in told["shown"]:
            # Evidence and movers keep to the marked words, so an ellipsis may stand beside them.
            if text is None or text.strip("…").strip() not in {seen, seen.strip("“”")}:
                wrong.append((cut(payload), place, (text or "nothing")[:80]))
        assert told["foreign"] == 0, payload
        assert told["hurt"] is None, payload
        assert told["violations"] == [], payload
    assert wrong == []
