"""Whatever is written, the demo, the frame and the replay report show it as words.

The panel and the wall have the same texts in their own tests.
"""

import sys
from pathlib import Path

from playwright.sync_api import expect

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from hostile import PAYLOADS, cut  # noqa: E402  a neighbour, not a package
from report_chats import played  # noqa: E402

from assist.replay.page import page as report  # noqa: E402
from assist.replay.words import words_in  # noqa: E402

CLEAN = {"wrong": [], "foreign": 0, "violations": [], "hurt": None}
WATCH = """window.violations = []; document.addEventListener("securitypolicyviolation",
  (event) => window.violations.push(event.violatedDirective));"""


def test_there_are_enough_of_them():
    """At least 120 different texts."""
    assert len(set(PAYLOADS)) >= 120


def test_the_demo_shows_every_text_as_text(fake, open_page):
    """Samples' names, bubbles, marks, names, raw events and refusals: none runs, all are shown."""
    fake.listed += [{"name": one, "title": one, "summary": one, "mood": one} for one in PAYLOADS]
    page = open_page(f"{fake.url}?sample=late&speed=1&lang=de").page
    expect(page.locator("#samples")).to_be_enabled()
    page.locator("#play").click()
    titles = page.locator("#samples option").evaluate_all("all => all.map((it) => it.textContent)")
    assert titles[-len(PAYLOADS) :] == PAYLOADS
    told = page.evaluate((HERE / "demo_hostile.js").read_text("utf-8"), [PAYLOADS])
    assert told == CLEAN
    page.locator("#samples").evaluate(
        """(it, name) => { it.value = name; it.dispatchEvent(new Event("change")); }""", PAYLOADS[0]
    )
    expect(page.locator("#summary")).to_have_text(PAYLOADS[0])


def test_the_frame_shows_every_text_of_its_host_as_text(fake, open_page):
    """Every field of every message over the port: none runs; chats, turns and keys are as told."""
    page = open_page(f"{fake.desk}empty.html").page
    page.evaluate((HERE / "frame_hostile.js").read_text("utf-8"), [f"{fake.url}host/frame.html"])
    frame = page.frames[-1]
    frame.evaluate(WATCH)
    frame.evaluate("document.querySelector('chat-assist-panel').view('help')")
    wrong = []
    for payload in PAYLOADS:
        codes = page.evaluate("(payload) => tellAll(payload)", payload)
        told = frame.evaluate((HERE / "frame_shown.js").read_text("utf-8"))
        asked = {
            "names": [payload] * 2, "keys": [payload] * 3, "turns": [payload], "draft": payload,
            "lang": payload, "foreign": 0,
        }  # fmt: skip
        wrong += [(cut(payload), key, told[key]) for key, one in asked.items() if told[key] != one]
        if codes != ["message.wrong-field", "message.unknown-type"]:
            wrong.append((cut(payload), "codes", codes))
    assert wrong == []
    assert [one.evaluate("window.hurt ?? null") for one in page.frames] == [None, None]
    assert frame.evaluate("violations") == []


PLACES = (
    "section > h2", ".words", ".words mark", ".card h3", ".card blockquote",
    ".card .slot", ".card .why", ".card code", ".held b", ".held code",
    ".reasons span[lang]", ".call span", ".record li > span[lang]", "nav a",
)  # fmt: skip


def test_the_report_shows_every_text_as_text(open_page, tmp_path):
    """Chats' names, turns, cues, cards, reasons, what was held back, records: none runs."""
    file = tmp_path / "report.html"
    file.write_text(report([(one, [played(one)]) for one in PAYLOADS], say=words_in("de")), "utf-8")
    page = open_page("about:blank").page
    page.add_init_script(WATCH)
    page.goto(file.as_uri())
    # A page of HTML cannot hold the character NUL; it is shown as the sign for what cannot.
    wanted = [one.replace("\0", "\ufffd") for one in PAYLOADS]
    for place in PLACES:
        shown = page.locator(place).evaluate_all("all => all.map((it) => it.textContent)")
        differ = [(cut(a), cut(b)) for a, b in zip(wanted, shown, strict=False) if a != b]
        assert (place, len(shown), differ) == (place, len(PAYLOADS), [])
    foreign = "script, img, iframe, svg svg, object, embed, link, base, form, input, video, math"
    assert page.locator(foreign).count() == 0
    assert page.locator("style").count() == 1
    assert page.evaluate("window.hurt ?? null") is None
    assert page.evaluate("violations") == []
