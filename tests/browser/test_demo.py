"""The demo page, driven in a real Chromium against a stand-in for the service.

The same page against the real service belongs in `test_demo_live.py`; `open_page` serves both.
"""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from waiting import until

ATTACK = '<img src=x onerror="window.hurt=1">"><script>window.hurt=1</script>'
LATE = "?sample=late&speed=8&lang=en"
FAINT = (Path(__file__).parent / "faint.js").read_text("utf-8")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
RUN = """() => axe.run(document, { rules: { "color-contrast": { enabled: true } } }).then(
  ({ passes, violations }) => ({
    passed: passes.length,
    violations: violations.map(({ id, nodes }) => [id, ...nodes.map((one) => one.failureSummary)]),
  }))"""


@pytest.fixture
def late(fake, open_page) -> Page:
    """The page with the first sample played to its end, and a suggestion standing."""
    page = open_page(fake.url + LATE).page
    expect(page.locator("#progress")).to_have_text("The end")
    expect(page.locator(".card.first h3")).to_have_text("Name the feeling")
    return page


def test_a_sample_plays_to_its_end(late, fake):
    """Opening the page plays the chat: every turn is sent, and shown in order with its own time."""
    texts = late.locator(".turn .text").all_inner_texts()
    assert texts == [turn["turn"]["text"] for turn in fake.of("turn")][:4]
    expect(late.locator(".turn.bot .name")).to_have_text("Bot")
    expect(late.locator(".turn.customer .name").first).to_have_text("Hannah")
    expect(late.locator(".turn time").first).to_have_text("10:31")
    expect(late.locator(".aside")).to_have_text("Hannah sent a photo.")


def test_what_goes_out_is_the_protocol(late, fake):
    """Platform, panel and watcher greet by role; the chat is opened first, its times are kept."""
    assert sorted(hello["role"] for hello in fake.of("hello")) == ["agent", "agent", "platform"]
    (opened,) = fake.of("open")
    assert opened["customer"] == {"name": "Hannah"}
    assert fake.heard.index(opened) < fake.heard.index(fake.of("turn")[0])
    assert fake.of("turn")[0]["turn"]["at"] == "2026-03-02T10:31:01Z"
    assert {"on": True, "role": "customer"}.items() <= fake.of("typing")[0].items()
    assert {one["conversation"] for one in fake.of("subscribe")} == {opened["conversation"]}
    shown = until(lambda: [one for one in fake.of("feedback") if one["action"] == "shown"])
    assert {"suggestion": "s1", "at": "2026-03-02T10:31:02Z"}.items() <= shown[0].items()


def test_the_words_that_caused_the_suggestion_are_marked_in_the_chat(late):
    """They are marked to the character, although an emoji comes before; others on demand."""
    expect(late.locator(".turn mark")).to_have_text("meant to be here THURSDAY")
    late.locator(".level").get_by_role("button", name="Why").click()
    late.locator(".reasons .quote").first.click()
    expect(late.locator(".turn mark.strong")).to_have_text("THURSDAY")


def test_the_turn_that_moved_the_tension_says_so(late):
    """The turn after which the level rose says so in words, beside the bubble."""
    moved = late.locator(".turning:not(:empty)")
    expect(moved).to_have_text("Tension rises to Watch")
    assert moved.evaluate("(it) => it.closest('li').dataset.turn") == "t2"


def test_insert_puts_the_line_into_the_reply_and_says_so(late, fake):
    """Insert never sends; it says so, selects the open slot, and tells the service."""
    late.get_by_role("button", name="Insert: A costume").click()
    expect(late.locator("#draft")).to_have_value(re.compile("^A costume that misses"))
    expect(late.locator(".dock .status")).to_contain_text("Inserted, not sent.")
    late.keyboard.type("4 pm")
    expect(late.locator("#draft")).to_have_value(re.compile("know more by 4 pm today"))
    assert until(fake.acted)[0]["action"] == "inserted"
    assert len(fake.of("turn")) == 5


