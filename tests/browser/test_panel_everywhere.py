"""The panel by keys alone, narrow, in German, and under its strictest policy."""

import re
from pathlib import Path

import pytest
from panel_hands import DRAFT, focused, heard
from playwright.sync_api import expect

WIDGET = Path(__file__).parents[2] / "assist" / "widget" / "panel"


def test_the_keyboard_does_it_all(desk, panel):
    """One tab stop; arrows; Enter inserts; Delete dismisses; F6 and Esc go to the reply."""
    panel.locator("#reply").focus()
    panel.keyboard.press("F6")
    assert focused(panel).startswith("Insert: A costume")
    panel.keyboard.press("ArrowRight")
    assert focused(panel).startswith("Copy:")
    panel.keyboard.press("w")
    expect(panel.locator(".because")).to_be_visible()
    panel.keyboard.press("Escape")
    expect(panel.locator(".because")).to_have_count(0)
    panel.keyboard.press("Delete")
    assert focused(panel).startswith("Does not fit")
    panel.keyboard.press("Escape")
    panel.keyboard.press("ArrowDown")
    assert focused(panel) == "Offer a choice"
    panel.keyboard.press("Home")
    assert focused(panel) == "Keyboard shortcuts"
    panel.keyboard.press("Escape")
    assert panel.evaluate("document.activeElement.id") == "reply"
    panel.keyboard.press("F6")
    assert focused(panel) == "Keyboard shortcuts"
    panel.keyboard.press("Tab")
    assert not panel.evaluate("panel.matches(':focus-within')")
    panel.keyboard.press("Shift+Tab")
    assert focused(panel) == "Keyboard shortcuts"
    stops = "panel.root.querySelectorAll('[tabindex=\"0\"]').length"
    assert panel.evaluate(stops) == 1
    panel.keyboard.press("ArrowDown")
    while not focused(panel).startswith("Insert"):
        panel.keyboard.press("ArrowDown")
    panel.keyboard.press("Enter")
    expect(panel.locator("#reply")).to_have_value(re.compile("^A costume"))
    assert panel.evaluate("document.activeElement.id") == "reply"


def test_single_keys_are_letters_in_a_text_field(panel):
    """While a wording is edited a letter is a letter; Esc leaves the field, not the card."""
    panel.evaluate("panel.focus()")
    panel.keyboard.press("e")
    panel.keyboard.type("swcd?")
    expect(panel.locator("chat-assist-panel textarea")).to_have_value(re.compile(r"swcd\?"))
    panel.keyboard.press("Escape")
    assert focused(panel).startswith("Insert")


def test_keys_can_be_changed_and_are_told_to_the_host(panel):
    """The list names every key; pressing one, then another, changes it, or swaps the two."""
    panel.evaluate("panel.focus()")
    panel.keyboard.press("?")
    expect(panel.locator(".help dt")).to_have_count(15)
    panel.get_by_role("button", name="Copy: c").click()
    panel.keyboard.press("e")
    keys = heard(panel, "keys")[-1]["keys"]
    assert (keys["copy"], keys["edit"]) == ("e", "c")
    panel.keyboard.press("Escape")
    expect(panel.locator(".help")).to_have_count(0)


@pytest.mark.parametrize("query", ["", "&lang=de", "&dir=rtl", "&dir=rtl&lang=de&chats"])
def test_nothing_is_cut_off_at_280_pixels_and_twice_the_text(desk, open_page, query):
    """No sideways scrolling at 280 pixels, in either direction, nor with text twice as large."""
    page = open_page(
        f"{desk.url}?only&conversation=late{query}", viewport={"width": 280, "height": 700}
    ).page
    expect(page.locator(".card.first")).to_be_visible()
    page.evaluate("panel.draft = 'Unfortunately we can\\'t send it today. Please calm down.'")
    expect(page.locator(".status")).to_contain_text("2")
    page.evaluate("panel.now()")
    expect(page.locator(".finding")).to_have_count(2)
    assert page.evaluate("panel.scrollWidth <= panel.clientWidth")
    page.evaluate("panel.style.setProperty('--ca-font-size', '28px')")
    page.wait_for_timeout(50)
    assert page.evaluate("panel.scrollWidth <= panel.clientWidth")


def test_german_is_complete(desk, open_page):
    """The German table has every word; what the service says keeps its own language."""
    page = open_page(f"{desk.url}?conversation=late&lang=de&chats").page
    expect(page.locator(".level strong")).to_have_text("Erhöht")
    expect(page.locator("p.link")).to_have_text("Verbunden")
    expect(page.get_by_role("button", name="Einfügen: A costume")).to_be_visible()
    expect(page.locator(".card.first .wording span").first).to_have_attribute("lang", "en")
    mine = """(url) => import(url).then((it) => Object.fromEntries(
        Object.entries(it.default ?? it.en).filter(([part]) => part !== "techniques")
          .map(([part, words]) => [part, Object.keys(words).sort()])))"""
    source = (WIDGET / "src" / "words.en.js").read_text("utf-8")
    german = page.evaluate(mine, "/panel/lang/de.js")
    english = page.evaluate(mine, "/panel/src/words.en.js")
    assert english == german
    assert source.count("{count}") > 0


def test_the_policy_is_kept_and_nothing_is_stored(desk, panel):
    """Without inline styles or scripts, with Trusted Types, nothing is reported or kept."""
    panel.get_by_role("button", name="Why?").first.click()
    panel.mouse.move(5, 5)
    panel.locator("#reply").fill(DRAFT)
    expect(panel.locator(".finding")).to_be_visible()
    assert panel.evaluate("window.violations") == []
    assert panel.evaluate("panel.root.querySelectorAll('[style]').length") == 0
    assert panel.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_built_file_is_small():
    """The one file is at most 20 KB gzip."""
    import gzip

    assert len(gzip.compress((WIDGET / "chat-assist-panel.js").read_bytes(), 9)) <= 20 * 1024
