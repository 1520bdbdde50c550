"""The frame, the pages for helpdesks and the replay report can be used by everybody.

Panel, wall and demo have the same checks in their own tests.
"""

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assist.replay.page import page as report
from assist.replay.words import LANGUAGES, words_in

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from desks import panel_in  # noqa: E402  a neighbour, not a package
from report_chats import played  # noqa: E402

AXE = (HERE / "vendor" / "axe.min.js").read_text("utf-8")
RUN = """() => axe.run(document).then(({ passes, violations }) => [passes.length,
  violations.map(({ id, nodes }) => [id, ...nodes.map((one) => one.failureSummary)])])"""
FITS = "document.documentElement.scrollWidth <= innerWidth"


def faults(page: Page, frame: int = 0) -> list[object]:
    """Return what axe-core finds in a frame of the page."""
    place = page.frames[frame]
    place.evaluate(AXE)
    passed, found = place.evaluate(RUN)
    assert passed > 5
    return list(found)


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> dict[str, Path]:
    """A replay report of one chat and one of two, each in another language."""
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for language, count in zip(LANGUAGES, (1, 2), strict=True):
        file = made[language] = folder / f"{language}.html"
        chats = [(name, [played("a long wait")]) for name in ("tense", "again")[:count]]
        file.write_text(report(chats, say=words_in(language)), "utf-8")
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_replay_report_is_for_everybody(reports, open_page, scheme):
    """axe-core finds nothing, at a desk and at 280 pixels; nothing goes sideways."""
    found = {}
    for name, file in reports.items():
        page = open_page(file.as_uri(), color_scheme=scheme, bypass_csp=True).page
        expect(page.locator("html")).to_have_attribute("lang", name)
        found[name] = faults(page)
        for width in (640, 320, 280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate(FITS), (name, width)
        page.context.close()
    assert [one for one in found.values() if one] == []


def test_the_replay_report_keeps_its_own_policy(reports, open_page):
    """With its policy in force the report is styled, and nothing is complained of."""
    page = open_page(reports["de"].as_uri()).page
    card = page.locator(".card").first
    assert card.evaluate("(it) => getComputedStyle(it).borderTopStyle") == "solid"
    expect(page.locator("h1")).to_have_text("Nachgespielt: tense")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frame_is_for_everybody(fake, open_page, scheme):
    """axe-core finds nothing in the frame, nor in a helpdesk's page that has something to say."""
    page = open_page(f"{fake.desk}plain.html", color_scheme=scheme, bypass_csp=True).page
    expect(panel_in(page, deep=False).locator(".card.first")).to_be_visible()
    assert faults(page, 1) == []
    page.goto(f"{fake.url}host/chatwoot.html")
    expect(page.locator("#notice")).not_to_be_empty()
    assert faults(page) == []


@pytest.mark.parametrize(("locale", "lang"), [("de-AT", "de"), ("en-GB", "en"), ("fr-FR", "en")])
def test_a_helpdesks_page_complains_in_a_language_and_says_which(fake, open_page, locale, lang):
    """What a page says where it cannot work is in the reader's language, and marked with it."""
    page = open_page(f"{fake.url}host/chatwoot.html", locale=locale).page
    notice = page.locator("#notice")
    expect(notice).to_contain_text("dürfen" if lang == "de" else "may not")
    expect(notice).to_have_attribute("lang", lang)