def test_an_open_slot_is_not_sent(late, fake):
    """A reply that still holds an open slot stays, with words that say why, the slot selected."""
    late.get_by_role("button", name="Insert: A costume").click()
    late.locator("#send").click()
    expect(late.locator("#note")).to_have_text("Not sent. Fill in [time] first.")
    assert len(fake.of("turn")) == 5
    late.keyboard.type("noon")
    late.locator("#send").click()
    expect(late.locator(".turn.yours .text")).to_contain_text("I will know more by noon today.")


def test_a_draft_is_checked_reworded_and_put_back(late):
    """The check names the words and the reason; one press rewords, one press undoes."""
    draft = "😀 Unfortunately we can't ship today."
    late.locator("#draft").fill(draft)
    late.mouse.move(5, 5)
    expect(late.locator(".finding q")).to_contain_text("Unfortunately")
    late.locator(".finding, .rewrite").get_by_role("button", name=re.compile("Use")).click()
    expect(late.locator("#draft")).to_have_value("😀 [time] is when I can ship today.")
    selected = "(it) => it.value.slice(it.selectionStart, it.selectionEnd)"
    assert late.locator("#draft").evaluate(selected) == "[time]"
    late.locator(".dock").get_by_role("button", name="Undo").click()
    expect(late.locator("#draft")).to_have_value(draft)


def test_a_suggestion_is_dismissed_and_another_snoozed(late, fake):
    """Both leave the panel and are told to the service, with the reason."""
    late.get_by_role("button", name="Dismiss").first.click()
    late.get_by_role("button", name="Does not fit").click()
    late.mouse.move(5, 5)
    expect(late.locator(".card.first h3")).to_have_text("Offer a choice")
    late.get_by_role("button", name="Snooze").first.click()
    late.mouse.move(5, 5)
    expect(late.locator(".snoozed")).to_contain_text("Offer a choice")
    told = until(lambda: len(fake.acted()) == 2 and fake.acted())
    assert [one["action"] for one in told] == ["dismissed", "snoozed"]
    assert told[0]["reason"] == "wrong"


def test_an_example_is_tried_with_one_press(late):
    """Below the empty reply stand sentences to try; one press puts one in, and it is checked."""
    late.get_by_role("button", name=re.compile("Try: .Unfortunately")).click()
    expect(late.locator("#draft")).to_have_value(re.compile("^Unfortunately we can't"))
    expect(late.locator("#tries")).to_be_hidden()
    late.mouse.move(5, 5)
    expect(late.locator(".finding q")).to_contain_text("Unfortunately")


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_every_example_is_there_to_be_read(fake, open_page, width):
    """At a desk and on a phone all three stand whole, none cut, and beside them Send."""
    page = open_page(fake.url + LATE, viewport={"width": width, "height": 844}).page
    chips = page.locator("#tries .chip")
    expect(chips).to_have_count(3)
    cut = """all => all.filter((one) => {
      const inside = one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight;
      one.scrollIntoView();
      const box = one.getBoundingClientRect();
      const ends = [[4, 0.5], [box.width - 4, 0.5], [box.width / 2, 0.2], [box.width / 2, 0.8]];
      return !inside || !ends.every(([x, y]) =>
        one.contains(document.elementFromPoint(box.left + x, box.top + y * box.height)));
    }).length"""
    row = "({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight"
    assert page.locator("#tries").evaluate(row)
    assert chips.evaluate_all(cut) == 0
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#progress")).to_have_text("The end")
    page.evaluate("scrollTo(0, 0)")
    before = page.locator("#draft").bounding_box()
    page.locator("#draft").evaluate("""one => { one.value = "Hi";
      one.dispatchEvent(new Event("input", { bubbles: true })); }""")
    expect(chips.first).to_be_hidden()
    assert page.locator("#draft").bounding_box() == before


def test_leaving_the_page_closes_its_chat(fake, open_page):
    """A page that is left closes its chat, so that no wall goes on listing it; once."""
    page = open_page(fake.url + LATE).page
    expect(page.locator("#progress")).to_have_text("The end")
    page.goto(f"{fake.url}config.json")
    closed = until(lambda: fake.of("close"))
    assert [one["conversation"] for one in closed] == [fake.of("open")[0]["conversation"]]


def test_a_closed_chat_is_not_closed_again_on_leaving(fake, open_page):
    """Who closed the chat by hand and leaves has closed it once."""
    page = open_page(fake.url + LATE).page
    page.get_by_role("button", name="Close the chat").click()
    expect(page.locator("#progress")).to_have_text("Closed")
    page.goto(f"{fake.url}config.json")
    until(lambda: not fake.open)
    assert len(fake.of("close")) == 1


def test_send_speaks_as_the_agent_after_the_last_turn(late, fake):
    """A sent reply joins the chat as the visitor's, twenty seconds after the last turn."""
    late.locator("#draft").fill("I am on it.")
    late.locator("#draft").press("Enter")
    expect(late.locator(".turn.yours .text")).to_have_text("I am on it.")
    expect(late.locator(".turn.yours .name")).to_have_text("You")
    expect(late.locator("#draft")).to_have_value("")
    sent = until(lambda: fake.of("turn")[5:])[0]["turn"]
    assert sent["role"] == "agent"
    assert sent["at"] == "2026-03-02T10:31:25Z"


def test_writing_pauses_the_play(fake, open_page):
    """The chat waits while the visitor writes, and goes on after their turn in time."""
    page = open_page(fake.url + "?sample=late&speed=1&lang=en").page
    expect(page.locator(".turn")).to_have_count(1)
    page.locator("#draft").fill("Hello Hannah.")
    expect(page.locator("#play")).to_have_text("Play")
    page.get_by_role("button", name="Send").click()
    page.get_by_text("8×").click()
    page.get_by_role("button", name="Play").click()
    expect(page.locator("#progress")).to_have_text("The end")
    times = [turn["turn"]["at"] for turn in fake.of("turn")]
    assert times == sorted(times)


def test_closing_the_chat_shows_the_summary(late):
    """At the end the same button closes the chat, and the panel shows what came of it."""
    late.get_by_role("button", name="Close the chat").click()
    expect(late.locator(".summary dd").first).to_contain_text("order 48213")
    expect(late.locator("#progress")).to_have_text("Closed")
    expect(late.locator("#play")).to_be_disabled()


def test_restart_begins_a_fresh_conversation(late, fake):
    """Restart leaves the old conversation, empties the page and opens a new one."""
    late.locator("#draft").fill("half a word")
    late.locator("#turns li").first.evaluate("(it) => it.classList.add('of-before')")
    late.get_by_role("button", name="Restart").click()
    expect(late.locator(".of-before")).to_have_count(0)
    expect(late.locator(".turn")).to_have_count(4)
    expect(late.locator("#draft")).to_have_value("")
    names = [opened["conversation"] for opened in fake.of("open")]
    assert len(set(names)) == 2
    assert fake.of("close")[0]["conversation"] == names[0]
    assert fake.of("unsubscribe")[0]["conversation"] == names[0]


def test_another_sample_is_chosen(late):
    """Choosing a sample plays it, with its own summary; nothing of the one before is left."""
    late.locator("#samples").select_option("hostile")
    expect(late.locator("#summary")).to_have_text("About hostile.")
    expect(late.locator("#turns")).not_to_contain_text("THURSDAY")


def test_hostile_words_stay_words(fake, open_page):
    """Markup in names, bubbles, reasons and suggestions is shown as typed, and none of it runs."""
    page = open_page(fake.url + "?sample=hostile&speed=8&lang=en").page
    expect(page.locator("#progress")).to_have_text("The end")
    page.get_by_role("button", name="Raw events").click()
    for place in (
        ".turn.customer .text", ".turn.customer .name", ".turn.agent .text", ".aside",
        "#customer", ".level .reason", ".card.first .wording",
    ):  # fmt: skip
        expect(page.locator(place).first).to_have_text(ATTACK)
    expect(page.locator("#events")).to_contain_text(json.dumps(ATTACK)[1:40])
    assert page.evaluate("window.hurt") is None
    assert page.locator("main img, main script").count() == 0


def test_a_lost_connection_is_told_and_comes_back(late, fake):
    """A break is told in words; after it nothing is lost and listening goes on where it stopped."""
    fake.silent = True
    fake.drop()
    words = late.locator("p.link")
    expect(words).to_have_text(re.compile("trying again|one moment"))
    expect(late.get_by_role("button", name="Send")).to_be_disabled()
    fake.away = False
    expect(words).to_have_text("Connected again, nothing missed")
    last = fake.of("subscribe")[-1]
    assert last["after"] == {"epoch": "e1", "offset": fake.offset}
    late.locator("#draft").fill("Back again.")
    expect(late.locator("#send")).to_be_enabled()


def test_a_service_that_never_answers_is_told(fake, open_page):
    """Before the first welcome the page waits, says so, and plays nothing."""
    fake.away = True
    page = open_page(fake.url + LATE).page
    expect(page.locator("p.link")).to_have_text(re.compile("No answer"))
    expect(page.locator("#blank")).to_have_text("Waiting for the service…")
    fake.away = False
    expect(page.locator(".turn").first).to_be_visible()


def test_the_page_speaks_the_readers_language(fake, open_page):
    """In a German browser page and panel are German, the chat stays as it is; it can be changed."""
    page = open_page(fake.url + "?sample=late&speed=8", locale="de-AT").page
    expect(page.locator("#play")).to_have_text("Chat beenden")
    expect(page.locator(".card.first")).to_contain_text("Einfügen")
    expect(page.locator("h1")).to_contain_text("neben dem Kundenchat")
    assert page.locator("#turns").get_attribute("lang") == "en"
    page.locator("#language").select_option("en")
    expect(page.locator("#play")).to_have_text("Close the chat")
    expect(page.locator(".card.first")).to_contain_text("Insert")
    expect(page.locator(".turning:not(:empty)")).to_have_text("Tension rises to Watch")


def test_the_colours_follow_the_system_and_the_reader(fake, open_page):
    """It opens in the system's colours; the reader's choice changes page and panel."""
    page = open_page(fake.url + LATE, color_scheme="dark").page
    back = "(it) => getComputedStyle(it).backgroundColor"
    dark = [page.locator(one).evaluate(back) for one in ("html", "chat-assist-panel")]
    page.locator("#theme").select_option("light")
    light = [page.locator(one).evaluate(back) for one in ("html", "chat-assist-panel")]
    assert all(one != other for one, other in zip(dark, light, strict=True))


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "dark"), (800, "light"), (1280, "dark"), (1280, "light")]
)
def test_nothing_is_cut_off_and_all_text_is_readable(fake, open_page, width, scheme):
    """No sideways scrolling; every text stands 4.5 : 1 or more; axe-core finds nothing."""
    size = {"width": width, "height": 844}
    page = open_page(fake.url + LATE, viewport=size, color_scheme=scheme, bypass_csp=True).page
    expect(page.locator("#progress")).to_have_text("The end")
    inside = "(it) => it.scrollWidth <= it.clientWidth"
    assert page.locator(".desk").evaluate(inside)
    page.get_by_role("button", name="Raw events").click()
    page.locator("#draft").fill("Unfortunately we can't ship today.")
    page.mouse.move(5, 5)
    expect(page.locator(".finding").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(FAINT) == []
    page.evaluate(AXE)
    told = page.evaluate(RUN)
    assert told["violations"] == []
    assert told["passed"] > 20


@pytest.mark.parametrize("lang", ["en", "de"])
def test_the_page_fits_a_narrow_window_and_a_doubled_one(fake, open_page, lang):
    """At 280 and 320 pixels, and at 1280 with everything twice as large, nothing goes sideways."""
    ask = f"?sample=late&speed=8&lang={lang}"
    page = open_page(fake.url + ask, viewport={"width": 640, "height": 400}).page
    expect(page.locator(".card.first h3")).to_be_visible()
    page.get_by_role("button", name="Raw events" if lang == "en" else "Rohe Ereignisse").click()
    for width in (640, 320, 280):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        inside = "() => [...document.querySelectorAll('header *')].filter((it) => "
        inside += "it.getBoundingClientRect().right > innerWidth).map((it) => it.outerHTML)"
        assert page.evaluate(inside) == []


def test_in_german_what_is_english_says_so(late):
    """Chat, raw events, examples and the service's refusals are marked as English in German."""
    late.locator("#language").select_option("de")
    expect(late.locator("#tries .chip").first).to_contain_text("Probieren: „Unfortunately")
    expect(late.locator("#tries [lang=en]").nth(1)).to_have_text("Please calm down.")
    languages = "all => [...new Set(all.map((it) => it.closest('[lang]').lang))]"
    for place in (".turn .text", "#events", "#draft", "#customer"):
        assert late.locator(place).evaluate_all(languages) == ["en"]
    assert late.locator("#samples option").evaluate_all("all => all.map((it) => it.lang)") == [
        "en", "en",
    ]  # fmt: skip
    late.get_by_role("button", name="Einfügen: A costume").click()
    late.locator("#send").click()
    expect(late.locator("#note")).to_have_text("Nicht gesendet. Erst [time] ausfüllen.")
    expect(late.locator("#note [lang=en]")).to_have_text("[time]")


@pytest.mark.parametrize("lang", ["en", "de"])
def test_the_speeds_keep_their_place_when_the_chat_ends(fake, open_page, lang):
    """Nobody who is about to press one hits another because "Pause" became a longer word."""
    page = open_page(f"{fake.url}?sample=late&speed=1&lang={lang}").page
    wide, places = page.locator("#play"), page.locator("#restart, #speeds")
    expect(wide).to_have_text("Pause")
    before = [one.bounding_box() for one in places.all()]
    page.locator("#speeds label").last.click()
    expect(wide).to_have_text("Close the chat" if lang == "en" else "Chat beenden")
    assert [one.bounding_box() for one in places.all()] == before
    assert wide.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_the_panel_is_as_wide_as_a_helpdesk_gives_it(late):
    """Beside the chat the panel has 320 pixels, and the whole height of it."""
    box = late.locator("aside.side").bounding_box()
    assert box is not None
    assert box["width"] == 320
    assert box["height"] > 600


def test_the_keyboard_reaches_everything_that_can_be_pressed(late):
    """Going on with Tab from the top visits the player, the reply and, as one stop, the panel."""
    reached = set()
    for _ in range(20):
        late.keyboard.press("Tab")
        reached.add(late.evaluate("document.activeElement.id || document.activeElement.localName"))
    wanted = {"language", "samples", "restart", "raw-toggle", "draft", "chat-assist-panel"}
    assert wanted <= reached
    late.locator("#draft").focus()
    late.keyboard.press("F6")
    assert late.evaluate("document.activeElement.localName") == "chat-assist-panel"


def test_raw_events_are_shown_on_demand(late):
    """What went out and came in is there as on the wire, newest first, once somebody asks."""
    expect(late.locator("#raw")).to_be_hidden()
    late.get_by_role("button", name="Raw events").click()
    expect(late.locator(".turn.customer").last).to_be_in_viewport()
    rows = late.locator("#events li")
    level = rows.filter(has=late.get_by_text("escalation", exact=True))
    expect(level).to_have_count(1)
    expect(rows.filter(has=late.get_by_text("turn", exact=True))).to_have_count(5)
    level.locator("summary").click()
    assert json.loads(level.locator("pre").inner_text())["level"] == "watch"
    late.locator("#draft").fill("One more.")
    late.locator("#draft").press("Enter")
    expect(rows.first.locator("summary")).to_contain_text("turn")
